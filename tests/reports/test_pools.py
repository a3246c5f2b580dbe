"""A pool's page: where it came from, where it is, where it went; every figure opens into entries that add up to it."""

import csv
import io
import re
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from funds.accounts import account_for
from funds.journal import credit, debit, post_entry, reverse_entry
from funds.models import Entry
from funds.selectors import trial_balance
from funds.services.bank_accounts import AccountInput, register_account
from members.group_settings import change_setting
from reports.selectors.pool_flows import FOUNDING, TIMES, YEAR, flows_of, tables_of
from tests.reports.conftest import text_of
from tests.village import YEAR_START

GROUP = "/g/nong-ruang-khao/"
POOL_O, POOL_A = f"{GROUP}pools/O/", f"{GROUP}pools/A/"
ENGLISH = {"accept-language": "en"}


def post(closed, kind, *moves, on=None, ok=()):
    village = closed.village
    lines = [
        (debit if satang > 0 else credit)(account_for(village.group, code, holder), abs(satang))
        for code, holder, satang in moves
    ]
    when = on or closed.held_on.replace(day=6)
    return post_entry(
        group=village.group, kind=kind, on=when, by=village.treasurer, ok=ok, lines=lines, operation=uuid4()
    )


@pytest.fixture
def lent(closed):
    """The operating pool has lent 100 baht to the administrative pool through the bank."""
    post(closed, "subsidy", ("O1200", "", 900_00), ("O3200", "", -900_00))
    post(
        closed,
        "pool_advance",
        ("O1900", "", 100_00),
        ("O1200", "", -100_00),
        ("A1200", "", 100_00),
        ("A2900", "", -100_00),
        ok=[closed.village.auditor],
    )
    return closed


@pytest.fixture
def treasurer(closed, as_user):
    return as_user(closed.village.treasurer)


@pytest.mark.parametrize("time", TIMES)
@pytest.mark.parametrize("unit", ["O", "A"])
def test_the_sums_agree_with_the_trial_balance(lent, unit, time):
    group = lent.village.group
    flows = flows_of(group, unit, time=time, on=lent.held_on.replace(day=6))
    tables = {table.key: table for table in tables_of(group, flows, time=time)}
    held = sum(line.balance for line in trial_balance(group) if line.code.startswith(f"{unit}1"))
    assert held == tables["now"].total == flows.brought + tables["came"].total - tables["went"].total
    assert held != 0


def test_the_page_names_what_came_and_went_and_shows_the_picture_in_a_sentence(lent, treasurer):
    answer = treasurer.get(POOL_O, headers=ENGLISH)
    page = text_of(answer)
    for said in ("Pledges 700 .00", "Special savings received 1,500 .00", "Fines 10 .00", "Subsidies 900 .00"):
        assert said in page
    assert "From the founding to 6 November 2569" in page
    picture = re.search(r'role="img" aria-label="(A pool in a picture: [^"]*)"', answer.content.decode())
    assert picture is not None
    assert "Special savings received +1,500.00" in picture.group(1)
    assert "3,110.00" in picture.group(1)


def test_every_figure_opens_into_entries_that_add_up_to_it(lent, treasurer):
    group = lent.village.group
    flows = flows_of(group, "O", time=FOUNDING, on=lent.held_on.replace(day=6))
    for table in tables_of(group, flows, time=FOUNDING):
        for row in table.rows:
            answer = treasurer.get(row.url, headers=ENGLISH)
            assert answer.status_code == 200
            if table.key != "now":
                assert answer.context["total"] == row.satang
                assert sum(line["satang"] for line in answer.context["lines"]) == row.satang


def test_money_lent_to_the_other_pool_stands_in_red_and_in_words_until_it_is_back(lent, treasurer):
    for page in (treasurer.get(POOL_O, headers=ENGLISH), treasurer.get(POOL_A, headers=ENGLISH)):
        assert "The administrative pool owes the operating pool 100 .00" in text_of(page)
    page = treasurer.get(POOL_O, headers=ENGLISH)
    assert "Lent to the other pool, not given back" in text_of(page)
    assert 'class="money money--late"' in page.content.decode()
    assert "Borrowed from the other pool, not given back" in text_of(treasurer.get(POOL_A, headers=ENGLISH))
    advance = Entry.objects.get(group=lent.village.group, kind="pool_advance")
    reverse_entry(
        entry=advance, by=lent.village.treasurer, ok=[lent.village.auditor], operation=uuid4(), reason="คืนแล้ว"
    )
    page = treasurer.get(POOL_O, headers=ENGLISH)
    assert "owes" not in text_of(page)
    assert "not given back" not in text_of(page)


def test_an_advance_that_was_given_back_came_and_went_and_is_no_longer_red(lent, treasurer):
    post(
        lent,
        "pool_advance",
        ("A2900", "", 100_00),
        ("A1200", "", -100_00),
        ("O1200", "", 100_00),
        ("O1900", "", -100_00),
        ok=[lent.village.auditor],
    )
    tables = treasurer.get(POOL_A).context["tables"]
    assert [[(row.code, row.satang, row.is_owed) for row in table.rows] for table in tables] == [
        [("A2900", 100_00, False)],
        [],
        [("A2900", 100_00, False)],
    ]


