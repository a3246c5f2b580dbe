"""A village that lends: a product, applications, contracts and loans in one line each.

Somchai borrows and Boonmee stands surety unless told otherwise; Malee (secretary) writes decisions and contracts down,
Anong (chair) confirms them; Somporn (treasurer) asks for payouts, Wichai (auditor) approves them.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django.utils import timezone

from funds.accounts import account_for
from funds.journal import credit, debit, post_entry
from funds.models import Entry
from funds.selectors import available
from funds.services import place_hold
from loans.arrears import stamp_duty
from loans.due_days import first_due_day
from loans.models import Decision, Disbursement, Guarantee, Loan, LoanApplication, LoanProduct, LoanTerms, Repayment
from loans.services.payouts import note_paid_out
from members.models import Member, Resolution
from members.services import record_resolution
from tests.kept import upon
from tests.village import TestVillage
from thai.months import buddhist_year

JANUARY_5 = date(2026, 1, 5)
AUGUST_5 = date(2026, 8, 5)


class Lending:
    """The village with money to lend: 50,000 baht in the box, 200,000 in the bank. A fixture names its loans here."""

    loan: Loan
    somchais: Loan
    older: Loan
    younger: Loan

    def __init__(self, village: TestVillage, *, box: int = 50_000_00, bank: int = 200_000_00) -> None:
        vars(self).update(upon(village, ("lending", box, bank), lambda: self._lent(village, box, bank)))

    def _lent(self, village: TestVillage, box: int, bank: int) -> dict[str, Any]:
        self.village, self.group = village, village.group
        if box:
            self.post("donation", ("O1100", "", box), ("O3300", "", -box), on=JANUARY_5)
        if bank:
            self.post("donation", ("O1200", "", bank), ("O3300", "", -bank), on=JANUARY_5)
        return vars(self)

    def __getitem__(self, name: str) -> Member:
        """A member by English name, with its group."""
        member = self.village.members[name]
        member.group = self.group
        return member

    def post(self, kind: str, *moves: tuple[str, str, int], on: date, by: Any = None) -> Entry:
        """Post moves of (account, holder, satang), approved by the auditor."""
        lines = [
            (debit if satang > 0 else credit)(account_for(self.group, code, holder), abs(satang))
            for code, holder, satang in moves
        ]
        return post_entry(
            group=self.group,
            kind=kind,
            on=on,
            by=by or self.village.treasurer,
            ok=[self.village.auditor],
            lines=lines,
            operation=uuid4(),
        )

    def save(self, name: str, satang: int, on: date = JANUARY_5) -> Entry:
        """Let a member have so much pledge savings, by bank transfer."""
        return self.post("receipt", ("O1200", "", satang), ("O2100", self[name].holder, -satang), on=on)

    def resolve(self, number: str = "11/2569", on: date | None = None) -> Resolution:
        """The committee's resolution of that number."""
        known = Resolution.objects.filter(group=self.group, number=number).first()
        return known or record_resolution(
            group=self.group,
            number=number,
            decided_on=on or AUGUST_5,
            subject="พิจารณาเงินกู้",
            by=self.village.secretary,
        )

    # --- products, applications, decisions -------------------------------------------------------------------

    def product(self, name: str = "เงินกู้สามัญ", kind: str = "ordinary", **terms: Any) -> LoanTerms:
        """A product by name, with terms since the new year: 3 x savings, 2 guarantors, 1 % a month, 12 months."""
        found, _made = LoanProduct.objects.get_or_create(
            group=self.group, name=name, defaults={"kind": kind, "opened_by": self.village.chair}
        )
        known = found.terms.first()
        if known is not None:
            return known
        given: dict[str, Any] = {
            "valid_from": date(2026, 1, 1), "cap_satang": 100_000_00, "rate_bp": 100, "minimum_months": 6, **terms,
        }  # fmt: skip
        return LoanTerms.objects.create(product=found, set_by=self.village.chair, **given)

    def apply(
        self,
        name: str = "Somchai",
        satang: int = 12_000_00,
        *,
        instalments: int = 12,
        guarantors: Sequence[str] = ("Boonmee",),
        on: date = AUGUST_5,
        terms: LoanTerms | None = None,
        **fields: Any,
    ) -> LoanApplication:
        """An application that is ready for the committee, its guarantors confirmed on paper."""
        last = LoanApplication.objects.filter(group=self.group).order_by("-number").first()
        given: dict[str, Any] = {
            "status": "ready",
            "purpose": "farming",
            "entered_by": self.village.treasurer,
            **fields,
        }
        application = LoanApplication.objects.create(
            group=self.group,
            number=last.number + 1 if last else 1,
            member=self[name],
            product=(terms or self.product()).product,
            operation=uuid4(),
            satang=satang,
            instalments=instalments,
            asked_on=on,
            entered_at=timezone.now(),
            submitted_at=timezone.now(),
            **given,
        )
        for position, guarantor in enumerate(guarantors, 1):
            Guarantee.objects.create(
                application=application,
                member=self[guarantor],
                position=position,
                named_by=self.village.treasurer,
                named_at=timezone.now(),
                way=Guarantee.Way.PAPER,
                confirmed_at=timezone.now(),
                confirmed_by=self.village.treasurer,
            )
        return application

    def decide(self, application: LoanApplication, satang: int | None = None, **fields: Any) -> Decision:
        """The committee's approval, for as much as was asked for unless told."""
        granted = application.satang if satang is None else satang
        given: dict[str, Any] = {
            "outcome": "approved" if granted == application.satang else "reduced",
            "resolution": self.resolve(on=application.asked_on),
            **fields,
        }
        decision = Decision.objects.create(
            application=application,
            operation=uuid4(),
            terms=application.product.terms.latest("valid_from"),
            satang=granted,
            instalments=application.instalments,
            recorded_by=self.village.secretary,
            recorded_at=timezone.now(),
            confirmed_by=self.village.chair,
            **given,
        )
        application.status = LoanApplication.Status.APPROVED
        application.save(update_fields=["status"])
        return decision

    # --- contracts, payouts, repayments ----------------------------------------------------------------------

    def contract(
        self,
        name: str = "Somchai",
        satang: int = 12_000_00,
        *,
        on: date = AUGUST_5,
        is_signed: bool = True,
        **asked: Any,
    ) -> Loan:
        """A contract with its guarantors, signed by all; the savings of borrower and guarantors held as far as free."""
        application = self.apply(name, satang, on=on, **asked)
        decision = self.decide(application)
        terms = decision.terms
        year = buddhist_year(on)
        number = Loan.objects.filter(group=self.group, number__endswith=f"/{year}").count() + 1
        signed: dict[str, Any] = {"signed_on": on, "signed_with": self.village.secretary} if is_signed else {}
        loan = Loan(
            group=self.group,
            number=f"ก.{number}/{year}",
            member=application.member,
            application=application,
            product=application.product,
            operation=uuid4(),
            satang=satang,
            instalments=decision.instalments,
            grace=decision.grace,
            contracted_on=on,
            first_due_on=first_due_day(
                paid_on=on, meeting_day=5, rhythm=terms.rhythm, instalments=decision.instalments
            ),
            stamp_satang=stamp_duty(satang),
            made_by=self.village.secretary,
            made_at=timezone.now(),
            **{name: getattr(terms, name) for name in ARITHMETIC},
            **signed,
        )
        loan.hold = self._hold(application.member, satang)
        loan.save()
        rest = satang - (loan.hold.satang if loan.hold else 0)
        guarantees = list(application.guarantees.select_related("member"))
        for guarantee in guarantees:
            guarantee.member.group = self.group
            guarantee.loan, guarantee.signed_on = loan, on if is_signed else None
            guarantee.satang = -(-rest // len(guarantees))
            guarantee.hold = self._hold(guarantee.member, guarantee.satang)
            guarantee.save()
        application.status = LoanApplication.Status.CONTRACTED
        application.save(update_fields=["status"])
        return loan

    def lend(self, name: str = "Somchai", satang: int = 12_000_00, *, on: date = AUGUST_5, **asked: Any) -> Loan:
        """A loan paid out by transfer on a day, with its schedule."""
        return self.pay_out(self.contract(name, satang, on=on, **asked), on)

    def pay_out(self, loan: Loan, on: date) -> Loan:
        """Pay a contract out by transfer."""
        entry = self.post("loan_disbursement", ("O1300", loan.number, loan.satang), ("O1200", "", -loan.satang), on=on)
        paid = Disbursement.objects.create(
            group=self.group,
            loan=loan,
            way="transfer",
            slip_ref="T-1",
            operation=uuid4(),
            requested_by=self.village.treasurer,
            requested_at=timezone.now(),
            approved_by=self.village.auditor,
            approved_at=timezone.now(),
            entry=entry,
        )
        return note_paid_out(disbursement=paid, entry=entry, on=on)

    def repay(
        self, loan: Loan, on: date, principal: int = 0, interest: int = 0, fine: int = 0, *,
        payer: Member | None = None, kind: str = "payment",
    ) -> Repayment:  # fmt: skip
        """A payment by transfer, divided as told."""
        parts = (("O1300", loan.number, principal), ("O4100", "", interest), ("O4200", "", fine))
        credited = [(code, holder, -satang) for code, holder, satang in parts if satang]
        entry = self.post("receipt", ("O1200", "", principal + interest + fine), *credited, on=on)
        return Repayment.objects.create(
            group=self.group,
            loan=loan,
            entry=entry,
            kind=kind,
            paid_on=on,
            principal_satang=principal,
            interest_satang=interest,
            fine_satang=fine,
            payer=payer or loan.member,
        )

    def pay_instalments(self, loan: Loan, count: int, *, first: int = 1) -> list[Repayment]:
        """Pay so many instalments as planned, each on its day."""
        lines = loan.schedules.get(version=1).lines.filter(number__gte=first, number__lt=first + count)
        return [self.repay(loan, line.due_on, line.principal_satang, line.interest_satang) for line in lines]

    def _hold(self, member: Member, satang: int) -> Any:
        account = account_for(self.group, "O2100", member.holder)
        free = min(max(available(account), 0), satang)
        return place_hold(account=account, satang=free, reason="loan", by=self.village.secretary) if free else None


ARITHMETIC = ("rate_bp", "rate_per", "method", "rhythm", "day_count", "round_to", "late_rate_bp")
