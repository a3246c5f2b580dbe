"""What the database itself refuses about a year's close, a share-out and its payments, past every line of Python."""

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from funds.models import Entry
from shareout.guards import GUARDS
from shareout.models import HeadAllotment, LateFinding, MemberShare, ShareOut, ShareOutPolicy, SharePayment, YearClosing
from shareout.services.share_outs import approve_adoption
from tests.funds.forge import insert
from tests.shareout.sharing import NOW, Sharing

KEPT, ADDED, FROZEN, ONCE = "satcha:kept", "satcha:added_only", "satcha:frozen", "satcha:set_once"
STRANGE, OWN, COMPLETE, OTHERS_ENTRY = (
    "satcha:of_other_group", "satcha:own_business", "satcha:adopted", "satcha:not_its_entry",
)  # fmt: skip
CLOSING, SHARE_OUT, HEAD = "shareout_yearclosing", "shareout_shareout", "shareout_headallotment"
SHARE, PAYMENT, POLICY = "shareout_membershare", "shareout_sharepayment", "shareout_shareoutpolicy"
ANOTHER = "(SELECT max(id) FROM members_user)"
LATER = "'2027-03-01 03:00:00'"
FORGED = {
    "the checklist that was signed": (f"UPDATE {CLOSING} SET checklist = '{{}}'", FROZEN),
    "the code that was signed": (f"UPDATE {CLOSING} SET fingerprint = 'x'", FROZEN),
    "who asked for the close": (f"UPDATE {CLOSING} SET requested_by_id = {ANOTHER}", FROZEN),
    "when the close was asked for": (f"UPDATE {CLOSING} SET requested_at = {LATER}", FROZEN),
    "who signed the close": (f"UPDATE {CLOSING} SET approved_by_id = {ANOTHER}", ONCE),
    "when the close was signed": (f"UPDATE {CLOSING} SET approved_at = {LATER}", ONCE),
    "a close without its entry": (
        f"UPDATE {CLOSING} SET entry_id = NULL, approved_by_id = NULL, approved_at = NULL", ONCE,
    ),
    "a close gone": (f"DELETE FROM {CLOSING}", KEPT),
    "the adopted percentages": (f"UPDATE {POLICY} SET heads = '[]'", FROZEN),
    "the adopted rule for arrears": (f"UPDATE {POLICY} SET arrears = 'withhold'", FROZEN),
    "the adopted snapshot": (f"UPDATE {SHARE_OUT} SET snapshot = '{{}}'", FROZEN),
    "the adopted policy": (f"UPDATE {SHARE_OUT} SET frozen_policy = '{{}}'", FROZEN),
    "the adopted code": (f"UPDATE {SHARE_OUT} SET fingerprint = 'x'", FROZEN),
    "the adopted sum": (f"UPDATE {SHARE_OUT} SET distributable = distributable + 100", FROZEN),
    "the day of the general meeting": (f"UPDATE {SHARE_OUT} SET held_on = '2027-02-01'", FROZEN),
    "who asked for the share-out": (f"UPDATE {SHARE_OUT} SET requested_by_id = {ANOTHER}", FROZEN),
    "who approved the share-out": (f"UPDATE {SHARE_OUT} SET approved_by_id = {ANOTHER}", ONCE),
    "who posted the share-out": (f"UPDATE {SHARE_OUT} SET posted_by_id = {ANOTHER}", ONCE),
    "a share-out not posted any more": (
        f"UPDATE {SHARE_OUT} SET posted_by_id = NULL, posted_at = NULL, first_entry_id = NULL, last_entry_id = NULL",
        ONCE,
    ),
    "a share-out's batch made shorter": (
        f"UPDATE {SHARE_OUT} SET first_entry_id = last_entry_id", ONCE,
    ),
    "a share-out gone": (f"DELETE FROM {SHARE_OUT}", KEPT),
    "what a head gets": (f"UPDATE {HEAD} SET satang = satang + 100", ADDED),
    "a head gone": (f"DELETE FROM {HEAD}", KEPT),
    "a member's dividend": (f"UPDATE {SHARE} SET dividend_satang = dividend_satang + 100", FROZEN),
    "a member's rebate": (f"UPDATE {SHARE} SET rebate_satang = rebate_satang + 100", FROZEN),
    "a member's weight": (f"UPDATE {SHARE} SET weight = weight + 1", FROZEN),
    "a member's interest": (f"UPDATE {SHARE} SET interest_satang = interest_satang + 1", FROZEN),
    "a share's entry": (f"UPDATE {SHARE} SET entry_id = NULL", ONCE),
    "a share gone": (f"DELETE FROM {SHARE}", KEPT),
    "what a member is paid": (f"UPDATE {PAYMENT} SET satang = satang + 100", FROZEN),
    "who is paid": (f"UPDATE {PAYMENT} SET member_id = member_id + 1", FROZEN),
    "the way of a payment": (f"UPDATE {PAYMENT} SET way = 'savings'", FROZEN),
    "the slip of a payment": (f"UPDATE {PAYMENT} SET slip_ref = 'S-9'", FROZEN),
    "the bank of a payment": (f"UPDATE {PAYMENT} SET bank_holder = '012-3'", FROZEN),
    "who asked for a payment": (f"UPDATE {PAYMENT} SET requested_by_id = {ANOTHER}", FROZEN),
    "when a payment was asked for": (f"UPDATE {PAYMENT} SET requested_at = {LATER}", FROZEN),
    "who approved a payment": (f"UPDATE {PAYMENT} SET approved_by_id = {ANOTHER} WHERE entry_id > 0", ONCE),
    "a payment not posted any more": (
        f"UPDATE {PAYMENT} SET entry_id = NULL, approved_by_id = NULL, approved_at = NULL", ONCE,
    ),
    "a payment gone": (f"DELETE FROM {PAYMENT}", KEPT),
}  # fmt: skip
TABLES = {
    CLOSING: YearClosing, SHARE_OUT: ShareOut, HEAD: HeadAllotment, SHARE: MemberShare, PAYMENT: SharePayment,
    "shareout_latefinding": LateFinding,
}  # fmt: skip


