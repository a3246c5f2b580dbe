"""What the database itself refuses about acts, new schedules and letters, past every line of Python."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from loans.guards import GUARDS
from loans.models import Letter, LoanAct
from loans.services.letters import note_sent, write_notices, write_reminder
from members.models import PassbookAccess
from tests.loans.acting import NOV_22, Acting, Kind
from tests.village import TestVillage

FORGED = {
    "an act's amount": ("UPDATE loans_loanact SET satang = satang - 100", "satcha:frozen"),
    "an act's figures": ("UPDATE loans_loanact SET content = '{}'", "satcha:frozen"),
    "an act's day": ("UPDATE loans_loanact SET done_on = '2026-11-01' WHERE entry_id IS NULL", "satcha:frozen"),
    "an act's resolution": ("UPDATE loans_loanact SET resolution_id = NULL", "satcha:frozen"),
    "an act gone": ("DELETE FROM loans_loanact WHERE kind = 'write_off'", "satcha:kept"),
    "an act approved by another": (
        "UPDATE loans_loanact SET approved_by_id = (SELECT min(sent_by_id) FROM loans_letter) WHERE entry_id > 0",
        "satcha:set_once",
    ),
    "a schedule's principal": ("UPDATE loans_scheduleversion SET satang = satang - 100", "satcha:added_only"),
    "a schedule gone": ("DELETE FROM loans_scheduleversion WHERE version = 2", "satcha:kept"),
    "an instalment's day": ("UPDATE loans_scheduledinstalment SET due_on = '2030-01-01'", "satcha:added_only"),
    "a letter's amount": ("UPDATE loans_letter SET owed_satang = 1", "satcha:frozen"),
    "a letter's day": ("UPDATE loans_letter SET written_on = '2026-09-06'", "satcha:frozen"),
    "a letter gone": ("DELETE FROM loans_letter", "satcha:kept"),
    "the day of sending": (
        "UPDATE loans_letter SET sent_on = '2026-11-23' WHERE sent_on IS NOT NULL",
        "satcha:set_once",
    ),
    "the number of posting": ("UPDATE loans_letter SET sent_ref = 'x' WHERE sent_on IS NOT NULL", "satcha:set_once"),
}


@pytest.fixture
def lending(time_machine: Any, village: TestVillage) -> Acting:
    """A loan with letters, of which the reminder is sent, a new schedule, and a write-off that waits."""
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)
    found = Acting(village)
    loan = found.lend()
    by = village.secretary
    reminder = write_reminder(loan=loan, by=by)
    note_sent(letter=reminder, sent_on=NOV_22, sent_ref="RT 1", by=by)
    write_notices(loan=loan, by=by)
    found.reschedule(loan)
    found.ask(Kind.WRITE_OFF, loan)
    return found


def execute(statement: str) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.rowcount


@pytest.mark.parametrize("what", sorted(FORGED))
def test_what_was_written_stays(lending: Acting, what: str) -> None:
    statement, words = FORGED[what]
    with pytest.raises(IntegrityError, match=words):
        execute(statement)
    GUARDS.drop(connection)
    if what != "an act's resolution":  # a constraint refuses that too
        with transaction.atomic():
            assert execute(statement) > 0, "the guard is what refused"
            transaction.set_rollback(True)  # keys that point here would refuse it in the end


def waiting(lending: Acting) -> LoanAct:
    return LoanAct.objects.get(group=lending.group, kind=Kind.WRITE_OFF)


def post(lending: Acting, entry: Any, by: Any) -> None:
    now = timezone.now()
    with transaction.atomic():
        LoanAct.objects.filter(pk=waiting(lending).pk).update(entry=entry, approved_by=by, approved_at=now)


def test_an_act_is_posted_by_an_entry_of_its_kind_and_day(lending: Acting) -> None:
    act = waiting(lending)
    wrong = lending.post("donation", ("O1100", "", 1_00), ("O3300", "", -1_00), on=NOV_22)
    with pytest.raises(IntegrityError, match="not_as_posted"):
        post(lending, wrong, lending.village.auditor)
    moves = ("O5400", "", act.satang), ("O1300", act.loan.number if act.loan else "", -act.satang)
    early = lending.post("loan_write_off", *moves, on=date(2026, 11, 21))
    with pytest.raises(IntegrityError, match="not_as_posted"):
        post(lending, early, lending.village.auditor)


def test_neither_borrower_nor_guarantor_approves(lending: Acting) -> None:
    act = waiting(lending)
    moves = ("O5400", "", act.satang), ("O1300", act.loan.number if act.loan else "", -act.satang)
    entry = lending.post("loan_write_off", *moves, on=NOV_22)
    PassbookAccess.objects.create(member=lending["Boonmee"], user=lending.village.auditor, relation="child")
    with pytest.raises(IntegrityError, match="own_business"):
        post(lending, entry, lending.village.auditor)
    post(lending, entry, lending.village.chair)


def copied(row: Any, **changes: Any) -> None:
    """Write a row's copy with changes."""
    for name, value in {"pk": None, "id": None, **changes}.items():
        setattr(row, name, value)
    row._state.adding = True
    with transaction.atomic():
        row.save(force_insert=True)


def test_acts_and_letters_belong_to_their_loans_group(lending: Acting) -> None:
    other = lending.village.neighbour.group
    with pytest.raises(IntegrityError, match="of_other_group"):
        copied(waiting(lending), group=other, operation="6f1c0a52-3b0e-4c55-9f0a-000000000001")
    with pytest.raises(IntegrityError, match="of_other_group"):
        copied(Letter.objects.filter(kind="reminder").get(), group=other, number=99)
    strange = lending.lend("Kasem", guarantors=("Prani",))
    notice = Letter.objects.filter(kind="demand").first()
    with pytest.raises(IntegrityError, match="of_other_group"):
        copied(notice, loan=strange, number=99)


def test_a_debt_is_given_up_by_the_general_meeting_alone(lending: Acting) -> None:
    with pytest.raises(IntegrityError, match="not_by_general_meeting"):
        copied(waiting(lending), resolution=lending.resolve(), operation="6f1c0a52-3b0e-4c55-9f0a-000000000002")


def test_nothing_is_sent_before_it_is_written(lending: Acting) -> None:
    rows = Letter.objects.filter(kind="demand")
    with pytest.raises(IntegrityError, match="sent_before_written"), transaction.atomic():
        rows.update(sent_on=date(2026, 11, 21), sent_by=lending.village.secretary, sent_ref="RT 2")
