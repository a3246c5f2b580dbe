"""Whose books of special savings a withdrawal can be taken from, and how much of each is free."""

from dataclasses import dataclass

from funds.models import Account
from funds.selectors import held_amounts, raw_balances
from meetings.models import Meeting
from meetings.selectors.sheet import members_on_sheet
from members.models import Member
from savings.models import SpecialBook


@dataclass(frozen=True)
class BookLeft:
    """A book of special savings, satang: what is saved, what is set aside, what can still be taken."""

    number: str
    balance: int
    held: int

    @property
    def free(self) -> int:
        return max(self.balance - self.held, 0)


def member_named(meeting: Meeting, typed: str) -> Member | None:
    """The member of the sheet with the number that was typed."""
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 4):
        return None
    return members_on_sheet(meeting).filter(number=int(typed)).first()


def books_left(member: Member) -> list[BookLeft]:
    """A member's books of special savings with balance and what is held, in a constant number of queries."""
    numbers = list(SpecialBook.objects.filter(member=member).order_by("number").values_list("number", flat=True))
    accounts = list(Account.objects.filter(group=member.group_id, code="O2200", holder__in=numbers))
    saved, held = raw_balances(member.group, accounts), held_amounts(member.group, accounts)
    by_holder = {each.holder: (-saved.get(each.pk, 0), held.get(each.pk, 0)) for each in accounts}
    return [BookLeft(number, *by_holder.get(number, (0, 0))) for number in numbers]
