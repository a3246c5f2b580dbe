"""A member sees the own passbook and nothing of anybody else."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from funds.models import Entry
from funds.selectors import paper_code
from members.models import Member, PassbookAccess
from membership.slips import issue_slips
from tests.reports.conftest import text_of

ME = "/g/nong-ruang-khao/me/"
PAGES = [ME, f"{ME}passbook/", f"{ME}receipts/"]
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def prani(closed, as_user):
    return as_user(closed.village.user("Prani"))


def test_the_own_balances_stand_on_the_page_with_the_day_for_which_they_hold(prani):
    page = text_of(prani.get(ME, headers=ENGLISH))
    assert "Your pledge savings 200 .00" in page
    assert "Special savings 1,500 .00" in page
    assert "As after the close of the meeting of 5 November 2569" in page


def test_tonights_line_stands_apart_and_touches_no_balance(evening, as_user):
    evening.receive("Prani", pledge=200_00)
    page = text_of(as_user(evening.village.user("Prani")).get(ME, headers=ENGLISH))
    assert "Your pledge savings 0 .00" in page
    assert "Entered, not yet closed" in page
    assert "Total 200 .00" in page
    assert "With tonight's payment everything is paid." in page.replace("&#x27;", "'")


def test_tonights_line_is_gone_after_the_close(prani):
    assert "Entered, not yet closed" not in text_of(prani.get(ME, headers=ENGLISH))


def test_the_receipt_carries_its_code(closed, prani):
    entry = Entry.objects.get(group=closed.village.group, kind="receipt", sheet_row__member__first_name="ปราณี")
    for page in (ME, f"{ME}receipts/"):
        assert paper_code(entry.hash) in text_of(prani.get(page, headers=ENGLISH))


def test_each_receipt_leads_to_its_paper(closed, prani):
    entry = Entry.objects.get(group=closed.village.group, kind="receipt", sheet_row__member__first_name="ปราณี")
    address = f"/g/nong-ruang-khao/papers/{entry.n}/"
    assert f'href="{address}"' in prani.get(ME).content.decode()
    assert prani.get(address).status_code == 200


def test_a_fee_without_savings_is_a_receipt_of_the_payer_too(evening, as_user):
    evening.receive("Kasem", fee=20_00)
    evening.finish()
    page = text_of(as_user(evening.village.user("Kasem")).get(f"{ME}receipts/", headers=ENGLISH))
    assert "1 receipt or voucher" in page
    assert "20 .00" in page


def test_the_calendar_marks_what_is_owed_and_says_what_to_bring(evening, as_user):
    evening.receive("Prani", pledge=200_00)
    evening.finish()
    page = text_of(as_user(evening.village.user("Kasem")).get(ME, headers=ENGLISH))
    assert "3 months owed" in page
    assert "4 months to pay 1,200 .00" in page
    paid = text_of(as_user(evening.village.user("Prani")).get(ME, headers=ENGLISH))
    assert "owed" not in paid


def test_the_passbook_shows_every_line_with_the_balance_after_it(prani):
    page = text_of(prani.get(f"{ME}passbook/", headers=ENGLISH))
    assert "Passbook of the year 2569" in page
    assert "1,500 .00" in page


def test_the_groups_totals_and_the_last_count_name_the_auditor(closed, prani):
    page = text_of(prani.get(ME, headers=ENGLISH))
    assert "Operating pool 2,210 .00 Administrative pool 0 .00" in page
    assert "it agreed with the books" in page
    assert closed.village.auditor.display_name in page


@pytest.mark.parametrize("path", PAGES)
def test_nothing_of_other_members_is_on_the_page(closed, prani, path):
    page = text_of(prani.get(path, headers=ENGLISH))
    for member in Member.objects.filter(group=closed.village.group).exclude(first_name__in=["ปราณี", "น้อย", "วิชัย"]):
        officer = closed.village.treasurer.display_name == member.full_name
        assert officer or member.full_name not in page
    assert "500 .00" not in page.replace("1,500 .00", "")


@pytest.mark.parametrize("path", PAGES)
def test_another_members_passbook_is_not_found(closed, prani, path):
    for number in ("6", "9999", "0", "-1", "5 ", "٥", "abc", ""):
        assert prani.get(f"{path}?member={number}").status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_a_childs_passbook_opens_for_the_parent(closed, prani, path):
    noi = closed.village.member("Noi")
    PassbookAccess.objects.get_or_create(user=closed.village.user("Prani"), member=noi, defaults={"relation": "child"})
    page = text_of(prani.get(f"{path}?member={noi.number}", headers=ENGLISH))
    assert noi.full_name in page
    assert "Passbooks you may open" in prani.get(path, headers=ENGLISH).content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_the_window_is_closed_to_all_without_a_passbook(closed, as_user, path):
    village = closed.village
    for user in (village.stranger, village.neighbour.treasurer, village.district_officer, village.administrator):
        assert as_user(user).get(path).status_code == 404


def test_slips_handed_out_for_the_sign_in_are_told(closed, as_user):
    village = closed.village
    issue_slips(group=village.group, members=[village.member("Prani")], by=village.secretary)
    village.user("Prani").refresh_from_db()  # a new slip ended all sessions
    page = text_of(as_user(village.user("Prani")).get(ME, headers=ENGLISH))
    assert "Your sign-in slips" in page
    assert village.secretary.display_name in page
    assert "Your sign-in slips" not in text_of(as_user(village.user("Somchai")).get(ME, headers=ENGLISH))


@pytest.mark.parametrize("year", ["2500", "9999", "abc", "", "๒๕๖๙"])
def test_a_year_that_the_books_do_not_have_shows_one_that_they_have(prani, year):
    for path in (ME, f"{ME}passbook/"):
        assert "2569" in text_of(prani.get(f"{path}?year={year}", headers=ENGLISH))


def test_a_new_member_without_anything_reads_a_page_that_says_so(village, as_user):
    page = text_of(as_user(village.neighbour.member_user).get("/g/don-sai-ngam/me/", headers=ENGLISH))
    assert "No receipt yet" in page
    assert "No pledge is on file." in page
    assert "The cash has not been counted yet." in page


def test_the_page_asks_as_much_after_a_year_as_after_a_month(closed, as_user):
    client = as_user(closed.village.user("Prani"))
    client.get(ME)
    with CaptureQueriesContext(connection) as few:
        client.get(ME)
    closed.village.add_members(300)
    with time_machine.travel("2026-12-05 12:00+07:00", tick=False):
        closed.meeting = closed.open(date(2026, 12, 5))
        closed.receive("Prani", pledge=200_00, special=100_00)
        closed.finish()
        client = as_user(closed.village.user("Prani"))
        client.get(ME)
        with CaptureQueriesContext(connection) as many:
            client.get(ME)
    assert len(many) == len(few)
