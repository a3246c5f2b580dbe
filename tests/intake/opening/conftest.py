"""An empty group and a paper book that it begins with."""

from uuid import uuid4

import pytest
from django.urls import reverse

from funds.models import Posting
from intake.models import OpeningDraft
from intake.selectors.openings import opening_draft, read_opening_of
from intake.services.beginning import ask_to_begin
from intake.services.openings import row_mark, save_row
from members import cosign
from members.models import SavingsGroup
from tests.intake.test_pages import EmptyGroup
from tests.village import TestVillage

SOMJAI = {
    "number": "1", "title": "นาง", "first": "สมใจ", "last": "ใจดี", "joined": "5/1/2560", "pledge": "100",
    "savings": "12,000", "special": "500", "special2": "250.50", "owed": "2",
}  # fmt: skip


DEE = {"number": "๒", "first": "นายดี มากมี", "joined": "5/1/2561", "pledge": "50", "savings": "๕,๐๐๐.๕๐"}


LOAN = {
    "contract": "1/2567", "number": "1", "day": "5/3/2567", "amount": "10,000", "instalments": "12", "brought": "4000",
    "guarantor1": "2",
}  # fmt: skip


BALANCES = [
    {"code": "O1100", "amount": "3,000"}, {"code": "O1200", "detail": "ธ.ก.ส. 012-3", "amount": "12000"},
    {"code": "O1200", "detail": "ออมสิน 9", "amount": "1000"}, {"code": "O3100", "amount": "700"},
    {"code": "O3400", "amount": "300"}, {"code": "A1100", "amount": "80"},
]  # fmt: skip


LEFT_OVER = 3_000_00 + 13_000_00 + 4_000_00 - 17_000_50 - 750_50 - 1_000_00


def url(name: str, group: SavingsGroup, *more: object) -> str:
    return reverse(f"intake:opening{name}", args=[group.code, *more])


@pytest.fixture
def empty(village: TestVillage) -> EmptyGroup:
    """A founded group with empty books."""
    return EmptyGroup(village)


def typed(empty: EmptyGroup, key: str, cells: dict[str, str], row: str | None = None) -> OpeningDraft:
    return save_row(
        group=empty.group, key=key, row_id=row or uuid4().hex, cells=cells, seen=row_mark(None), by=empty.treasurer
    )


def fill(empty: EmptyGroup) -> None:
    typed(empty, "members", SOMJAI)
    typed(empty, "members", DEE)
    typed(empty, "loans", LOAN)
    for balance in BALANCES:
        typed(empty, "balances", balance)


def codes(empty: EmptyGroup) -> set[str]:
    problems = read_opening_of(empty.group, opening_draft(empty.group)).problems
    return {problem.code for problem in problems if problem.is_error}


def sign(empty: EmptyGroup) -> None:
    cosign.sign_as(signature=ask_to_begin(group=empty.group, by=empty.treasurer), user=empty.auditor)


def postings(group: SavingsGroup) -> dict[tuple[str, str], int]:
    rows = Posting.objects.filter(group=group).values_list("account__code", "account__holder", "amount")
    return {(code, holder): satang for code, holder, satang in rows}
