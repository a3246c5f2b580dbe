"""A village that lends, with what its officers do when a loan goes badly."""

from datetime import date
from typing import Any
from uuid import uuid4

from funds.journal import reverse_entry
from funds.selectors import code_balances
from loans.checks import CHECKS
from loans.models import Loan, LoanAct
from loans.selectors.act_plans import ActAsked, live_guarantees
from loans.services.acts import approve_act, request_act
from members.models import Resolution
from members.services import record_resolution
from tests.loans.cast import AUGUST_5, Lending

NOV_22, DEC_5 = date(2026, 11, 22), date(2026, 12, 5)
Kind = LoanAct.Kind


class Acting(Lending):
    """A village that lends, with what its officers do when a loan goes badly."""

    def general(self, number: str = "G1/2569") -> Resolution:
        known = Resolution.objects.filter(group=self.group, number=number).first()
        return known or record_resolution(
            group=self.group, number=number, decided_on=AUGUST_5, subject="ประชุมใหญ่", by=self.village.secretary,
            body=Resolution.Body.GENERAL,
        )  # fmt: skip

    def ask(self, kind: str, loan: Loan | None, **given: Any) -> LoanAct:
        """Somporn asks, on the resolution that the kind needs."""
        by, operation = given.pop("by", self.village.treasurer), given.pop("operation", uuid4())
        needed = self.general() if kind == Kind.WRITE_OFF else self.resolve() if loan else None
        resolution, reason = given.pop("resolution", needed), given.pop("reason", "น้ำท่วมนา")
        asked = ActAsked(kind=kind, loan=loan, on=given.pop("on", NOV_22), **given)
        return request_act(
            group=self.group, asked=asked, reason=reason, resolution=resolution, operation=operation, by=by
        )

    def do(self, kind: str, loan: Loan | None, **given: Any) -> LoanAct:
        """Asked for by Somporn, approved by Wichai."""
        return approve_act(act=self.ask(kind, loan, **given), by=self.village.auditor)

    def reschedule(self, loan: Loan, **given: Any) -> LoanAct:
        everyone = frozenset(each.pk for each in live_guarantees(loan))
        return self.do(Kind.RESCHEDULE, loan, **{"instalments": 10, "first_due_on": DEC_5, "agreed": everyone, **given})

    def undo(self, act: LoanAct) -> Any:
        """Reverse an act's entry: by Somporn, approved by Wichai."""
        assert act.entry is not None
        return reverse_entry(
            entry=act.entry, by=self.village.treasurer, ok=[self.village.auditor], operation=uuid4(), reason="ผิด"
        )

    def found(self) -> list[tuple[str, int, str]]:
        """What the checks of the loans find, the limits by savings apart: the cast grants without asking."""
        return [each for check in CHECKS if check.__name__ != "check_limits" for each in check(self.group)]

    def sums(self, *codes: str) -> dict[str, int]:
        return code_balances(self.group, codes)
