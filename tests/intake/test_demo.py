"""The demo district: every page has something to show, nobody unprinted can sign in, a second time changes nothing."""

import io
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from funds.models import BankPage, Entry, EntryDetails
from funds.selectors.bank_book import compare
from intake.demo.cast import LOGINS, PASSWORD, TAMBONS, VILLAGES
from intake.demo.load import load_district
from intake.models import WorkbookUpload
from loans.models import Letter, LoanApplication, LoanReceipt
from loans.selectors.register import register
from meetings.models import Meeting, PaymentLine, SheetRow
from members.models import Member, SavingsGroup, User
from reports.selectors.entry_words import NAMES, UNSAID
from tests.intake.importing import verified

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(scope="module")
def demo_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[float]:
    """The demo, loaded once for this module and taken back after it; how long it took (seconds)."""
    with django_db_blocker.unblock(), transaction.atomic():
        begun = time.monotonic()
        load_district()
        taken = time.monotonic() - begun
        with django_db_blocker.block():
            yield taken
        transaction.set_rollback(True)


@pytest.fixture
def demo(demo_once: float, db: None) -> float:
    return demo_once


def printed(*arguments: str) -> str:
    out = io.StringIO()
    call_command("load_demo", *arguments, stdout=out)
    return out.getvalue()


def test_no_entry_shows_a_key_of_the_journal_to_a_reader(demo):
    kept = [json.loads(text) for text in EntryDetails.objects.values_list("text", flat=True)]
    assert {key for details in kept for key in details} <= NAMES.keys() | UNSAID


def test_three_villages_of_one_district_each_with_a_year_behind_them(demo):
    groups = SavingsGroup.objects.filter(code__in=[village.code for village in VILLAGES])
    assert {group.village.tambon_id for group in groups} == set(TAMBONS)
    assert len({code[:4] for code in TAMBONS}) == 1
    for group in groups:
        assert Meeting.objects.filter(group=group, from_paper=True).count() == 12
        assert WorkbookUpload.objects.get(group=group).state == "imported"
        assert verified(group) == 0


def test_one_village_meets_today_one_met_last_month_one_has_been_silent(demo):
    first, second, third = [SavingsGroup.objects.get(code=village.code) for village in VILLAGES]
    tonight = Meeting.objects.get(group=first, status="open")
    assert tonight.held_on == timezone.localdate()
    rows = SheetRow.objects.filter(meeting=tonight)
    assert {row.method for row in rows} == {"cash", "transfer"}
    assert rows.filter(present=False).exists()
    assert rows.filter(received=True, pledge_satang=0).exists()
    assert 20 < rows.count() < Member.objects.filter(group=first, status="active").count()
    states = PaymentLine.objects.filter(meeting=tonight).values_list("state", flat=True)
    assert set(states) == {"requested", "cosigned"}
    assert not Meeting.objects.filter(group=second).exclude(status="closed").exists()
    assert Meeting.objects.filter(group=second, from_paper=False).exists()
    assert not Meeting.objects.filter(group=third, from_paper=False).exists()


def test_the_meetings_of_this_year_were_closed_by_two_people_with_the_cash_counted(demo):
    for meeting in Meeting.objects.filter(status="closed", from_paper=False).select_related("group"):
        assert meeting.closed_by_id != meeting.verified_by_id
        assert meeting.counts.filter(set_aside_at__isnull=True).exists()
    assert Entry.objects.filter(kind="bank_carry").exists()


def test_the_first_village_has_a_loan_in_every_state_and_an_application_at_every_step(demo):
    first = SavingsGroup.objects.get(code=VILLAGES[0].code)
    rows = register(first, timezone.localdate())
    assert {row.state for row in rows} == {"running", "late", "waiting", "closed", "written_off"}
    assert any(row.is_rescheduled and row.is_live for row in rows)
    steps = set(LoanApplication.objects.filter(group=first).values_list("status", flat=True))
    assert steps == {"draft", "submitted", "ready", "refused", "approved", "contracted"}
    assert LoanApplication.objects.filter(group=first, queue_rank__isnull=False).exists()
    assert {letter.kind for letter in Letter.objects.filter(group=first)} == {"reminder", "demand"}
    assert Letter.objects.filter(group=first, sent_on__isnull=False).exists()
    assert LoanReceipt.objects.filter(group=first).exists()
    assert User.objects.get(username="borrower").passbooks.get(relation="own").member.loans.exists()


def test_the_bank_book_of_one_village_is_typed_by_the_secretary_and_one_month_of_it_signed(demo):
    first = SavingsGroup.objects.get(code=VILLAGES[0].code)
    months = BankPage.objects.filter(group=first).order_by("month")
    assert [(page.state, hasattr(page, "reconciliation")) for page in months] == [("typed", True), ("typed", False)]
    assert {office.role for page in months for office in page.typed_by.offices.all()} == {"secretary"}
    done = months[0].reconciliation
    assert done.matched >= 1
    assert (done.open_lines_satang, done.open_postings_satang, done.beginning_satang) == (0, 0, 0)
    open_now = compare(months[1].account, months[1].month)
    assert open_now.open_lines - open_now.open_postings == open_now.difference


def test_only_the_printed_users_have_a_password(demo):
    names = {login.username for login in LOGINS}
    with_password = {user.username for user in User.objects.all() if user.has_usable_password()}
    assert with_password == names
    assert Client().login(username="treasurer", password=PASSWORD)


def test_the_committee_are_members_of_their_village(demo):
    treasurer = User.objects.get(username="treasurer")
    office = treasurer.offices.get()
    assert office.member is not None
    assert treasurer.display_name == office.member.full_name


def test_a_second_load_changes_nothing_and_prints_the_same(demo, settings):
    settings.DEBUG = True
    entries, users = Entry.objects.count(), User.objects.count()
    assert printed() == printed("--logins")
    assert (Entry.objects.count(), User.objects.count()) == (entries, users)
    for login in LOGINS:
        assert login.username in printed()
    assert PASSWORD in printed()


def test_every_printed_person_lands_on_a_page(demo):
    for login in LOGINS:
        client = Client()
        client.force_login(User.objects.get(username=login.username))
        assert client.get(reverse("members:landing"), follow=True).status_code == 200


def test_the_demo_is_quick_enough_to_wait_for(demo):
    assert demo < 60  # 9 s of one processor; the machine of the tests runs others beside it
