"""The books checked from the rows: how long `verify_books` takes."""

from collections.abc import Iterator

from bench.history import Home, ten_years
from bench.table import Row, at_most, milliseconds, told
from bench.table import measurement as measured
from funds.models import Entry
from reports.verification import damage_of

LIMIT = 1.5


@measured
def verification() -> Iterator[Row]:
    """Every check of every package over a group of 500 members with ten years behind it."""
    home, _closes = ten_years()
    entries = Entry.objects.filter(group=home.group).count()
    seconds = min(milliseconds(lambda: _check(home)) for _ in range(2)) / 1000
    yield at_most("verify_books, all checks, for 100,000 entries", seconds / entries * 100_000, LIMIT, "s")
    yield told(f"  the {entries:,} entries of ten years", seconds, "s")


def _check(home: Home) -> None:
    for damage in damage_of(home.group):
        raise RuntimeError(str(damage))
