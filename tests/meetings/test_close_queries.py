"""The close is a handful of statements, however many members came."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.models import SheetRow
from meetings.services.rows import receive_rest
from members.models import Member
from savings.models import PledgeMonth, PledgePeriod
from tests.meetings.evening import Evening, vow

HANDFUL = 55  # the first close of a group with every kind of line, a first book and its product; savepoints counted too


def join_many(village, count):
    """Let so many more members vow 100 baht a month from November on."""
    members = Member.objects.bulk_create(
        Member(
            group=village.group,
            number=1000 + place,
            title="นาย",
            first_name=f"คนที่{place}",
            last_name="มาใหม่",
            status=Member.Status.ACTIVE,
            admitted_on=date(2026, 11, 1),
        )
        for place in range(count)
    )
    PledgePeriod.objects.bulk_create(
        PledgePeriod(group=village.group, member=member, satang=100_00, starts_on=date(2026, 11, 1))
        for member in members
    )


def queries_of_a_close(evening):
    village = evening.village
    evening.receive("Prani", pledge=200_00, special=50_00, fee=20_00, method="transfer", slip_ref="T-1")
    receive_rest(meeting=evening.meeting, operation=uuid4(), by=village.treasurer)
    evening.pay(kind="bank_carry", satang=50_00, code="O1200", slip_ref="B-1")
    evening.count(off_by=-1_00, reason="ทอนผิด")
    operation, fingerprint = evening.sign()
    with CaptureQueriesContext(connection) as captured:
        evening.close(operation, fingerprint)
    return len(captured)


@pytest.mark.parametrize("members", [1, 300])
def test_a_close_is_a_handful_of_statements_however_many_came(village, members):
    vow(village, "Prani", 200)
    join_many(village, members)
    assert queries_of_a_close(Evening(village)) <= HANDFUL
    assert SheetRow.objects.filter(entry__isnull=False).count() == members + 1
    assert PledgeMonth.objects.count() == members + 1
