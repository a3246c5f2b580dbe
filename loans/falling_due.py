"""How much interest falls due on each due date of a loan, and how much if it were settled today.

Interest falls due at each due date on the principal outstanding at the start of that day (months), or for the days that
each sum was outstanding (days_365); flat interest as scheduled, as long as anything is outstanding. Unpaid interest
bears none. After the last due date interest falls due on that day of each month on the principal outstanding. A loan
settled between two due dates pays as if today were one: a started month counts whole.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from loans.schedule import DAYS_A_YEAR, MONTHS_A_YEAR, DayCount, Method, Rhythm, due_date
from loans.terms import Course, Terms
from thai.months import months_apart

_BULLETS = (Rhythm.INTEREST_ONLY, Rhythm.SINGLE_PAYMENT)


@dataclass(slots=True)
class Interest:
    """The interest of a loan by a day, satang.

    due: of the plan's rows due by then. after: of the months after the plan, where there is any. started: what would be
    due besides if the loan were settled now. begun: what the period under way has gathered (satang x months or days),
    and to_come how many months of a single payment's term are still to come. brought: what of `due` counts as paid.
    """

    due: list[int]
    after: list[tuple[date, int]]
    started: int
    begun: int = 0
    to_come: int = 1
    brought: int = 0


def half_up(amount: int, over: int, under: int) -> int:
    """Return amount x over / under, half up; nothing of what is not above 0."""
    return (2 * amount * over + under) // (2 * under) if amount > 0 else 0


def counts_days(terms: Terms) -> bool:
    """Say whether interest is counted by the day."""
    return terms.day_count == DayCount.DAYS_365 and not is_flat(terms)


def rate_of(terms: Terms) -> tuple[int, int]:
    """Return the rate of one satang for one month, or one day, as numerator and denominator."""
    over, under = terms.monthly_rate.numerator, terms.monthly_rate.denominator
    if counts_days(terms):
        return over * MONTHS_A_YEAR, under * DAYS_A_YEAR
    return over, under


def is_flat(terms: Terms) -> bool:
    """Say whether interest stays what was scheduled; with interest_only and single_payment flat is as reducing."""
    return terms.method == Method.FLAT and terms.rhythm not in _BULLETS


def interest_until(terms: Terms, course: Course, as_of: date, outstanding: int) -> Interest:
    """Work out a loan's interest up to `as_of`; rows due by the day that a loan was brought forward are as planned."""
    rows = course.plan.instalments
    dues = [row.due_on for row in rows]
    brought, reached = bisect_right(dues, course.opening), bisect_right(dues, as_of)
    live = dues[brought:reached]
    after = _days_after_term(course, as_of, outstanding) if reached == len(dues) else []
    if counts_days(terms):
        found = _by_days(terms, course, live, after, as_of)
    elif terms.rhythm == Rhythm.SINGLE_PAYMENT:
        found = _by_months_of_term(terms, course, live, after, as_of)
    else:
        found = _by_months(terms, course, live, after, as_of)
    if brought:
        known = [row.interest for row in rows[:brought]]
        found.brought, found.due = sum(known), known + found.due
    return found


def interest_to_come(
    terms: Terms, course: Course, found: Interest, parts: list[int], as_of: date, balance: int
) -> list[int]:
    """Foresee the interest of the rows still to fall due, if `balance` is what is left today and the rest goes to plan.

    parts: the principal to be paid yet of each of these rows, satang.
    """
    rows = course.plan.instalments[-len(parts) :] if parts else ()
    over, under = rate_of(terms)
    is_flat_one, by_days = is_flat(terms), counts_days(terms)
    interest, begun, since = [], found.begun, as_of
    for row, part in zip(rows, parts, strict=True):
        if is_flat_one:
            interest.append(row.interest if balance > 0 else 0)
        elif by_days:
            interest.append(half_up(begun + balance * (row.due_on - since).days, over, under))
            begun, since = 0, row.due_on
        else:
            interest.append(half_up(begun + balance * found.to_come, over, under))
        balance -= part
    return interest


