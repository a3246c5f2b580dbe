"""A village in which one decision is carried out by contracts one after another."""

from datetime import date
from typing import Any
from uuid import uuid4

from funds.accounts import account_for
from funds.journal import reverse_entry
from funds.selectors import available
from loans.checks import CHECKS
from loans.models import Loan, LoanApplication
from loans.selectors.contracts import next_contract_number
from loans.services.contracts import ContractInput, Signatures, make_contract, record_signatures
from loans.services.payouts import PayoutInput, approve_payout, request_payout
from members.models import User
from tests.loans.cast import Lending
from tests.village import TestVillage

NOVEMBER_5, TODAY, JANUARY_5 = date(2026, 11, 5), date(2026, 11, 22), date(2027, 1, 5)


class Again(Lending):
    """Somchai has saved 4,000 baht and Boonmee 9,000; 12,000 baht are approved."""

    def __init__(self, village: TestVillage) -> None:
        super().__init__(village)
        self.save("Somchai", 4_000_00)
        self.save("Boonmee", 9_000_00)
        self.asked = self.apply(on=NOVEMBER_5, terms=self.product(guarantors=1))
        self.decide(self.asked, resolution=self.resolve(on=NOVEMBER_5))

    def make(self, by: User | None = None) -> Loan:
        number = next_contract_number(self.group)
        content = ContractInput(number=number, contracted_on=TODAY, first_due_on=JANUARY_5)
        asked = LoanApplication.objects.select_related("member").get(pk=self.asked.pk)
        asked.group = asked.member.group = self.group
        return make_contract(application=asked, contract=content, operation=uuid4(), by=by or self.village.secretary)

    def signed(self) -> Loan:
        loan = self.make()
        given = Signatures(borrower=TODAY, guarantors={each.pk: TODAY for each in loan.guarantees.all()})
        return record_signatures(loan=loan, signatures=given, by=self.village.secretary)

    def pay(self, loan: Loan) -> Any:
        asked = request_payout(loan=loan, payout=PayoutInput(), operation=uuid4(), by=self.village.treasurer)
        return approve_payout(disbursement=asked, by=self.village.auditor)

    def undo(self, loan: Loan) -> None:
        entry = Loan.objects.select_related("entry").get(pk=loan.pk).entry
        assert entry is not None
        entry.group = self.group
        by, ok = self.village.treasurer, [self.village.auditor]
        reverse_entry(entry=entry, by=by, ok=ok, operation=uuid4(), reason="ผิดวัน")

    def status(self) -> str:
        return LoanApplication.objects.get(pk=self.asked.pk).status

    def found(self) -> list[tuple[str, int, str]]:
        return [each for check in CHECKS if check.__name__ != "check_limits" for each in check(self.group)]

    def free(self, name: str) -> int:
        return available(account_for(self.group, "O2100", self[name].holder))
