"""The close: one batch in the order of the books, signed by two, posted once."""

from datetime import date
from uuid import uuid4

import pytest

from funds.models import Entry, Hold, Posting
from funds.selectors import balances, cash_balances, head
from meetings.errors import (
    ContentMoved,
    CountMissing,
    MeetingClosed,
    MeetingNotCounting,
    MonthsMoved,
    ReasonMissing,
    VerifierRefused,
)
from meetings.models import Meeting, PaymentLine, SheetRow
from meetings.selectors.closing import plan_close
from meetings.services.meetings import begin_count, resume_entering
from members import cosign
from members.models import Member
from savings.models import PledgeMonth
from tests.meetings.evening import Evening


def lines_of(entry):
    rows = Posting.objects.filter(entry=entry).order_by("line")
    return [(row.account.code, row.account.holder, row.amount) for row in rows.select_related("account")]


def test_a_receipt_credits_each_purpose_to_its_own_account_and_pool(evening):
    evening.receive("Prani", pledge=200_00, special=1_000_00, fee=30_00, fine=20_00)
    evening.finish()
    entry = SheetRow.objects.get(member=evening.village.member("Prani")).entry
    assert entry.kind == "receipt"
    assert lines_of(entry) == [
        ("O1100", "", 1_220_00),
        ("O2100", "0005", -200_00),
        ("O2200", "0005-1", -1_000_00),
        ("O4200", "", -20_00),
        ("A1100", "", 30_00),
        ("A4100", "", -30_00),
    ]


def test_the_batch_stands_in_the_order_of_the_books(evening):
    evening.receive("Prani", pledge=200_00, special=1_000_00, method="transfer", slip_ref="T-1")
    evening.receive("Somchai", pledge=500_00, fee=40_00)
    evening.pay(kind="bank_carry", satang=50_00, code="O1200", slip_ref="B-2")
    evening.pay(kind="expense", satang=25_00, code="A5100", payee="ร้านค้า", memo="สมุด")
    before = head(evening.village.group)
    closed = evening.finish(off_by=-20_00, reason="ทอนเงินผิด")
    kinds = (
        Entry.objects.filter(group=evening.village.group, n__gt=before.n).order_by("n").values_list("kind", flat=True)
    )
    assert list(kinds) == ["receipt", "receipt", "expense", "bank_carry", "cash_short", "meeting_close"]
    assert closed.first_entry.n == before.n + 1
    assert closed.close_entry.n == head(evening.village.group).n


def test_the_close_declares_the_counted_cash_with_the_administrative_part_at_its_book_balance(evening):
    evening.receive("Somchai", pledge=500_00, fee=40_00)
    closed = evening.finish(off_by=5_00, reason="เกินมา")
    assert closed.close_entry.declared == {"A1100": 40_00, "O1100": 505_00}
    assert cash_balances(evening.village.group) == {"A1100": 40_00, "O1100": 505_00}


def test_a_transfer_debits_the_bank_and_is_not_counted(evening):
    evening.receive("Prani", pledge=200_00, fee=10_00, method="transfer", slip_ref="T-1")
    closed = evening.finish()
    entry = SheetRow.objects.get(member=evening.village.member("Prani")).entry
    assert lines_of(entry)[0] == ("O1200", "", 200_00)
    assert ("A1200", "", 10_00) in lines_of(entry)
    assert closed.close_entry.declared == {"A1100": 0, "O1100": 0}


def test_an_attendance_or_a_missed_month_makes_no_receipt(evening):
    evening.receive("Prani", received=False)
    evening.receive("Somchai", received=True)
    evening.receive("Kasem", present=False, received=False)
    closed = evening.finish()
    assert closed.first_entry == closed.close_entry
    assert not SheetRow.objects.filter(entry__isnull=False).exists()


def test_whoever_has_no_line_at_the_close_is_noted_as_absent(evening):
    evening.receive("Prani", pledge=200_00)
    gone = evening.village.member("Somchai")
    Member.objects.filter(pk=gone.pk).update(status="resigned", left_on=date(2026, 11, 5))
    closed = evening.finish()
    rows = SheetRow.objects.filter(meeting=closed)
    assert set(rows.values_list("member_id", flat=True)) == set(
        evening.village.group.members.filter(status="active").values_list("pk", flat=True)
    )
    absent = rows.exclude(member=evening.village.member("Prani"))
    assert set(absent.values_list("present", "received", "entry")) == {(False, False, None)}


def test_a_note_of_who_was_there_stands_at_the_close(evening):
    evening.receive("Prani", received=False)
    closed = evening.finish()
    assert SheetRow.objects.get(meeting=closed, member=evening.village.member("Prani")).present


def test_the_months_a_receipt_pays_are_noted_oldest_first(evening):
    evening.receive("Kasem", pledge=700_00)
    evening.finish()
    noted = PledgeMonth.objects.filter(member=evening.village.member("Kasem")).values_list("month", "satang")
    assert list(noted) == [(date(2026, 9, 1), 300_00), (date(2026, 10, 1), 300_00), (date(2026, 11, 1), 100_00)]


