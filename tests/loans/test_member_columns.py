"""The register's files say beside each member what is owed and overdue on loans."""

import csv
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from loans.selectors.standings import standings
from tests.loans.cast import Lending
from tests.village import TestVillage

TODAY, AUGUST_5, NOVEMBER_20 = date(2026, 11, 22), date(2026, 8, 5), date(2026, 11, 20)


@pytest.fixture
def lending(time_machine: Any, village: TestVillage) -> Lending:
    """Somchai has two loans, one of them late; Kasem's is in time; Prani's is paid back."""
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)
    found = Lending(village)
    found.older = found.lend("Somchai", 6_000_00, on=AUGUST_5)
    found.younger = found.lend("Somchai", 2_000_00, on=NOVEMBER_20)
    found.lend("Kasem", 3_000_00, on=NOVEMBER_20)
    paid = found.lend("Prani", 1_000_00, on=AUGUST_5)
    found.repay(paid, date(2026, 8, 6), 1_000_00, 10_00)
    return found


def lines(lending: Lending, query: str = "") -> dict[str, list[str]]:
    client = Client(headers={"accept-language": "en"})
    client.force_login(lending.village.secretary)
    answer = client.get(reverse("people:list", args=[lending.group.code]) + f"?format=csv{query}")
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    return {row[0]: row[-3:] for row in rows}


def test_each_members_loans_are_summed_and_who_has_none_owes_nothing(lending: Lending) -> None:
    found, late = lines(lending), standings(lending.group)[lending.older.pk]
    overdue = late.overdue_principal + late.interest_owed + late.fine_owed
    assert found["Member number"] == ["Principal owed", "Loans in arrears", "Days overdue"]
    somchai = found[str(lending["Somchai"].number)]
    assert somchai == ["8000.00", f"{overdue // 100}.{overdue % 100:02}", str(late.days_past_due)]
    assert found[str(lending["Kasem"].number)] == ["3000.00", "0.00", "0"]
    assert found[str(lending["Prani"].number)] == found[str(lending["Noi"].number)] == ["0.00", "0.00", "0"]


def test_a_file_of_some_members_has_their_loans_alone(lending: Lending) -> None:
    assert set(lines(lending, "&q=5")) <= {"Member number", str(lending["Prani"].number), "5"}


def test_the_file_of_members_with_loans_asks_no_more_for_more_loans(lending: Lending) -> None:
    with CaptureQueriesContext(connection) as few:
        lines(lending)
    for _number in range(3):
        lending.lend("Boonmee", 1_000_00, on=NOVEMBER_20, guarantors=("Kasem",))
    with CaptureQueriesContext(connection) as many:
        lines(lending)
    assert len(many) == len(few)
