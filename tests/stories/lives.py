"""What can happen to the members of a group, each act with what plain books say must come of it.

An act returns what it must raise, or None where it must succeed; the machine of test_any_lives.py holds it to that.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

from funds.accounts import account_for
from funds.errors import InsufficientFunds
from funds.journal import reverse_entry
from funds.models import Hold
from funds.money_errors import PoolHasNotEnough
from funds.services import place_hold, release_hold
from members.models import Resolution
from members.services import add_member
from members.services.people import Share
from membership.errors import LeavingBlocked, NoMemberToLeave
from membership.models import Settlement
from membership.services import (
    Heir,
    LeavingInput,
    SettlementInput,
    approve_settlement,
    cancel_leaving,
    record_leaving,
    request_settlement,
)
from savings.errors import (
    MonthsDoNotFit,
    NotAMember,
    NotEnoughFree,
    PledgeMonthPaid,
    PledgeMonthTaken,
    PledgeOutOfBounds,
    SlipTaken,
)
from savings.models import Deposit, SpecialBook, Withdrawal
from savings.services import set_pledge
from savings.services.deposits import DepositInput, record_deposit
from savings.services.withdrawals import WithdrawalInput, approve_withdrawal, cancel_withdrawal, request_withdrawal
from tests.stories.paper_book import Month, later, of, shares
from tests.stories.person import Person, Received
from tests.village import TestVillage

BANK = "012-3"
UNIT, MOST, AHEAD, FINE = 50_00, 20 * 50_00, 12, 10_00
HEIRS = (50, 33, 17)
Refusal = type[Exception] | None


@dataclass
class Group:
    """The members, the box, the bank and the fines of the group, in plain books beside the village."""

    village: TestVillage
    today: date
    resolution: Resolution
    people: list[Person] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    money: dict[str, int] = field(default_factory=lambda: {"O1100": 0, "O1200": 0, "A1100": 0})
    fines: int = 0
    slips: set[str] = field(default_factory=set)

    def attempt(self, refusal: Refusal, act: Callable[[], Any]) -> Any:
        """Do something that must be refused in this way, or must succeed. Returns what it made, None if refused."""
        if refusal is None:
            return act()
        try:
            act()
        except refusal:
            return None
        raise AssertionError(f"{refusal.__name__} was not raised")

    # --- coming in and vowing --------------------------------------------------------------------------------

    def join(self, *, has_heirs: bool) -> Person:
        named = [Share(f"ทายาท{place}", "บุตร", percent) for place, percent in enumerate(HEIRS)] if has_heirs else []
        member = add_member(
            group=self.village.group, by=self.village.secretary, status="active", admitted_on=self.today, title="นาย",
            first_name="ผู้ใด", last_name="ก็ตาม", beneficiaries=named,
        )  # fmt: skip
        person = Person(member, has_heirs=has_heirs)
        self.people.append(person)
        return person

    def pledge(self, person: Person, satang: int, ahead: int) -> None:
        month = later(of(self.today), ahead)
        vows, paid = person.paper.vows, person.paper.paid
        refusal: Refusal = None
        if not person.is_active:
            refusal = NotAMember
        elif satang and (satang % UNIT or satang > MOST):
            refusal = PledgeOutOfBounds
        elif vows and max(vows) == month and vows[month] == satang:
            refusal = None
        elif vows and max(vows) >= month:
            refusal = PledgeMonthTaken
        elif paid and max(paid) >= month:
            refusal = PledgeMonthPaid
        made = self.attempt(
            refusal,
            lambda: set_pledge(
                member=person.member, satang=satang, starts_on=date(*month, 1), by=self.village.secretary
            ),
        )
        if made is not None:
            vows[month] = satang

    # --- money in --------------------------------------------------------------------------------------------

    def bring(self, person: Person, *, slip: str = "", **parts: int) -> None:
        """A deposit beside the meeting, in cash or with the slip of a transfer."""
        pledge = parts.get("pledge", 0)
        room = sum(person.paper.owed(later(of(self.today), AHEAD)).values())
        refusal: Refusal = None
        if not person.is_active:
            refusal = NotAMember
        elif slip in self.slips:
            refusal = SlipTaken
        elif pledge > room:
            refusal = MonthsDoNotFit
        way: dict[str, Any] = {"way": "transfer", "bank_holder": BANK, "slip_ref": slip} if slip else {}
        made = self.attempt(
            refusal,
            lambda: record_deposit(
                member=person.member,
                deposit=DepositInput(received_on=self.today, **way, **parts),  # type: ignore[arg-type]
                operation=uuid4(),
                by=self.village.treasurer,
            ),
        )
        if made is not None:
            laid = person.paper.lay(pledge, later(of(self.today), AHEAD))
            self.received.append(Received(made, person, laid))
            self._write(made, person, laid, sign=1)

    def void(self, received: Received) -> None:
        """Reverse a deposit: its months are open again, its money goes back."""
        deposit, person = received.deposit, received.person
        operating = deposit.pledge_satang + deposit.special_satang + deposit.fine_satang
        place = "O1200" if deposit.slip_ref else "O1100"
        is_short = (
            person.free("O2100") < deposit.pledge_satang
            or person.free("O2200") < deposit.special_satang
            or self.money[place] < operating
            or self.money["A1100"] < deposit.fee_satang
        )
        made = self.attempt(
            InsufficientFunds if is_short else None,
            lambda: reverse_entry(
                entry=deposit.entry,
                by=self.village.treasurer,
                ok=[self.village.auditor],
                operation=uuid4(),
                reason="ผิด",
            ),
        )
        if made is not None:
            self.received.remove(received)
            self.slips.discard(deposit.slip_ref)
            self._write(deposit, person, received.laid, sign=-1)

    def _write(self, deposit: Deposit, person: Person, laid: dict[Month, int], *, sign: int) -> None:
        paid = person.paper.paid
        for month, part in laid.items():
            paid[month] = paid.get(month, 0) + sign * part
            if not paid[month]:
                del paid[month]
        person.paper.moves.append((self.today, sign * deposit.special_satang))
        place = "O1200" if deposit.slip_ref else "O1100"
        self.money[place] += sign * (deposit.pledge_satang + deposit.special_satang + deposit.fine_satang)
        self.money["A1100"] += sign * deposit.fee_satang
        self.fines += sign * deposit.fine_satang
        if deposit.slip_ref and sign > 0:
            self.slips.add(deposit.slip_ref)

    # --- money out -------------------------------------------------------------------------------------------

    def ask(self, person: Person, satang: int, *, slip: str = "") -> None:
        """Ask for special savings back."""
        book = SpecialBook.objects.select_related("member", "group").filter(member=person.member).first()
        if book is None:
            return
        way: dict[str, Any] = {"way": "transfer", "bank_holder": BANK, "slip_ref": slip} if slip else {}
        made = self.attempt(
            NotEnoughFree if satang > person.free("O2200") else None,
            lambda: request_withdrawal(
                book=book,
                withdrawal=WithdrawalInput(satang=satang, **way),
                operation=uuid4(),
                by=self.village.treasurer,
            ),
        )
        if made is not None:
            person.asked.append(made)

    def approve(self, person: Person, withdrawal: Withdrawal) -> None:
        """The second officer lets it be paid, if the box or the bank has it."""
        place = "O1200" if withdrawal.slip_ref else "O1100"
        is_short = self.money[place] < withdrawal.satang
        made = self.attempt(
            InsufficientFunds if is_short else None,
            lambda: approve_withdrawal(withdrawal=withdrawal, by=self.village.auditor),
        )
        if made is not None:
            person.asked.remove(withdrawal)
            person.paper.moves.append((self.today, -withdrawal.satang))
            self.money[place] -= withdrawal.satang

    def cancel(self, person: Person, withdrawal: Withdrawal) -> None:
        cancel_withdrawal(withdrawal=withdrawal, by=self.village.treasurer)
        person.asked.remove(withdrawal)

    def hold(self, person: Person, code: str, satang: int) -> None:
        """Savings secure something; a book of special savings that was never opened has no account."""
        if code == "O2200" and not SpecialBook.objects.filter(member=person.member).exists():
            return
        holder = person.holder if code == "O2100" else f"{person.holder}-1"
        account = account_for(self.village.group, code, holder)
        made = self.attempt(
            InsufficientFunds if satang > person.free(code) else None,
            lambda: place_hold(account=account, satang=satang, reason="guarantee", by=self.village.chair),
        )
        if made is not None:
            person.held.append(made)

    def release(self, person: Person, hold: Hold) -> None:
        release_hold(hold=hold, by=self.village.chair)
        person.held.remove(hold)

    # --- going -----------------------------------------------------------------------------------------------

    def leave(self, person: Person, reason: str, *, slip: str = "") -> None:
        """Resign or die: settled at once where nothing is in the way; else the leaving is taken back."""
        said = {"died_on": self.today, "reported_by": "เพื่อนบ้าน"} if reason == "death" else {}
        content = LeavingInput(reason=reason, begun_on=self.today, **said)  # type: ignore[arg-type]
        by = self.village.secretary
        leaving = self.attempt(
            None if person.is_active else NoMemberToLeave,
            lambda: record_leaving(member=person.member, leaving=content, operation=uuid4(), by=by),
        )
        if leaving is None:
            return
        place = "O1200" if slip else "O1100"
        owed = person.paper.pledge + person.paper.special
        fine = min(owed, FINE * len(person.paper.owed(later(of(self.today), -1))))
        refusal: Refusal = None
        if person.held or person.asked:
            refusal = LeavingBlocked
        elif self.money[place] < owed - fine:
            refusal = PoolHasNotEnough
        settlement = self.attempt(refusal, lambda: self._settle(leaving, person, reason, slip))
        if settlement is None:
            cancel_leaving(leaving=leaving, by=by)
            return
        assert (settlement.owed_satang, settlement.set_off_satang) == (owed, fine)
        percents = HEIRS if reason == "death" else (100,)
        assert [each.satang for each in settlement.payees.order_by("position")] == shares(owed - fine, percents)
        self.money[place] -= owed - fine
        self.fines += fine
        person.is_active = False
        person.paper.paid.clear()
        person.paper.moves.clear()

    def _settle(self, leaving: Any, person: Person, reason: str, slip: str) -> Settlement:
        way: dict[str, Any] = {"way": "transfer", "bank_holder": BANK, "slip_ref": slip} if slip else {}
        unnamed = reason == "death" and not person.has_heirs
        heirs = [Heir(f"ทายาท{place}", "บุตร", percent) for place, percent in enumerate(HEIRS)] if unnamed else []
        content = SettlementInput(paid_on=self.today, resolution=self.resolution, heirs=heirs, **way)
        asked = request_settlement(leaving=leaving, settlement=content, operation=uuid4(), by=self.village.treasurer)
        return approve_settlement(settlement=asked, by=self.village.auditor)
