"""The twelve months of a pledge: paid, late, missed, in part, to come."""

from datetime import date

from savings.schedule import Period
from window.calendar import Payment, State, calendar

JANUARY = date(2026, 1, 1)
PLEDGE = [Period(JANUARY, 100_00)]


def marks(payments=(), *, periods=PLEDGE, due_from=JANUARY, over_through=date(2026, 6, 1), tonight=()):
    found = calendar(
        first=JANUARY, periods=periods, payments=payments, due_from=due_from, over_through=over_through, tonight=tonight
    )
    return {mark.month.month: mark for mark in found}


def test_there_are_twelve_months_whatever_was_paid():
    assert list(marks()) == list(range(1, 13))


def test_a_month_paid_in_its_own_month_or_before_is_paid():
    found = marks([Payment(JANUARY, 100_00, date(2026, 1, 31)), Payment(date(2026, 3, 1), 100_00, date(2026, 1, 5))])
    assert (found[1].state, found[3].state) == (State.PAID, State.PAID)


def test_a_month_paid_in_the_next_month_is_late():
    assert marks([Payment(JANUARY, 100_00, date(2026, 2, 1))])[1].state is State.LATE


def test_an_unpaid_month_is_missed_once_its_meeting_was_held_and_to_come_before():
    found = marks()
    assert (found[6].state, found[6].owed) == (State.MISSED, 100_00)
    assert (found[7].state, found[7].owed) == (State.NEXT, 0)


def test_a_month_paid_in_part_owes_the_rest():
    found = marks([Payment(JANUARY, 40_00, date(2026, 1, 5))])
    assert (found[1].state, found[1].paid, found[1].owed) == (State.PART, 40_00, 60_00)


def test_two_payments_of_one_month_add_up_and_the_last_says_when():
    found = marks([Payment(JANUARY, 40_00, date(2026, 1, 5)), Payment(JANUARY, 60_00, date(2026, 2, 5))])
    assert (found[1].state, found[1].paid) == (State.LATE, 100_00)


def test_months_before_the_first_vow_or_the_admission_ask_for_nothing():
    found = marks(due_from=date(2026, 4, 1))
    assert [found[month].state for month in (1, 2, 3, 4)] == [State.NONE, State.NONE, State.NONE, State.MISSED]
    assert all(mark.state is State.NONE for mark in marks(periods=[], due_from=None).values())


def test_a_changed_vow_asks_for_its_own_amount_from_its_month_on():
    found = marks(periods=[*PLEDGE, Period(date(2026, 5, 1), 300_00)])
    assert (found[4].pledged, found[5].pledged) == (100_00, 300_00)


def test_a_month_entered_tonight_is_neither_paid_nor_missed():
    found = marks([Payment(date(2026, 5, 1), 100_00, date(2026, 5, 5))], tonight=[date(2026, 5, 1), date(2026, 6, 1)])
    assert (found[5].state, found[6].state, found[6].owed) == (State.PAID, State.TONIGHT, 0)
