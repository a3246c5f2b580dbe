"""What is found of a closed year: in the open year, against what the pool kept, by resolution and two people, once."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from funds.errors import OperationReused
from funds.journal import reverse_entry
from funds.money_errors import PoolHasNotEnough
from funds.selectors import code_balances
from members.cosign import SignerIsAsker, SignerLacksRight, sign
from members.services import record_resolution
from reports.verification import damage_of
from shareout.errors import FindingDone, FindingOfOpenYear
from shareout.guards import GUARDS
from shareout.models import LateFinding
from shareout.selectors.findings import waiting_findings
from shareout.services.findings import (
    FindingInput,
    approve_finding,
    approve_signed_finding,
    ask_finding_signature,
    cancel_finding,
    request_finding,
)
from tests.funds.ledger import assert_entry, assert_ledger_row
from tests.shareout.sharing import FEBRUARY_14, FEBRUARY_20, NOW, Sharing
from tests.village import PASSWORD, TestVillage

pytestmark = pytest.mark.django_db


@pytest.fixture
def sharing(village: TestVillage) -> Iterator[Sharing]:
    with time_machine.travel(NOW, tick=False):
        found = Sharing(village)
        found.close()
        yield found


def ask(sharing, satang=50_00, *, more=True, account=("O1200", ""), operation=None, **changed):
    finding = FindingInput(
        year=changed.get("year", sharing.year), is_more=more, account=account, satang=satang,
        memo="ดอกเบี้ยธนาคาร 30 ธ.ค.", resolution=sharing.meeting(),
    )  # fmt: skip
    return request_finding(
        group=sharing.group, finding=finding, operation=operation or uuid4(), by=sharing.village.treasurer
    )


@pytest.mark.parametrize("account", [("O1200", ""), ("O1100", ""), ("A1100", ""), ("A1200", "")])
@pytest.mark.parametrize("more", [True, False])
def test_more_or_less_goes_to_what_the_pool_keeps_today(sharing, account, more):
    if account[0].startswith("A"):
        sharing.post("income", (*account, 90_00), ("A4900", "", -90_00), on=FEBRUARY_20)
    before = list(damage_of(sharing.group))
    kept = "O3900" if account[0].startswith("O") else "A3100"
    entry = approve_finding(finding=ask(sharing, more=more, account=account), by=sharing.village.auditor).entry
    lines = [[(*account, 50_00)], [(kept, 50_00)]]
    debits, credits_ = lines if more else lines[::-1]
    assert_entry(entry, debits=debits, credits=credits_)
    assert_ledger_row(f"a closed year is found to have had {'more' if more else 'less'} money", entry)
    assert (entry.booked_on, entry.maker, entry.approvers) == (
        FEBRUARY_20, sharing.village.treasurer.code, [sharing.village.auditor.code],
    )  # fmt: skip
    assert list(damage_of(sharing.group)) == before


def test_money_whose_owner_never_came_becomes_the_groups_own(sharing):
    sharing.post("income", ("O1200", "", 70_00), ("O4500", "", -70_00), on=FEBRUARY_20)
    sharing.post("receipt", ("O1200", "", 70_00), ("O2600", "", -70_00), on=FEBRUARY_20)
    entry = approve_finding(finding=ask(sharing, 70_00, account=("O2600", "")), by=sharing.village.auditor).entry
    assert_entry(entry, debits=[("O2600", 70_00)], credits=[("O3900", 70_00)])
    with pytest.raises(IntegrityError, match="late_finding_unknown_owner"), transaction.atomic():
        ask(sharing, 1_00, account=("O2600", ""), more=False)


def test_two_people_and_once(sharing):
    operation = uuid4()
    row = ask(sharing, operation=operation)
    assert ask(sharing, operation=operation) == row
    with pytest.raises(OperationReused):
        ask(sharing, 51_00, operation=operation)
    for officer, refusal in (
        (sharing.village.treasurer, SignerIsAsker),
        (sharing.village.user("Prani"), SignerLacksRight),
    ):
        with pytest.raises(refusal):
            approve_finding(finding=row, by=officer)
    assert [each.satang for each in waiting_findings(sharing.group, sharing.village.auditor)] == [50_00]
    first = approve_finding(finding=row, by=sharing.village.auditor)
    assert approve_finding(finding=row, by=sharing.village.auditor).entry == first.entry
    with pytest.raises(FindingDone):
        approve_finding(finding=row, by=sharing.village.chair)
    with pytest.raises(FindingDone):
        cancel_finding(finding=row, by=sharing.village.treasurer)
    assert code_balances(sharing.group, ["O3900"])["O3900"] == -1_050_00


def test_an_open_year_is_put_right_in_itself(sharing):
    later = sharing.post("income", ("O1200", "", 1_00), ("O4300", "", -1_00), on=FEBRUARY_20)
    year = sharing.year.__class__.objects.get(group=sharing.group, year=2570)
    assert later.booked_on >= year.starts_on
    with pytest.raises(FindingOfOpenYear, match="2570"):
        ask(sharing, year=year)


def test_what_shall_leave_is_held_until_it_is_decided(sharing):
    bank = code_balances(sharing.group, ["O1200"])["O1200"]
    row = ask(sharing, bank, more=False)
    with pytest.raises(PoolHasNotEnough):
        ask(sharing, 1_00, more=False)
    cancel_finding(finding=row, by=sharing.village.treasurer)
    assert ask(sharing, bank, more=False).hold is not None


def test_at_one_laptop_the_second_officer_signs(sharing):
    row = ask(sharing)
    signature = ask_finding_signature(finding=row)
    sign(signature=signature, username="wichai", password=PASSWORD, address="127.0.0.1")
    assert approve_signed_finding(finding=row).approved_by == sharing.village.auditor
    assert approve_signed_finding(finding=row).entry is not None


def test_a_finding_may_itself_be_reversed(sharing):
    before = list(damage_of(sharing.group))
    done = approve_finding(finding=ask(sharing), by=sharing.village.auditor)
    reverse_entry(
        entry=done.entry, by=sharing.village.treasurer, ok=[sharing.village.auditor], operation=uuid4(), reason="ผิด"
    )
    assert code_balances(sharing.group, ["O3900"])["O3900"] == -1_000_00
    assert list(damage_of(sharing.group)) == before


def test_a_finding_goes_from_the_page_to_the_books(sharing, client):
    group, resolution = sharing.group, sharing.meeting()
    client.force_login(sharing.village.treasurer)
    url = reverse("shareout:finding-new", args=[group.code])
    data = {
        "year": sharing.year.pk, "memo": "ดอกเบี้ยธนาคาร", "effect": "more", "place": "O1200:", "satang": "50",
        "resolution": resolution.pk, "operation": uuid4(),
    }  # fmt: skip
    assert client.get(url).status_code == 200
    assert client.post(url, data | {"resolution": ""}).status_code == 200
    client.post(url, data)
    row = LateFinding.objects.get()
    page = reverse("shareout:finding", args=[group.code, row.pk])
    client.post(page, {"act": "approve"})
    assert LateFinding.objects.get().is_waiting
    client.force_login(sharing.village.auditor)
    assert page in client.get(reverse("funds:approvals", args=[group.code])).content.decode()
    client.post(page, {"act": "approve"})
    row.refresh_from_db()
    assert row.entry is not None
    shown = client.get(reverse("shareout:findings", args=[group.code])).content.decode()
    assert "ดอกเบี้ยธนาคาร" in shown
    assert "50" in client.get(reverse("shareout:findings", args=[group.code]), {"format": "csv"}).content.decode()
    found = client.get(reverse("shareout:findings", args=[group.code]), {"entry": row.entry.n})
    assert found.url == reverse("funds:reverse", args=[group.code, row.entry.n])


FORGED = {
    "the amount": ("UPDATE shareout_latefinding SET satang = satang + 1", "satcha:frozen"),
    "the resolution": ("UPDATE shareout_latefinding SET resolution_id = resolution_id + 1", "satcha:frozen"),
    "the side": ("UPDATE shareout_latefinding SET is_more = NOT is_more", "satcha:frozen"),
    "who approved": (
        "UPDATE shareout_latefinding SET approved_by_id = (SELECT max(id) FROM members_user)", "satcha:set_once",
    ),
    "a finding gone": ("DELETE FROM shareout_latefinding", "satcha:kept"),
}  # fmt: skip


@pytest.mark.parametrize("forged", FORGED)
def test_a_finding_does_not_change_by_sql(sharing, forged):
    approve_finding(finding=ask(sharing), by=sharing.village.auditor)
    statement, words = FORGED[forged]
    with connection.cursor() as cursor:
        with pytest.raises(IntegrityError, match=words), transaction.atomic():
            cursor.execute(statement)
        GUARDS.drop(connection)
        with transaction.atomic():
            cursor.execute(statement)
            assert cursor.rowcount > 0, "the guard is what refused"
            transaction.set_rollback(True)


def test_a_finding_is_of_a_year_and_a_resolution_of_its_group_and_posted_by_its_own_entry(sharing):
    neighbour = sharing.village.neighbour.group
    strange = record_resolution(
        group=neighbour, number="1", decided_on=FEBRUARY_14, subject="ก", by=sharing.village.neighbour.secretary
    )
    row = ask(sharing)
    posted = f"entry_id = {sharing.year.closing_id}, approved_by_id = {sharing.village.auditor.pk}"
    copied = "INSERT INTO shareout_latefinding ({0}) SELECT {1} FROM shareout_latefinding WHERE id = {2}"
    fields = [field.column for field in LateFinding._meta.concrete_fields if field.column not in ("id", "hold_id")]
    given = {"operation": f"'{uuid4().hex}'", "resolution_id": str(strange.pk)}
    values = ", ".join(given.get(name, name) for name in fields)
    if connection.vendor == "postgresql":
        values = values.replace(given["operation"], given["operation"] + "::uuid")
    forged = {
        "satcha:not_its_entry": f"UPDATE shareout_latefinding SET {posted}, approved_at = requested_at",
        "satcha:of_other_group": copied.format(", ".join(fields), values, row.pk),
    }
    for words, statement in forged.items():
        with connection.cursor() as cursor, pytest.raises(IntegrityError, match=words), transaction.atomic():
            cursor.execute(statement)
    GUARDS.drop(connection)
    for statement in forged.values():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            assert cursor.rowcount > 0
            transaction.set_rollback(True)


def test_a_finding_whose_entry_says_something_else_is_found(sharing):
    done = approve_finding(finding=ask(sharing), by=sharing.village.auditor)
    assert sharing.found() == []
    GUARDS.drop(connection)
    LateFinding.objects.update(satang=51_00)
    assert [(rule, n) for rule, n, _text in sharing.found()] == [("late-finding", done.entry.n)]
    LateFinding.objects.update(satang=50_00, is_more=False)
    assert [rule for rule, _n, _text in sharing.found()] == ["late-finding"]