def _by_months(terms: Terms, course: Course, live: list[date], after: list[date], as_of: date) -> Interest:
    """Interest of one month at each due date, on what was outstanding at the start of that day."""
    over, under = rate_of(terms)
    rows = course.plan.instalments
    balances = _balances(course, [*live, *after, as_of])
    last = after[-1] if after else (live[-1] if live else course.opening)
    at_settlement = 0 if last == as_of else balances[-1]
    count = len(live)
    if is_flat(terms):
        first = bisect_right(rows, course.opening, key=lambda row: row.due_on)
        planned = [row.interest for row in rows[first:]]
        due = [interest if balance > 0 else 0 for interest, balance in zip(planned, balances[:count], strict=False)]
        is_in_term = count < len(planned) and at_settlement > 0
        started = planned[count] if is_in_term else half_up(at_settlement, over, under)
    else:
        due = [half_up(balance, over, under) for balance in balances[:count]]
        started = half_up(at_settlement, over, under)
    return Interest(due, _worth(after, balances[count:-1], over, under), started)


def _by_days(terms: Terms, course: Course, live: list[date], after: list[date], as_of: date) -> Interest:
    """Interest of the days between due dates, on what was outstanding each day."""
    over, under = rate_of(terms)
    gathered = _balance_days(course, [*live, *after, as_of])
    count = len(live)
    due = [half_up(days, over, under) for days in gathered[:count]]
    begun = gathered[-1]
    return Interest(due, _worth(after, gathered[count:-1], over, under), half_up(begun, over, under), begun)


def _by_months_of_term(terms: Terms, course: Course, live: list[date], after: list[date], as_of: date) -> Interest:
    """Interest of each month of the term on what was outstanding at its end, all due when the term ends."""
    over, under = rate_of(terms)
    ends = _month_ends(terms, course)
    passed = ends[: bisect_right(ends, as_of)]
    balances = _balances(course, [*passed, *after, as_of])
    gathered = sum(balances[: len(passed)])
    is_month_end = as_of == (after or passed or [course.opening])[-1]
    at_settlement = 0 if is_month_end else balances[-1]
    if live or after or not ends:
        due = [half_up(gathered, over, under) for _ in live]
        months = _worth(after, balances[len(passed) : -1], over, under)
        return Interest(due, months, half_up(at_settlement, over, under))
    started = 0 if as_of == course.opening else half_up(gathered + at_settlement, over, under)
    return Interest([], [], started, gathered, len(ends) - len(passed))


def _month_ends(terms: Terms, course: Course) -> list[date]:
    """The days on which a month of a single payment's term ends, the last one its due date; not those that count as
    paid.

    The term is how many months of interest were planned; failing that, the calendar months.
    """
    plan = course.plan
    row = plan.instalments[0]
    over, under = rate_of(terms)
    month = plan.principal * over
    term = (2 * row.interest * under + month) // (2 * month) if month else 1
    if term < 1 or half_up(plan.principal * term, over, under) != row.interest:
        term = max(1, months_apart(plan.starts_on, row.due_on))
    ends = [due_date(row.due_on, -back) for back in range(term - 1, -1, -1)]
    if course.opening > plan.starts_on:
        return [end for end in ends if end > course.opening]
    return ends


def _days_after_term(course: Course, as_of: date, outstanding: int) -> list[date]:
    """The day of the month on which instalments fell due, in each month after the last one until the loan is paid."""
    first, last = course.plan.instalments[0].due_on, course.plan.instalments[-1].due_on
    paid_on = course.paid[-1].on if course.paid and outstanding <= 0 else None
    if outstanding <= 0 and (paid_on is None or paid_on <= last):
        return []
    days: list[date] = []
    months = months_apart(first, last) + 1
    while (day := due_date(first, months)) <= as_of:
        if day > course.opening:
            days.append(day)
        if paid_on is not None and day >= paid_on:
            break
        months += 1
    return days


def _worth(days: list[date], amounts: list[int], over: int, under: int) -> list[tuple[date, int]]:
    rows = [(day, half_up(amount, over, under)) for day, amount in zip(days, amounts, strict=True)]
    return [row for row in rows if row[1]]


def _balances(course: Course, days: list[date]) -> list[int]:
    """What was outstanding at the start of each day; the days stand in order."""
    balance, paid, index = course.principal, course.paid, 0
    count = len(paid)
    found = []
    for day in days:
        while index < count and paid[index].on < day:
            balance -= paid[index].principal
            index += 1
        found.append(balance)
    return found


def _balance_days(course: Course, days: list[date]) -> list[int]:
    """The sum of what was outstanding each day, from one of the days (at first the opening) to the next."""
    balance, since, paid, index = course.principal, course.opening, course.paid, 0
    count = len(paid)
    found = []
    for day in days:
        gathered = 0
        while index < count and paid[index].on < day:
            on = paid[index].on
            gathered += balance * (on - since).days
            balance -= paid[index].principal
            since = on
            index += 1
        found.append(gathered + balance * (day - since).days)
        since = day
    return found
