"""Drawings are arithmetic: what lies higher is more, nothing leaves the frame, shares add up."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reports.charts import PLOT_HEIGHT, PLOT_TOP, area_chart, bars, bars_height, parts, round_step

amounts = st.integers(min_value=0, max_value=10**13)


def points_of(line: str) -> list[tuple[float, float]]:
    return [tuple(map(float, pair.split(","))) for pair in line.split(" ")]  # type: ignore[misc]


@given(st.lists(amounts, min_size=2, max_size=36).filter(any))
def test_a_line_stays_in_its_frame_and_rises_with_the_balance(balances):
    drawn = area_chart([(str(index), satang) for index, satang in enumerate(balances)], say=str)
    assert drawn is not None
    points = points_of(drawn.line)
    assert points[0][0] == 0
    assert points[-1][0] == 100
    assert all(0 <= y <= PLOT_HEIGHT for _, y in points)
    for (before, after), (low, high) in zip(pairwise(balances), pairwise(points), strict=True):
        assert high[1] <= low[1] if after >= before else high[1] >= low[1]


@given(st.lists(amounts, min_size=2, max_size=24).filter(any))
def test_grid_lines_lie_inside_the_drawing(balances):
    drawn = area_chart([("", satang) for satang in balances], say=str)
    assert drawn is not None
    assert len(drawn.ticks) <= 4
    assert all(PLOT_TOP <= tick.y <= PLOT_TOP + PLOT_HEIGHT for tick in drawn.ticks)


def test_one_month_or_no_money_is_not_drawn():
    assert area_chart([("Jan", 100)], say=str) is None
    assert area_chart([("Jan", 0), ("Feb", 0)], say=str) is None


def test_the_label_of_a_grid_line_never_stands_in_the_line():
    flat = area_chart([("Jan", 340_000_00), ("Feb", 341_000_00), ("Mar", 360_000_00)], say=str)
    assert flat is not None
    start = PLOT_TOP + points_of(flat.line)[0][1]
    assert all(tick.label == "" or not tick.y - 20 <= start <= tick.y + 4 for tick in flat.ticks)


@given(st.integers(min_value=1, max_value=10**14))
def test_a_step_gives_less_than_four_lines_and_is_round(span):
    step = round_step(span)
    assert span < 4 * step
    assert str(step).rstrip("0") in ("1", "2", "5")


@given(st.lists(amounts, max_size=8))
def test_shares_of_a_whole_add_up_to_a_hundred_per_cent(satang):
    drawn = parts([(str(index), amount) for index, amount in enumerate(satang)], ["a", "b"])
    tenths = [round(float(part.percent.removesuffix("%")) * 10) for part in drawn]
    assert sum(tenths) == (1000 if any(satang) else 0)
    assert len(drawn) == sum(1 for amount in satang if amount)


def test_the_longest_bar_fills_the_width_and_the_smallest_stays_visible():
    wide, none, small = bars([("a", 1_000_000_00), ("b", 0), ("c", 1)], say=str)
    assert (wide.width, none.width, small.width) == ("100.0%", "0.0%", "0.6%")
    assert small.bar_y + 12 < bars_height([wide, none, small])
