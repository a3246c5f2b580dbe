"""What the payments page reads: the lines of the evening, the group's bank accounts, a member's books."""

from django.db.models import QuerySet

from funds.models import Account
from meetings.models import Meeting, PaymentLine
from members.models import Member, SavingsGroup
from savings.models import SpecialBook


def payment_lines_of(meeting: Meeting) -> QuerySet[PaymentLine]:
    """The payments of a meeting in the order they were asked for."""
    return (
        PaymentLine.objects.filter(meeting=meeting)
        .select_related("requested_by", "cosigned_by", "cancelled_by", "member", "signature__signed_by", "entry")
        .order_by("pk")
    )


def bank_holders(group: SavingsGroup) -> list[str]:
    """The bank accounts known to the books, the oldest first; "" where none was ever named."""
    holders = (
        Account.objects.filter(group=group, code__in=("O1200", "A1200")).order_by("pk").values_list("holder", flat=True)
    )
    return list(dict.fromkeys(holders)) or [""]


def bank_for_transfers(group: SavingsGroup) -> str:
    """The bank account into which members transfer: the oldest of the group's."""
    return bank_holders(group)[0]


def special_book_of(member: Member, number: int) -> str | None:
    """The number of a member's special savings book, such as 0005-1; None where there is no such book."""
    holder = f"{member.holder}-{number}"
    return holder if SpecialBook.objects.filter(member=member, number=holder).exists() else None
