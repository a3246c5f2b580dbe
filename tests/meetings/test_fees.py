"""A new member's fees stand in pencil until a receipt with a fee stands; whoever came from paper owes none."""

from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from funds.journal import post_entry
from funds.selectors import cash_balances
from meetings.lines import totals_of
from meetings.models import Meeting, SheetRow
from meetings.selectors.fees import fees_due
from meetings.selectors.sheet import sheet_lines
from meetings.services.corrections import apply_correction, request_correction
from meetings.services.rows import receive_rest
from members import cosign
from members.models import GroupSetting, Member
from membership.admission import Decision, NewResolution, decide_applications
from membership.selectors.admission import fees_open
from tests.meetings.evening import NOVEMBER_5, Evening, typed, vow
from tests.meetings.test_closing import lines_of
from tests.meetings.test_sheet_page import row_of, sheet_of
from tests.village import TestVillage, enrol

NEXT_DAY = NOVEMBER_5.replace(day=6)
DECEMBER_5 = date(2026, 12, 5)
FEES = 30_00


@pytest.fixture
def newcomer(village: TestVillage) -> Member:
    """Fon, admitted on the evening's day."""
    fon = village.member("Fon")
    Member.objects.filter(pk=fon.pk).update(status="active", admitted_on=NOVEMBER_5)
    fon.refresh_from_db()
    vow(village, "Fon", 100)
    return fon


def due_of(evening: Evening, member: Member) -> int:
    return fees_due(evening.meeting).get(member.pk, 0)


def next_evening(evening: Evening) -> Evening:
    return Evening(evening.village, held_on=DECEMBER_5)


@pytest.fixture
def tonight(village: TestVillage, newcomer: Member):
    with time_machine.travel("2026-11-05 20:00+07:00", tick=False):
        yield Evening(village)


def test_only_the_new_member_owes_both_fees(tonight, newcomer):
    assert fees_due(tonight.meeting) == {newcomer.pk: FEES}
    [line] = sheet_lines(tonight.meeting, numbers=[newcomer.number])
    assert (line.due_satang, line.fee_due_satang, line.fee_satang) == (100_00, FEES, 0)


def test_who_was_a_member_before_the_books_began_owes_no_fee(tonight, village):
    older = enrol(village.group, village.secretary, first_name="เก่า", admitted_on=date(2025, 12, 31))
    newer = enrol(village.group, village.secretary, first_name="ใหม่", admitted_on=date(2026, 1, 1))
    assert due_of(tonight, older) == 0
    assert due_of(tonight, newer) == FEES


def test_who_was_admitted_while_the_group_kept_paper_owes_no_fee(tonight, newcomer):
    group = tonight.village.group
    fields = {"group": group, "by": "import", "lines": [], "declared": cash_balances(group, NOVEMBER_5)}
    post_entry(kind="paper_meeting_close", on=NOVEMBER_5, operation=uuid4(), **fields)
    assert fees_due(tonight.meeting) == {}
    Member.objects.filter(pk=newcomer.pk).update(admitted_on=NEXT_DAY)
    assert fees_due(Meeting(group=group, held_on=DECEMBER_5)) == {newcomer.pk: FEES}


def test_all_others_pay_their_fees_too_and_the_sums_agree(tonight, newcomer):
    before = totals_of(sheet_lines(tonight.meeting))
    assert before.waiting_due == 100_00 + FEES
    sweep, rows = receive_rest(meeting=tonight.meeting, operation=uuid4(), by=tonight.village.treasurer)
    after = totals_of(sheet_lines(tonight.meeting))
    assert sweep.satang == sum(row.total_satang for row in rows) == after.total == before.waiting_due
    assert (after.administrative, after.operating) == (FEES, 100_00)


def test_a_member_whose_presence_was_noted_pays_the_fees_in_the_sweep(tonight, newcomer):
    tonight.receive("Fon", received=False)
    receive_rest(meeting=tonight.meeting, operation=uuid4(), by=tonight.village.treasurer)
    [line] = sheet_lines(tonight.meeting, numbers=[newcomer.number])
    assert line.fee_satang == FEES