def test_this_year_begins_with_what_was_brought_forward(closed, treasurer):
    with time_machine.travel("2027-02-10 10:00+07:00", tick=False):
        post(
            closed, "income", ("O1200", "", 50_00), ("O4300", "", -50_00), on=closed.held_on.replace(year=2027, month=2)
        )
        treasurer.force_login(closed.village.treasurer)
        page = text_of(treasurer.get(f"{POOL_O}?time=year", headers=ENGLISH))
        assert "Brought forward to 1 Jan 2570 2,210 .00" in page
        assert "Bank interest 50 .00" in page
        assert "Pledges" not in page
        assert "Pledges 700 .00" in text_of(treasurer.get(f"{POOL_O}?time=founding", headers=ENGLISH))
        flows = flows_of(closed.village.group, "O", time=YEAR, on=closed.held_on.replace(year=2027, month=2, day=10))
        assert (flows.brought, flows.came_satang, flows.now_satang) == (2_210_00, 50_00, 2_260_00)


def test_the_tables_are_searched_and_sent_as_files(lent, treasurer):
    found = text_of(treasurer.get(f"{POOL_O}?q=subsid", headers=ENGLISH))
    assert "Subsidies 900 .00" in found
    assert "Pledges" not in found.partition("Search")[2]
    rows = list(
        csv.reader(io.StringIO(treasurer.get(f"{POOL_O}?format=csv", headers=ENGLISH).content.decode("utf-8-sig")))
    )
    assert ["Where it came from", "O3200", "Subsidies", "900.00"] in rows
    assert ["Where it is now", "", "Total", "3110.00"] in rows
    assert treasurer.get(f"{POOL_O}?format=xlsx").content.startswith(b"PK")


def test_the_entries_behind_a_figure_are_searched_by_name_and_number_and_sent_as_files(lent, treasurer):
    address = f"{POOL_O}came/O2100/"
    assert "500 .00" in text_of(treasurer.get(f"{address}?q=0006", headers=ENGLISH))
    by_name = treasurer.get(address, {"q": "ปราณี"}, headers=ENGLISH)
    assert by_name.context["total"] == 200_00
    n = by_name.context["lines"][0]["n"]
    assert treasurer.get(f"{address}?q={n}", headers=ENGLISH).context["total"] == 200_00
    assert treasurer.get(f"{address}?format=csv", headers=ENGLISH).content.decode("utf-8-sig").count("\r\n") == 4
    assert "No entries here" in text_of(treasurer.get(f"{address}?q=xyz", headers=ENGLISH))


@pytest.mark.parametrize("path", ["X/", "o/", "KR/", "O/now/O2100/", "O/came/O1100/", "O/came/A4100/", "O/came/X/"])
def test_what_is_no_pool_and_no_figure_is_not_found(treasurer, path):
    assert treasurer.get(f"{GROUP}pools/{path}").status_code == 404


def test_an_empty_pool_says_so(closed, treasurer):
    page = text_of(treasurer.get(POOL_A, headers=ENGLISH))
    assert "The picture begins with the first money in the pool." in page
    assert "The pool is empty." in page


def test_home_and_the_money_page_lead_to_both_pools(closed, treasurer):
    for address in (GROUP, f"{GROUP}books/money/"):
        page = treasurer.get(address).content.decode()
        assert f'href="{POOL_O}"' in page
        assert f'href="{POOL_A}"' in page


def test_the_page_asks_as_much_for_many_entries_as_for_few(lent, treasurer):
    treasurer.get(POOL_O)
    with CaptureQueriesContext(connection) as few:
        treasurer.get(POOL_O)
    for number in range(30):
        post(lent, "receipt", ("O1200", "", 1_00), ("O2100", f"{number + 20:04d}", -1_00))
    with CaptureQueriesContext(connection) as many:
        treasurer.get(POOL_O)
    assert len(many) == len(few)


BANKED = (GROUP, f"{GROUP}books/money/", POOL_O)


def test_days_without_a_confirmed_bank_balance_are_calm_until_the_limit_and_then_a_warning(lent, treasurer):
    for page in (treasurer.get(address, headers=ENGLISH) for address in BANKED):
        assert "Bank balance not confirmed for 309 days" in text_of(page)
        assert "alert-warning" in page.content.decode()
    change_setting(
        group=lent.village.group,
        key="bank_warning_days",
        value=366,
        valid_from=YEAR_START,
        by=lent.village.treasurer,
    )
    for page in (treasurer.get(address, headers=ENGLISH) for address in BANKED):
        assert "Bank balance not confirmed for 309 days" in text_of(page)
        assert "The bank book was never compared" not in text_of(page)


def test_without_money_at_a_bank_nothing_is_said_of_it(closed, treasurer):
    for address in BANKED:
        assert "Bank balance" not in text_of(treasurer.get(address, headers=ENGLISH))


def test_a_second_account_is_named(lent, treasurer):
    register_account(
        group=lent.village.group,
        by=lent.village.secretary,
        account=AccountInput("ออมสิน", "020-1", "กลุ่ม", False, True, False, lent.held_on),
    )
    assert "(ออมสิน" not in text_of(treasurer.get(POOL_O, headers=ENGLISH))  # the other one waits longer
    assert "Bank balance not confirmed for 309 days" in text_of(treasurer.get(POOL_O, headers=ENGLISH))
