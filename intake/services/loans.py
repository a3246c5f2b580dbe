"""The contracts that came from paper become loans: at an import, at an opening by hand, and for groups of before."""

from collections import Counter

from intake.models import PaperContract
from loans.adoption import PaperLoan, first_due_after
from loans.models import Loan
from loans.services.adoption import adopt_loans
from meetings.models import Meeting
from members.group_settings import setting
from members.models import SavingsGroup


def adopt_paper_contracts(group: SavingsGroup) -> list[Loan]:
    """Adopt the contracts that intake kept of a group; those adopted before stay as they are. Raises AdoptionRefused.

    An instalment fell due on the day of the month on which the paper meetings were held, else on the group's meeting
    day.
    """
    day = _meeting_day(group)
    rows = PaperContract.objects.filter(group=group).prefetch_related("guarantees").order_by("contracted_on", "number")
    contracts = [
        PaperLoan(
            number=row.number,
            member=row.member_id,
            contracted_on=row.contracted_on,
            satang=row.satang,
            instalments=row.instalments,
            first_due_on=first_due_after(row.contracted_on, day),
            guarantors=tuple(guarantee.member_id for guarantee in row.guarantees.all()),
            brought_satang=row.brought_satang,
        )
        for row in rows
    ]
    return adopt_loans(group=group, contracts=contracts) if contracts else []


def _meeting_day(group: SavingsGroup) -> int:
    held = Meeting.objects.filter(group=group, from_paper=True).order_by("held_on").values_list("held_on", flat=True)
    days = Counter(on.day for on in held)
    return days.most_common(1)[0][0] if days else int(setting(group, "meeting_day"))
