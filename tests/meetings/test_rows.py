"""Saving a line: as it is left, never over someone else's, never twice."""

from uuid import uuid4

import pytest

from meetings.errors import MeetingClosed, MeetingCounting, OperationTaken, RowChanged, RowRefused
from meetings.models import RestReceived, SheetRow
from meetings.selectors.sheet import sheet_lines
from meetings.services.meetings import begin_count
from meetings.services.rows import receive_rest, save_household
from tests.meetings.evening import NOVEMBER_5, fine_for_missed_months, typed


def test_the_same_save_sent_again_is_the_same_line(evening):
    operation = uuid4()
    first = evening.receive("Prani", operation=operation, pledge=200_00)
    again = evening.receive("Prani", operation=operation, pledge=200_00)
    assert (again.pk, again.version) == (first.pk, 1)


def test_a_line_changed_in_between_is_never_overwritten(evening):
    evening.receive("Prani", pledge=200_00)
    evening.receive("Prani", pledge=150_00, version=1, by=evening.village.secretary)
    with pytest.raises(RowChanged) as refused:
        evening.receive("Prani", pledge=100_00, version=1)
    assert refused.value.row.pledge_satang == 150_00
    assert SheetRow.objects.get().pledge_satang == 150_00


def test_two_first_saves_of_a_line_meet_as_a_conflict(evening):
    evening.receive("Prani", pledge=200_00)
    with pytest.raises(RowChanged):
        evening.receive("Prani", pledge=100_00)


def test_two_first_saves_that_say_the_same_are_one_line(evening):
    first = evening.receive("Prani", pledge=200_00)
    again = evening.receive("Prani", pledge=200_00, by=evening.village.secretary)
    assert again.operation == first.operation
    assert SheetRow.objects.count() == 1


def test_an_operation_names_one_members_line_for_ever(evening):
    operation = uuid4()
    evening.receive("Prani", operation=operation, pledge=200_00)
    with pytest.raises(OperationTaken):
        evening.receive("Somchai", operation=operation, pledge=500_00)


def test_an_operation_of_the_books_cannot_name_a_line(evening):
    operation = evening.village.group.entries.first().operation
    with pytest.raises(OperationTaken):
        evening.receive("Prani", operation=operation, pledge=200_00)


def test_while_the_cash_is_counted_no_line_moves(evening):
    begin_count(meeting=evening.meeting, by=evening.village.treasurer)
    with pytest.raises(MeetingCounting):
        evening.receive("Prani", pledge=200_00)


def test_a_closed_meeting_takes_no_line(evening):
    evening.finish()
    with pytest.raises(MeetingClosed):
        evening.receive("Prani", pledge=200_00)


def test_money_without_months_pays_the_oldest_owed_first(evening):
    row = evening.receive("Kasem", pledge=600_00)
    assert row.months == [["2026-09", 300_00], ["2026-10", 300_00]]


def test_money_beyond_this_month_pays_in_advance(evening):
    row = evening.receive("Prani", pledge=500_00)
    assert row.months == [["2026-11", 200_00], ["2026-12", 200_00], ["2027-01", 100_00]]


def test_chosen_months_are_paid_and_no_others(evening):
    row = evening.receive("Kasem", pledge=300_00, months=(NOVEMBER_5.replace(day=1),))
    assert row.months == [["2026-11", 300_00]]


@pytest.mark.parametrize(
    ("name", "pledge", "months", "field"),
    [
        ("Women", 100_00, None, "pledge"),
        ("Prani", 200_00 * 13 + 1, None, "pledge"),
        ("Prani", 400_00, ((2026, 11),), "pledge"),
        ("Prani", 200_00, ((2026, 10),), "months"),
        ("Prani", 200_00, ((2026, 11), (2026, 12)), "months"),
    ],
    ids=["no pledge", "more than a year ahead", "more than the month", "a month not owed", "a month left over"],
)
def test_an_amount_that_no_months_explain_is_refused_beside_its_field(evening, name, pledge, months, field):
    chosen = None if months is None else tuple(NOVEMBER_5.replace(year=y, month=m, day=1) for y, m in months)
    with pytest.raises(RowRefused) as refused:
        evening.receive(name, pledge=pledge, months=chosen)
    assert list(refused.value.errors) == [field]


def test_all_others_pay_what_is_due_and_those_decided_stay(evening):
    evening.receive("Prani", pledge=50_00)
    evening.receive("Somchai", present=False, received=False)
    evening.receive("Boonmee", received=False)
    sweep, rows = receive_rest(meeting=evening.meeting, operation=uuid4(), by=evening.village.treasurer)
    paid = {row.member.first_name: row.pledge_satang for row in SheetRow.objects.select_related("member")}
    assert paid["ปราณี"] == 50_00
    assert paid["สมชาย"] == 0
    assert paid["บุญมี"] == 100_00
    assert paid["เกษม"] == 900_00
    assert sweep.satang == 1_000_00 == sum(row.total_satang for row in rows)


def test_the_sweep_sent_again_sweeps_nothing_more(evening):
    operation = uuid4()
    first, _rows = receive_rest(meeting=evening.meeting, operation=operation, by=evening.village.treasurer)
    SheetRow.objects.filter(member=evening.village.member("Prani")).delete()
    again, rows = receive_rest(meeting=evening.meeting, operation=operation, by=evening.village.treasurer)
    assert again == first
    assert RestReceived.objects.count() == 1
    assert evening.village.member("Prani") not in [row.member for row in rows]


def test_the_fine_for_missed_months_goes_with_them(evening):
    fine_for_missed_months(evening.village, 10)
    due = {line.number: line.due_satang + line.fine_due_satang for line in sheet_lines(evening.meeting)}
    receive_rest(meeting=evening.meeting, operation=uuid4(), by=evening.village.treasurer)
    kasem = SheetRow.objects.get(member=evening.village.member("Kasem"))
    assert (kasem.pledge_satang, kasem.fine_satang) == (900_00, 20_00)
    assert SheetRow.objects.get(member=evening.village.member("Prani")).fine_satang == 0
    assert {row.member.number: row.total_satang for row in SheetRow.objects.select_related("member")} == due


def test_a_household_pays_one_sum_and_each_member_has_a_line(evening):
    rows = [
        (evening.village.member("Somchai"), typed(pledge=500_00)),
        (evening.village.member("Kasem"), typed(pledge=300_00)),
    ]
    saved = save_household(meeting=evening.meeting, rows=rows, given=1_000_00, by=evening.village.treasurer)
    assert (saved.total, saved.change) == (800_00, 200_00)
    assert SheetRow.objects.count() == 2


def test_a_household_is_taken_whole_or_not_at_all(evening):
    evening.receive("Kasem", pledge=300_00)
    rows = [
        (evening.village.member("Somchai"), typed(pledge=500_00)),
        (evening.village.member("Kasem"), typed(pledge=600_00)),
    ]
    with pytest.raises(RowChanged):
        save_household(meeting=evening.meeting, rows=rows, given=None, by=evening.village.treasurer)
    assert SheetRow.objects.count() == 1


def test_a_household_that_gives_too_little_is_refused(evening):
    rows = [(evening.village.member("Somchai"), typed(pledge=500_00))]
    with pytest.raises(RowRefused):
        save_household(meeting=evening.meeting, rows=rows, given=400_00, by=evening.village.treasurer)