@pytest.fixture
def sharing(village):
    """A year closed by its row, divided, posted; Prani is paid, and what Kasem gets waits."""
    with time_machine.travel(NOW, tick=False):
        found = Sharing(village)
        found.close()
        entry = found.year.closing
        YearClosing.objects.create(
            group=found.group, year=found.year, operation=entry.operation, checklist={"operating": 1_000_00},
            fingerprint="-", requested_by=village.treasurer, requested_at=entry.recorded_at,
            approved_by=village.auditor, approved_at=entry.recorded_at, entry=entry,
        )  # fmt: skip
        found.done = found.posted()
        [found.paid] = found.pay("Prani")
        [found.asked] = found.ask("Kasem")
        LateFinding.objects.create(
            group=found.group, year=found.year, is_more=True, account_code="O1200", satang=1_00, memo="ดอกเบี้ย",
            resolution=found.meeting(), operation=uuid4(), requested_by=village.treasurer,
            requested_at=entry.recorded_at,
        )  # fmt: skip
        yield found


def execute(statement, values=()):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.rowcount


def refused_until_unguarded(statement, words, values=()):
    with pytest.raises(IntegrityError, match=words):
        execute(statement, values)
    GUARDS.drop(connection)
    with transaction.atomic():
        assert execute(statement, values) > 0, "the guard is what refused"
        transaction.set_rollback(True)  # keys that point here would refuse it in the end


@pytest.mark.parametrize("forged", FORGED)
def test_what_was_signed_adopted_and_paid_does_not_change_by_sql(sharing, forged):
    refused_until_unguarded(*FORGED[forged])


def payment(sharing, name, **columns):
    """A payment as an honest program would ask for it."""
    return {
        "group_id": sharing.group.pk,
        "member_id": sharing[name].pk,
        "operation": uuid4(),
        "satang": 1_00,
        "way": "cash",
        "bank_holder": "",
        "slip_ref": "",
        "requested_by_id": sharing.village.treasurer.pk,
        "requested_at": "2027-02-20 03:00:00",
        **columns,
    }


def copied(row, **columns):
    """A further row like one that stands, as SQL takes it."""
    found = {name: value for name, value in row.items() if name != "id" and value is not None}
    return {name: json.dumps(value) if isinstance(value, dict | list) else value for name, value in found.items()} | (
        columns
    )


@pytest.mark.parametrize("name", ["Somporn", "Wichai"])
def test_nobody_asks_for_or_approves_the_own_share_by_sql(sharing, name):
    asked = {"Somporn": {}, "Wichai": {"requested_by_id": sharing.village.auditor.pk}}[name]
    refused_until_unguarded(insert(PAYMENT, payment(sharing, name, **asked)), OWN)


def test_the_parent_does_not_pay_the_childs_share_by_sql(sharing):
    asked = payment(sharing, "Noi", requested_by_id=sharing.village.user("Prani").pk)
    sharing.village.user("Prani").passbooks.get_or_create(member=sharing["Noi"], defaults={"relation": "child"})
    refused_until_unguarded(insert(PAYMENT, asked), OWN)


def test_a_payment_is_of_a_member_of_its_group(sharing):
    strange = payment(sharing, "Prani", member_id=sharing.village.neighbour.member.pk)
    refused_until_unguarded(insert(PAYMENT, strange), STRANGE)


def test_a_payment_is_posted_by_its_own_entry_only(sharing):
    columns = f"entry_id = {sharing.done.last_entry_id}, approved_by_id = {sharing.village.auditor.pk}"
    statement = f"UPDATE {PAYMENT} SET {columns}, approved_at = requested_at WHERE id = {sharing.asked.pk}"
    refused_until_unguarded(statement, OTHERS_ENTRY)


