"""Dates in both eras and many hands become one date; the era follows from the number alone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thai.dates import DateError, DateProblem, format_date, parse_date
from thai.digits import to_thai
from thai.months import format_month

dates = st.dates(min_value=date(1957, 1, 1), max_value=date(2056, 12, 31))


@pytest.mark.parametrize(
    "typed",
    [
        "5 ม.ค. 2568", "5 ม.ค. 2025", "5ม.ค.68", "5 มค 2568", "5 มกราคม 2568", "๕ มกราคม ๒๕๖๘",
        "วันที่ 5 เดือนมกราคม พ.ศ. 2568",
        "5 มกราคม พ.ศ.2568", "5 ม.ค. ค.ศ. 2025",
        "05/01/2568", "5/1/2568", "5/1/68", "05/01/2025", "5-1-2568", "5.1.2568",
        "๐๕/๐๑/๒๕๖๘", "2025-01-05", "2568-01-05", "5 Jan 2025", "5 January 2568",
        "5 jan. 2025", " 5\u00a0ม.ค.\u00a02568 ",
    ],
)  # fmt: skip
def test_the_same_day_is_read_from_every_hand(typed):
    assert parse_date(typed) == date(2025, 1, 5)


def test_a_four_digit_year_belongs_to_the_era_its_number_says():
    assert parse_date("22/11/2569") == date(2026, 11, 22)
    assert parse_date("22/11/2026") == date(2026, 11, 22)


def test_a_two_digit_year_is_of_the_buddhist_era():
    assert parse_date("5 ม.ค. 69") == date(2026, 1, 5)
    assert parse_date("1/2/26") == date(1983, 2, 1)
    assert parse_date("1/2/00") == date(1957, 2, 1)


BAD = [
    ("", DateProblem.EMPTY), ("  ", DateProblem.EMPTY),
    ("พรุ่งนี้", DateProblem.UNREADABLE), ("5", DateProblem.UNREADABLE), ("2568", DateProblem.UNREADABLE),
    ("มกราคม 2568", DateProblem.UNREADABLE), ("5 มกรา 2568", DateProblem.UNREADABLE), ("5/1", DateProblem.UNREADABLE),
    ("5/1-2568", DateProblem.UNREADABLE), ("5/1/256", DateProblem.UNREADABLE), ("5/1/25688", DateProblem.UNREADABLE),
    ("๕/1/2568", DateProblem.UNREADABLE), ("45662", DateProblem.UNREADABLE), ("5/1/2568 00:00", DateProblem.UNREADABLE),
    ("5 . 2568", DateProblem.UNREADABLE), ("5 ค.ศ. 2568", DateProblem.UNREADABLE),
    ("-5/1/2568", DateProblem.UNREADABLE),
    ("5 ม.ค. 2568" + " " * 10 + "x" * 4000, DateProblem.UNREADABLE),
    ("5 " + "ก" * 4000 + " 2568", DateProblem.UNREADABLE),
    ("5/13/2568", DateProblem.MONTH), ("5/0/2568", DateProblem.MONTH), ("05/22/2568", DateProblem.MONTH),
    ("29/2/2569", DateProblem.DAY), ("31/4/2568", DateProblem.DAY), ("0/1/2568", DateProblem.DAY),
    ("32 ม.ค. 2568", DateProblem.DAY),
    ("5/1/3000", DateProblem.YEAR), ("5/1/1568", DateProblem.YEAR), ("5/1/2200", DateProblem.YEAR),
    ("5/1/0000", DateProblem.YEAR), ("5 ม.ค. พ.ศ. 2025", DateProblem.YEAR), ("5 ม.ค. ค.ศ. 2568", DateProblem.YEAR),
    ("5 ม.ค. ค.ศ. 68", DateProblem.YEAR), ("9999-01-05", DateProblem.YEAR),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "problem"), BAD)
def test_a_wrong_date_is_refused_with_its_reason(typed, problem):
    with pytest.raises(DateError) as refused:
        parse_date(typed)
    assert refused.value.problem is problem


def test_a_day_beyond_the_month_tells_how_long_the_month_is():
    with pytest.raises(DateError) as refused:
        parse_date("29/2/2569")
    assert (refused.value.month, refused.value.number) == (date(2026, 2, 1), 28)
    assert parse_date("29/2/2567") == date(2024, 2, 29)


def test_a_date_outside_its_limits_is_refused_with_the_limit():
    first, last = date(2025, 1, 1), date(2025, 12, 31)
    assert parse_date("1/1/2568", earliest=first, latest=last) == first
    assert parse_date("31/12/2568", earliest=first, latest=last) == last
    with pytest.raises(DateError) as early:
        parse_date("31/12/2567", earliest=first)
    with pytest.raises(DateError) as late:
        parse_date("1/1/2569", latest=last)
    assert (early.value.problem, early.value.limit) == (DateProblem.TOO_EARLY, first)
    assert (late.value.problem, late.value.limit) == (DateProblem.TOO_LATE, last)


@given(dates, st.sampled_from(["long", "short", "passbook", "numeric"]), st.sampled_from(["th", "en"]))
def test_what_is_printed_is_read_back(on, style, language):
    printed = format_date(on, style, language)
    assert parse_date(printed) == on
    assert parse_date(to_thai(printed)) == on


@given(st.text(alphabet="0123456789๐๕/-. ม.ค.กพเยศJanuary\u00a0", max_size=24))
def test_any_text_is_a_date_or_refused(typed):
    try:
        on = parse_date(typed)
    except DateError:
        return
    assert date(1900, 1, 1) <= on <= date(2100, 12, 31)


def test_dates_are_printed_in_the_buddhist_era_without_a_place_to_break():
    on = date(2026, 1, 5)
    assert format_date(on) == "5\u00a0มกราคม\u00a02569"
    assert format_date(on, "short") == "5\u00a0ม.ค.\u00a02569"
    assert format_date(on, "passbook") == "5\u00a0ม.ค.\u00a069"
    assert format_date(on, "weekday") == "วันจันทร์ที่\u00a05\u00a0มกราคม\u00a02569"
    assert format_date(on, "numeric") == "05/01/2569"
    assert format_date(on, "long", "en") == "5\u00a0January\u00a02569"
    assert format_date(on, "weekday", "en") == "Monday 5\u00a0January\u00a02569"
    assert format_month(on, "short") == "ม.ค.\u00a02569"


def test_an_unknown_style_is_a_mistake_of_the_program():
    with pytest.raises(ValueError, match="style"):
        format_date(date(2026, 1, 5), "fancy")
