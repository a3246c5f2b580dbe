"""Put right beside the meeting: asked for with a reason, approved by another, the row void, its consequences undone."""

import uuid
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from funds.accounts import account_for
from funds.errors import AlreadyReversed, InsufficientFunds, PeopleNotApart
from funds.journal import credit, debit, post_entry, reverse_entry
from funds.models import Act, Entry, ReversalRequest
from funds.money_errors import CashBusy, InstalmentPaid, LoanKnown
from funds.reversal_errors import (
    CashCounted,
    KindStays,
    PutRightElsewhere,
    ReversalDone,
    ReversalWaits,
    UndoneByAct,
    YearNeedsResolution,
)
from funds.selectors import available, balance
from funds.selectors.bank_loans import loan_state
from funds.selectors.money_out import voucher_totals, vouchers
from funds.services.reversals import (
    approve_reversal,
    approve_signed_reversal,
    cancel_reversal,
)
from members import cosign
from members.services import record_resolution
from tests.funds.activities import open_rice_bank
from tests.funds.ledger import assert_entry
from tests.funds.putting_right import BANK, TODAY, ask, borrow, give, pay_instalment, spend, undo
from tests.meetings.evening import Evening
from tests.village import TestVillage


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to("2026-11-20T03:00:00+00:00", tick=False)


def test_a_voucher_is_reversed_by_two_people_with_a_reason(village: TestVillage) -> None:
    give(village)
    entry = spend(village)
    reversal = undo(village, entry)
    assert_entry(reversal, debits=[("O1100", 300_00)], credits=[("O5100", 300_00)])
    assert (reversal.reverses, reversal.booked_on) == (entry, TODAY)
    assert (reversal.maker, reversal.approvers) == (village.treasurer.code, [village.auditor.code])
    assert reversal.details.data["memo"] == "ลงซ้ำ"
    found = vouchers(village.group)
    assert [getattr(row, "reversed_n", None) for row in found] == [reversal.n]
    assert voucher_totals(found)["posted"] == 0
    assert [row.entry for row in vouchers(village.group, state="void")] == [entry]


def test_nobody_approves_the_reversal_they_asked_for(village: TestVillage) -> None:
    request = ask(village, give(village).entry)
    with pytest.raises(cosign.SignerIsAsker):
        approve_reversal(request=request, by=village.treasurer)
    with pytest.raises(cosign.SignerLacksRight):
        approve_reversal(request=request, by=village.neighbour.treasurer)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReversalRequest.objects.filter(pk=request.pk).update(
            approved_by=village.treasurer, approved_at=request.requested_at, reversal=request.entry
        )


def test_whoever_was_paid_neither_asks_for_the_reversal_nor_approves_it(village: TestVillage) -> None:
    give(village)
    entry = spend(village, member=village.member("Anong"))
    with pytest.raises(PeopleNotApart):
        ask(village, entry, by=village.chair)
    request = ask(village, entry)
    with pytest.raises(PeopleNotApart):
        approve_reversal(request=request, by=village.chair)


def test_the_second_officer_signs_the_reversal_at_the_first_ones_laptop(village: TestVillage) -> None:
    request = ask(village, give(village).entry)
    with pytest.raises(cosign.SignatureMissing):
        approve_signed_reversal(request=request)
    assert request.signature is not None
    cosign.sign_as(signature=request.signature, user=village.chair)
    assert approve_signed_reversal(request=request).approved_by == village.chair


def test_a_reversal_sent_or_approved_twice_is_one(village: TestVillage) -> None:
    entry, operation = give(village).entry, uuid.uuid4()
    request = ask(village, entry, operation=operation)
    assert ask(village, entry, operation=operation) == request
    with pytest.raises(ReversalWaits):
        ask(village, entry)
    first = approve_reversal(request=request, by=village.auditor).reversal
    assert approve_reversal(request=request, by=village.auditor).reversal == first
    with pytest.raises(ReversalDone):
        approve_reversal(request=request, by=village.chair)
    with pytest.raises(AlreadyReversed):
        ask(village, entry)


