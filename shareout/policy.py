"""How a group divides its profit: the heads with their percentages and the rules beside them. Plain values.

Percentages are basis points (5,000 = 50 %) and sum to exactly 100 %; a head's place in the policy decides ties.
"""

from dataclasses import dataclass
from enum import StrEnum

from shareout.weights import Weighting

WHOLE = 100_00


class Head(StrEnum):
    """What a part of the profit is for; the value is its key in exports."""

    DIVIDEND = "dividend"
    REBATE = "rebate"
    RESERVE = "reserve"
    COMMITTEE = "committee"
    WELFARE = "welfare"
    PUBLIC = "public"
    ADMINISTRATION = "administration"
    OTHER = "other"


class Leavers(StrEnum):
    """What a member who left in the year gets."""

    NONE = "none"
    PRO_RATA = "pro_rata"
    INCLUDED = "included"


class Arrears(StrEnum):
    """What happens to the dividend of a borrower in arrears."""

    PAY = "pay"
    WITHHOLD = "withhold"
    SET_OFF = "set_off"


class PolicyError(ValueError):
    """A policy that cannot be carried out; the message names what is wrong."""


@dataclass(frozen=True, slots=True)
class HeadShare:
    """One head of the policy: basis points of the profit; `name` tells several other funds apart."""

    head: Head
    share_bp: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """A way to divide the profit.

    heads: in the policy's order. fixed_rate_bp: where set, the dividend is first that yearly rate on savings (basis
    points of the average month-end balance, up to what there is), the dividend head has no percentage, and the rest is
    allotted. step: of members' shares, satang. rest_to: the head that takes what rounding carries and the part of a
    head that nobody has a weight for. cap_satang: savings above it earn nothing. minimum_months: of membership.
    """

    heads: tuple[HeadShare, ...]
    weighting: Weighting = Weighting.BAHT_MONTH
    step: int = 1
    rest_to: Head = Head.RESERVE
    leavers: Leavers = Leavers.NONE
    arrears: Arrears = Arrears.PAY
    fixed_rate_bp: int | None = None
    cap_satang: int | None = None
    minimum_months: int = 0

    def __post_init__(self) -> None:
        total = sum(each.share_bp for each in self.heads)
        keys = [(each.head, each.name) for each in self.heads]
        if total != WHOLE:
            raise PolicyError(f"the heads sum to {total} basis points, not {WHOLE}")
        if any(each.share_bp < 0 for each in self.heads):
            raise PolicyError("a head has a share below 0")
        if len(set(keys)) != len(keys):
            raise PolicyError("a head stands in the policy twice")
        if any(sum(each.head == head for each in self.heads) > 1 for head in (Head.DIVIDEND, Head.REBATE)):
            raise PolicyError("dividend and rebate are divided once each, whatever they are called")
        if self.rest_to in (Head.DIVIDEND, Head.REBATE) or self.rest_to not in {each.head for each in self.heads}:
            raise PolicyError(
                f"the rest goes to a head of the policy that is not divided among members: {self.rest_to}"
            )
        if self.step < 1 or self.minimum_months < 0:
            raise PolicyError("step is at least 1 satang and minimum_months at least 0")
        if self.fixed_rate_bp is not None and [e.share_bp for e in self.heads if e.head == Head.DIVIDEND] != [0]:
            raise PolicyError("with a fixed rate on savings the dividend is a head without a percentage")

    def share_of(self, head: Head) -> int:
        """The basis points of a head, all of that kind together."""
        return sum(each.share_bp for each in self.heads if each.head == head)


CUSTOMARY = Policy(
    heads=(
        HeadShare(Head.DIVIDEND, 50_00),
        HeadShare(Head.REBATE, 10_00),
        HeadShare(Head.RESERVE, 15_00),
        HeadShare(Head.COMMITTEE, 10_00),
        HeadShare(Head.WELFARE, 5_00),
        HeadShare(Head.PUBLIC, 5_00),
        HeadShare(Head.ADMINISTRATION, 5_00),
    )
)
