"""The rows of the year end, one module a noun."""

from shareout.models.closing import YearClosing
from shareout.models.findings import LateFinding
from shareout.models.policies import ShareOutPolicy
from shareout.models.share_outs import HeadAllotment, MemberShare, ShareOut, SharePayment

__all__ = [
    "HeadAllotment",
    "LateFinding",
    "MemberShare",
    "ShareOut",
    "ShareOutPolicy",
    "SharePayment",
    "YearClosing",
]
