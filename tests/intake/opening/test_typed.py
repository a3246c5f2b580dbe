"""What is typed is kept, row by row; what cannot stand is named."""

from datetime import date
from uuid import uuid4

import pytest

from intake.errors import OpeningRefused, RowChanged
from intake.models import OpeningDraft
from intake.services.beginning import ask_to_begin
from intake.services.openings import add_rows, row_mark, save_row
from members.models import Member
from tests.intake.opening.conftest import DEE, LOAN, SOMJAI, codes, fill, typed, url

pytestmark = pytest.mark.django_db


def test_what_was_typed_is_kept_between_visits_even_where_it_is_wrong(empty):
    client = empty.client(empty.treasurer)
    row = uuid4()
    client.post(url("-row", empty.group, "members", row), SOMJAI | {"savings": "12,0000.555x", "seen": row_mark(None)})
    again = empty.client(empty.treasurer).get(url("-row", empty.group, "members", row))
    assert "12,0000.555x" in again.content.decode()
    assert again.context["form"].errors["savings"]
    assert "amount_unreadable" in codes(empty)
    with pytest.raises(OpeningRefused):
        ask_to_begin(group=empty.group, by=empty.treasurer)


def test_a_row_sent_twice_is_one_row(empty):
    client, address = empty.client(empty.treasurer), url("-row", empty.group, "members", uuid4())
    for _ in range(2):
        client.post(address, SOMJAI | {"seen": row_mark(None)})
    assert len(OpeningDraft.objects.get(group=empty.group).tables["members"]) == 1


def test_a_row_that_another_treasurer_has_changed_is_never_overwritten_unseen(empty):
    row = uuid4().hex
    seen = row_mark(None)
    typed(empty, "members", SOMJAI, row)
    with pytest.raises(RowChanged):
        save_row(group=empty.group, key="members", row_id=row, cells=DEE, seen=seen, by=empty.treasurer)
    stored = OpeningDraft.objects.get(group=empty.group).tables["members"][0]
    save_row(group=empty.group, key="members", row_id=row, cells=DEE, seen=row_mark(stored), by=empty.treasurer)
    assert codes(empty) == set()


@pytest.mark.parametrize(
    ("key", "cells", "code"),
    [
        ("members", SOMJAI | {"number": "0"}, "member_number_unreadable"),
        ("members", SOMJAI | {"number": "2"}, "member_number_twice"),
        ("members", SOMJAI | {"number": "3", "savings": "-5"}, "amount_negative"),
        ("members", SOMJAI | {"number": "3", "savings": "=1+1"}, "amount_unreadable"),
        ("members", SOMJAI | {"number": "3", "pledge": "1.005"}, "amount_fraction"),
        ("members", SOMJAI | {"number": "3", "joined": "31/2/2560"}, "date_unreadable"),
        ("members", SOMJAI | {"number": "3", "joined": ""}, "owed_without_joining"),
        ("members", SOMJAI | {"number": "3", "owed": "61"}, "months_owed_unreadable"),
        ("members", SOMJAI | {"number": "3", "pledge": ""}, "owed_without_pledge"),
        ("members", {"number": "3", "first": "สมหมาย"}, "surname_missing"),
        ("members", SOMJAI | {"number": "3", "pledge": "1000001"}, "amount_too_large"),
        ("members", {"number": "3", "first": "ก ข", "joined": "1/1/2570"}, "date_in_future"),
        ("loans", LOAN | {"contract": "2/2567", "number": "77"}, "member_unknown"),
        ("loans", LOAN | {"contract": "1/2567"}, "contract_number_twice"),
        ("loans", LOAN | {"contract": "2/2567", "brought": "10001"}, "contract_brought_above_amount"),
        ("loans", LOAN | {"contract": "2/2567", "guarantor1": "1"}, "guarantor_is_borrower"),
        ("balances", {"code": "O3600", "amount": "5"}, "opening_detail_missing"),
        ("balances", {"code": "O1500", "detail": "99", "amount": "5"}, "member_unknown"),
        ("balances", {"code": "O1100", "amount": "5"}, "opening_twice"),
        ("balances", {"code": "O3900", "amount": "5"}, "opening_account_unknown"),
    ],
)
def test_what_cannot_stand_is_named_and_keeps_the_books_closed(empty, key, cells, code):
    fill(empty)
    typed(empty, key, cells)
    assert code in codes(empty)
    with pytest.raises(OpeningRefused):
        ask_to_begin(group=empty.group, by=empty.treasurer)


def test_a_registered_member_is_known_by_number_and_name(empty):
    member = Member.objects.create(
        group=empty.group, number=1, first_name="สมใจ", last_name="ใจดี", status="active", admitted_on=date(2015, 1, 1)
    )
    fill(empty)
    rows = OpeningDraft.objects.get(group=empty.group).tables["members"]
    assert rows[0]["first"] == "สมใจ"  # the register's row was there to begin with
    assert "member_number_twice" in codes(empty)
    add_rows(group=empty.group, incoming={"members": [{"id": "x", "number": "1", "savings": "7"}]}, by=empty.treasurer)
    Member.objects.filter(pk=member.pk).update(first_name="มานะ")
    assert "group_has_members" in codes(empty)


def test_typed_rows_are_found_by_number_or_name_and_the_totals_stay(empty):
    for cells in (SOMJAI, DEE):
        typed(empty, "members", cells, uuid4().hex)
    typed(empty, "loans", LOAN, uuid4().hex)
    client, page = empty.client(empty.treasurer), url("", empty.group)
    tables = client.get(page, {"q": "สมใจ"}).context["tables"]
    assert [row.name for row in tables["members"]["rows"]] == ["นางสมใจ ใจดี"]
    assert tables["members"]["count"] == 2
    assert [row.number for row in client.get(page, {"q": "๒"}).context["tables"]["members"]["rows"]] == ["๒"]
    assert "Nothing found" in client.get(page, {"q": "ไม่มี"}, headers={"accept-language": "en"}).content.decode()
