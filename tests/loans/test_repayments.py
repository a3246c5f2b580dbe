"""Repayments undone newest first; what a reversal does to the savings behind a loan; corrections with loan amounts."""

from datetime import date
from uuid import uuid4

import pytest

from funds.journal import reverse_entry
from funds.selectors import available, balances
from loans.laying import lay_on_loans
from loans.models import Guarantee, Loan, Repayment
from loans.repayment_errors import (
    LaterRepaymentFirst,
    LaterRepaymentStands,
    MoreThanSettlement,
    NothingOwed,
    PayoutBuiltOn,
)
from loans.selectors.due import LoanDue, allocations, loans_due
from loans.selectors.standings import standing_of
from loans.services.repayments import RepaidPart, record_repayments
from tests.loans.cast import Lending

SEPTEMBER_5, OCTOBER_5, NOVEMBER_5 = date(2026, 9, 5), date(2026, 10, 5), date(2026, 11, 5)


@pytest.fixture
def lending(village) -> Lending:
    """Somchai owes 12,000 baht since August; 3,000 of his own savings and 9,000 of Boonmee's secure it."""
    made = Lending(village)
    made.save("Somchai", 3_000_00)
    made.save("Boonmee", 9_500_00)
    made.loan = made.lend("Somchai")
    return made


def reverse(lending, entry):
    return reverse_entry(
        entry=entry, by=lending.village.treasurer, ok=[lending.village.auditor], operation=uuid4(), reason="ลงผิดคน"
    )


def free(lending, name):
    from funds.accounts import account_for

    return available(account_for(lending.group, "O2100", lending[name].holder))


def pay_off(lending, on=SEPTEMBER_5):
    """Repay all of it on one day through the service, as a receipt would."""
    loan = lending.loan
    paid = allocations(lending.group, on, {loan.pk: standing_of(loan, on).settlement})[loan.pk]
    entry = lending.post(
        "receipt",
        ("O1200", "", paid.interest + paid.principal),
        ("O1300", loan.number, -paid.principal),
        ("O4100", "", -paid.interest),
        on=on,
    )
    part = RepaidPart(
        loan=loan, entry_id=entry.pk, paid_on=on, payer=loan.member, interest=paid.interest, principal=paid.principal
    )
    return entry, record_repayments(group=lending.group, parts=[part])


def test_what_is_due_is_told_for_every_live_loan_by_member(lending):
    [due] = loans_due(lending.group, OCTOBER_5)[lending["Somchai"].pk]
    assert (due.interest, due.principal, due.due_satang) == (240_00, 2_000_00, 2_240_00)
    assert (due.settlement, due.since) == (12_240_00, SEPTEMBER_5)
    assert loans_due(lending.group, OCTOBER_5, members=[lending["Prani"].pk]) == {}


def test_one_sum_is_laid_on_what_is_due_first_then_on_the_rest_and_left_over_where_nothing_takes_it():
    loans = [LoanDue(1, "a", 100, 0, 0, 100, 500, 500), LoanDue(2, "b", 200, 0, 0, 200, 300, 300)]
    assert lay_on_loans(150, loans) == ([(1, 100), (2, 50)], 0)
    assert lay_on_loans(300, loans) == ([(1, 100), (2, 200)], 0)
    assert lay_on_loans(720, loans) == ([(1, 500), (2, 220)], 0)
    assert lay_on_loans(900, loans) == ([(1, 500), (2, 300)], 100)


def test_nobody_pays_more_than_frees_the_borrower(lending):
    with pytest.raises(MoreThanSettlement):
        allocations(lending.group, SEPTEMBER_5, {lending.loan.pk: 12_120_01})


def test_a_payment_of_an_earlier_day_is_refused_once_a_later_one_stands(lending):
    lending.repay(lending.loan, OCTOBER_5, 100_00)
    with pytest.raises(LaterRepaymentStands):
        allocations(lending.group, SEPTEMBER_5, {lending.loan.pk: 100_00})


def test_repayments_are_reversed_newest_first(lending):
    first, second = lending.pay_instalments(lending.loan, 2)
    with pytest.raises(LaterRepaymentFirst) as refused:
        reverse(lending, first.entry)
    assert str(second.entry.n) in refused.value.message
    reverse(lending, second.entry)
    reverse(lending, first.entry)
    assert standing_of(lending.loan, OCTOBER_5).outstanding == 12_000_00


def test_a_payout_is_reversed_only_while_nothing_followed_it_and_then_the_loan_is_void_and_secured_no_more(lending):
    [paid] = lending.pay_instalments(lending.loan, 1)
    with pytest.raises(PayoutBuiltOn):
        reverse(lending, lending.loan.entry)
    reverse(lending, paid.entry)
    assert free(lending, "Boonmee") == 500_00
    reverse(lending, lending.loan.entry)
    assert free(lending, "Boonmee") == 9_500_00
    assert free(lending, "Somchai") == 3_000_00
    assert loans_due(lending.group, NOVEMBER_5) == {}
    with pytest.raises(NothingOwed):
        allocations(lending.group, NOVEMBER_5, {lending.loan.pk: 100_00})


def test_a_loan_paid_off_frees_the_savings_and_owed_again_holds_them_again(lending):
    entry, closed = pay_off(lending)
    assert closed == [lending.loan]
    assert (free(lending, "Somchai"), free(lending, "Boonmee")) == (3_000_00, 9_500_00)
    reverse(lending, entry)
    assert (free(lending, "Somchai"), free(lending, "Boonmee")) == (0, 500_00)
    loan, guarantee = Loan.objects.get(), Guarantee.objects.get()
    assert loan.hold.released_at is None
    assert guarantee.hold.released_at is None
    _entry, again = pay_off(lending)
    assert again == [loan]
    assert (free(lending, "Somchai"), free(lending, "Boonmee")) == (3_000_00, 9_500_00)


def test_a_loan_owed_again_holds_what_is_left_of_the_savings(lending):
    entry, _closed = pay_off(lending)
    lending.post("withdrawal", ("O2100", lending["Boonmee"].holder, 9_000_00), ("O1200", "", -9_000_00), on=SEPTEMBER_5)
    reverse(lending, entry)
    assert free(lending, "Boonmee") == 0
    assert Guarantee.objects.get().hold.satang == 500_00


def test_a_part_payment_frees_nothing(lending):
    lending.pay_instalments(lending.loan, 1)
    assert free(lending, "Boonmee") == 500_00


def test_repayments_are_the_postings_on_the_loan(lending):
    pay_off(lending)
    assert balances(lending.group, "O1300")[lending.loan.number] == 0
    assert sum(Repayment.objects.values_list("principal_satang", flat=True)) == 12_000_00


def test_a_setting_may_put_fines_last(lending):
    from members.models import GroupSetting

    terms = lending.product("เงินกู้ค่าปรับ", late_rate_bp=100)
    loan = lending.lend("Kasem", terms=terms, guarantors=("Prani",))
    owed = standing_of(loan, NOVEMBER_5)
    assert owed.fine_owed
    paid = allocations(lending.group, NOVEMBER_5, {loan.pk: 100_00})[loan.pk]
    assert (paid.fine, paid.interest) == (min(owed.fine_owed, 100_00), 100_00 - min(owed.fine_owed, 100_00))
    GroupSetting.objects.create(
        group=lending.group, key="repay_fines_last", value="1", valid_from=OCTOBER_5, set_by=lending.village.chair
    )
    assert allocations(lending.group, NOVEMBER_5, {loan.pk: 100_00})[loan.pk].fine == 0
