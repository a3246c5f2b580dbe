"""The control register: months, marks and sums; whatever it adds up to is what the ledger says."""

import io
from datetime import date
from uuid import uuid4

import openpyxl
import pytest
import time_machine
from django.urls import reverse

from funds import selectors as books
from funds.accounts import account_for
from funds.journal import credit, debit, post_entry
from members.models import GroupSetting
from papers.control_register import ControlRegisterPaper, RegisterCell, RegisterPaperLine, _data
from savings.selectors import FineState, Mark, fines_of_months, members_months, register

JANUARY, FEBRUARY, MARCH, APRIL, JULY = (date(2026, month, 1) for month in (1, 2, 3, 4, 7))
TODAY = date(2026, 6, 5)


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-05 12:00+07:00", tick=False):
        yield


def row_of(savers, name, year=2569):
    return next(row for row in register(savers.group, year, TODAY).rows if row.member == savers[name])


def test_each_month_says_what_came_in_and_what_became_of_its_pledge(savers):
    savers.vow("Prani", 100_00)
    savers.pay("Prani", date(2026, 1, 5), JANUARY)
    savers.pay("Prani", date(2026, 3, 5), FEBRUARY, MARCH)
    savers.pay("Prani", date(2026, 6, 5), date(2026, 6, 1), JULY)
    savers.pay("Prani", date(2026, 6, 5), APRIL, satang=40_00)
    cells = row_of(savers, "Prani").cells
    assert [cell.received for cell in cells[:7]] == [100_00, 0, 200_00, 0, 0, 240_00, 0]
    assert [cell.mark for cell in cells[:8]] == [
        Mark.PAID, Mark.LATE, Mark.PAID, Mark.PART, Mark.MISSED, Mark.PAID, Mark.AHEAD, Mark.NONE,
    ]  # fmt: skip
    assert row_of(savers, "Prani").missed == 2
    assert row_of(savers, "Prani").rest == 160_00


def test_a_reversed_receipt_is_taken_off_and_its_month_is_missed_again(savers):
    savers.vow("Prani", 100_00)
    savers.void(savers.pay("Prani", date(2026, 1, 5), JANUARY))
    row = row_of(savers, "Prani")
    assert (row.cells[0].mark, row.received, row.returned, row.balance) == (Mark.MISSED, 0, 0, 0)


def test_what_is_given_back_stands_in_its_own_column(savers):
    savers.vow("Prani", 100_00)
    savers.pay("Prani", date(2026, 1, 5), JANUARY)
    treasurer, auditor = savers.village.treasurer, savers.village.auditor
    lines = [
        debit(account_for(savers.group, "O2100", savers["Prani"].holder), 100_00),
        credit(account_for(savers.group, "O1100"), 100_00),
    ]
    post_entry(
        group=savers.group, kind="resignation", on=TODAY, by=treasurer, ok=[auditor], lines=lines, operation=uuid4()
    )
    row = row_of(savers, "Prani")
    assert (row.received, row.returned, row.balance) == (100_00, 100_00, 0)


def test_the_next_year_brings_forward_and_every_sum_is_the_ledgers(savers):
    for name in ("Prani", "Kasem"):
        savers.vow(name, 100_00)
        savers.pay(name, date(2026, 1, 5), JANUARY, FEBRUARY)
    with time_machine.travel("2027-02-05 12:00+07:00", tick=False):
        savers.pay("Prani", date(2027, 1, 5), date(2027, 1, 1))
        for year, until in ((2569, date(2026, 12, 31)), (2570, date(2027, 12, 31))):
            found = register(savers.group, year, date(2027, 2, 5))
            ledger = -sum(books.balances(savers.group, "O2100", as_of=until).values())
            assert found.totals.balance == ledger
            assert sum(row.balance for row in found.rows) == ledger
            assert found.totals.received == sum(found.totals.months)
        assert found.totals.brought_forward == 400_00
        assert found.totals.received == 100_00


def test_the_register_asks_a_constant_number_of_queries(savers, django_assert_num_queries):
    for name in ("Prani", "Kasem", "Noi"):
        savers.vow(name, 100_00)
        savers.pay(name, date(2026, 1, 5), JANUARY)
    with django_assert_num_queries(8):
        register(savers.group, 2569, TODAY)


