"""The slips of a group as a file."""

from collections.abc import Iterable
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from members.models import ActivationSlip, SavingsGroup
from members.views import lists
from papers.tables import Cell


def slips_file(request: HttpRequest, group: SavingsGroup, slips: Iterable[ActivationSlip]) -> HttpResponse:
    """Send the slips in the format of the address: for whom, by whom, issued, used and replaced on which day."""
    heads = [_("Issued"), _("Member number"), _("For"), _("Issued by"), _("Signed by"), _("Used"), _("Replaced on")]
    rows: list[list[Cell]] = [
        [
            _day(slip.issued_at),
            slip.member.number if slip.member else None,
            slip.user.display_name,
            slip.issued_by.display_name,
            slip.cosigned_by.display_name if slip.cosigned_by else "",
            _day(slip.used_at),
            _day(slip.voided_at),
        ]
        for slip in slips
    ]
    return lists.file_of(request, f"{group.code}-slips", _("Slips"), heads, rows)


def _day(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment else None
