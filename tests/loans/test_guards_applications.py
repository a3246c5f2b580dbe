"""What the database itself refuses about products, applications and guarantees, past every line of Python."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from loans.guards import GUARDS
from loans.models import LoanProduct
from tests.funds.forge import insert
from tests.loans.applying import NOW, ask, open_product, signs
from tests.loans.cast import Lending

ADDED, KEPT, FROZEN, ONCE = "satcha:added_only", "satcha:kept", "satcha:frozen", "satcha:set_once"
FORGED = {
    "a rate of the past": ("UPDATE loans_loanterms SET rate_bp = 125", ADDED),
    "a cap of the past": ("UPDATE loans_loanterms SET cap_satang = cap_satang + 100", ADDED),
    "terms moved": ("UPDATE loans_loanterms SET valid_from = '2025-01-01'", ADDED),
    "terms gone": ("DELETE FROM loans_loanterms", KEPT),
    "an application's borrower": (
        "UPDATE loans_loanapplication SET member_id = (SELECT max(member_id) FROM loans_guarantee)", FROZEN,
    ),
    "an application's number": ("UPDATE loans_loanapplication SET number = number + 1", FROZEN),
    "an application of the own page": ("UPDATE loans_loanapplication SET by_member = NOT by_member", FROZEN),
    "who wrote an application": (
        "UPDATE loans_loanapplication SET entered_by_id = (SELECT confirmed_by_id FROM loans_guarantee)", FROZEN,
    ),
    "a guarantee's member": (
        "UPDATE loans_guarantee SET member_id = (SELECT member_id FROM loans_loanapplication)", FROZEN,
    ),
    "a word's recorder": (
        "UPDATE loans_guarantee SET confirmed_by_id = (SELECT entered_by_id FROM loans_loanapplication)", ONCE,
    ),
    "a word's day": ("UPDATE loans_guarantee SET confirmed_at = '2025-01-01 00:00:00+00'", ONCE),
    "a word taken away": ("UPDATE loans_guarantee SET confirmed_at = NULL", ONCE),
    "a guarantee gone": ("DELETE FROM loans_guarantee", KEPT),
}  # fmt: skip


@pytest.fixture
def signed(time_machine, village):
    """Somchai's application, with Boonmee's word."""
    time_machine.move_to(NOW, tick=False)
    lending = Lending(village)
    for name in ("Somchai", "Boonmee"):
        lending.save(name, 10_000_00)
    lending.row = ask(lending, open_product(lending), satang=12_000_00)
    lending.word = signs(lending, lending.row, "Boonmee")
    return lending


def execute(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.rowcount


def refused_until_unguarded(statement, words):
    with pytest.raises(IntegrityError, match=words):
        execute(statement)
    GUARDS.drop(connection)
    assert execute(statement) > 0, "the guard is what refused"


@pytest.mark.parametrize("forged", FORGED)
def test_what_was_agreed_asked_and_promised_does_not_change_by_sql(signed, forged):
    refused_until_unguarded(*FORGED[forged])


@pytest.mark.parametrize("gone", ["loans_loanproduct", "loans_loanapplication"])
def test_neither_a_product_nor_an_application_disappears(signed, gone):
    with pytest.raises(IntegrityError, match=f"{KEPT} .{gone}"):
        execute(f"DELETE FROM {gone}")


def values_of(row, **changed):
    found = type(row).objects.values().get(pk=row.pk) | changed
    del found["id"]
    return {name: value for name, value in found.items() if value is not None}


def test_an_application_belongs_to_the_group_of_its_member_and_its_product(signed):
    neighbour = signed.village.neighbour
    asked = values_of(signed.row, number=9, operation=uuid4(), member_id=neighbour.member.pk)
    theirs = LoanProduct.objects.create(group=neighbour.group, name="ของเขา")
    product = values_of(signed.row, number=9, operation=uuid4(), product_id=theirs.pk)
    for forged in (asked, product):
        with pytest.raises(IntegrityError, match="satcha:of_other_group"):
            execute(insert("loans_loanapplication", forged))
    with pytest.raises(IntegrityError, match="satcha:of_other_group"):
        execute(f"UPDATE loans_loanapplication SET product_id = {theirs.pk}")
    refused_until_unguarded(insert("loans_loanapplication", asked), "satcha:of_other_group")


def test_a_guarantor_belongs_to_the_group_of_the_application(signed):
    strange = values_of(signed.word, member_id=signed.village.neighbour.member.pk, position=9)
    refused_until_unguarded(insert("loans_guarantee", strange), "satcha:of_other_group")
