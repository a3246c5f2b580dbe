"""The list of arrears on paper, A4 across."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from loans.selectors.arrears import LateLoan, totals_of
from members.models import SavingsGroup
from papers.listing import Column, ListingPaper, Section, listing_pdf
from thai.dates import format_date
from thai.language import active_language
from thai.money import format_baht


def arrears_paper(group: SavingsGroup, rows: Sequence[LateLoan], on: date) -> ListingPaper:
    """What the paper says."""
    totals = totals_of(rows)
    section = Section(
        title="",
        columns=[
            Column(_("Contract number"), "22mm"),
            Column(pgettext("loan", "Borrower"), "1fr", is_name=True),
            Column(_("Days overdue"), "18mm", "right"),
            Column(_("Overdue principal"), "26mm", "right"),
            Column(_("Interest"), "22mm", "right"),
            Column(_("Late charge"), "22mm", "right"),
            Column(_("Principal owed"), "28mm", "right"),
            Column(_("Guarantors"), "1fr", is_name=True),
            Column(_("Last letter"), "24mm"),
        ],
        rows=[_row(row) for row in rows],
        totals=[
            _("Total"), "", "", format_baht(totals.principal), format_baht(totals.interest), format_baht(totals.fine),
            format_baht(totals.outstanding), "", "",
        ],
    )  # fmt: skip
    return ListingPaper(
        group=group.name,
        title=_("Loans in arrears"),
        occasion=[_("As of %(day)s") % {"day": format_date(on, "long", active_language())}],
        sections=[section],
        signers=[("", _("Loan committee")), ("", _("Auditor"))],
        broad=True,
    )


def arrears_file(group: SavingsGroup, rows: Sequence[LateLoan], on: date) -> bytes:
    """Print the late loans of a list as of a day."""
    return listing_pdf(arrears_paper(group, rows, on))


def _row(row: LateLoan) -> list[str]:
    loan, stands = row.loan, row.standing
    return [
        loan.number,
        f"{loan.member.number} {loan.member.full_name}",
        str(stands.days_past_due),
        format_baht(stands.overdue_principal),
        format_baht(stands.interest_owed),
        format_baht(stands.fine_owed),
        format_baht(stands.outstanding),
        ", ".join(each.member.full_name for each in row.guarantors),
        format_date(row.letter.written_on, language=active_language()) if row.letter else "",
    ]
