"""Slips as they are printed: who, which group, the code, the address inside the QR."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from members.models import ActivationSlip
from membership.slips import IssuedSlip
from papers.slips import ActivationPaper, activation_slips


def slips_pdf(issued: Sequence[IssuedSlip]) -> bytes:
    """One A4 sheet for every four slips."""
    return activation_slips([_paper(one) for one in issued])


def slip_url(code: str) -> str:
    """What the QR opens: the first step with the code filled in; the birth date is still asked for.

    The code stands behind the #: a browser sends that part to nobody, so that it is in no log on its way.
    """
    return f"{settings.PUBLIC_URL}{reverse('members:activate')}#code={code}"


def _paper(one: IssuedSlip) -> ActivationPaper:
    slip = one.slip
    village = slip.group.village
    return ActivationPaper(
        group_name=slip.group.name,
        village=f"{village.name} หมู่ {village.moo} ต.{village.tambon.name_th}",
        member_name=slip.user.display_name,
        number=str(slip.member.number) if slip.member else "",
        username=_username(slip),
        code=one.printed_code,
        url=slip_url(one.code),
        expires_on=timezone.localdate(slip.expires_at),
        issued_by=slip.issued_by.display_name,
    )


def _username(slip: ActivationSlip) -> str:
    return slip.user.username if slip.user.username != slip.user.code else ""
