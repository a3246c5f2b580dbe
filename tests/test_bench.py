"""The table of measurements says what is reached, what is not, and what could not be measured."""

from bench.table import Row, at_least, at_most, not_measured, typical


def test_a_limit_is_reached_up_to_itself():
    assert at_most("close", 30, 30, "ms").ok is True
    assert at_most("close", 30.01, 30, "ms").ok is False


def test_a_ratio_is_reached_from_itself_on():
    assert at_least("against a peer", 20, 20, "x").ok is True
    assert at_least("against a peer", 19.9, 20, "x").ok is False


def test_what_could_not_be_measured_counts_neither_way_and_says_why():
    row = not_measured("against a peer", ">= 20 x", "it could not be installed")
    assert row == Row("against a peer", "not measured: it could not be installed", ">= 20 x", None)


def test_the_typical_time_ignores_a_disturbance():
    assert typical([10, 10, 11, 10, 10, 500, 10, 400]) <= 10.5
