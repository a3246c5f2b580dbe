"""Who is a minor: under the age of majority, and never married (Civil and Commercial Code s.19, s.20); pure."""

from datetime import date

MARRIED_ONCE = frozenset({"married", "widowed", "divorced"})


def birthday_in(birth_on: date, year: int) -> date:
    """The birthday in a year; whoever was born on 29 February is a year older on 1 March of a common year."""
    try:
        return birth_on.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def adult_on(birth_on: date, adult_age: int) -> date:
    """The day on which somebody is of age by years alone."""
    return birthday_in(birth_on, birth_on.year + adult_age)


def is_minor(*, birth_on: date | None, marital_status: str, adult_age: int, on: date) -> bool:
    """Whether somebody is a minor on a day; without a birth date nobody is, by years."""
    if birth_on is None or marital_status in MARRIED_ONCE:
        return False
    return on < adult_on(birth_on, adult_age)


def age_on(birth_on: date, on: date) -> int:
    """Full years on a day."""
    return on.year - birth_on.year - (on < birthday_in(birth_on, on.year))
