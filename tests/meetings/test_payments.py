"""Payments of the day: two people, never the payee, never more than there is, nothing posted before the close."""

from datetime import date

import pytest

from funds.accounts import account_for
from funds.models import Hold
from funds.selectors import head
from funds.services import place_hold, release_hold
from meetings.errors import (
    CashPromised,
    MeetingCounting,
    NotEnoughInBank,
    NotEnoughInBox,
    NotEnoughSaved,
    OperationTaken,
    PayeeIsOfficer,
    PaymentGone,
    PaymentNotWaiting,
    PaymentsWaiting,
)
from meetings.models import PaymentLine
from meetings.selectors.held import cash_held_beside
from meetings.services.meetings import begin_count
from meetings.services.payments import approve_payment, ask_again, cancel_payment
from members import cosign
from tests.meetings.evening import Evening

STATIONERY = {"kind": "expense", "code": "A5100", "payee": "ร้านค้า", "memo": "สมุด"}
LENDING = {"kind": "expense", "code": "O5100", "payee": "ร้านค้า", "memo": "แบบพิมพ์"}


@pytest.fixture
def saved(evening):
    """An evening after which Prani has 1,000 in special savings and the group 500 in the bank."""
    evening.receive("Prani", special=1_000_00)
    evening.receive("Somchai", pledge=500_00, method="transfer", slip_ref="T-1")
    evening.finish()
    return Evening(evening.village, held_on=date(2026, 11, 6))


def withdrawal(evening, satang, name="Prani", **fields):
    member = evening.village.member(name)
    book = f"{member.holder}-1"
    return {"kind": "withdrawal", "satang": satang, "code": "O2200", "holder": book, "member": member, **fields}


def test_a_payment_touches_nothing_before_the_close(saved):
    before = head(saved.village.group)
    saved.pay(**withdrawal(saved, 400_00))
    assert head(saved.village.group) == before


def test_an_approved_withdrawal_is_held_on_the_book_it_debits(saved):
    saved.pay(**withdrawal(saved, 400_00))
    hold = Hold.objects.get(released_at__isnull=True)
    assert (hold.account.code, hold.account.holder, hold.satang) == ("O2200", "0005-1", 400_00)


def test_a_book_pays_out_no_more_than_it_holds_less_what_is_held(saved):
    saved.pay(kind="bank_fetch", satang=100_00, code="O1200", slip_ref="B-1")
    saved.pay(**withdrawal(saved, 400_00))
    with pytest.raises(NotEnoughSaved):
        saved.ask_payment(**withdrawal(saved, 600_01))
    saved.pay(**withdrawal(saved, 600_00))


def test_two_waiting_withdrawals_cannot_both_empty_a_book(saved):
    first = saved.ask_payment(**withdrawal(saved, 700_00))
    second = saved.ask_payment(**withdrawal(saved, 700_00))
    saved.approve(first)
    with pytest.raises((NotEnoughSaved, NotEnoughInBox)):
        saved.approve(second)


def test_cash_is_paid_from_the_box_and_tonights_saved_rows_and_no_more(evening):
    evening.receive("Prani", pledge=200_00)
    with pytest.raises(NotEnoughInBox):
        evening.ask_payment(satang=200_01, **LENDING)
    evening.pay(satang=150_00, **LENDING)
    with pytest.raises(NotEnoughInBox):
        evening.ask_payment(satang=50_01, **LENDING)


def test_an_administrative_expense_is_never_paid_from_operating_cash(evening):
    evening.receive("Prani", pledge=200_00, fee=30_00)
    with pytest.raises(NotEnoughInBox):
        evening.ask_payment(satang=30_01, **STATIONERY)
    evening.pay(satang=30_00, **STATIONERY)


def test_money_that_came_by_transfer_is_not_in_the_box(evening):
    evening.receive("Prani", pledge=200_00, method="transfer", slip_ref="T-1")
    with pytest.raises(NotEnoughInBox):
        evening.ask_payment(satang=1_00, **LENDING)


def test_fetched_money_can_be_paid_and_the_bank_holds_it(saved):
    saved.pay(kind="bank_fetch", satang=300_00, code="O1200", slip_ref="B-1")
    saved.pay(satang=1_300_00, **LENDING)
    assert Hold.objects.filter(account__code="O1200", satang=300_00, released_at__isnull=True).exists()
    saved.finish()


def test_the_bank_gives_no_more_than_it_has(saved):
    saved.pay(kind="bank_fetch", satang=300_00, code="O1200", slip_ref="B-1")
    with pytest.raises(NotEnoughInBank):
        saved.ask_payment(kind="bank_fetch", satang=200_01, code="O1200", slip_ref="B-2")


def test_the_refusal_does_not_say_what_is_in_the_box(evening):
    evening.receive("Prani", pledge=777_00)
    with pytest.raises(NotEnoughInBox) as refused:
        evening.ask_payment(satang=800_00, **LENDING)
    assert "777" not in refused.value.message
    assert "800.00" in refused.value.message