def test_until_the_close_nothing_has_a_number_or_touches_a_balance(evening):
    before = head(evening.village.group)
    evening.receive("Prani", pledge=200_00, special=100_00)
    evening.count()
    assert head(evening.village.group) == before
    assert balances(evening.village.group, "O2100") == {}
    assert not PledgeMonth.objects.exists()


def test_the_close_form_sent_twice_posts_once(evening):
    evening.receive("Prani", pledge=200_00)
    evening.count()
    operation, fingerprint = evening.sign()
    first = evening.close(operation, fingerprint)
    again = evening.close(operation, fingerprint)
    assert again.close_entry == first.close_entry
    assert Entry.objects.filter(group=evening.village.group, kind="meeting_close").count() == 1


def test_a_closed_meeting_is_not_closed_again_by_another_form(evening):
    evening.count()
    _operation, fingerprint = evening.sign()
    evening.close(_operation, fingerprint)
    with pytest.raises(MeetingClosed):
        evening.close(uuid4(), fingerprint)


def test_a_row_changed_after_the_page_was_shown_is_refused(evening):
    evening.receive("Prani", pledge=200_00)
    evening.count()
    operation, fingerprint = evening.sign()
    SheetRow.objects.filter(member=evening.village.member("Prani")).update(pledge_satang=100_00, version=2)
    with pytest.raises(ContentMoved):
        evening.close(operation, fingerprint)


def test_a_signature_for_another_content_does_not_close(evening):
    evening.receive("Prani", pledge=200_00)
    evening.count()
    operation, _fingerprint = evening.sign()
    resume_entering(meeting=evening.meeting, by=evening.village.treasurer)
    evening.receive("Somchai", pledge=500_00)
    evening.count()
    fresh = plan_close(evening.meeting, operation=operation).fingerprint
    with pytest.raises(cosign.ContentChanged):
        evening.close(operation, fresh)


def test_uncounted_cash_is_not_closed(evening):
    begin_count(meeting=evening.meeting, by=evening.village.treasurer)
    with pytest.raises(CountMissing):
        plan_close(evening.meeting, operation=uuid4())


def test_a_difference_without_a_reason_is_not_closed(evening):
    evening.receive("Prani", pledge=200_00)
    evening.count(off_by=-1_00)
    with pytest.raises(ReasonMissing):
        plan_close(evening.meeting, operation=uuid4())


def test_an_open_meeting_is_not_closed(evening):
    evening.count()
    operation, fingerprint = evening.sign()
    resume_entering(meeting=evening.meeting, by=evening.village.treasurer)
    with pytest.raises(MeetingNotCounting):
        evening.close(operation, fingerprint)


def test_whoever_counted_does_not_confirm(evening):
    evening.count(by=evening.village.auditor)
    with pytest.raises(VerifierRefused):
        evening.close(*evening.sign())


def test_whoever_entered_a_line_does_not_confirm(evening):
    evening.receive("Prani", pledge=200_00, by=evening.village.auditor)
    evening.receive("Prani", pledge=200_00, special=1_00, version=1)
    evening.count()
    with pytest.raises(VerifierRefused):
        evening.close(*evening.sign())


def test_an_officer_outside_the_audit_part_cannot_sign_a_close(evening):
    evening.count()
    with pytest.raises(cosign.SignerLacksRight):
        evening.sign(by=evening.village.chair)


def test_a_month_paid_by_another_entry_meanwhile_is_refused(evening):
    evening.receive("Prani", pledge=200_00)
    evening.count()
    other = evening.village.group.entries.order_by("-n").first()
    PledgeMonth.objects.create(
        group=evening.village.group,
        member=evening.village.member("Prani"),
        entry=other,
        month=date(2026, 11, 1),
        satang=200_00,
    )
    with pytest.raises(MonthsMoved):
        plan_close(evening.meeting, operation=uuid4())


def test_the_close_posts_the_holds_away(evening):
    evening.receive("Prani", special=1_000_00)
    evening.finish()
    later = Evening(evening.village, held_on=date(2026, 11, 6))
    line = later.pay(
        kind="withdrawal",
        satang=400_00,
        code="O2200",
        holder="0005-1",
        member=evening.village.member("Prani"),
        payee="Prani",
    )
    assert Hold.objects.filter(released_at__isnull=True).count() == 1
    later.finish()
    line.refresh_from_db()
    assert line.state == PaymentLine.State.POSTED
    assert lines_of(line.entry) == [("O2200", "0005-1", 400_00), ("O1100", "", -400_00)]
    assert line.entry.maker == evening.village.treasurer.code
    assert line.entry.approvers == [evening.village.auditor.code]
    assert not Hold.objects.filter(released_at__isnull=True).exists()


def test_a_closed_meeting_says_who_closed_and_who_confirmed(evening):
    closed = evening.finish()
    assert closed.status == Meeting.Status.CLOSED
    assert (closed.closed_by, closed.verified_by) == (evening.village.treasurer, evening.village.auditor)
    assert closed.close_entry.maker == evening.village.treasurer.code
    assert closed.close_entry.approvers == [evening.village.auditor.code]
