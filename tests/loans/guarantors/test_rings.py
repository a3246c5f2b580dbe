"""Rings of guarantees are shown."""

from hypothesis import given
from hypothesis import strategies as st

from loans.rings import shortest_ring
from loans.selectors.applications import application_view
from loans.selectors.guarantors import guarantor_rows
from tests.loans.applying import ask, found, name_, signs


def brute(stands_for, start):
    """The length of a shortest way from start back to start, step by step."""
    reached = {start}
    for length in range(1, 8):
        reached = {other for here in reached for other in stands_for.get(here, ())}
        if start in reached:
            return length
    return 0


@given(st.dictionaries(st.integers(0, 5), st.sets(st.integers(0, 5), max_size=3), max_size=6))
def test_a_ring_is_found_exactly_where_there_is_one_and_is_a_shortest(stands_for):
    for start in range(6):
        ring = shortest_ring(stands_for, start)
        assert len(ring) == brute(stands_for, start)
        for here, there in zip(ring, ring[1:] + ring[:1], strict=True):
            assert there in stands_for[here]


def test_two_who_secure_each_other_are_shown(lending, product):
    signs(lending, ask(lending, product, "Kasem", 11_000_00), "Somchai")
    row = ask(lending, product, satang=11_000_00)
    name_(lending, row, "Kasem")
    view = application_view(found(lending, row))
    assert view.rings == [(lending["Kasem"], lending["Somchai"])]


def test_a_longer_ring_is_shown_and_a_chain_is_not(lending, product):
    signs(lending, ask(lending, product, "Kasem", 11_000_00), "Somchai")
    signs(lending, ask(lending, product, "Prani", 11_000_00), "Kasem")
    row = ask(lending, product, satang=11_000_00)
    name_(lending, row, "Boonmee")
    assert application_view(found(lending, row)).rings == []
    signs(lending, row, "Prani")
    assert application_view(found(lending, row)).rings == [(lending["Prani"], lending["Somchai"], lending["Kasem"])]
    assert len([each for each in guarantor_rows(lending.group, show="ring") if each.ring]) == 3