def test_whoever_asks_does_not_approve(saved):
    line = saved.ask_payment(**withdrawal(saved, 100_00))
    with pytest.raises(cosign.SignerIsAsker):
        saved.approve(line, by=saved.village.treasurer)


def test_an_officer_does_not_ask_for_their_own_money(evening):
    evening.receive("Somporn", special=100_00)
    evening.finish()
    later = Evening(evening.village, held_on=date(2026, 11, 6))
    with pytest.raises(PayeeIsOfficer):
        later.ask_payment(**withdrawal(later, 50_00, "Somporn"))


def test_an_officer_does_not_approve_their_own_money(evening):
    evening.receive("Wichai", special=100_00)
    evening.finish()
    later = Evening(evening.village, held_on=date(2026, 11, 6))
    line = later.ask_payment(**withdrawal(later, 50_00, "Wichai"))
    with pytest.raises(PayeeIsOfficer):
        later.approve(line)
    later.approve(later.ask_payment(**withdrawal(later, 50_00, "Wichai")), by=later.village.chair)


def test_without_a_signature_nothing_is_approved(saved):
    with pytest.raises(cosign.SignatureMissing):
        approve_payment(line=saved.ask_payment(**withdrawal(saved, 100_00)))


def test_a_line_changed_after_it_was_signed_is_not_approved(saved):
    line = saved.ask_payment(**withdrawal(saved, 100_00))
    PaymentLine.objects.filter(pk=line.pk).update(satang=900_00)
    with pytest.raises(cosign.ContentChanged):
        saved.approve(line)


def test_a_line_is_approved_once(saved):
    line = saved.pay(**withdrawal(saved, 100_00))
    with pytest.raises(PaymentNotWaiting):
        approve_payment(line=line)


def test_a_lapsed_signature_is_asked_for_again(saved):
    line = saved.ask_payment(**withdrawal(saved, 100_00))
    again = ask_again(line=line)
    assert again.signature != line.signature
    saved.approve(again)


def test_a_cancelled_line_lets_its_money_go(saved):
    line = saved.pay(**withdrawal(saved, 1_000_00))
    cancel_payment(line=line, by=saved.village.treasurer)
    assert not Hold.objects.filter(released_at__isnull=True).exists()
    with pytest.raises(PaymentGone):
        cancel_payment(line=line, by=saved.village.treasurer)
    saved.pay(**withdrawal(saved, 1_000_00))


def test_the_same_form_sent_twice_asks_once(saved):
    line = saved.ask_payment(**withdrawal(saved, 100_00))
    assert saved.ask_payment(operation=line.operation, **withdrawal(saved, 100_00)) == line
    with pytest.raises(OperationTaken):
        saved.ask_payment(operation=line.operation, **withdrawal(saved, 200_00))


def test_a_waiting_payment_stops_the_count(saved):
    saved.ask_payment(**withdrawal(saved, 100_00))
    with pytest.raises(PaymentsWaiting):
        begin_count(meeting=saved.meeting, by=saved.village.treasurer)


def test_while_the_cash_is_counted_no_payment_moves(saved):
    line = saved.pay(**withdrawal(saved, 100_00))
    begin_count(meeting=saved.meeting, by=saved.village.treasurer)
    with pytest.raises(MeetingCounting):
        saved.ask_payment(**withdrawal(saved, 100_00))
    with pytest.raises(MeetingCounting):
        cancel_payment(line=line, by=saved.village.treasurer)


def test_lowering_a_row_under_an_approved_payment_is_refused_at_the_close_in_a_sentence(evening):
    from funds.errors import InsufficientFunds

    evening.receive("Prani", pledge=200_00)
    evening.pay(satang=200_00, **LENDING)
    evening.receive("Prani", pledge=100_00, version=1)
    begin_count(meeting=evening.meeting, by=evening.village.treasurer)
    evening.receive_count_of(0)
    with pytest.raises(InsufficientFunds):
        evening.close(*evening.sign())


def test_cash_that_a_voucher_beside_the_meeting_holds_is_not_paid_out_tonight(saved, client):
    group = saved.meeting.group
    held = place_hold(account=account_for(group, "O1100"), satang=800_00, reason="voucher", by=saved.village.treasurer)
    with pytest.raises(CashPromised) as refused:
        saved.ask_payment(satang=300_00, **LENDING)
    assert "800.00" in refused.value.message
    saved.ask_payment(satang=200_00, **LENDING)
    release_hold(hold=held, by=saved.village.treasurer)
    saved.ask_payment(satang=300_00, **LENDING)


def test_the_close_tells_of_cash_that_is_held_beside_the_meeting(saved):
    group = saved.meeting.group
    place_hold(account=account_for(group, "O1100"), satang=800_00, reason="voucher", by=saved.village.treasurer)
    saved.pay(satang=100_00, **LENDING)
    assert cash_held_beside(saved.meeting) == {"O": 800_00, "A": 0}
