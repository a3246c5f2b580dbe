"""The demo's committee lends: two products, a new loan at some meetings, borrowers who stop paying."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import uuid4

from intake.demo.history import Table
from loans.models import Decision, Guarantee, Loan, LoanApplication, LoanProduct
from loans.selectors.contracts import next_contract_number, usual_due_day
from loans.selectors.cover import cover_of, free_savings_of
from loans.selectors.decisions import deciders, people_behind
from loans.selectors.limits import may_borrow
from loans.selectors.standings import live_loans, standings
from loans.services.applications import ApplicationInput, submit_application, write_application
from loans.services.committee import Verdict
from loans.services.contracts import ContractInput, Signatures, make_contract, record_signatures
from loans.services.decisions import NewResolution, confirm_decisions, propose_decisions
from loans.services.guarantors import confirm_guarantee, name_guarantor
from loans.services.products import LoanTermsInput, open_loan_product
from members.models import Member, Office, Resolution
from members.services import record_resolution
from thai.months import add_months, buddhist_year

ORDINARY, EMERGENCY = "เงินกู้สามัญ", "เงินกู้ฉุกเฉิน"
PURPOSES = (
    ("farming", "ซื้อปุ๋ยและพันธุ์ข้าว"),
    ("animals", "เลี้ยงโคขุน"),
    ("school", "ค่าเล่าเรียนบุตร"),
    ("house", "ซ่อมหลังคาบ้าน"),
)
SMALLEST, LARGEST, STEP = 5_000_00, 24_000_00, 1_000_00
MONTHS = 12
STOPS_AFTER = timedelta(days=70)  # a new borrower stops paying in the last two months: the notice is due


@dataclass
class Lender:
    """Lends in one village, as its committee does."""

    table: Table
    random: Random
    products: dict[str, LoanProduct] = field(default_factory=dict)
    defaulters: set[int] = field(default_factory=set)  # members (ids) who have stopped paying their loans
    new_defaulter: int = 0

    @classmethod
    def begin(cls, table: Table, on: date) -> "Lender":
        """Open the products by a resolution, and choose two borrowers of the paper year who stop paying."""
        lender = cls(table, Random(f"{table.group.code} loans"))  # noqa: S311 - made up, nothing secret
        resolution = lender.resolve("ประเภทเงินกู้ของกลุ่ม", on)
        chair = table.officers["chair"]
        ordinary = LoanTermsInput(
            valid_from=on, rate_bp=100, savings_times=300, cap_satang=50_000_00, minimum_months=6, guarantors=2,
            instalments_max=24, grace_max=0, late_rate_bp=0,
        )  # fmt: skip
        emergency = LoanTermsInput(
            valid_from=on, rate_bp=100, savings_times=100, cap_satang=5_000_00, minimum_months=6, guarantors=1,
            instalments_max=3, grace_max=0, late_rate_bp=0,
        )  # fmt: skip
        for name, kind, terms in ((ORDINARY, "ordinary", ordinary), (EMERGENCY, "emergency", emergency)):
            lender.products[name] = open_loan_product(
                group=table.group, kind=kind, name=name, terms=terms, resolution=resolution, by=chair
            )
        live = list(live_loans(table.group))
        found = standings(table.group, on, loans=live)
        latest = sorted(live, key=lambda loan: (-found[loan.pk].days_past_due, -found[loan.pk].outstanding))
        lender.defaulters = {loan.member_id for loan in latest[:2]}
        return lender

    def resolve(self, subject: str, on: date, body: str = Resolution.Body.COMMITTEE) -> Resolution:
        """A resolution of the committee, or of the general meeting."""
        return record_resolution(
            group=self.table.group,
            number=self._next_resolution(on),
            decided_on=on,
            subject=subject,
            body=body,
            by=self.table.officers["secretary"],
        )

    def _next_resolution(self, on: date) -> str:
        taken = set(Resolution.objects.filter(group=self.table.group).values_list("number", flat=True))
        return next(name for count in range(1, 1000) if (name := f"{count}/{buddhist_year(on)}") not in taken)

    def contract_for_meeting(self, on: date, today: date) -> Loan | None:
        """A loan decided and signed on a meeting's day, to be paid out there; None where nobody may borrow."""
        application = self.apply(on)
        if application is None:
            return None
        self.decide([application], on)
        loan = self.contract(application, on)
        if not self.new_defaulter and on < today - STOPS_AFTER:
            self.new_defaulter = loan.member_id
        return loan

    def stops_paying(self, on: date, today: date) -> set[int]:
        """The members (ids) who bring nothing for their loans to a meeting."""
        late = {self.new_defaulter} if self.new_defaulter and on >= add_months(today, -2) else set()
        return self.defaulters | late

    # --- the steps, one each -----------------------------------------------------------------------------------

    def apply(
        self, on: date, *, product: str = ORDINARY, is_ready: bool = True, is_draft: bool = False
    ) -> LoanApplication | None:
        """An application of somebody who may borrow, with guarantors whose savings are free."""
        borrower, satang = self._borrower(product)
        if borrower is None:
            return None
        purpose, what = self.random.choice(PURPOSES)
        wanted = ApplicationInput(
            product=self.products[product],
            satang=satang,
            instalments=MONTHS if product == ORDINARY else 3,
            purpose=purpose,
            purpose_text=what,
            income_satang=self.random.randint(6, 18) * 1_000_00,
        )
        by = self.table.treasurer
        application = write_application(member=borrower, application=wanted, operation=uuid4(), by=by)
        LoanApplication.objects.filter(pk=application.pk).update(asked_on=on)  # handed in on the evening it tells of
        application.refresh_from_db()
        if is_draft:
            return application
        application = submit_application(application=application, by=by)
        for guarantor in self._guarantors(application):
            word = name_guarantor(application=application, member=guarantor, by=by)
            if is_ready:
                confirm_guarantee(guarantee=word, way=Guarantee.Way.PAPER, by=by)
        application.refresh_from_db()
        return application

    def decide(self, applications: Sequence[LoanApplication], on: date, refused: str = "") -> None:
        """The committee's resolution: all in favour; written down by the secretary, confirmed by the chair."""
        votes = {user.pk: "for" for user in deciders(self.table.group)}
        verdicts = [
            Verdict(application=each, outcome=Decision.Outcome.REFUSED, reason=refused, votes=votes)
            if refused
            else Verdict(
                application=each,
                outcome=Decision.Outcome.APPROVED,
                satang=each.satang,
                instalments=each.instalments,
                votes=votes,
            )
            for each in applications
        ]
        resolution = NewResolution(number=self._next_resolution(on), decided_on=on, subject="พิจารณาคำขอกู้")
        by, confirms = self.table.officers["secretary"], self.table.officers["chair"]
        proposals = propose_decisions(
            group=self.table.group, verdicts=verdicts, resolution=resolution, operation=uuid4(), by=by
        )
        confirm_decisions(proposals=proposals, by=confirms)
        for application in applications:
            application.refresh_from_db()

    def contract(self, application: LoanApplication, on: date, *, is_signed: bool = True) -> Loan:
        """The contract of an approved application, signed by borrower and guarantors."""
        by = self.table.officers["secretary"]
        content = ContractInput(
            number=next_contract_number(self.table.group, on),
            contracted_on=on,
            first_due_on=usual_due_day(application, on),
        )
        loan = make_contract(application=application, contract=content, operation=uuid4(), by=by)
        if not is_signed:
            return loan
        words = Guarantee.objects.filter(loan=loan, released_on__isnull=True).select_related("member")
        married = loan.member.spouse_id or loan.member.spouse_name or loan.member.marital_status == "married"
        signed = Signatures(
            borrower=on,
            spouse=on if married else None,
            guarantors={word.pk: on for word in words},
            spouses={word.pk: on for word in words if word.member.spouse_id or word.member.spouse_name},
        )
        return record_signatures(loan=loan, signatures=signed, by=by)

    # --- who -----------------------------------------------------------------------------------------------------

    def _free_members(self) -> list[Member]:
        group = self.table.group
        officers = {office.member_id for office in Office.objects.held_on().filter(group=group)}
        households = {
            member.household_id for own in people_behind(group, deciders(group)).members.values() for member in own
        }
        members = Member.objects.filter(group=group, status=Member.Status.ACTIVE, kind=Member.Kind.ORDINARY)
        found = [each for each in members if each.pk not in officers and each.household_id not in households]
        self.random.shuffle(found)
        for each in found:
            each.group = group
        return found

    def _borrower(self, product: str) -> tuple[Member | None, int]:
        """Somebody without a loan who may borrow a fair amount."""
        busy = set(Loan.objects.filter(group=self.table.group).values_list("member_id", flat=True))
        busy |= set(LoanApplication.objects.filter(group=self.table.group).values_list("member_id", flat=True))
        smallest = SMALLEST if product == ORDINARY else STEP
        for member in self._free_members():
            if member.pk in busy:
                continue
            most = min(may_borrow(member, self.products[product]).most_satang, LARGEST) // STEP * STEP
            if most >= smallest:
                return member, most
        return None, 0

    def _guarantors(self, application: LoanApplication) -> list[Member]:
        """As many as the product asks for: whoever has enough free savings and stands for nobody yet."""
        cover, group = cover_of(application), self.table.group
        taken = set(Guarantee.objects.filter(member__group=group).values_list("member_id", flat=True))
        fit = [each for each in self._free_members() if each.pk not in taken and each.pk != application.member_id]
        free = free_savings_of(group, fit)
        household = application.member.household_id
        enough = [each for each in fit if free[each.pk] >= cover.part and each.household_id != household]
        return enough[: cover.asked]
