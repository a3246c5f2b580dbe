"""A village with a row in every table of the loans."""

from uuid import uuid4

from django.db.models import Model

from loans.models import CommitteeVote
from loans.services.committee import Verdict
from loans.services.decisions import propose_decisions
from loans.services.letters import note_sent, write_notices, write_reminder
from loans.services.receipts import LoanMoney, record_loan_receipt
from tests.loans.acting import NOV_22, Acting, Kind
from tests.village import TestVillage


class Everything(Acting):
    """Somchai's loan with Boonmee's guarantee: paid out, paid on, late, written to, with a new schedule and a write-off
    that waits; the vote behind it; Kasem's application, decided and waiting for the second officer.
    """

    def __init__(self, village: TestVillage) -> None:
        super().__init__(village)
        self.save("Boonmee", 20_000_00)
        self.save("Kasem", 5_000_00)
        self.loan = self.lend()
        assert self.loan.application is not None
        CommitteeVote.objects.create(decision=self.loan.application.decision, voter=village.chair, vote="for")
        by = village.secretary
        note_sent(letter=write_reminder(loan=self.loan, by=by), sent_on=NOV_22, sent_ref="RT 1", by=by)
        write_notices(loan=self.loan, by=by)
        amounts = {self.loan.pk: 1_120_00}
        given = {"payer": self["Somchai"], "received_on": NOV_22, "amounts": amounts, "way": "transfer"}
        money = LoanMoney(slip_ref="S-1", **given)  # type: ignore[arg-type]
        record_loan_receipt(group=self.group, money=money, operation=uuid4(), by=village.treasurer)
        self.reschedule(self.loan)
        self.ask(Kind.WRITE_OFF, self.loan)
        self._kasem(village)

    def _kasem(self, village: TestVillage) -> None:
        asked = self.apply("Kasem", 1_000_00)
        votes = {user.pk: "for" for user in (village.chair, village.secretary)}
        verdict = Verdict(application=asked, outcome="approved", satang=1_000_00, instalments=12, votes=votes)
        propose_decisions(
            group=self.group,
            verdicts=[verdict],
            resolution=self.resolve("12/2569", NOV_22),
            operation=uuid4(),
            by=village.secretary,
        )


def values_of(row: Model, **changed: object) -> dict[str, object]:
    """A row's columns as they stand, some of them changed; without its key."""
    found = type(row)._default_manager.values().get(pk=row.pk) | changed
    found.pop("id", None)
    return {name: value for name, value in found.items() if value is not None}