def test_what_a_waiting_reversal_will_take_is_held(village: TestVillage) -> None:
    entry = give(village, 1000_00).entry
    cash = account_for(village.group, "O1100")
    request = ask(village, entry)
    assert available(cash) == 0
    cancel_reversal(request=request, by=village.treasurer)
    assert available(cash) == 1000_00
    with pytest.raises(ReversalDone):
        approve_reversal(request=request, by=village.auditor)
    spend(village, 1_00)
    with pytest.raises(InsufficientFunds):
        ask(village, entry)


def test_the_groups_loan_is_void_with_its_receipt_and_its_number_may_come_again(village: TestVillage) -> None:
    first = borrow(village)
    row = loan_state(first, TODAY).rows[0].instalment
    paid = pay_instalment(village, first, row)
    with pytest.raises(InstalmentPaid):
        pay_instalment(village, first, row)
    assert first.received is not None
    with pytest.raises(InsufficientFunds):
        ask(village, first.received.entry)
    undo(village, paid)
    assert not loan_state(first, TODAY).rows[0].is_paid
    undo(village, pay_instalment(village, first, row))
    with pytest.raises(LoanKnown):
        borrow(village)
    undo(village, first.received.entry)
    first.refresh_from_db()
    state = loan_state(first, date(2027, 12, 31))
    assert (first.is_void, state.owed, state.next, state.late) == (True, 0, None, [])
    assert loan_state(borrow(village), TODAY).owed == 1000_00


def test_what_stays_says_why(village: TestVillage) -> None:
    gift = give(village).entry
    reversal = undo(village, gift)
    opening = Entry.objects.filter(group=village.group, kind__endswith="opening").get()
    for entry in (reversal, opening):
        with pytest.raises(KindStays) as refusal:
            ask(village, entry)
        assert len(str(refusal.value)) > 20


def test_cash_that_was_counted_today_is_reversed_from_tomorrow_on(village: TestVillage, time_machine: Any) -> None:
    entry = give(village).entry
    request = ask(village, entry)
    post_entry(
        group=village.group, kind="meeting_close", on=TODAY, by=village.treasurer, ok=[village.auditor], lines=[],
        declared={"O1100": 1000_00, "A1100": 0}, operation=uuid.uuid4(),
    )  # fmt: skip
    with pytest.raises(CashCounted):
        approve_reversal(request=request, by=village.auditor)
    time_machine.move_to("2026-11-21T03:00:00+00:00", tick=False)
    assert approve_reversal(request=request, by=village.auditor).reversal is not None


def test_no_cash_is_reversed_while_a_meeting_is_open(village: TestVillage) -> None:
    entry = give(village).entry
    Evening(village, held_on=TODAY)
    with pytest.raises(CashBusy):
        ask(village, entry)
    assert undo(village, give(village, place=BANK).entry)


def test_a_receipt_of_a_meeting_is_put_right_on_its_own_page(village: TestVillage) -> None:
    evening = Evening(village, held_on=TODAY)
    row = evening.receive("Prani", pledge=0, fee=20_00)
    evening.finish()
    row.refresh_from_db()
    assert row.entry is not None
    with pytest.raises(PutRightElsewhere):
        ask(village, row.entry)


def test_what_an_activity_did_is_undone_by_an_act_only(village: TestVillage) -> None:
    act = Act.objects.get(activity=open_rice_bank(village.group, village.treasurer, village.auditor).activity)
    assert act.entry is not None
    with pytest.raises(PutRightElsewhere):
        ask(village, act.entry)
    with pytest.raises(UndoneByAct):
        reverse_entry(
            entry=act.entry, by=village.treasurer, ok=[village.auditor], operation=uuid.uuid4(), reason="ลงซ้ำ"
        )


