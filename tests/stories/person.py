"""One member of the lives of test_any_lives.py: the row, the paper book, and what of it may not leave."""

from dataclasses import dataclass, field

from funds.models import Hold
from members.models import Member
from savings.models import Deposit, Withdrawal
from tests.stories.paper_book import Month, PaperBook


@dataclass
class Person:
    """A member and their paper book; `asked` are withdrawals that wait, `held` holds in force by account."""

    member: Member
    paper: PaperBook = field(default_factory=PaperBook)
    is_active: bool = True
    has_heirs: bool = False
    asked: list[Withdrawal] = field(default_factory=list)
    held: list[Hold] = field(default_factory=list)

    @property
    def holder(self) -> str:
        return f"{self.member.number:04d}"

    def stands(self, code: str) -> int:
        """What is in one of the two accounts."""
        return self.paper.pledge if code == "O2100" else self.paper.special

    def kept(self, code: str) -> int:
        """What of it may not leave."""
        asked = sum(each.satang for each in self.asked) if code == "O2200" else 0
        return asked + sum(hold.satang for hold in self.held if hold.account.code == code)

    def free(self, code: str) -> int:
        return self.stands(code) - self.kept(code)


@dataclass
class Received:
    """A deposit, whose it is, and how it was laid on months; it may be reversed once."""

    deposit: Deposit
    person: Person
    laid: dict[Month, int]
