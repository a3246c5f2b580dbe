"""A committee of three before one application."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from loans.models import DecisionProposal, LoanApplication
from loans.selectors.decisions import interests
from loans.services.committee import Verdict
from loans.services.decisions import NewResolution, propose_decisions
from members.models import Office, User
from tests.loans.cast import Lending
from tests.village import TestVillage

NOVEMBER_5, NOVEMBER_20 = date(2026, 11, 5), date(2026, 11, 20)
FOR, AGAINST, LEFT = "for", "against", "left"


class Committee(Lending):
    """Anong and Malee decide, and with them Prani of the loan committee; Somchai has saved 5,000 baht."""

    def __init__(self, village: TestVillage) -> None:
        super().__init__(village)
        self.prani = village.user("Prani")
        Office.objects.create(
            group=self.group, user=self.prani, role="loan", starts_on=date(2026, 1, 1), member=village.member("Prani")
        )
        self.people = (village.chair, village.secretary, self.prani)
        self.save("Somchai", 5_000_00)
        self.asked = self.apply(on=NOVEMBER_5)

    def votes(self, *words: str, people: tuple[User, ...] | None = None) -> dict[int, str]:
        given = words or (FOR,) * 3
        return {user.pk: word for user, word in zip(people or self.people, given, strict=False) if word}

    def verdict(self, application: LoanApplication | None = None, **fields: Any) -> Verdict:
        asked = application or self.asked
        given: dict[str, Any] = {"outcome": "approved", "satang": asked.satang, "instalments": 12, **fields}
        return Verdict(application=asked, **{"votes": self.votes(), **given})

    def propose(self, *verdicts: Verdict, by: User | None = None, **rest: Any) -> list[DecisionProposal]:
        new = NewResolution(number="4/2569", decided_on=NOVEMBER_20, subject="พิจารณาเงินกู้")
        given = {"resolution": new, "operation": uuid4(), **rest}
        return propose_decisions(
            group=self.group, verdicts=verdicts or (self.verdict(),), by=by or self.village.secretary, **given
        )


@pytest.fixture
def committee(time_machine: Any, village: TestVillage) -> Committee:
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)
    return Committee(village)


def state(application: LoanApplication) -> str:
    application.refresh_from_db()
    return application.status


def interest(committee: Committee, application: LoanApplication | None = None) -> str:
    asked = application or committee.asked
    return interests(committee.group, [asked], [committee.prani])[asked.pk].get(committee.prani.pk, "")
