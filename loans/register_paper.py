"""The register of debtors on paper, A4 across: every loan shown, what it comes to, who signs."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from loans.register_words import state_words
from loans.selectors.register import RegisterRow, register_totals
from members.models import SavingsGroup
from papers.listing import Column, ListingPaper, Section, listing_pdf
from thai.dates import format_date
from thai.language import active_language
from thai.money import format_baht


def register_file(group: SavingsGroup, rows: Sequence[RegisterRow], on: date, title: str) -> bytes:
    """Print the loans of a list as they stand on a day."""
    totals = register_totals(rows)
    said = ngettext("%(count)d contract", "%(count)d contracts", totals.count) % {"count": totals.count}
    section = Section(
        title="",
        columns=_columns(),
        rows=[_row(row) for row in rows],
        totals=[
            _("Total"), said, "", format_baht(totals.lent), format_baht(totals.outstanding), "",
            format_baht(totals.next_due), format_baht(totals.overdue), "",
        ],
    )  # fmt: skip
    paper = ListingPaper(
        group=group.name,
        title=title,
        occasion=[_("As of %(day)s") % {"day": format_date(on, "long", active_language())}],
        sections=[section],
        signers=[("", _("Treasurer")), ("", _("Auditor"))],
        broad=True,
    )
    return listing_pdf(paper)


def _columns() -> list[Column]:
    return [
        Column(_("Contract number"), "20mm"),
        Column(pgettext("loan", "Borrower"), "1fr", is_name=True),
        Column(_("Contract of"), "23mm"),
        Column(_("Principal"), "25mm", "right"),
        Column(_("Principal owed"), "25mm", "right"),
        Column(_("Next due"), "23mm"),
        Column(_("Amount"), "23mm", "right"),
        Column(_("Amount overdue"), "25mm", "right"),
        Column(_("Guarantors"), "1fr", is_name=True),
    ]


def _row(row: RegisterRow) -> list[str]:
    loan, language = row.loan, active_language()
    return [
        loan.number,
        f"{loan.member.number} {loan.member.full_name}",
        format_date(loan.contracted_on, language=language),
        format_baht(loan.satang),
        format_baht(row.outstanding),
        format_date(row.next_due_on, language=language) if row.next_due_on else state_words(row.state)[0],
        format_baht(row.next_due) if row.next_due else "",
        format_baht(row.overdue) if row.overdue else "",
        ", ".join(each.member.full_name for each in row.guarantees),
    ]
