"""The committee's terms: who holds and held which office, on which day, and whose term is running out."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from members.group_settings import SETTINGS
from members.models import GroupSetting, Office, SavingsGroup

WARNING = timedelta(days=60)
WITH = ("user", "member", "resolution", "end_resolution", "cosigned_by")


@dataclass(frozen=True)
class TermDue:
    """A running term and the first day after the length that the group has set."""

    office: Office
    due_on: date
    is_over: bool


def terms(group: SavingsGroup, *, q: str = "", role: str = "", on: date | None = None) -> QuerySet[Office]:
    """The terms that fit, the latest first; `on` leaves those that ran on a day. Ended the day they began: never."""
    found = Office.objects.filter(group=group).select_related(*WITH)
    if on is not None:
        found = found.held_on(on)
    if role:
        found = found.filter(role=role)
    for word in q.split():
        found = found.filter(
            Q(user__display_name__icontains=word)
            | Q(member__first_name__icontains=word)
            | Q(member__last_name__icontains=word)
        )
    return found.order_by("-starts_on", "role", "pk")


def in_office(group: SavingsGroup, on: date) -> list[Office]:
    """Who was in office on a day, in the order of the committee; one query."""
    return sorted(terms(group, on=on), key=lambda term: (Office.Role.values.index(term.role), term.starts_on))


def terms_due(group: SavingsGroup, on: date) -> list[TermDue]:
    """The running terms whose length is over, or will be within sixty days, the earliest first; two queries.

    The length is the setting's on the day on which the term began; a term with an end of its own ends with it.
    """
    years = _years(group)
    found = []
    for office in in_office(group, on):
        due = office.ends_on or _later(office.starts_on, _on(years, office.starts_on))
        if due <= on + WARNING:
            found.append(TermDue(office, due, due <= on))
    return sorted(found, key=lambda term: term.due_on)


def _years(group: SavingsGroup) -> list[tuple[date, int]]:
    rows = GroupSetting.objects.filter(group=group, key="office_term_years").order_by("valid_from", "id")
    return [(valid_from, int(value)) for valid_from, value in rows.values_list("valid_from", "value")]


def _on(years: list[tuple[date, int]], day: date) -> int:
    length = int(SETTINGS["office_term_years"].default)
    for valid_from, value in years:
        if valid_from <= day:
            length = value
    return length


def _later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return date(day.year + years, 3, 1)
