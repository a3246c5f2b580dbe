"""One member's life in the group: each thing that happens is done by its service and written on paper beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

from funds.accounts import account_for
from funds.errors import InsufficientFunds
from funds.journal import Line, post_entry, reverse_entry
from funds.models import AccountYear, Entry, Hold
from funds.purposes import SOURCE_BY_KEY
from funds.selectors import available, trial_balance
from funds.services import place_hold, release_hold, write_openings
from funds.services.money_in import Receipt, receive_money
from funds.voucher_lines import Place
from members.group_settings import change_setting
from members.models import Member, Resolution
from members.services import record_resolution, set_beneficiaries
from members.services.people import Share
from membership.admission import Decision, correct_member, decide_applications, enter_member
from membership.models import Settlement
from membership.services import (
    LeavingInput,
    SettlementInput,
    approve_settlement,
    record_leaving,
    request_settlement,
)
from savings.models import Deposit, SpecialBook, SpecialProduct, Withdrawal
from savings.selectors.products import next_preview
from savings.services import set_pledge
from savings.services.deposits import DepositInput, record_deposit
from savings.services.products import TermsInput, approve_interest, open_product, request_interest, set_terms
from savings.services.withdrawals import WithdrawalInput, approve_withdrawal, cancel_withdrawal, request_withdrawal
from tests.meetings.evening import Evening
from tests.stories.paper_book import PaperBook, of
from tests.village import TestVillage

NAME, BANK = "Buakaeo", "012-3-45678-9"
MINIMUM = 100_00


@dataclass
class Lifetime:
    """A member, the village around, and the paper book. `clock` is moved from day to day."""

    village: TestVillage
    clock: Any
    paper: PaperBook = field(default_factory=PaperBook)
    resolutions: int = 0
    product: SpecialProduct = field(init=False)
    hold: Hold = field(init=False)

    @property
    def group(self) -> Any:
        return self.village.group

    @property
    def member(self) -> Member:
        found = Member.objects.get(pk=self.village.members[NAME].pk)
        found.group = self.group
        return found

    @property
    def special_book(self) -> SpecialBook:
        return SpecialBook.objects.select_related("member", "group").get(member=self.member)

    def on(self, day: date) -> None:
        """It is noon of a day."""
        self.clock.move_to(f"{day}T12:00:00+07:00")

    def resolve(self, subject: str, on: date) -> Resolution:
        self.resolutions += 1
        return record_resolution(
            group=self.group, number=f"ร{self.resolutions}", decided_on=on, subject=subject, by=self.village.secretary
        )

    # --- coming in -------------------------------------------------------------------------------------------

    def apply(self, on: date) -> None:
        self.on(on)
        self.village.members[NAME] = enter_member(
            group=self.group, by=self.village.secretary, status="applicant", applied_on=on, title="น.ส.",
            first_name="บัวแก้ว", last_name="ทองสุข", birth_on=date(2000, 2, 29), pledge_units=2, household_code="H009",
            beneficiaries=[Share("นางคำ ทองสุข", "มารดา", 100)],
        )  # fmt: skip

    def admit(self, on: date) -> None:
        """The committee admits; the units of the application become the first vow."""
        self.on(on)
        decide_applications(
            group=self.group,
            decisions=[Decision(self.member, "admitted")],
            resolution=self.resolve("รับสมาชิก", on),
            by=self.village.secretary,
        )
        self.paper.vows[of(on)] = 100_00

    def offer_product(self, on: date, rate: int, method: str) -> None:
        """A product, or other terms of the one there is, from the first of a month on."""
        self.on(on)
        terms = TermsInput(
            valid_from=on, rate=rate, method=method, first_credit_month=6, second_credit_month=12, minimum=MINIMUM
        )
        how: dict[str, Any] = {"terms": terms, "resolution": self.resolve("ดอกเบี้ย", on), "by": self.village.chair}
        if self.paper.terms:
            set_terms(product=self.product, **how)
        else:
            self.product = open_product(group=self.group, name="สัจจะพิเศษ", **how)
        self.paper.terms[on] = rate, method

    def endow(self, on: date, satang: int) -> None:
        """A donation, so that the box can pay what the books owe."""
        receipt = Receipt(
            source=SOURCE_BY_KEY["donation"], received_on=on, satang=satang, place=Place(), giver="วัด", purpose="ทำบุญ"
        )
        receive_money(group=self.group, receipt=receipt, operation=uuid4(), by=self.village.treasurer)
        self.paper.cash += satang

    def ask_fine(self, on: date, satang: int) -> None:
        """From a day on the group asks a fine for each missed month."""
        change_setting(
            group=self.group, key="missed_month_fine_satang", value=satang, valid_from=on, by=self.village.chair
        )

    # --- saving ----------------------------------------------------------------------------------------------

    def vow(self, on: date, satang: int, *, by_resolution: bool = False) -> None:
        """Vow another amount from the month of a day on."""
        self.on(on)
        resolution = self.resolve("เปลี่ยนสัจจะ", on) if by_resolution else None
        set_pledge(member=self.member, satang=satang, starts_on=on, by=self.village.secretary, resolution=resolution)
        self.paper.vows[of(on)] = satang

    def pay(self, on: date, parts: Mapping[str, int], *, slip: str = "", ahead: int = 0) -> Deposit:
        """Bring money beside the meeting, in cash or by a transfer with its slip."""
        self.on(on)
        way = {"way": "transfer", "bank_holder": BANK, "slip_ref": slip} if slip else {}
        deposit = record_deposit(
            member=self.member,
            deposit=DepositInput(received_on=on, **way, **parts),  # type: ignore[arg-type]
            operation=uuid4(),
            by=self.village.treasurer,
        )
        self._note(on, parts, ahead=ahead, by_bank=bool(slip))
        return deposit

    def pay_at_meeting(self, on: date, parts: Mapping[str, int], *, off_by: int = 0) -> None:
        """A whole meeting: opened, one line, counted, signed by two, closed. Without parts she is absent."""
        self.on(on)
        evening = Evening(self.village, held_on=on)
        if parts:
            evening.receive(NAME, by=None, **parts)
            self._note(on, parts)
        evening.finish(off_by=off_by, reason="เหรียญหาย" if off_by else "")
        self.paper.cash += off_by
        self.paper.missing -= off_by

    def pay_by_mistake(self, on: date, special: int) -> None:
        """A receipt for somebody else's money is reversed the same day: on paper nothing happened."""
        self.on(on)
        deposit = record_deposit(
            member=self.member,
            deposit=DepositInput(received_on=on, special=special, pledge=50_00),
            operation=uuid4(),
            by=self.village.treasurer,
        )
        by, ok = self.village.treasurer, [self.village.auditor]
        reverse_entry(entry=deposit.entry, by=by, ok=ok, operation=uuid4(), reason="ผิดคน")

    def withdraw(self, on: date, satang: int, *, slip: str = "", cancelled: bool = False) -> Withdrawal:
        """Ask for special savings back; another officer approves, or it is taken back."""
        self.on(on)
        way = {"way": "transfer", "bank_holder": BANK, "slip_ref": slip} if slip else {}
        asked = request_withdrawal(
            book=self.special_book,
            withdrawal=WithdrawalInput(satang=satang, **way),
            operation=uuid4(),
            by=self.village.treasurer,
        )
        assert self.free() == self.paper.special - self.paper.held - satang
        if cancelled:
            return cancel_withdrawal(withdrawal=asked, by=self.village.treasurer)
        self.paper.pay_out(on, satang, by_bank=bool(slip))
        return approve_withdrawal(withdrawal=asked, by=self.village.auditor)

    def credit_interest(self, first: date, last: date, on: date) -> None:
        """Two officers credit the interest of a half-year."""
        self.on(on)
        found = next_preview(self.product)
        assert found is not None
        assert (found.starts_on, found.ends_on) == (first, last)
        satang = self.paper.credit(first, last)
        assert found.total == satang
        if not satang:
            return
        run = request_interest(
            product=self.product, starts_on=first, ends_on=last, fingerprint=found.fingerprint, operation=uuid4(),
            by=self.village.treasurer,
        )  # fmt: skip
        approve_interest(run=run, by=self.village.auditor)

    def hold_back(self, on: date, satang: int) -> None:
        """Part of the special savings secures somebody's loan."""
        self.on(on)
        account = account_for(self.group, "O2200", self.special_book.number)
        self.hold = place_hold(account=account, satang=satang, reason="guarantee", by=self.village.chair)
        self.paper.held += satang

    def let_go(self, on: date) -> None:
        self.on(on)
        release_hold(hold=self.hold, by=self.village.chair)
        self.paper.held -= self.hold.satang

    def refuses_more_than_free(self, on: date) -> bool:
        """Whether even a forgotten rule of a product would not let held money go."""
        self.on(on)
        account = account_for(self.group, "O2200", self.special_book.number)
        try:
            place_hold(account=account, satang=self.free() + 1, reason="too much", by=self.village.chair)
        except InsufficientFunds:
            return True
        return False

    def move_house(self, on: date, household: str) -> None:
        self.on(on)
        correct_member(member=self.member, by=self.village.secretary, household_code=household)

    def name_heirs(self, on: date, **percents: int) -> None:
        self.on(on)
        named = [Share(name, "ทายาท", percent) for name, percent in percents.items()]
        set_beneficiaries(member=self.member, shares=named, by=self.village.secretary)

    # --- the end ---------------------------------------------------------------------------------------------

    def die(self, *, on: date, reported: date, paid: date) -> Settlement:
        """The death is reported, the settlement asked for by one officer, approved by another."""
        self.on(reported)
        content = LeavingInput(reason="death", begun_on=reported, died_on=on, reported_by="นางคำ ทองสุข")
        leaving = record_leaving(member=self.member, leaving=content, operation=uuid4(), by=self.village.secretary)
        self.on(paid)
        asked = request_settlement(
            leaving=leaving,
            settlement=SettlementInput(paid_on=paid),
            operation=uuid4(),
            by=self.village.treasurer,
        )
        return approve_settlement(settlement=asked, by=self.village.auditor)

    def close_year(self, ends_on: date, on: date) -> Entry:
        """Income and cost of a year go to the undivided profit and the administrative fund."""
        self.on(on)
        lines = []
        for pool, rest in (("O", "O3900"), ("A", "A3100")):
            sums = [
                each for each in trial_balance(self.group, ends_on) if each.code[0] == pool and each.code[1] in "45"
            ]
            lines += [Line(account_for(self.group, each.code), -each.balance) for each in sums if each.balance]
            if total := sum(each.balance for each in sums):
                lines.append(Line(account_for(self.group, rest), total))
        entry = post_entry(
            group=self.group, kind="year_close", on=ends_on, by=self.village.treasurer, ok=[self.village.auditor],
            lines=lines, operation=uuid4(),
        )  # fmt: skip
        AccountYear.objects.filter(group=self.group, ends_on=ends_on).update(closing=entry)
        write_openings(group=self.group, ends_on=ends_on)
        return entry

    def free(self) -> int:
        """What of the special savings can leave."""
        return available(account_for(self.group, "O2200", self.special_book.number))

    def _note(self, on: date, parts: Mapping[str, int], *, ahead: int = 0, by_bank: bool = False) -> None:
        told = dict.fromkeys(("pledge", "special", "fine", "fee"), 0) | dict(parts)
        self.paper.receive(on, told, ahead=ahead, by_bank=by_bank)
