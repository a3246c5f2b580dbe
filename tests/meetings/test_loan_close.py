"""The close with loans: one receipt a payer, what it pays of each loan, and nothing posted on a standing that moved."""

from datetime import date
from uuid import uuid4

import pytest

from funds.models import Entry, Posting
from funds.selectors import balances
from loans.models import Repayment
from loans.selectors.standings import standing_of
from meetings.checks import CHECKS
from meetings.errors import ContentMoved, LoansMoved
from meetings.models import SheetRow
from meetings.selectors.closing import plan_close
from meetings.selectors.detail import counted_evening
from members.models import GroupSetting
from tests.loans.cast import Lending
from tests.meetings.evening import Evening, vow

NOVEMBER_5 = date(2026, 11, 5)


@pytest.fixture
def lending(village) -> Lending:
    """Somchai owes 10,000 baht of 12,000; Boonmee stands guarantor with 9,000 of savings; both are secured."""
    vow(village, "Somchai", 500)
    made = Lending(village)
    made.save("Somchai", 3_000_00)
    made.save("Boonmee", 9_500_00)
    made.loan = made.lend("Somchai")
    made.pay_instalments(made.loan, 2)
    return made


@pytest.fixture
def evening(lending) -> Evening:
    return Evening(lending.village, held_on=NOVEMBER_5)


def lines(entry):
    rows = Posting.objects.filter(entry=entry).order_by("line")
    return [(row.account.code, row.account.holder, row.amount) for row in rows.select_related("account")]


def receipt_of(evening, name):
    return SheetRow.objects.get(meeting=evening.meeting, member=evening.village.member(name)).entry


def test_one_receipt_pays_pledge_and_loan_interest_before_principal(evening, lending):
    evening.receive("Somchai", pledge=500_00, loan=1_100_00)
    evening.finish()
    entry, holder = receipt_of(evening, "Somchai"), lending["Somchai"].holder
    assert lines(entry) == [
        ("O1100", "", 1_600_00),
        ("O2100", holder, -500_00),
        ("O1300", lending.loan.number, -1_000_00),
        ("O4100", "", -100_00),
    ]
    repayment = Repayment.objects.get(entry=entry)
    assert (repayment.principal_satang, repayment.interest_satang, repayment.fine_satang) == (1_000_00, 100_00, 0)
    assert (repayment.paid_on, repayment.payer, repayment.kind) == (NOVEMBER_5, lending["Somchai"], "payment")
    assert standing_of(lending.loan, NOVEMBER_5).outstanding == balances(lending.group, "O1300")[lending.loan.number]


def test_a_transfer_for_a_loan_goes_through_the_bank_and_leaves_the_cash_alone(evening, lending):
    evening.receive("Somchai", loan=400_00, method="transfer", slip_ref="TR-9")
    evening.finish()
    assert [(code, satang) for code, _holder, satang in lines(receipt_of(evening, "Somchai"))] == [
        ("O1200", 400_00),
        ("O1300", -300_00),
        ("O4100", -100_00),
    ]


def test_a_fine_for_late_principal_is_paid_first_and_credited_to_the_fines(village):
    lending = Lending(village)
    terms = lending.product("เงินกู้ค่าปรับ", late_rate_bp=100)
    loan = lending.lend("Somchai", terms=terms)
    evening = Evening(village, held_on=NOVEMBER_5)
    owed = standing_of(loan, NOVEMBER_5)
    assert owed.fine_owed > 0
    evening.receive("Somchai", loan=owed.due_satang, method="transfer", slip_ref="TR-1")
    evening.finish()
    assert ("O4200", "", -owed.fine_owed) in lines(receipt_of(evening, "Somchai"))