def test_the_page_searches_narrows_and_sends_files(client, savers):
    savers.vow("Prani", 100_00)
    savers.vow("Kasem", 100_00)
    savers.pay("Kasem", date(2026, 6, 5), *(date(2026, month, 1) for month in range(1, 7)))
    client.force_login(savers.village.treasurer)
    url = reverse("savings:register", args=[savers.group.code])
    everybody = client.get(url)
    assert "ขาดส่ง" in everybody.content.decode()
    assert [row.member for row in client.get(url, {"show": "owing"}).context["rows"]] == [savers["Prani"]]
    assert [row.member for row in client.get(url, {"q": str(savers["Kasem"].number)}).context["rows"]] == [
        savers["Kasem"]
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(url, {"format": "xlsx"}).content)).active
    rows = list(sheet.values)
    assert rows[-1][16] == 600
    assert client.get(reverse("savings:register-pdf", args=[savers.group.code])).content.startswith(b"%PDF-")


@pytest.mark.parametrize("year", ["", "x", "9999", "0000"])
def test_any_year_of_the_address_shows_a_year_of_the_books(client, savers, year):
    client.force_login(savers.village.treasurer)
    answer = client.get(reverse("savings:register", args=[savers.group.code]), {"year": year})
    assert answer.context["year"] == 2569


def test_the_paper_sums_each_page_and_the_whole():
    lines = [
        RegisterPaperLine(str(n), "นายมั่น คงดี", 100_00, 1000_00, [RegisterCell(100_00)] * 12, 0, 2200_00)
        for n in range(1, 31)
    ]
    data = _data(ControlRegisterPaper("กลุ่ม", "2569", ["ม.ค."] * 12, lines, TODAY))
    assert [len(page["rows"]) for page in data["pages"]] == [24, 6]
    assert data["pages"][0]["sums"]["months"][0] == "2,400"
    assert data["totals"]["balance"] == "66,000"


def test_months_owed_and_in_advance_member_by_member(client, savers):
    savers.vow("Prani", 100_00)
    savers.pay("Prani", date(2026, 6, 5), JANUARY, date(2026, 6, 1), JULY)
    savers.vow("Kasem", 100_00)
    found = {row.member: row for row in members_months(savers.group, TODAY)}
    assert found[savers["Prani"]].ahead == (JULY,)
    assert len(found[savers["Prani"]].owed) == 4
    assert found[savers["Kasem"]].owed_satang == 500_00
    client.force_login(savers.village.auditor)
    url = reverse("savings:months", args=[savers.group.code])
    for show in ("all", "owed", "ahead", "fines"):
        assert client.get(url, {"show": show}).status_code == 200
        assert client.get(url, {"show": show, "format": "xlsx"}).status_code == 200
    assert [row["months"].member for row in client.get(url, {"show": "ahead"}).context["rows"]] == [savers["Prani"]]


@pytest.fixture
def fined(savers):
    """The group asks 10 baht for a missed month."""
    GroupSetting.objects.create(
        group=savers.group,
        key="missed_month_fine_satang",
        value="1000",
        valid_from=JANUARY,
        set_by=savers.village.chair,
    )
    savers.vow("Prani", 100_00)
    return savers


def test_a_late_month_carries_a_fine_that_its_receipt_took_or_not(fined, client):
    prani = fined["Prani"]
    lines = [
        debit(account_for(fined.group, "O1100"), 215_00),
        credit(account_for(fined.group, "O2100", prani.holder), 200_00),
        credit(account_for(fined.group, "O4200"), 15_00),
    ]
    from savings.services import PaidMonth, record_pledge_months

    entry = post_entry(
        group=fined.group,
        kind="receipt",
        on=date(2026, 3, 5),
        by=fined.village.treasurer,
        lines=lines,
        operation=uuid4(),
    )
    record_pledge_months(
        group=fined.group, paid=[PaidMonth(entry.pk, prani.pk, month, 100_00) for month in (JANUARY, FEBRUARY)]
    )
    fined.pay("Prani", date(2026, 4, 5), MARCH)
    found = fines_of_months(fined.group, JANUARY, TODAY, TODAY)
    assert [(fine.month.month, fine.state, fine.taken) for fine in found] == [
        (1, FineState.PAID, 10_00),
        (2, FineState.PART, 5_00),
        (3, FineState.NOT_TAKEN, 0),
        (4, FineState.OWED, 0),
        (5, FineState.OWED, 0),
    ]
    client.force_login(fined.village.treasurer)
    answer = client.get(reverse("savings:months", args=[fined.group.code]), {"show": "fines"})
    assert (answer.context["asked"], answer.context["taken"]) == (50_00, 15_00)


def test_a_group_without_fines_has_none(savers):
    savers.vow("Prani", 100_00)
    assert fines_of_months(savers.group, JANUARY, TODAY, TODAY) == []
