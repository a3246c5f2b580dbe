"""What somebody may try on the evening, and what the house answers: a sentence, never a wrong entry."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from funds.models import Entry
from meetings.errors import MeetingError, NotEnoughSaved, PayeeIsOfficer, VerifierRefused
from meetings.models import Meeting, PaymentLine, SheetRow
from meetings.services.counts import record_count
from meetings.services.meetings import begin_count
from members.cosign import CoSignRefused
from members.models import Member, PassbookAccess
from tests.meetings.evening import Evening, sent


def url(evening, name, *args):
    return reverse(f"meetings:{name}", args=[evening.village.group.code, *args])


@pytest.fixture
def saver(evening):
    """Prani has 100 baht of special savings from the last meeting; the next evening is open."""
    evening.receive("Prani", special=100_00)
    evening.finish()
    return Evening(evening.village, held_on=date(2026, 11, 6))


def withdraw(saver, satang, *, name="Prani", holder="0005-1"):
    member = saver.village.member(name)
    return {"kind": "withdrawal", "satang": satang, "code": "O2200", "holder": holder, "member": member, "payee": name}


@pytest.mark.parametrize("relation", ["child", "body"])
def test_whoever_opens_the_payees_passbook_does_not_approve(saver, relation):
    prani, auditor = saver.village.member("Prani"), saver.village.auditor
    PassbookAccess.objects.create(user=auditor, member=prani, relation=relation)
    line = saver.ask_payment(**withdraw(saver, 50_00))
    with pytest.raises(PayeeIsOfficer):
        saver.approve(line, by=auditor)
    assert PaymentLine.objects.get().state == "requested"


@pytest.mark.parametrize("relation", ["child", "body"])
def test_whoever_opens_the_payees_passbook_does_not_ask(saver, relation):
    prani, treasurer = saver.village.member("Prani"), saver.village.treasurer
    PassbookAccess.objects.create(user=treasurer, member=prani, relation=relation)
    with pytest.raises(PayeeIsOfficer):
        saver.ask_payment(**withdraw(saver, 50_00))


def test_tonights_deposit_is_not_paid_out_tonight(saver):
    saver.receive("Prani", special=500_00)
    with pytest.raises(NotEnoughSaved):
        saver.ask_payment(**withdraw(saver, 100_01))
    saver.pay(**withdraw(saver, 100_00))


def test_two_withdrawals_together_stay_within_the_book(saver):
    saver.receive("Prani", special=500_00)
    saver.pay(**withdraw(saver, 60_00))
    with pytest.raises(NotEnoughSaved):
        saver.pay(**withdraw(saver, 60_00))


def test_transfers_put_nothing_into_the_box(saver):
    saver.receive("Somchai", pledge=500_00, method="transfer", slip_ref="T-1")
    with pytest.raises(MeetingError):
        saver.ask_payment(kind="expense", satang=100_01, code="O5100", payee="ร้าน", memo="กระดาษ")


def test_an_evening_of_transfers_can_still_be_short_of_cash(saver):
    saver.receive("Somchai", pledge=500_00, method="transfer", slip_ref="T-1")
    closed = saver.finish(off_by=-100_00, reason="หาย")
    assert closed.close_entry.declared == {"A1100": 0, "O1100": 0}


def test_an_evening_without_lines_and_without_cash_is_closed(evening):
    begin_count(meeting=evening.meeting, by=evening.village.treasurer)
    record_count(meeting=evening.meeting, pieces={}, operation=uuid4(), by=evening.village.treasurer)
    closed = evening.close(*evening.sign())
    assert closed.first_entry == closed.close_entry
    assert closed.close_entry.declared == {"A1100": 0, "O1100": 0}


def test_an_office_ended_after_the_signature_does_not_confirm(evening):
    evening.count()
    operation, fingerprint = evening.sign()
    evening.village.group.offices.filter(user=evening.village.auditor).update(ends_on=evening.held_on)
    with pytest.raises(CoSignRefused):
        evening.close(operation, fingerprint)
    assert Meeting.objects.get().is_counting


def test_the_counter_who_also_enters_is_refused_as_auditor_though_the_count_is_anothers(evening):
    evening.receive("Prani", pledge=200_00, by=evening.village.auditor)
    evening.count(by=evening.village.secretary)
    with pytest.raises(VerifierRefused):
        evening.close(*evening.sign())


def test_a_treasurer_whose_office_ended_saves_nothing_more(client, evening):
    client.force_login(evening.village.treasurer)
    path = url(evening, "row", evening.meeting.pk, 5)
    evening.village.group.offices.filter(user=evening.village.treasurer).update(ends_on=evening.held_on)
    answer = client.post(path, sent(pledge="200"), content_type="application/json")
    assert answer.status_code == 404
    assert not SheetRow.objects.exists()


def test_who_left_today_is_not_received_and_who_joined_today_is(client, evening):
    gone = evening.village.member("Somchai")
    Member.objects.filter(pk=gone.pk).update(status="resigned", left_on=evening.held_on)
    new = Member.objects.create(
        group=evening.village.group, number=900, first_name="ใหม่", status="active", admitted_on=evening.held_on
    )
    client.force_login(evening.village.treasurer)
    codes = {}
    for number in (gone.number, new.number):
        path = url(evening, "row", evening.meeting.pk, number)
        codes[number] = client.post(path, sent(special="10"), content_type="application/json").status_code
    assert codes[gone.number] in (404, 422)
    assert codes[new.number] == 200
    assert [row.member for row in SheetRow.objects.select_related("member")] == [new]


def test_another_groups_meeting_and_payment_are_not_found(client, saver):
    village = saver.village
    line = saver.ask_payment(kind="bank_carry", satang=50_00, code="O1200", slip_ref="B-1")
    client.force_login(village.neighbour.treasurer)
    code = village.neighbour.group.code
    for name in ("sheet", "count", "close", "payments", "meeting"):
        assert client.get(reverse(f"meetings:{name}", args=[code, saver.meeting.pk])).status_code == 404
    for name in ("payment-approve", "payment-ask", "payment-cancel"):
        assert client.post(reverse(f"meetings:{name}", args=[code, saver.meeting.pk, line.pk])).status_code == 404
    assert PaymentLine.objects.get().state == "requested"


STRANGE = [
    "-1",
    "๑๒๐,๐๐",
    "1e9",
    "9" * 40,
    "٣٤",
    "½",
    "\u202e12",
    "NaN",
    "0x1F",
    "１２",
    "1\x00",
    "🙂",
    "12 บาท",
    " - 5",
]


@pytest.mark.parametrize("column", ["pledge", "special", "fee", "fine"])
def test_no_strange_amount_becomes_money(client, evening, column):
    client.force_login(evening.village.treasurer)
    path = url(evening, "row", evening.meeting.pk, 5)
    for amount in STRANGE:
        answer = client.post(path, sent(**{column: amount}), content_type="application/json")
        assert answer.status_code == 422, (amount, answer.content)
    assert not SheetRow.objects.exists()


def test_no_junk_in_a_lines_other_fields_is_an_error_page(client, evening):
    client.force_login(evening.village.treasurer)
    path = url(evening, "row", evening.meeting.pk, 5)
    junk = [None, [], {}, "x" * 5000, -1, 2**70, 1.5, True, "\x00", "\ud800", ["2026-13"], ["๒๕๖๙-11"], [[1]]]
    for field in ("operation", "version", "present", "received", "pledge", "method", "slip_ref", "months", "given"):
        for value in junk:
            answer = client.post(path, sent(**{"special": "10", field: value}), content_type="application/json")
            assert answer.status_code < 500, (field, value)
    assert not Entry.objects.filter(kind="receipt").exists()
    assert all(row.special_satang in (0, 10_00) for row in SheetRow.objects.all())
