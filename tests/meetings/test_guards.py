"""What the database itself refuses of a closed meeting, past every line of Python."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from meetings.guards import LINES, MEETING, drop_guards, install_guards
from meetings.models import CashCount, Meeting, PaymentLine, RestReceived, SheetRow
from meetings.services.rows import receive_rest
from members.models import Member

FORGED = {
    "a row's sum": "UPDATE meetings_sheetrow SET pledge_satang = pledge_satang + 1",
    "a row's attendance": "UPDATE meetings_sheetrow SET present = NOT present",
    "a row's receipt": "UPDATE meetings_sheetrow SET entry_id = NULL",
    "a row gone": "DELETE FROM meetings_sheetrow",
    "a payment's sum": "UPDATE meetings_paymentline SET satang = satang + 1",
    "a payment's second officer": "UPDATE meetings_paymentline SET cosigned_at = requested_at",
    "a payment gone": "DELETE FROM meetings_paymentline",
    "a count's sum": "UPDATE meetings_cashcount SET counted_satang = counted_satang + 1",
    "a count set aside": "UPDATE meetings_cashcount SET set_aside_at = counted_at",
    "a count gone": "DELETE FROM meetings_cashcount",
    "a sweep gone": "DELETE FROM meetings_restreceived",
    "an enterer gone": "DELETE FROM meetings_meeting_enterers",
    "the meeting reopened": "UPDATE meetings_meeting SET status = 'open', close_entry_id = NULL, closed_at = NULL",
    "the meeting's day": "UPDATE meetings_meeting SET held_on = '2026-11-04'",
    "the officers": "UPDATE meetings_meeting SET closed_by_id = verified_by_id, verified_by_id = closed_by_id",
}
ADDED = {
    "meetings_sheetrow": (SheetRow, {"entry": None}),
    "meetings_paymentline": (PaymentLine, {"state": "requested", "entry": None, "hold": None}),
    "meetings_cashcount": (CashCount, {"number": 9, "set_aside_at": timezone.now()}),
    "meetings_restreceived": (RestReceived, {}),
}


@pytest.fixture
def closed(evening):
    evening.receive("Prani", pledge=200_00, special=50_00)
    evening.pay(kind="bank_carry", satang=50_00, code="O1200", slip_ref="B-1")
    receive_rest(meeting=evening.meeting, operation=uuid4(), by=evening.village.treasurer)
    return evening.finish()


def execute(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.rowcount


def newcomer(group):
    return Member.objects.create(
        group=group, number=900, first_name="มาใหม่", status=Member.Status.ACTIVE, admitted_on=date(2026, 11, 5)
    )


def copied(model, **changes):
    """A further row like one that is there, unsaved."""
    row = model.objects.first()
    row.pk, row.operation = None, uuid4()
    for name, value in changes.items():
        setattr(row, name, value)
    return row


@pytest.mark.parametrize("forged", FORGED)
def test_a_closed_meeting_does_not_change_by_sql(closed, forged):
    with pytest.raises(DatabaseError, match="meeting:closed"):
        execute(FORGED[forged])
    drop_guards(connection)
    assert execute(FORGED[forged]) > 0, "the guard is what refused"


def test_while_a_meeting_is_open_its_lines_are_changed(evening):
    evening.receive("Prani", pledge=200_00)
    assert execute("UPDATE meetings_sheetrow SET pledge_satang = 100") == 1
    assert execute("DELETE FROM meetings_sheetrow") == 1


@pytest.mark.parametrize("table", ADDED)
def test_nothing_is_slipped_into_a_closed_meeting(closed, table):
    model, changes = ADDED[table]
    if model is SheetRow:
        changes = {**changes, "member": newcomer(closed.group)}
    late = copied(model, **changes)
    with pytest.raises(DatabaseError, match="meeting:closed"), transaction.atomic():
        late.save(force_insert=True)
    drop_guards(connection)
    late.save(force_insert=True)


def test_a_line_is_not_moved_into_a_closed_meeting(closed, evening):
    later = evening.open(held_on=closed.held_on.replace(day=6))
    copied(SheetRow, member=newcomer(closed.group), meeting=later, entry=None).save(force_insert=True)
    with pytest.raises(DatabaseError, match="meeting:closed"):
        execute(f"UPDATE meetings_sheetrow SET meeting_id = {closed.pk} WHERE meeting_id = {later.pk}")


def test_a_meeting_from_paper_takes_its_lines_and_keeps_them(closed):
    drop_guards(connection)
    Meeting.objects.filter(pk=closed.pk).update(from_paper=True)
    connection.check_constraints()  # PostgreSQL alters no table whose rows still wait for their foreign keys
    install_guards(connection)
    copied(CashCount, number=9, set_aside_at=closed.closed_at).save(force_insert=True)
    with pytest.raises(DatabaseError, match="meeting:closed"):
        execute("DELETE FROM meetings_cashcount")


@pytest.mark.postgres
@pytest.mark.parametrize("table", [MEETING, *LINES])
def test_no_table_of_the_meeting_day_is_emptied(closed, table):
    with pytest.raises(DatabaseError, match="meeting:closed"):
        execute(f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {table} CASCADE")
