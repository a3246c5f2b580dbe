"""A loan lived day by day, in fractions: slow and plain, to hold `loans.standing` against."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from loans.schedule import DayCount, Method, Rhythm, due_date
from loans.standing import Plan, Terms


def rounded(amount: Fraction) -> int:
    return floor(amount + Fraction(1, 2))


@dataclass
class Life:
    """One plan from its payout on; `term` is the months of a single payment."""

    terms: Terms
    plan: Plan
    term: int
    day: date = field(init=False)

    def __post_init__(self) -> None:
        self.day = self.plan.starts_on
        self.balance = self.start_of_day = self.plan.principal
        self.gathered = Fraction(0)  # of the period under way
        self.fallen_due: list[tuple[date, int]] = []
        self.late = [Fraction(0) for _ in self.plan.instalments]
        self.paid_principal = self.paid_interest = self.paid_fine = 0
        last = self.plan.instalments[-1].due_on
        first = self.plan.instalments[0].due_on
        self.dues = {row.due_on: row for row in self.plan.instalments}
        self.after = {due_date(first, months) for months in range(1, 200) if due_date(first, months) > last}
        self.ends = {due_date(last, -back) for back in range(self.term)}

    def unpaid_parts(self) -> list[int]:
        left = self.paid_principal
        rests = []
        for row in self.plan.instalments:
            rests.append(row.principal - min(left, row.principal))
            left -= min(left, row.principal)
        return rests

    def _is_boundary(self) -> bool:
        return self.day in self.dues or self.day in self.after or self.day == self.plan.starts_on

    def _interest_if_today_were_due(self) -> int:
        rate = self.terms.monthly_rate
        is_bullet = self.terms.rhythm in (Rhythm.INTEREST_ONLY, Rhythm.SINGLE_PAYMENT)
        is_over = self.day > self.plan.instalments[-1].due_on
        if self.terms.method == Method.FLAT and not is_bullet:
            row = next((row for row in self.plan.instalments if row.due_on >= self.day), None)
            if self.start_of_day <= 0:
                return 0
            return row.interest if row else rounded(self.start_of_day * rate)
        if self.terms.day_count == DayCount.DAYS_365:
            return rounded(self.gathered)
        if self.terms.rhythm == Rhythm.SINGLE_PAYMENT and not is_over:
            month = 0 if self.day in self.ends else self.start_of_day * rate
            return rounded(self.gathered + month)
        return rounded(self.start_of_day * rate)

    def started(self) -> int:
        return 0 if self._is_boundary() else self._interest_if_today_were_due()

    def next_day(self) -> None:
        if self.terms.day_count == DayCount.DAYS_365:
            self.gathered += self.balance * 12 * self.terms.monthly_rate / 365
        parts = self.unpaid_parts()
        for index, row in enumerate(self.plan.instalments):
            if row.due_on <= self.day:
                self.late[index] += parts[index] * 12 * self.terms.late_rate / 365
        self.day += timedelta(days=1)
        self.start_of_day = self.balance
        is_single = self.terms.rhythm == Rhythm.SINGLE_PAYMENT and self.terms.day_count == DayCount.MONTHS
        if is_single and self.day in self.ends:
            self.gathered += self.balance * self.terms.monthly_rate
        if self.day in self.dues or self.day in self.after:
            self.fallen_due.append((self.day, self._interest_if_today_were_due()))
            self.gathered = Fraction(0)

    def pay(self, principal: int, interest: int, fine: int) -> None:
        self.balance -= principal
        self.paid_principal += principal
        self.paid_interest += interest
        self.paid_fine += fine

    def interest_owed(self) -> int:
        return max(0, sum(interest for _, interest in self.fallen_due) - self.paid_interest)

    def fine_owed(self) -> int:
        return max(0, sum(rounded(charge) for charge in self.late) - self.paid_fine)

    def settlement_interest(self) -> int:
        credit = max(0, self.paid_interest - sum(interest for _, interest in self.fallen_due))
        return max(0, self.started() - credit)

    def principal_due(self, *, before: bool = False) -> int:
        rows = zip(self.plan.instalments, self.unpaid_parts(), strict=True)
        return sum(rest for row, rest in rows if row.due_on < self.day or (row.due_on == self.day and not before))
