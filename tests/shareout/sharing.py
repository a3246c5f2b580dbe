"""A village whose year 2569 is closed and which divides its profit: from the policy to the payment in one line each.

Prani has 6,000 baht of pledge savings since January, Kasem 3,000, Chai (honorary) 1,000; Somchai borrowed and has paid
120 baht of interest. The bank has paid 880 baht of interest: 1,000 baht are to be divided. Somporn (treasurer) asks,
Wichai (auditor) approves. All of it happens in February 2570.
"""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.urls import reverse

from funds.accounts import accounts_for
from funds.journal import Line, post_entry
from funds.models import AccountYear, Entry
from funds.selectors import balances, cash_balances
from funds.services import write_openings
from funds.voucher_lines import Place
from members.models import Member, Resolution, User
from members.services import record_resolution
from shareout.checks import CHECKS
from shareout.models import ShareOut, SharePayment
from shareout.policy import CUSTOMARY, Policy
from shareout.result import closing_lines
from shareout.selectors.statements import year_balances
from shareout.services.payments import PaymentList, approve_payments, request_payments
from shareout.services.policies import save_policy
from shareout.services.share_outs import adopt_share_out, approve_adoption
from shareout.services.share_posting import post_share_out
from tests.kept import upon
from tests.loans.cast import JANUARY_5, Lending
from tests.village import TestVillage

NOW = "2027-02-20T03:00:00+00:00"
FEBRUARY_14, FEBRUARY_20 = date(2027, 2, 14), date(2027, 2, 20)
BANK = Place("transfer", "")


class Sharing(Lending):
    """The village at its general meeting."""

    def __init__(self, village: TestVillage, *, more: int = 0) -> None:
        vars(self).update(upon(village, ("sharing", more), lambda: vars(self._divide(village, more))))

    @transaction.atomic
    def _divide(self, village: TestVillage, more: int) -> "Sharing":
        super().__init__(village)
        for name, satang in (("Prani", 6_000_00), ("Kasem", 3_000_00), ("Chai", 1_000_00)):
            self.save(name, satang)
        self.others = [self._saver(member) for member in village.add_members(more)]
        self.loan = self.lend("Somchai", 12_000_00)
        self.repay(self.loan, date(2026, 9, 5), principal=1_000_00, interest=120_00)
        self.post("income", ("O1200", "", 880_00), ("O4300", "", -880_00), on=date(2026, 12, 30))
        self.year = AccountYear.objects.get(group=self.group, year=2569)
        self.year.group = self.group
        return self

    def _saver(self, member: Member) -> Member:
        member.group = self.group
        self.post("receipt", ("O1200", "", 100_00), ("O2100", member.holder, -100_00), on=JANUARY_5)
        return member

    @transaction.atomic
    def close(self) -> AccountYear:
        """Close the year as its service does, without asking whether everything is in order."""
        planned = closing_lines(year_balances(self.year))
        accounts = accounts_for(self.group, [(code, holder) for code, holder, _amount in planned])
        self.year.closing = post_entry(
            group=self.group, kind="year_close", on=self.year.ends_on, by=self.village.treasurer,
            ok=[self.village.auditor], operation=uuid4(),
            lines=[Line(accounts[code, holder], amount) for code, holder, amount in planned],
        )  # fmt: skip
        self.year.save(update_fields=["closing"])
        write_openings(group=self.group, ends_on=self.year.ends_on)
        return self.year

    def meeting(self, body: str = Resolution.Body.GENERAL, on: date = FEBRUARY_14) -> Resolution:
        number = f"{body}-{on.isoformat()}"
        known = Resolution.objects.filter(group=self.group, number=number).first()
        return known or record_resolution(
            group=self.group, number=number, decided_on=on, subject="จัดสรรกำไร", by=self.village.secretary, body=body
        )

    def adopt(self, policy: Policy = CUSTOMARY, *, operation: UUID | None = None, name: str = "แบบ ก") -> ShareOut:
        row = save_policy(year=self.year, name=name, policy=policy, by=self.village.secretary)
        return adopt_share_out(
            policy=row, held_on=FEBRUARY_14, resolution=self.meeting(), operation=operation or uuid4(),
            by=self.village.treasurer,
        )  # fmt: skip

    def adopted(self, policy: Policy = CUSTOMARY) -> ShareOut:
        """Closed, adopted and approved."""
        if not self.year.is_closed:
            self.close()
        return approve_adoption(share_out=self.adopt(policy), by=self.village.auditor)

    def posted(self, policy: Policy = CUSTOMARY) -> ShareOut:
        return post_share_out(share_out=self.adopted(policy), by=self.village.treasurer, place=BANK)

    @property
    def sheet(self) -> str:
        """The address of the sheet on which dividend and rebate are paid."""
        return reverse("shareout:unpaid", args=[self.group.code])

    def pay(self, *names: str, by: User | None = None, ok: User | None = None, **how: Any) -> list[SharePayment]:
        """Asked for by Somporn, approved by Wichai."""
        return approve_payments(payments=self.ask(*names, by=by, **how), by=ok or self.village.auditor)

    def ask(
        self, *names: str, by: User | None = None, operation: UUID | None = None, satang: int | None = None, **how: Any
    ) -> list[SharePayment]:
        wanted = {self[name].pk: satang for name in names}
        return request_payments(
            group=self.group, asked=PaymentList(members=wanted, **how), operation=operation or uuid4(),
            by=by or self.village.treasurer,
        )  # fmt: skip

    def count(self, on: date) -> Entry:
        """Close a meeting of that day."""
        return post_entry(
            group=self.group, kind="meeting_close", on=on, by=self.village.treasurer, ok=[self.village.auditor],
            lines=[], declared=cash_balances(self.group, on), operation=uuid4(),
        )  # fmt: skip

    def unpaid(self) -> dict[str, int]:
        """What stands payable, satang by holder."""
        return {holder: -satang for holder, satang in balances(self.group, "O2400").items() if satang}

    def entries(self, kind: str) -> list[Entry]:
        return list(Entry.objects.filter(group=self.group, kind=kind).order_by("n"))

    def found(self) -> list[tuple[str, int, str]]:
        """What the checks of the year end find."""
        return [each for check in CHECKS for each in check(self.group)]