def test_a_loan_paid_off_lets_the_savings_go_that_secured_it_in_the_same_close(evening, lending):
    guarantee = lending.loan.guarantees.get()
    assert lending.loan.hold.released_at is None
    assert guarantee.hold.released_at is None
    evening.receive("Somchai", loan=10_100_00)
    evening.finish()
    lending.loan.hold.refresh_from_db()
    guarantee.hold.refresh_from_db()
    assert lending.loan.hold.released_at
    assert guarantee.hold.released_at
    assert guarantee.hold.released_by == evening.village.treasurer.code


def test_what_is_signed_covers_which_loan_gets_how_much_and_what_for(evening, lending):
    other = lending.lend("Somchai", 3_000_00, on=date(2026, 10, 5), guarantors=("Prani",))
    row = evening.receive("Somchai", loan=500_00, loans=((lending.loan.pk, 500_00),))
    evening.count()
    signed = evening.sign()
    SheetRow.objects.filter(pk=row.pk).update(loans=[[other.pk, 500_00]])
    with pytest.raises(ContentMoved):
        evening.close(*signed)
    SheetRow.objects.filter(pk=row.pk).update(loans=[[lending.loan.pk, 500_00]])
    GroupSetting.objects.create(
        group=lending.group, key="repay_fines_last", value="1", valid_from=NOVEMBER_5, set_by=evening.village.chair
    )
    assert evening.close(*signed).is_closed


def test_a_loan_paid_beside_the_meeting_since_stops_the_close_which_says_whose_it_is(evening, lending):
    evening.receive("Somchai", loan=1_100_00)
    evening.count()
    operation, fingerprint = evening.sign()
    lending.repay(lending.loan, NOVEMBER_5, 1_000_00, 100_00)
    with pytest.raises(LoansMoved) as refused:
        evening.close(operation, fingerprint)
    assert str(lending["Somchai"].number) in refused.value.message
    assert not Entry.objects.filter(group=lending.group, kind="meeting_close").exists()
    assert counted_evening(evening.meeting).refused == refused.value.message


def test_a_payment_that_was_reversed_since_stops_the_close_too(evening, lending):
    from funds.journal import reverse_entry

    evening.receive("Somchai", loan=1_100_00)
    latest = Repayment.objects.filter(loan=lending.loan).latest("entry_id")
    reverse_entry(
        entry=latest.entry, by=evening.village.treasurer, ok=[evening.village.auditor], operation=uuid4(), reason="ผิด"
    )
    evening.count()
    with pytest.raises(LoansMoved):
        plan_close(evening.meeting, operation=uuid4())


def test_the_line_saved_again_closes_with_what_is_owed_now(evening, lending):
    operation = uuid4()
    evening.receive("Somchai", operation=operation, loan=1_100_00)
    lending.repay(lending.loan, NOVEMBER_5, 1_000_00, 100_00)
    evening.receive("Somchai", operation=operation, loan=1_100_00, version=1)
    evening.finish()
    repayment = Repayment.objects.get(entry=receipt_of(evening, "Somchai"))
    assert (repayment.principal_satang, repayment.interest_satang) == (1_100_00, 0)


def test_a_closed_evening_with_loans_passes_its_own_checks(evening, lending):
    evening.receive("Somchai", pledge=500_00, loan=1_100_00)
    evening.receive("Boonmee", special=50_00)
    evening.finish()
    assert [finding for check in CHECKS for finding in check(lending.group)] == []


def test_the_close_asks_the_same_questions_however_many_loans_are_paid(village):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    lending = Lending(village)
    for name in ("Somchai", "Kasem", "Prani"):
        lending.lend(name, 6_000_00, on=date(2026, 10, 5), guarantors=("Malee",))
    counts = []
    for names in (["Somchai"], ["Somchai"], ["Kasem", "Prani", "Somchai"]):
        evening = Evening(village, held_on=date(2026, 11, 5 + len(counts)))
        for name in names:
            evening.receive(name, loan=100_00)
        evening.count()
        signed = evening.sign()
        with CaptureQueriesContext(connection) as asked:
            evening.close(*signed)
        counts.append(len(asked))
    assert counts[1] == counts[2]
