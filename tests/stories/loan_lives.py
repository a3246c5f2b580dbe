"""What can happen to loans, each act by its own services as the officers do it, with plain sums beside the books."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any
from uuid import uuid4

from django.db import transaction

from funds.journal import reverse_entry
from funds.models import Entry
from loans.due_days import first_due_day
from loans.models import Guarantee, Loan, LoanApplication, LoanProduct
from loans.selectors.act_plans import free_to_set_off, live_guarantees
from loans.selectors.contracts import former_contracts, next_contract_number
from loans.selectors.standings import live_loans, standing_of
from loans.services.acts import approve_act, cancel_act
from loans.services.applications import ApplicationInput, submit_application, write_application
from loans.services.committee import Verdict
from loans.services.contracts import ContractInput, Signatures, cancel_contract, make_contract, record_signatures
from loans.services.decisions import confirm_decisions, propose_decisions
from loans.services.guarantors import confirm_guarantee, name_guarantor
from loans.services.payouts import PayoutInput, approve_payout, request_payout
from loans.services.products import open_loan_product
from loans.services.receipts import LoanMoney, record_loan_receipt
from members.errors import DomainError
from members.models import Member
from members.services import record_resolution
from savings.services import set_pledge
from savings.services.deposits import DepositInput, record_deposit
from tests.loans.acting import Acting, Kind
from tests.loans.applying import terms_of
from tests.village import TestVillage

BORROWERS = ("Prani", "Somchai", "Boonmee", "Kasem")
SAVED, PLEDGE = 12_000_00, 1_000_00


class Loans(Acting):
    """Four members who have saved 12,000 baht each, two kinds of loan, and what the officers did so far.

    `owed`: what each loan still owes by plain sums of what was lent, paid, set off and written off; `undone`: entries
    that were reversed; `done`: how often each act came about.
    """

    def __init__(self, village: TestVillage, today: date) -> None:
        super().__init__(village)
        self.today = today
        self.owed: dict[str, int] = {}
        self.moved: dict[int, tuple[str, int]] = {}  # entry id -> loan, and by how much it changed what is owed
        self.done: Counter[str] = Counter()
        rule = record_resolution(
            group=self.group, number="1/2569", decided_on=today, subject="ระเบียบเงินกู้", by=village.secretary
        )
        self.resolve("ค1/2569", on=today)
        record_resolution(
            group=self.group,
            number="G1/2569",
            decided_on=today,
            subject="ประชุมใหญ่",
            by=village.secretary,
            body="general",
        )
        self.products: list[LoanProduct] = [
            open_loan_product(
                group=self.group, kind="ordinary", name=name, terms=terms, resolution=rule, by=village.chair
            )
            for name, terms in (
                ("ลดต้นลดดอก", terms_of(valid_from=today, guarantors=1, late_rate_bp=20)),
                ("รายวัน", terms_of(valid_from=today, guarantors=1, day_count="days_365", rhythm="equal_instalment")),
            )
        ]
        for name in BORROWERS:
            set_pledge(member=self[name], satang=PLEDGE, starts_on=today.replace(day=1), by=village.secretary)
            brought = DepositInput(received_on=today, pledge=SAVED)
            record_deposit(member=self[name], deposit=brought, operation=uuid4(), by=village.treasurer)

    def attempt(self, act: str, do: Callable[[], Any]) -> Any:
        """Do something as a whole or, where a rule refuses it, not at all."""
        try:
            with transaction.atomic():
                made = do()
        except DomainError:
            self.done[f"{act} refused"] += 1
            return None
        self.done[act] += 1
        return made

    def note(self, entry: Entry | None, loan: Loan, satang: int) -> None:
        """An entry changed what a loan owes."""
        assert entry is not None
        self.owed[loan.number] = self.owed.get(loan.number, 0) + satang
        self.moved[entry.pk] = (loan.number, satang)

    # --- from the application to the payout ------------------------------------------------------------------

    def ask_for(self, borrower: str, guarantor: str, satang: int, months: int, product: int) -> None:
        self.attempt("apply", lambda: self._apply(borrower, guarantor, satang, months, product))

    def _apply(self, borrower: str, guarantor: str, satang: int, months: int, product: int) -> None:
        by = self.village.treasurer
        asked = ApplicationInput(product=self.products[product], satang=satang, instalments=months, purpose="farming")
        row = write_application(member=self[borrower], application=asked, operation=uuid4(), by=by)
        submit_application(application=self._fresh(row), by=by)
        word = name_guarantor(application=self._fresh(row), member=self[guarantor], by=by)
        confirm_guarantee(guarantee=word, way=Guarantee.Way.PAPER, by=by)

    def decide_next(self, satang: int) -> None:
        row = LoanApplication.objects.filter(group=self.group, status="ready").order_by("pk").first()
        if row is not None:
            self.attempt("decide", lambda: self._decide(self._fresh(row), satang))

    def _decide(self, row: LoanApplication, satang: int) -> None:
        people = (self.village.chair, self.village.secretary)
        granted = min(satang, row.satang)
        verdict = Verdict(
            application=row,
            outcome="approved" if granted == row.satang else "reduced",
            satang=granted,
            instalments=row.instalments,
            reason="" if granted == row.satang else "เงินกลุ่มมีจำกัด",
            votes={user.pk: "for" for user in people},
        )
        meeting = self.resolve(f"ก{row.number}/2569", on=self.today)
        rows = propose_decisions(
            group=self.group, verdicts=[verdict], resolution=meeting, operation=uuid4(), by=self.village.secretary
        )
        confirm_decisions(proposals=rows, by=self.village.chair)

    def contract_next(self) -> None:
        row = LoanApplication.objects.filter(group=self.group, status="approved").order_by("pk").first()
        if row is not None:
            self.attempt("contract", lambda: self._contract(self._fresh(row)))

    def _contract(self, row: LoanApplication) -> None:
        asked = ContractInput(
            number=next_contract_number(self.group, self.today),
            contracted_on=self.today,
            first_due_on=first_due_day(paid_on=self.today, meeting_day=5),
        )
        by = self.village.secretary
        loan = make_contract(application=row, contract=asked, operation=uuid4(), by=by)
        if former_contracts(row):
            self.done["contract again"] += 1
        words = {each.pk: self.today for each in live_guarantees(loan)}
        signed = Signatures(borrower=self.today, guarantors=words)
        record_signatures(loan=self.fresh_loan(loan.pk), signatures=signed, by=by)

    def cancel(self) -> None:
        for loan in self.unpaid()[:1]:
            self.attempt("cancel", partial(self._cancel, loan))

    def _cancel(self, loan: Loan) -> None:
        cancel_contract(loan=loan, reason="เปลี่ยนใจ", by=self.village.secretary)

    def pay_out_next(self) -> None:
        for loan in self.unpaid()[:1]:
            self.attempt("pay out", partial(self._pay_out, loan))

    def _pay_out(self, loan: Loan) -> None:
        asked = request_payout(loan=loan, payout=PayoutInput(), operation=uuid4(), by=self.village.treasurer)
        paid = approve_payout(disbursement=asked, by=self.village.auditor)
        self.note(paid.entry, loan, loan.satang)

    # --- repaying and falling behind -------------------------------------------------------------------------

    def repay_part(self, which: int, share: int, *, by_guarantor: bool) -> None:
        """So many quarters of what would settle the loan."""
        for loan in self.picked(which):
            satang = max(standing_of(loan).settlement * share // 4, 1)
            guarantors = live_guarantees(loan)
            payer = guarantors[0].member if by_guarantor and guarantors else loan.member
            self.attempt("repay", partial(self._repay, loan, satang, payer))

    def _repay(self, loan: Loan, satang: int, payer: Member) -> None:
        payer.group = self.group
        money = LoanMoney(payer=payer, received_on=self.today, amounts={loan.pk: satang})
        receipt = record_loan_receipt(group=self.group, money=money, operation=uuid4(), by=self.village.treasurer)
        income = receipt.entry.postings.filter(account__code__in=["O4100", "O4200"])
        self.note(receipt.entry, loan, -(satang + sum(row.amount for row in income)))

    def reschedule_one(self, which: int, months: int, *, agreed: bool) -> None:
        for loan in self.picked(which):
            words = frozenset(each.pk for each in live_guarantees(loan)) if agreed else frozenset()
            due = first_due_day(paid_on=self.today, meeting_day=5)
            self.act(Kind.RESCHEDULE, loan, instalments=months, first_due_on=due, agreed=words)

    def set_off(self, which: int, share: int) -> None:
        for loan in self.picked(which):
            most = min(standing_of(loan).settlement, free_to_set_off(loan))
            self.act(Kind.SET_OFF, loan, satang=most * share // 4)

    def write_off(self, which: int) -> None:
        for loan in self.picked(which):
            self.act(Kind.WRITE_OFF, loan)

    def recover(self, satang: int) -> None:
        lost = Loan.objects.filter(group=self.group, repayments__kind="write_off").order_by("pk").first()
        if lost is not None:
            self.act(Kind.RECOVERY, self.fresh_loan(lost.pk), satang=satang, way="cash", payer="ผู้กู้")

    def act(self, kind: Kind, loan: Loan, **given: Any) -> None:
        """Asked for and approved; every third one is taken back instead."""
        needed = self.general() if kind == Kind.WRITE_OFF else self.resolve("ค1/2569")
        given = {"on": self.today, "resolution": None if kind == Kind.RECOVERY else needed, **given}
        asked = self.attempt(f"ask {kind}", lambda: self.ask(kind, loan, **given))
        if asked is None:
            return
        if self.done[f"ask {kind}"] % 3 == 0:
            cancel_act(act=asked, by=self.village.treasurer)
            return
        posted = self.attempt(f"{kind}", lambda: approve_act(act=asked, by=self.village.auditor))
        if posted is None:
            cancel_act(act=asked, by=self.village.treasurer)
        elif kind in (Kind.SET_OFF, Kind.WRITE_OFF):
            self.note(posted.entry, loan, -posted.content.get("principal", posted.satang))

    def reverse_one(self, which: int) -> None:
        """One of the last three entries that moved a loan; what was built on refuses."""
        entries = sorted(self.moved)
        if not entries:
            return
        entry = Entry.objects.get(pk=entries[-1 - which % min(len(entries), 3)])
        entry.group = self.group
        made = self.attempt("reverse", partial(self._reverse, entry))
        if made is not None:
            number, satang = self.moved.pop(entry.pk)
            self.owed[number] -= satang

    def _reverse(self, entry: Entry) -> Entry:
        by, ok = self.village.treasurer, [self.village.auditor]
        return reverse_entry(entry=entry, by=by, ok=ok, operation=uuid4(), reason="ผิด")

    # --- what there is ---------------------------------------------------------------------------------------

    def picked(self, which: int) -> Iterator[Loan]:
        """One of the live loans, if there is any."""
        found = list(live_loans(self.group).order_by("pk").values_list("pk", flat=True))
        if found:
            yield self.fresh_loan(found[which % len(found)])

    def unpaid(self) -> list[Loan]:
        """Contracts that are not paid out yet."""
        rows = Loan.objects.filter(group=self.group, paid_out_on__isnull=True, cancelled_on__isnull=True)
        return [self.fresh_loan(pk) for pk in rows.order_by("pk").values_list("pk", flat=True)]

    def fresh_loan(self, pk: int) -> Loan:
        """A loan as the database has it, with its group."""
        loan = Loan.objects.select_related("member", "hold", "product").get(pk=pk)
        loan.group = loan.member.group = self.group
        return loan

    def _fresh(self, row: LoanApplication) -> LoanApplication:
        found = LoanApplication.objects.select_related("member", "product").get(pk=row.pk)
        found.group = found.member.group = found.product.group = self.group
        return found
