"""Each rule that a table of the year end carries itself: a row that breaks it is refused, and only by that rule."""

from contextlib import contextmanager
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from shareout.guards import GUARDS
from tests.funds.forge import insert
from tests.shareout.sharing import NOW, Sharing

CLOSING, SHARE_OUT, HEAD = "shareout_yearclosing", "shareout_shareout", "shareout_headallotment"
SHARE, PAYMENT, POLICY = "shareout_membershare", "shareout_sharepayment", "shareout_shareoutpolicy"
FINDING = "shareout_latefinding"
WHEN = "2027-02-20 03:00:00"
# rule: (table, what is wrong in a row that is right otherwise)
CHECKS = {
    "year_closing_two_people": (CLOSING, {"approved_by": "asker", "approved_at": WHEN, "entry": "close"}),
    "year_closing_posted_whole": (CLOSING, {"approved_by": "other", "approved_at": WHEN}),
    "year_closing_cancelled_whole": (CLOSING, {"cancelled_at": WHEN}),
    "share_out_two_people": (SHARE_OUT, {"approved_by": "asker", "approved_at": WHEN}),
    "share_out_approved_whole": (SHARE_OUT, {"approved_at": WHEN}),
    "share_out_posted_whole": (SHARE_OUT, {"last_entry": "close"}),
    "share_out_cancelled_whole": (SHARE_OUT, {"cancelled_by": "other"}),
    "share_out_amount": (SHARE_OUT, {"distributable": -1}),
    "head_allotment_amount": (HEAD, {"satang": -1}),
    "member_share_amounts": (SHARE, {"dividend_satang": -1}),
    "share_payment_amount": (PAYMENT, {"satang": 0}),
    "share_payment_way": (PAYMENT, {"way": "gold"}),
    "share_payment_slip": (PAYMENT, {"way": "transfer"}),
    "share_payment_two_people": (PAYMENT, {"approved_by": "asker", "approved_at": WHEN, "entry": "close"}),
    "share_payment_posted_whole": (PAYMENT, {"entry": "close"}),
    "share_payment_cancelled_whole": (
        PAYMENT,
        {"cancelled_by": "other", "cancelled_at": WHEN, "approved_by": "other", "approved_at": WHEN, "entry": "close"},
    ),
    "late_finding_two_people": (FINDING, {"approved_by": "asker", "approved_at": WHEN, "entry": "close"}),
    "late_finding_posted_whole": (FINDING, {"entry": "close"}),
    "late_finding_cancelled_whole": (FINDING, {"cancelled_by": "other"}),
    "late_finding_amount": (FINDING, {"satang": 0}),
    "late_finding_said": (FINDING, {"memo": ""}),
    "late_finding_place": (FINDING, {"account_code": "O4100"}),
    "late_finding_unknown_owner": (FINDING, {"account_code": "O2600", "is_more": False}),
    "share_policy_named": (POLICY, {"name": ""}),
    "share_policy_weighting": (POLICY, {"weighting": "luck"}),
    "share_policy_left": (POLICY, {"leavers": "some"}),
    "share_policy_late": (POLICY, {"arrears": "forget"}),
    "share_policy_step": (POLICY, {"step": 0}),
    "share_policy_cap": (POLICY, {"cap_satang": 0}),
    "share_policy_months": (POLICY, {"minimum_months": 13}),
}
# rule: (table, its columns, which two rows get in each other's way)
UNIQUE = {
    "year_closing_once_a_year": (CLOSING, {}),
    "share_out_once_a_year": (SHARE_OUT, {}),
    "head_allotment_once": (HEAD, {}),
    "member_share_once": (SHARE, {}),
    "share_policy_name_once": (POLICY, {"name": "แบบ ก"}),
}


@pytest.fixture
def sharing(village):
    """A closed year with a way to divide and a share-out that waits for its second officer."""
    with time_machine.travel(NOW, tick=False):
        found = Sharing(village)
        found.close()
        found.row = found.adopt()
        yield found