def test_income_of_a_closed_year_is_put_right_by_a_resolution(village: TestVillage) -> None:
    lines = [debit(account_for(village.group, "O1200"), 30_00), credit(account_for(village.group, "O4300"), 30_00)]
    how: dict[str, Any] = {"group": village.group, "by": village.treasurer}
    entry = post_entry(kind="income", on=date(2026, 1, 9), lines=lines, operation=uuid.uuid4(), **how)
    profit = [debit(account_for(village.group, "O4300"), 30_00), credit(account_for(village.group, "O3900"), 30_00)]
    post_entry(
        kind="year_close", on=date(2026, 1, 31), lines=profit, operation=uuid.uuid4(), ok=[village.auditor], **how
    )
    with pytest.raises(YearNeedsResolution):
        ask(village, entry)
    decided = record_resolution(
        group=village.group, number="7/2569", decided_on=TODAY, subject="แก้รายการ", by=village.secretary
    )
    done = undo(village, entry, resolution=decided)
    assert (done.kind, done.details.data["resolution"]) == ("prior_year", "7/2569")
    assert balance(account_for(village.group, "O3900")) == 0


# --- the page -------------------------------------------------------------------------------------


def test_the_page_asks_shows_what_waits_and_posts(village: TestVillage, client: Any) -> None:
    entry = give(village).entry
    page = reverse("funds:reverse", args=[village.group.code, entry.n])
    client.force_login(village.treasurer)
    form = client.get(page).context["form"]
    sent = {"operation": form["operation"].value(), "reason": "ผิดจำนวน"}
    assert client.post(page, {**sent, "reason": ""}).status_code == 200
    assert client.post(page, sent).status_code == 302
    assert ReversalRequest.objects.get(entry=entry).is_waiting
    client.force_login(village.auditor)
    assert page in client.get(reverse("funds:approvals", args=[village.group.code])).content.decode()
    shown = client.get(reverse("reports:entry", args=[village.group.code, entry.n])).content.decode()
    assert page in shown
    client.post(reverse("funds:reverse-approve", args=[village.group.code, entry.n]))
    reversal = Entry.objects.get(reverses=entry)
    listed = client.get(reverse("funds:money-in", args=[village.group.code]))
    assert [row.reversed_n for row in listed.context["page"]] == [reversal.n]
    assert client.get(page).status_code == 200
    again = client.post(reverse("funds:reverse-approve", args=[village.group.code, entry.n]))
    assert again.status_code == 302
    assert Entry.objects.filter(reverses=entry).count() == 1


def test_a_request_is_signed_again_and_taken_back_on_its_page(village: TestVillage, client: Any) -> None:
    entry = give(village).entry
    request = ask(village, entry)
    client.force_login(village.treasurer)
    client.post(reverse("funds:reverse-ask", args=[village.group.code, entry.n]))
    client.post(reverse("funds:reverse-cancel", args=[village.group.code, entry.n]))
    request.refresh_from_db()
    assert request.cancelled_by == village.treasurer
    assert client.post(reverse("funds:reverse-cancel", args=[village.group.code, entry.n])).status_code == 404


# --- guards ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", [{"reason": "อื่น"}, {"reversal": None, "approved_by": None, "approved_at": None}])
def test_a_posted_request_is_not_rewritten(village: TestVillage, change: dict[str, Any]) -> None:
    request = ask(village, give(village).entry)
    approve_reversal(request=request, by=village.auditor)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReversalRequest.objects.filter(pk=request.pk).update(**change)


def test_a_request_is_never_deleted(village: TestVillage) -> None:
    request = ask(village, give(village).entry)
    request.holds.clear()
    with pytest.raises(IntegrityError), transaction.atomic():
        ReversalRequest.objects.filter(pk=request.pk).delete()


def test_the_form_shows_the_fields_it_has_and_logs_nothing(village: TestVillage, client: Any, caplog: Any) -> None:
    give(village)
    entry = spend(village)
    client.force_login(village.treasurer)
    page = client.get(reverse("funds:reverse", args=[village.group.code, entry.n]))
    assert "resolution" not in page.context["form"].fields
    assert [record.getMessage() for record in caplog.records] == []
