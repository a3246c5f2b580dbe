"""Every figure opens into its entries: trial balance, account, journal, entry."""

import csv
import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from funds.models import Entry
from funds.selectors import paper_code
from reports.selectors.chart import trial_balances
from reports.selectors.journal import found_entries, totals
from tests.reports.conftest import text_of

BOOKS = "/g/nong-ruang-khao/books/"
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def client_of_treasurer(closed, as_user):
    return as_user(closed.village.treasurer)


def test_the_columns_of_each_pool_end_in_the_same_sum(closed):
    for pool in trial_balances(group=closed.village.group, on=closed.held_on):
        assert pool.debit == pool.credit
    operating = trial_balances(group=closed.village.group, on=closed.held_on)[0]
    assert {row.head.code: row.satang for row in operating.rows} == {
        "O1100": 2_210_00,
        "O2100": -700_00,
        "O2200": -1_500_00,
        "O4200": -10_00,
    }


def test_the_trial_balance_of_an_earlier_day_leaves_later_entries_out(closed, client_of_treasurer):
    assert "2,210 .00" in text_of(client_of_treasurer.get(BOOKS, headers=ENGLISH))
    earlier = text_of(client_of_treasurer.get(f"{BOOKS}?on=4/11/2569", headers=ENGLISH))
    assert "2,210 .00" not in earlier
    assert "4 November 2569" in earlier


def test_an_account_with_holders_opens_into_them_and_each_into_its_lines(closed, client_of_treasurer):
    holders = text_of(client_of_treasurer.get(f"{BOOKS}accounts/O2100/", headers=ENGLISH))
    assert "0005 นางปราณี นาคำ 200 .00" in holders
    assert "700 .00" in holders
    lines = text_of(client_of_treasurer.get(f"{BOOKS}accounts/O2100/?holder=0005", headers=ENGLISH))
    assert "500 .00" not in lines
    assert "200 .00" in lines


def test_the_running_balance_of_an_account_ends_in_its_balance(closed, client_of_treasurer):
    page = text_of(client_of_treasurer.get(f"{BOOKS}accounts/O1100/", headers=ENGLISH))
    assert "1,700 .00" in page
    assert "2,210 .00" in page


def test_lines_before_the_period_are_brought_forward(closed, client_of_treasurer):
    page = text_of(client_of_treasurer.get(f"{BOOKS}accounts/O1100/?since=6/11/2569", headers=ENGLISH))
    assert "Brought forward 2,210 .00 Debit 0 .00 Credit 0 .00" in page
    assert "No lines in this time" in page


def test_a_holder_that_does_not_exist_has_no_lines_and_an_unknown_account_no_page(closed, client_of_treasurer):
    assert client_of_treasurer.get(f"{BOOKS}accounts/O2100/?holder=9999").status_code == 200
    for code in ("O9999", "X1100", "o1100"):
        assert client_of_treasurer.get(f"{BOOKS}accounts/{code}/").status_code == 404


def test_the_journal_finds_by_number_kind_and_word(closed):
    group = closed.village.group
    first = Entry.objects.filter(group=group, kind="receipt").order_by("n").first()
    assert first is not None
    assert list(found_entries(group=group, words=str(first.n))) == [first]
    assert {entry.kind for entry in found_entries(group=group, kind="meeting_close")} == {"meeting_close"}
    assert found_entries(group=group, words="ปราณี").count() == 1
    assert not found_entries(group=group, words="ไม่มีคนนี้").exists()


def test_what_moved_is_summed_for_each_pool_apart(evening):
    evening.receive("Prani", pledge=200_00, fee=30_00)
    evening.finish()
    found = totals(found_entries(group=evening.village.group, kind="receipt"))
    assert (found.entries, found.operating, found.administrative) == (1, 200_00, 30_00)


def test_an_entry_shows_lines_people_code_and_meeting(closed, client_of_treasurer):
    entry = Entry.objects.filter(group=closed.village.group, kind="receipt").order_by("n").first()
    assert entry is not None
    page = text_of(client_of_treasurer.get(f"{BOOKS}entries/{entry.n}/", headers=ENGLISH))
    assert paper_code(entry.hash) in page
    assert closed.village.treasurer.display_name in page
    assert closed.village.auditor.display_name in page
    assert "Meeting 1/2569" in page
    assert "Prani" not in page
    assert "นางปราณี นาคำ" in page


def test_a_decision_says_that_it_moves_no_money(closed, client_of_treasurer):
    close = Entry.objects.get(group=closed.village.group, kind="meeting_close")
    page = text_of(client_of_treasurer.get(f"{BOOKS}entries/{close.n}/", headers=ENGLISH))
    assert "This entry moves no money" in page
    assert "Cash declared" in page


@pytest.mark.parametrize("n", [0, 999, 2**31, 2**63, 10**30])
def test_a_number_without_an_entry_is_not_found(closed, client_of_treasurer, n):
    assert client_of_treasurer.get(f"{BOOKS}entries/{n}/").status_code == 404


def test_lists_come_as_files_whose_amounts_can_be_summed(closed, client_of_treasurer):
    answer = client_of_treasurer.get(f"{BOOKS}accounts/O2100/?format=xlsx", headers=ENGLISH)
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("Holder", "Name", "Balance")
    assert rows[-1][2] == 700
    answer = client_of_treasurer.get(f"{BOOKS}entries/?format=csv", headers=ENGLISH)
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert table[0][0] == "No."
    assert sum(float(row[7] or 0) for row in table[1:]) == 2_210.00
    for path in ("", "accounts/O1100/", "entries/"):
        for form in ("csv", "xlsx"):
            assert client_of_treasurer.get(f"{BOOKS}{path}?format={form}").status_code == 200


@pytest.mark.parametrize("path", ["", "entries/", "accounts/O2100/", "accounts/O1100/", "entries/2/"])
def test_books_are_for_officers_of_the_group_alone(closed, as_user, path):
    village = closed.village
    assert as_user(village.auditor).get(BOOKS + path).status_code == 200
    for user in (village.user("Prani"), village.stranger, village.neighbour.treasurer, village.district_officer):
        assert as_user(user).get(BOOKS + path).status_code == 404


def test_junk_in_a_filter_is_no_error(closed, client_of_treasurer):
    junk = ["since=x&until=%00", "page=-1", "page=abc", "on=31/2/2569", "q=%27%22%3C%25_", "kind=nix", "format=exe"]
    for query in junk:
        for path in ("", "entries/", "accounts/O1100/", "accounts/O2100/"):
            assert client_of_treasurer.get(f"{BOOKS}{path}?{query}").status_code == 200


def test_a_page_of_the_journal_asks_a_constant_number_of_questions(evening, as_user):
    for name in ("Prani", "Somchai"):
        evening.receive(name, pledge=100_00)
    evening.finish()
    client = as_user(evening.village.treasurer)
    client.get(f"{BOOKS}entries/")
    with CaptureQueriesContext(connection) as few:
        client.get(f"{BOOKS}entries/?kind=meeting_close")
    with CaptureQueriesContext(connection) as many:
        client.get(f"{BOOKS}entries/")
    assert len(many) == len(few)