def row_of(sharing, table, wrong):
    """A row as an honest program would write it, but for what is wrong."""
    people = {"asker": sharing.village.treasurer.pk, "other": sharing.village.auditor.pk}
    asked = {"operation": uuid4(), "requested_by_id": people["asker"], "requested_at": WHEN}
    group, year = {"group_id": sharing.group.pk}, {"year_id": sharing.year.pk}
    ours = {"share_out_id": sharing.row.pk}
    rows = {
        CLOSING: {**group, **year, **asked, "checklist": "{}", "fingerprint": "-"},
        SHARE_OUT: {
            **group, **year, **asked, "policy_id": sharing.row.policy_id, "held_on": "2027-02-14", "snapshot": "{}",
            "resolution_id": sharing.row.resolution_id, "frozen_policy": "{}", "fingerprint": "-", "distributable": 1,
        },
        HEAD: {**ours, "position": 40, "head": "other", "name": "x", "share_bp": 0, "satang": 1},
        SHARE: {
            **ours, "member_id": sharing["Boonmee"].pk, "weight": 0, "interest_satang": 0, "dividend_satang": 1,
            "rebate_satang": 0,
        },
        PAYMENT: {
            **group, **asked, "member_id": sharing["Prani"].pk, "satang": 1_00, "way": "cash", "bank_holder": "",
            "slip_ref": "",
        },
        FINDING: {
            **group, **year, **asked, "is_more": True, "account_code": "O1200", "account_holder": "", "satang": 1_00,
            "memo": "ดอกเบี้ย", "resolution_id": sharing.row.resolution_id,
        },
        POLICY: {
            **group, **year, "name": "แบบ ข", "heads": "[]", "weighting": "baht_month", "step": 1,
            "rest_to": "reserve", "leavers": "none", "arrears": "pay", "minimum_months": 0,
            "saved_by_id": people["asker"], "saved_at": WHEN,
        },
    }  # fmt: skip
    columns = {
        f"{name}_id" if name.endswith(("_by", "entry")) else name: people.get(value, value)
        for name, value in wrong.items()
    }
    entry = {name: sharing.year.closing_id for name, value in columns.items() if value == "close"}
    return rows[table] | columns | entry


def taken_back(sharing):
    """The share-out of the village, out of the way of another of the year."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {SHARE_OUT} SET cancelled_by_id = %s, cancelled_at = %s", [sharing.village.treasurer.pk, WHEN]
        )


def execute(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount > 0
        transaction.set_rollback(True)


@contextmanager
def rule_off(table, name):
    """Without one CHECK: on SQLite, which cannot drop it, without any."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
            yield
            return
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        try:
            yield
        finally:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


@pytest.mark.parametrize("name", CHECKS)
def test_a_row_that_breaks_a_rule_is_refused_by_that_rule(sharing, name):
    table, wrong = CHECKS[name]
    GUARDS.drop(connection)  # some of them would say no as well
    if table == SHARE_OUT:
        taken_back(sharing)
    execute(insert(table, row_of(sharing, table, {})))
    statement = insert(table, row_of(sharing, table, wrong))
    with pytest.raises(IntegrityError, match=name):
        execute(statement)
    with rule_off(table, name):
        execute(statement)


@pytest.mark.parametrize("name", UNIQUE)
def test_what_is_there_once_is_refused_a_second_time(sharing, name):
    table, twice = UNIQUE[name]
    GUARDS.drop(connection)
    if table == SHARE_OUT:
        taken_back(sharing)
    first = row_of(sharing, table, twice)
    with transaction.atomic(), connection.cursor() as cursor:
        if table != POLICY:  # its own stands already
            cursor.execute(insert(table, first))
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute(insert(table, first | ({"operation": uuid4()} if "operation" in first else {})))
        again = {HEAD: {"position": 41}, SHARE: {"member_id": sharing["Malee"].pk}, POLICY: {"name": "แบบ ค"}}
        freed = again.get(table) or {"operation": uuid4(), "cancelled_by_id": first["requested_by_id"]}
        execute(insert(table, first | freed | ({} if table in again else {"cancelled_at": WHEN})))
        transaction.set_rollback(True)