def test_the_receipt_books_the_fee_and_no_later_evening_asks_it_again(tonight, newcomer):
    receive_rest(meeting=tonight.meeting, operation=uuid4(), by=tonight.village.treasurer)
    assert due_of(tonight, newcomer) == FEES  # in ink tonight, paid with the receipt
    tonight.finish()
    receipt = newcomer.sheet_rows.get().entry
    assert ("A4100", "", -FEES) in lines_of(receipt)
    with time_machine.travel("2026-12-05 20:00+07:00", tick=False):
        assert fees_due(next_evening(tonight).meeting) == {}


def test_who_did_not_pay_the_fee_is_asked_again(tonight, newcomer):
    tonight.receive("Fon", pledge=100_00)
    tonight.finish()
    with time_machine.travel("2026-12-05 20:00+07:00", tick=False):
        assert due_of(next_evening(tonight), newcomer) == FEES


def test_a_reversed_fee_is_owed_again_and_a_mended_one_is_paid(tonight, newcomer):
    row = tonight.receive("Fon", pledge=100_00, fee=FEES)
    tonight.finish()
    with time_machine.travel("2026-12-05 20:00+07:00", tick=False):
        later = Meeting(group=tonight.village.group, held_on=DECEMBER_5)
        for corrected, owed in ((typed(pledge=100_00), FEES), (typed(pledge=100_00, fee=FEES), 0)):
            row = SheetRow.objects.select_related("member", "meeting__group", "entry").get(pk=row.pk)
            asked = request_correction(row=row, corrected=corrected, reason="ลงผิด", by=tonight.village.treasurer)
            cosign.sign_as(signature=asked.signature, user=tonight.village.auditor)
            apply_correction(correction=asked, by=tonight.village.treasurer)
            assert fees_due(later).get(newcomer.pk, 0) == owed


def test_a_group_without_fees_asks_none(tonight, newcomer):
    for key in ("application_fee_satang", "entrance_fee_satang"):
        fields = {"value": "0", "valid_from": NOVEMBER_5, "set_by": tonight.village.chair}
        GroupSetting.objects.create(group=tonight.village.group, key=key, **fields)
    assert fees_due(tonight.meeting) == {}


@pytest.mark.parametrize("waives", [True, False])
def test_whom_the_committee_lets_off_the_fees_owes_none_now_nor_later(tonight, village, waives):
    applicant = enrol(village.group, village.secretary, first_name="ยากไร้", status="applicant", admitted_on=None)
    decide_applications(
        group=village.group,
        decisions=[Decision(applicant, "admitted", waives_fees=waives)],
        resolution=NewResolution(number="7/2569", decided_on=NOVEMBER_5, subject="รับสมาชิก"),
        by=village.secretary,
    )
    assert due_of(tonight, applicant) == (0 if waives else FEES)
    assert [one.member for one in fees_open(village.group, DECEMBER_5)][1:] == ([] if waives else [applicant])


def test_a_fee_left_out_at_a_meeting_stands_in_pencil_at_the_next(tonight, newcomer):
    tonight.receive("Fon", pledge=100_00)
    tonight.finish()
    with time_machine.travel("2026-12-05 20:00+07:00", tick=False):
        assert due_of(next_evening(tonight), newcomer) == FEES


def test_the_queries_do_not_grow_with_the_new_members(tonight, village):
    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            fees_due(tonight.meeting)
        return len(seen)

    few = count()
    for member in village.add_members(20):
        Member.objects.filter(pk=member.pk).update(admitted_on=NOVEMBER_5)
    assert count() == few <= 5


def test_the_fee_stands_in_pencil_in_its_cell(tonight, newcomer):
    row = row_of(sheet_of(tonight), newcomer.number)
    assert 'data-fee-due="3000"' in row
    assert 'value="30.00"' in row
    assert '130<span class="money__satang">.00</span>' in row
    tonight.receive("Fon", present=False, received=False)
    assert 'value="30.00"' not in row_of(sheet_of(tonight), newcomer.number)
