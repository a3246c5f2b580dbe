"""The list of meetings as a file."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _

from meetings.models import Meeting
from meetings.selectors.listing import received_of
from members.models import SavingsGroup
from papers.tables import CSV_TYPE, XLSX_TYPE, Cell, Money, csv_bytes, xlsx_bytes


def meetings_file(group: SavingsGroup, found: QuerySet[Meeting], form: str) -> HttpResponse:
    """Send the list with its totals as CSV or XLSX."""
    heads = [_("No."), _("Date"), _("Place"), _("State"), _("Received from members"), _("Cash counted")]
    rows: list[list[Cell]] = [
        [
            str(each),
            each.held_on,
            each.place,
            each.get_status_display(),
            _money(getattr(each, "received", None)),
            _money(each.declared_satang),
        ]
        for each in found
    ]
    rows.append([_("Together"), None, None, None, Money(received_of(found)), None])
    if form == "csv":
        response = HttpResponse(csv_bytes(heads, rows), content_type=CSV_TYPE)
    else:
        response = HttpResponse(xlsx_bytes(_("Meetings"), heads, rows), content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{group.code}-meetings.{form}"'
    return response


def _money(satang: int | None) -> Money | None:
    return None if satang is None else Money(satang)