@pytest.mark.parametrize("table", [CLOSING, SHARE_OUT, POLICY])
def test_close_share_out_and_policy_belong_to_the_group_of_their_year(sharing, table):
    row = {CLOSING: YearClosing, SHARE_OUT: ShareOut, POLICY: ShareOutPolicy}[table].objects.values().first()
    posted = ("entry_id", "approved_by_id", "approved_at", "posted_by_id", "posted_at", "first_entry_id")
    kept = {name: value for name, value in row.items() if name not in (*posted, "last_entry_id")}
    extra = {"group_id": sharing.village.neighbour.group.pk}
    if table == POLICY:
        extra["name"] = "แบบ ข"
    else:
        when = datetime(2027, 2, 20, tzinfo=UTC).strftime("%Y-%m-%d %H:%M:%S")
        extra |= {"operation": uuid4(), "cancelled_by_id": sharing.village.treasurer.pk, "cancelled_at": when}
    for name in ("requested_at", "saved_at"):
        if name in kept:
            kept[name] = kept[name].strftime("%Y-%m-%d %H:%M:%S")
    refused_until_unguarded(insert(table, copied(kept, **extra)), STRANGE)


@pytest.mark.parametrize("table", [HEAD, SHARE])
def test_nothing_is_added_to_what_a_second_officer_approved(sharing, table):
    rows = {
        HEAD: {
            "share_out_id": sharing.done.pk, "position": 40, "head": "other", "name": "x", "share_bp": 0, "satang": 1,
        },
        SHARE: {
            "share_out_id": sharing.done.pk, "member_id": sharing["Boonmee"].pk, "weight": 0, "interest_satang": 0,
            "dividend_satang": 1, "rebate_satang": 0,
        },
    }  # fmt: skip
    refused_until_unguarded(insert(table, rows[table]), COMPLETE)


@pytest.fixture
def adopted(village):
    with time_machine.travel(NOW, tick=False):
        found = Sharing(village)
        found.close()
        found.row = found.adopt()
        yield found


def test_a_share_is_of_a_member_of_the_share_outs_group(adopted):
    row = {
        "share_out_id": adopted.row.pk, "member_id": adopted.village.neighbour.member.pk, "weight": 0,
        "interest_satang": 0, "dividend_satang": 1, "rebate_satang": 0,
    }  # fmt: skip
    refused_until_unguarded(insert(SHARE, row), STRANGE)


def test_a_close_is_posted_by_its_own_entry_only(adopted):
    group, people = adopted.group, adopted.village
    YearClosing.objects.create(
        group=group, year=adopted.year, operation=uuid4(), fingerprint="-", requested_by=people.treasurer,
        requested_at=adopted.year.closing.recorded_at,
    )  # fmt: skip
    columns = f"entry_id = {adopted.year.closing_id}, approved_by_id = {people.auditor.pk}"
    refused_until_unguarded(f"UPDATE {CLOSING} SET {columns}, approved_at = requested_at", OTHERS_ENTRY)


def test_a_share_stands_in_an_allotment_only(adopted):
    stranger = Entry.objects.filter(group=adopted.group, kind="receipt").first()
    share = MemberShare.objects.filter(share_out=adopted.row).first()
    refused_until_unguarded(f"UPDATE {SHARE} SET entry_id = {stranger.pk} WHERE id = {share.pk}", OTHERS_ENTRY)


def test_a_share_out_is_posted_by_its_own_batch_only(adopted):
    row = approve_adoption(share_out=adopted.row, by=adopted.village.auditor)
    first, last = Entry.objects.filter(group=adopted.group).order_by("n")[:2]
    columns = f"posted_by_id = requested_by_id, posted_at = approved_at, first_entry_id = {first.pk}"
    statement = f"UPDATE {SHARE_OUT} SET {columns}, last_entry_id = {last.pk} WHERE id = {row.pk}"
    refused_until_unguarded(statement, OTHERS_ENTRY)


@pytest.mark.sqlite
@pytest.mark.parametrize("table", TABLES)
def test_no_row_is_replaced_by_another(sharing, table):
    row = TABLES[table].objects.order_by("pk").values().first()
    statement = insert(table, copied(row, id=row["id"])).replace("INSERT", "INSERT OR REPLACE")
    guards = "satcha:(exists|adopted|of_other_group)"
    with pytest.raises(IntegrityError, match=guards):
        execute(statement)
    GUARDS.drop(connection)
    with transaction.atomic():
        assert execute(statement) > 0
        transaction.set_rollback(True)


@pytest.mark.postgres
@pytest.mark.parametrize("table", TABLES)
def test_no_table_is_emptied(sharing, table):
    statement = f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {table} CASCADE"
    with pytest.raises(IntegrityError, match="satcha:kept"):
        execute(statement)
    GUARDS.drop(connection)
    execute(statement)
    assert not TABLES[table].objects.exists()
