"""The contract: terms frozen, numbers without a gap, savings held, the law's cap, signatures, an end before payout."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from funds.accounts import account_for
from funds.errors import OperationReused
from funds.selectors import available
from loans import deciding_errors as errors
from loans.contract_numbers import ContractNumber, is_next, next_number
from loans.due_days import due_day_at_payout, first_due_day
from loans.models import Guarantee, Loan, LoanApplication, LoanTerms
from loans.selectors.contracts import missing_signatures, next_contract_number, quote_of
from loans.services.contracts import (
    ContractInput,
    Signatures,
    cancel_contract,
    make_contract,
    record_signatures,
)
from loans.services.payouts import PayoutInput, request_payout
from members.models import Member, User
from tests.loans.cast import Lending
from tests.village import TestVillage

NOVEMBER_5, NOVEMBER_20, TODAY = date(2026, 11, 5), date(2026, 11, 20), date(2026, 11, 22)
DECEMBER_5 = date(2026, 12, 5)


class Makers(Lending):
    """Somchai has saved 4,000 baht and Boonmee 9,000; an application over 12,000 is approved."""

    def __init__(self, village: TestVillage) -> None:
        super().__init__(village)
        self.save("Somchai", 4_000_00)
        self.save("Boonmee", 9_000_00)
        self.asked = self.approved()

    def approved(self, name: str = "Somchai", satang: int = 12_000_00, **fields: Any) -> LoanApplication:
        terms = fields.pop("terms", None) or self.product(guarantors=1)
        asked = self.apply(name, satang, on=NOVEMBER_5, terms=terms, **fields)
        self.decide(asked, resolution=self.resolve(on=NOVEMBER_5))
        return asked

    def make(self, asked: LoanApplication | None = None, *, by: User | None = None, **fields: Any) -> Loan:
        operation = fields.pop("operation", None) or uuid4()
        given = {
            "number": next_contract_number(self.group),
            "contracted_on": NOVEMBER_20,
            "first_due_on": DECEMBER_5,
            **fields,
        }
        return make_contract(
            application=asked or self.asked,
            contract=ContractInput(**given),
            operation=operation,
            by=by or self.village.secretary,
        )

    def free(self, name: str) -> int:
        return available(account_for(self.group, "O2100", self[name].holder))


@pytest.fixture
def makers(time_machine: Any, village: TestVillage) -> Makers:
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)
    return Makers(village)


def test_a_contract_freezes_the_terms_and_holds_the_savings(makers: Makers) -> None:
    loan = makers.make()
    assert (loan.number, loan.satang, loan.instalments, loan.rate_bp) == ("ก.1/2569", 12_000_00, 12, 100)
    assert loan.stamp_satang == 6_00
    assert loan.hold is not None
    guarantee = loan.guarantees.get()
    assert (loan.hold.satang, guarantee.satang) == (4_000_00, 8_000_00)
    assert (makers.free("Somchai"), makers.free("Boonmee")) == (0, 1_000_00)
    makers.asked.refresh_from_db()
    assert makers.asked.status == "contracted"


def test_new_terms_of_the_product_leave_the_contract_as_it_is(makers: Makers) -> None:
    loan = makers.make()
    assert loan.product is not None
    LoanTerms.objects.create(product=loan.product, valid_from=TODAY, cap_satang=1_000_00, rate_bp=50)
    loan.refresh_from_db()
    assert loan.rate_bp == 100


def test_the_rest_is_divided_equally_and_rounded_up_to_the_satang(makers: Makers) -> None:
    for name in ("Kasem", "Prani"):
        makers.save(name, 5_000_00)
    asked = makers.approved("Chai", 10_000_00, guarantors=("Boonmee", "Kasem", "Prani"))
    loan = makers.make(asked)
    assert [one.satang for one in loan.guarantees.order_by("position")] == [3_333_34] * 3


def test_a_guarantor_without_cover_stops_the_contract(makers: Makers) -> None:
    asked = makers.approved("Chai", 9_500_00)
    with pytest.raises(errors.CoverMissing, match=r"9,000\.00"):
        makers.make(asked)
    assert makers.free("Boonmee") == 9_000_00


def test_as_many_guarantors_as_the_terms_ask_for(makers: Makers) -> None:
    asked = makers.approved("Chai", 1_000_00, guarantors=())
    with pytest.raises(errors.GuarantorsMissing):
        makers.make(asked)
    waiting = makers.approved("Kasem", 1_000_00)
    Guarantee.objects.create(application=waiting, member=makers["Prani"], position=2, named_at=waiting.entered_at)
    with pytest.raises(errors.GuarantorsMissing):
        makers.make(waiting)


def test_only_an_approved_application_becomes_a_contract_and_once(makers: Makers) -> None:
    with pytest.raises(errors.NotApproved):
        makers.make(makers.apply("Kasem", on=NOVEMBER_5))
    operation = uuid4()
    first = makers.make(operation=operation, number="ก.1/2569")
    assert makers.make(operation=operation, number="ก.1/2569").pk == first.pk
    with pytest.raises(OperationReused):
        makers.make(operation=operation, number="ก.2/2569")
    with pytest.raises(errors.NotApproved):
        makers.make()


def test_a_party_does_not_make_the_contract(makers: Makers) -> None:
    own = makers.approved("Somporn", 1_000_00)
    with pytest.raises(errors.OwnContract):
        makers.make(own, by=makers.village.treasurer)
    assert makers.make(own, by=makers.village.secretary)


def test_the_days_of_a_contract(makers: Makers) -> None:
    with pytest.raises(errors.ContractDayRefused):
        makers.make(contracted_on=date(2026, 11, 4))
    with pytest.raises(errors.ContractDayRefused):
        makers.make(contracted_on=date(2026, 11, 23))
    with pytest.raises(errors.FirstDueRefused):
        makers.make(first_due_on=date(2026, 12, 4))
    with pytest.raises(errors.FirstDueRefused):
        makers.make(first_due_on=date(2027, 2, 21))


def test_a_contract_above_fifteen_per_cent_is_refused_naming_the_section(makers: Makers) -> None:
    dear = makers.product("เงินกู้แพง", method="flat", rate_bp=100, guarantors=1)
    with pytest.raises(errors.ContractAboveCap, match="654"):
        makers.make(makers.approved("Kasem", 1_200_00, terms=dear))


def test_fifteen_per_cent_exactly_passes(makers: Makers) -> None:
    edge = makers.product("เงินกู้พอดี", rate_bp=125, guarantors=1)
    loan = makers.make(makers.approved("Kasem", 1_200_00, terms=edge))
    assert str(quote_of(loan).apr) == "15.00"


def test_a_contract_rests_on_savings_that_are_free_of_other_words(makers: Makers) -> None:
    """Somchai has given his word for Kasem: what that promises is not held for the own loan."""
    makers.save("Boonmee", 2_000_00)
    other = makers.apply("Kasem", 3_000_00, on=NOVEMBER_5, guarantors=("Somchai",), terms=makers.product())
    Guarantee.objects.filter(application=other).update(satang=3_000_00)
    loan = makers.make(makers.asked)
    assert loan.hold is not None
    assert loan.hold.satang == 1_000_00


# --- numbers ------------------------------------------------------------------------------------------------


def test_numbers_run_without_a_gap(makers: Makers) -> None:
    with pytest.raises(errors.ContractNumberTaken):
        makers.make(makers.approved("Kasem", 1_000_00), number=makers.make().number)
    kasem = LoanApplication.objects.get(member=makers["Kasem"])
    with pytest.raises(errors.ContractNumberLeavesGap, match=r"ก\.2/2569"):
        makers.make(kasem, number="ก.3/2569")
    for unfit in ("", "ก,2/2569", "x" * 41):
        with pytest.raises(errors.ContractNumberUnfit):
            makers.make(kasem, number=unfit)
    assert makers.make(kasem, number="ก.2/2569")


def test_the_group_may_begin_with_the_form_it_writes(makers: Makers) -> None:
    first = makers.make(number="สก 018/69")
    assert first.number == "สก 018/69"
    assert next_contract_number(makers.group) == "สก 019/69"


def test_a_number_in_the_books_is_taken(makers: Makers) -> None:
    account_for(makers.group, "O1300", "ก.1/2569")
    assert next_contract_number(makers.group) == "ก.2/2569"
    with pytest.raises(errors.ContractNumberTaken):
        makers.make(number="ก.1/2569")


def test_a_cancelled_contract_keeps_its_number(makers: Makers) -> None:
    cancel_contract(loan=makers.make(), reason="ผู้กู้เปลี่ยนใจ", by=makers.village.secretary)
    assert next_contract_number(makers.group) == "ก.2/2569"


@pytest.mark.parametrize(
    ("known", "latest", "year", "following"),
    [
        ([], "", 2569, "ก.1/2569"),
        (["ก.9/2569"], "ก.9/2569", 2569, "ก.10/2569"),
        (["ก.9/2569"], "ก.9/2569", 2570, "ก.1/2570"),
        (["กส.007/68"], "กส.007/68", 2568, "กส.008/68"),
        (["63/55"], "63/55", 2569, "01/69"),
        (["L-7"], "L-7", 2569, "ก.1/2569"),
    ],
)
def test_the_next_number(known: list[str], latest: str, year: int, following: str) -> None:
    assert next_number(known, latest=latest, year=year) == following


def test_what_leaves_no_gap() -> None:
    assert is_next("ก.2/2569", ["ก.1/2569", "ฉ.8/2569"])
    assert not is_next("ก.3/2569", ["ก.1/2569"])
    assert is_next("ฉ.7/2569", ["ก.1/2569"])
    assert is_next("L-7", ["ก.1/2569"])
    assert ContractNumber.read("L-7") is None


# --- due days -----------------------------------------------------------------------------------------------


def test_the_first_due_day_is_a_meeting_day_half_a_month_away() -> None:
    assert first_due_day(paid_on=NOVEMBER_5, meeting_day=5) == DECEMBER_5
    assert first_due_day(paid_on=NOVEMBER_20, meeting_day=5) == DECEMBER_5
    assert first_due_day(paid_on=date(2026, 11, 21), meeting_day=5) == date(2027, 1, 5)
    single = first_due_day(paid_on=NOVEMBER_5, meeting_day=5, rhythm="single_payment", instalments=6)
    assert single == date(2027, 5, 5)


def test_a_payout_soon_after_keeps_the_agreed_day() -> None:
    rest: dict[str, Any] = {"meeting_day": 5, "rhythm": "equal_principal", "instalments": 12}
    assert due_day_at_payout(agreed=DECEMBER_5, paid_on=date(2026, 11, 20), **rest) == DECEMBER_5
    assert due_day_at_payout(agreed=DECEMBER_5, paid_on=date(2026, 11, 25), **rest) == date(2027, 1, 5)


# --- signatures and the end ---------------------------------------------------------------------------------


def test_everybody_signs_and_the_first_day_stays(makers: Makers) -> None:
    loan = makers.make()
    guarantee = loan.guarantees.get()
    assert len(missing_signatures(loan)) == 2
    loan = record_signatures(loan=loan, signatures=Signatures(borrower=NOVEMBER_20), by=makers.village.secretary)
    assert (loan.signed_on, loan.signed_with) == (NOVEMBER_20, makers.village.secretary)
    given = Signatures(borrower=TODAY, guarantors={guarantee.pk: TODAY})
    loan = record_signatures(loan=loan, signatures=given, by=makers.village.treasurer)
    assert (loan.signed_on, loan.guarantees.get().signed_on) == (NOVEMBER_20, TODAY)
    assert missing_signatures(loan) == []


def test_nobody_signs_before_the_contract_nor_tomorrow(makers: Makers) -> None:
    loan = makers.make()
    for day in (date(2026, 11, 19), date(2026, 11, 23)):
        with pytest.raises(errors.SignedTooEarly):
            record_signatures(loan=loan, signatures=Signatures(borrower=day), by=makers.village.secretary)


def test_the_consent_of_a_spouse_is_kept(makers: Makers) -> None:
    Member.objects.filter(pk=makers["Somchai"].pk).update(marital_status="married", spouse_name="นางสมหญิง ไร่นา")
    loan = makers.make()
    given = Signatures(
        borrower=TODAY,
        spouse=TODAY,
        guarantors={loan.guarantees.get().pk: TODAY},
        spouses={loan.guarantees.get().pk: TODAY},
    )
    loan = record_signatures(loan=loan, signatures=given, by=makers.village.secretary)
    assert (loan.spouse_consented_on, loan.guarantees.get().spouse_consented_on) == (TODAY, TODAY)


def test_a_party_does_not_witness_the_own_contract(makers: Makers) -> None:
    loan = makers.make()
    with pytest.raises(errors.OwnContract):
        record_signatures(loan=loan, signatures=Signatures(borrower=TODAY), by=makers.village.user("Somchai"))


def test_a_cancelled_contract_gives_the_savings_back(makers: Makers) -> None:
    loan = cancel_contract(loan=makers.make(), reason="ผู้กู้เปลี่ยนใจ", by=makers.village.secretary)
    assert (makers.free("Somchai"), makers.free("Boonmee")) == (4_000_00, 9_000_00)
    assert loan.guarantees.get().released_on == TODAY
    with pytest.raises(errors.ContractOver):
        cancel_contract(loan=loan, reason="อีกครั้ง", by=makers.village.secretary)
    with pytest.raises(errors.ContractOver):
        record_signatures(loan=loan, signatures=Signatures(borrower=TODAY), by=makers.village.secretary)


def test_a_contract_is_cancelled_with_a_reason_and_before_its_payout(makers: Makers) -> None:
    loan = makers.make()
    with pytest.raises(errors.CancelUnexplained):
        cancel_contract(loan=loan, reason=" ", by=makers.village.secretary)
    given = Signatures(borrower=TODAY, guarantors={loan.guarantees.get().pk: TODAY})
    loan = record_signatures(loan=loan, signatures=given, by=makers.village.secretary)
    request_payout(loan=loan, payout=PayoutInput(), operation=uuid4(), by=makers.village.treasurer)
    with pytest.raises(errors.PayoutWaits):
        cancel_contract(loan=loan, reason="ผู้กู้เปลี่ยนใจ", by=makers.village.secretary)
