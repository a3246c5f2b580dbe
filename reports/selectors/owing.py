"""Who owes months of the pledge: the list with which the committee asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from members.models import Member, SavingsGroup
from savings.selectors import open_pledge_months
from savings.wording import months_text
from thai.language import active_language
from thai.months import add_months


@dataclass(frozen=True)
class Owing:
    """A member and the months that are over and not fully paid; satang."""

    member: Member
    months: tuple[date, ...]
    satang: int
    in_words: str


def owing_members(*, group: SavingsGroup, on: date, words: str = "") -> list[Owing]:
    """Members who owe a month before that of `on`, by number; `words` is a number or part of a name."""
    found: list[Owing] = []
    open_months = open_pledge_months(group, add_months(on, -1), ahead=0)
    owing = {member_id: months for member_id, months in open_months.items() if months}
    for member in Member.objects.filter(group=group, pk__in=owing).order_by("number"):
        if words and words != str(member.number) and words not in member.full_name:
            continue
        months = tuple(month.month for month in owing[member.pk])
        satang = sum(month.rest for month in owing[member.pk])
        found.append(Owing(member, months, satang, months_text(months, on, active_language())))
    return found


def total_owed(rows: Sequence[Owing]) -> int:
    """What a list of members owes together; satang."""
    return sum(row.satang for row in rows)


def count_owing(*, group: SavingsGroup, on: date) -> int:
    """How many members owe a month before that of `on`."""
    return sum(1 for months in open_pledge_months(group, add_months(on, -1), ahead=0).values() if months)
