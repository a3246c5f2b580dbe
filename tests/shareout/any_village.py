"""Any village's year and any policy, for property tests: every rule, cap, step, rate, members who earn nothing."""

from datetime import date, timedelta

from hypothesis import strategies as st

from shareout.plan import Snapshot
from shareout.policy import WHOLE, Head, HeadShare, Policy
from shareout.weights import SavingsYear, Weighting
from thai.months import add_months, months_apart

STARTS = [date(2025, 1, 1), date(2024, 4, 1), date(2023, 10, 1)]
MEMBERS_HEADS = (Head.DIVIDEND, Head.REBATE)


@st.composite
def savings_years(draw: st.DrawFn, starts_on: date, days: int) -> SavingsYear:
    """What was brought forward, deposits and now and then a withdrawal, in any order."""
    movements = draw(
        st.lists(st.tuples(st.integers(0, days - 1), st.sampled_from([100_00, 200_00, 33, -50_00, 1])), max_size=14)
    )
    dated = [(starts_on + timedelta(days=day), satang) for day, satang in movements]
    rows = tuple((months_apart(starts_on, day) + 1, day, satang) for day, satang in dated)
    return SavingsYear(draw(st.integers(0, 20_000_00)), rows)


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    """A year of up to twelve members; some earn nothing, some joined late."""
    starts_on = draw(st.sampled_from(STARTS))
    ends_on = add_months(starts_on, 12) - timedelta(days=1)
    numbers = draw(st.lists(st.integers(1, 600), unique=True, max_size=12))
    days = (ends_on - starts_on).days + 1
    some, most = st.sampled_from(numbers or [0]), 6 if numbers else 0
    return Snapshot(
        year=starts_on.year + 543,
        starts_on=starts_on,
        ends_on=ends_on,
        distributable=draw(st.integers(0, 90_000_00)),
        profit=draw(st.integers(-10_00, 90_000_00)),
        savings={number: draw(savings_years(starts_on, days)) for number in sorted(numbers)},
        earners=frozenset(numbers) - draw(st.frozensets(some, max_size=min(2, most))),
        months={number: draw(st.integers(1, 12)) for number in numbers},
        interest=draw(st.dictionaries(some, st.integers(1, 900_00), max_size=most)),
    )


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """Heads in any order, with or without members' ones, by any rule."""
    heads = draw(st.permutations(list(Head)))[: draw(st.integers(2, len(Head)))]
    kept = [head for head in heads if head not in MEMBERS_HEADS]
    rest_to = draw(st.sampled_from(kept)) if kept else Head.RESERVE
    heads = [*heads, *([] if kept else [Head.RESERVE])]
    rate = draw(st.none() | st.integers(0, 12_00)) if Head.DIVIDEND in heads else None
    paid = [head for head in heads if rate is None or head is not Head.DIVIDEND]
    cuts = sorted(draw(st.lists(st.integers(0, WHOLE), min_size=len(paid) - 1, max_size=len(paid) - 1)))
    widths = [high - low for low, high in zip([0, *cuts], [*cuts, WHOLE], strict=True)]
    shares = dict(zip(paid, widths, strict=True))
    return Policy(
        heads=tuple(HeadShare(head, shares.get(head, 0), "โรงเรียน" if head is Head.OTHER else "") for head in heads),
        weighting=draw(st.sampled_from(Weighting)),
        step=draw(st.sampled_from([1, 1, 25, 100])),
        rest_to=rest_to,
        fixed_rate_bp=rate,
        cap_satang=draw(st.none() | st.integers(1, 10_000_00)),
        minimum_months=draw(st.sampled_from([0, 0, 3, 12])),
    )
