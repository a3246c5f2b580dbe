"""I8: what a closed meeting says and what the books say are held together, and each breach is named."""

import pytest
from django.db import connection

from funds.models import Hold
from meetings.checks import CHECKS
from meetings.guards import drop_guards
from meetings.models import CashCount, Meeting, PaymentLine, SheetRow


@pytest.fixture
def closed(evening):
    """A meeting with two receipts, one attendance, an expense, a hold that ended, and cash short; its guards off."""
    evening.receive("Prani", pledge=200_00, special=100_00)
    evening.receive("Kasem", pledge=300_00, fee=50_00, method="transfer", slip_ref="T-1")
    evening.receive("Boonmee", received=False)
    evening.pay(kind="expense", satang=25_00, code="O5100", payee="ร้าน", memo="กระดาษ")
    finished = evening.finish(off_by=-10_00, reason="ทอนผิด")
    drop_guards(connection)
    return finished


def findings(meeting):
    return [finding for check in CHECKS for finding in check(meeting.group)]


def test_a_meeting_closed_by_the_house_is_whole(closed):
    assert findings(closed) == []


def test_a_row_whose_sum_differs_from_its_receipt_is_named(closed):
    row = SheetRow.objects.get(member__number=5)
    SheetRow.objects.filter(pk=row.pk).update(special_satang=99_00)
    assert [(rule, n) for rule, n, _text in findings(closed)] == [("I8", row.entry.n)]


def test_a_row_without_its_receipt_breaks_the_batch(closed):
    SheetRow.objects.filter(member__number=5).update(entry=None)
    assert len(findings(closed)) == 2


def test_a_row_that_names_another_entry_is_named(closed):
    SheetRow.objects.filter(member__number=5).update(entry=closed.close_entry)
    assert findings(closed)


def test_a_row_slipped_in_after_the_close_is_named(closed):
    SheetRow.objects.filter(member__number=7).update(received=True, pledge_satang=100_00)
    assert "0007" in findings(closed)[0][2]


def test_a_count_changed_after_the_close_is_named(closed):
    CashCount.objects.update(counted_satang=1)
    assert {n for _rule, n, _text in findings(closed)} == {closed.close_entry.n}


def test_a_missing_count_is_named(closed):
    CashCount.objects.all().delete()
    assert findings(closed)


def test_a_payment_left_out_is_named(closed):
    PaymentLine.objects.update(state="cosigned", entry=None)
    assert len(findings(closed)) == 2


def test_a_payment_of_another_sum_is_named(closed):
    PaymentLine.objects.update(satang=26_00)
    assert len(findings(closed)) == 1


def test_a_hold_that_outlives_the_close_is_named(closed):
    line = PaymentLine.objects.get()
    hold = Hold.objects.create(
        group=closed.group,
        account_id=closed.group.accounts.first().pk,
        satang=1,
        reason="x",
        placed_by="x",
        placed_at=closed.closed_at,
    )
    PaymentLine.objects.filter(pk=line.pk).update(hold=hold)
    assert "still holds" in findings(closed)[0][2]


def test_a_close_whose_meeting_is_gone_is_named(closed):
    Meeting.objects.update(status="counting", close_entry=None, closed_at=None)
    assert [n for _rule, n, _text in findings(closed)] == [closed.close_entry.n]


def test_a_first_entry_moved_is_named(closed):
    Meeting.objects.update(first_entry=closed.close_entry)
    assert findings(closed)
