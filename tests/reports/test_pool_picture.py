"""The picture of a pool: every bar begins where the last one ended, on one scale."""

from hypothesis import given
from hypothesis import strategies as st

from reports.pool_picture import Step, stairs, stairs_height
from thai.money import format_baht


def said(step: Step) -> str:
    return format_baht(step.satang)


def per_cent(text: str) -> float:
    return float(text.removesuffix("%"))


def test_what_came_and_went_leads_to_what_is_held():
    bars = stairs(
        [
            Step("before", 500, "f", is_level=True),
            Step("in", 500, "f"),
            Step("out", -250, "f"),
            Step("held", 750, "f", True),
        ],
        say=said,
    )
    assert [(bar.start, bar.width, bar.join) for bar in bars] == [
        ("0.00%", "50.00%", "50.00%"),
        ("50.00%", "50.00%", "100.00%"),
        ("75.00%", "25.00%", "75.00%"),
        ("0.00%", "75.00%", "75.00%"),
    ]
    assert stairs_height(bars) == 4 * 47 + 2


def test_an_amount_that_is_little_stays_visible_and_inside():
    bars = stairs([Step("much", 100_000_000, "f"), Step("little", 1, "f")], say=said)
    assert per_cent(bars[1].width) > 0.5
    assert per_cent(bars[1].start) + per_cent(bars[1].width) <= 100


def test_a_pool_without_money_has_no_picture():
    assert stairs([], say=said) == ()
    assert stairs([Step("held", 0, "f", is_level=True)], say=said) == ()


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=12))
def test_no_bar_leaves_the_drawing(amounts):
    for bar in stairs([Step("x", amount, "f") for amount in amounts], say=said):
        assert 0 <= per_cent(bar.start) <= 100
        assert 0 <= per_cent(bar.width) <= 100
        assert per_cent(bar.start) + per_cent(bar.width) <= 100.011  # each is rounded to two places
        assert 0 <= per_cent(bar.join) <= 100
