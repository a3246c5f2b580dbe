"""The group's home: two pools apart, one next step, the last meeting, what needs attention."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from funds.accounts import account_for
from funds.backup.folder import note_try
from funds.journal import credit, debit, post_entry
from members.group_settings import change_setting
from members.models import Office, SavingsGroup
from reports.selectors.home import Register
from reports.selectors.meetings import last_closed
from reports.selectors.pools import pools
from tests.loans.cast import Lending
from tests.reports.conftest import text_of
from tests.village import YEAR_START

HOME = "/g/nong-ruang-khao/"


def test_the_pools_stand_side_by_side_and_are_never_added(closed, as_user):
    page = text_of(as_user(closed.village.treasurer).get(HOME, headers={"accept-language": "en"}))
    assert "2,210 .00" in page
    assert "Operating pool" in page
    assert "Administrative pool" in page


def test_a_fee_belongs_to_the_administrative_pool_alone(evening):
    evening.receive("Prani", pledge=200_00, fee=30_00)
    evening.finish()
    operating, administrative = pools(group=evening.village.group, on=evening.held_on)
    assert (operating.satang, administrative.satang) == (200_00, 30_00)
    assert [row.satang for row in administrative.rows] == [0, 30_00, 0]


def test_the_rows_of_a_pool_add_up_to_its_figure(closed):
    for pool in pools(group=closed.village.group, on=closed.held_on):
        assert sum(row.satang for row in pool.rows) == pool.satang


def test_the_last_meeting_is_summed_from_its_own_batch(closed):
    last = last_closed(group=closed.village.group)
    assert last is not None
    assert (last.pledge, last.special, last.fines, last.receipts) == (700_00, 1_500_00, 10_00, 2)
    assert last.attendance is not None
    assert (last.attendance.present, last.attendance.entered) == (3, 11)
    assert last.count is not None
    assert last.count.difference_satang == 0


@pytest.mark.parametrize(
    ("who", "button"), [("treasurer", "Go on entering"), ("secretary", "Go on entering"), ("auditor", None)]
)
def test_an_open_meeting_is_the_next_step_of_those_who_enter(evening, as_user, who, button):
    page = text_of(as_user(getattr(evening.village, who)).get(HOME, headers={"accept-language": "en"}))
    assert "0 of 11 members are entered" in page
    assert (button in page) if button else "Go on entering" not in page


def test_when_all_are_entered_the_cash_is_counted_next(evening, as_user):
    for name in evening.village.members:
        if evening.village.member(name).status == "active":
            evening.receive(name, received=False)
    for member in evening.village.group.members.filter(status="active", sheet_rows__isnull=True):
        evening.village.members[str(member.number)] = member
        evening.receive(str(member.number), received=False)
    page = text_of(as_user(evening.village.treasurer).get(HOME, headers={"accept-language": "en"}))
    assert "Count the cash" in page


def test_a_counted_meeting_waits_for_its_close(evening, as_user):
    evening.receive("Prani", pledge=200_00)
    evening.count()
    page = text_of(as_user(evening.village.treasurer).get(HOME, headers={"accept-language": "en"}))
    assert "waits for its close" in page


def test_after_the_close_the_next_meeting_day_is_named(closed, as_user):
    page = text_of(as_user(closed.village.treasurer).get(HOME, headers={"accept-language": "en"}))
    assert "The next meeting is due on 5 December 2569" in page


def test_three_days_before_the_meeting_day_opening_it_is_next(closed, as_user):
    with time_machine.travel("2026-12-03 09:00+07:00", tick=False):
        page = text_of(as_user(closed.village.treasurer).get(HOME, headers={"accept-language": "en"}))
    assert "Open the meeting of 5 December 2569" in page


def test_a_missed_meeting_needs_attention(closed, as_user):
    with time_machine.travel("2026-12-08 09:00+07:00", tick=False):
        page = text_of(as_user(closed.village.treasurer).get(HOME, headers={"accept-language": "en"}))
    assert "5 December 2569 The group should have met and no meeting was opened" in page


def test_cash_above_the_limit_needs_attention(closed, as_user):
    change_setting(
        group=closed.village.group,
        key="cash_limit_satang",
        value=2_000_00,
        valid_from=YEAR_START,
        by=closed.village.treasurer,
    )
    page = text_of(as_user(closed.village.treasurer).get(HOME, headers={"accept-language": "en"}))
    assert "Cash on hand is 2,210.00 baht, above the limit of 2,000.00 baht" in page


def test_an_office_that_nobody_holds_needs_attention(closed, as_user):
    Office.objects.filter(group=closed.village.group, role="audit").update(ends_on=closed.held_on)
    page = text_of(as_user(closed.village.treasurer).get(HOME, headers={"accept-language": "en"}))
    assert "Nobody holds the office of: Auditor" in page


def test_members_who_owe_are_counted_and_listed(closed, as_user):
    client = as_user(closed.village.treasurer)
    assert "1 member owes pledge months" in text_of(client.get(HOME, headers={"accept-language": "en"}))
    page = text_of(client.get(f"{HOME}owing/", headers={"accept-language": "en"}))
    assert "เกษม สุขสำราญ" in page
    assert "600 .00" in page
    assert "Total of 1 member" in page


def test_a_group_without_anything_says_what_to_do_first(village, as_user):
    page = text_of(as_user(village.neighbour.treasurer).get("/g/don-sai-ngam/", headers={"accept-language": "en"}))
    assert "No meeting yet" in page
    village.neighbour.group.members.update(status="resigned", left_on=YEAR_START)
    page = text_of(as_user(village.neighbour.treasurer).get("/g/don-sai-ngam/", headers={"accept-language": "en"}))
    assert "No members yet" in page
    assert "Go to the register" in page


def test_a_group_whose_books_are_not_open_is_led_to_both_ways_in(village, as_user):
    group = village.neighbour.group
    empty = SavingsGroup.objects.create(
        code="ban-mai", name="กลุ่มบ้านใหม่", village=group.village, first_year_starts_on=YEAR_START
    )
    for user, role in ((village.treasurer, "treasurer"), (village.auditor, "audit")):
        Office.objects.create(group=empty, user=user, role=role, starts_on=YEAR_START)
    answer = as_user(village.treasurer).get("/g/ban-mai/", headers={"accept-language": "en"})
    assert "Take a workbook" in text_of(answer)
    assert 'href="/g/ban-mai/books/start/"' in answer.content.decode()
    page = text_of(as_user(village.auditor).get("/g/ban-mai/", headers={"accept-language": "en"}))
    assert "The books are not open yet" in page
    assert "Other ways to begin" not in page


def test_members_and_strangers_find_no_home(village, as_user):
    for user in (village.user("Prani"), village.stranger, village.neighbour.treasurer, village.district_officer):
        assert as_user(user).get(HOME).status_code == 404


def test_the_home_asks_as_much_for_five_hundred_members_as_for_ten(closed, as_user):
    client = as_user(closed.village.treasurer)
    client.get(HOME)  # the first request of a session writes down the device
    with CaptureQueriesContext(connection) as few:
        client.get(HOME)
    closed.village.add_members(490)
    for number in range(30):
        post_entry(
            group=closed.village.group,
            kind="receipt",
            on=closed.held_on.replace(day=6),
            by=closed.village.treasurer,
            lines=[
                debit(account_for(closed.village.group, "O1200"), 1_00),
                credit(account_for(closed.village.group, "O2100", f"{number + 20:04d}"), 1_00),
            ],
            operation=uuid4(),
        )
    with CaptureQueriesContext(connection) as many:
        client.get(HOME)
    assert len(many) == len(few)


def test_the_backup_stands_in_one_sentence(closed, as_user, settings, tmp_path):
    """What the foot of the card says is not said again among the matters, nor the other way round."""
    settings.BACKUP_DIR = None
    client = as_user(closed.village.treasurer)
    page = text_of(client.get(HOME, headers={"accept-language": "en"}))
    assert page.count("No good backup has been made yet") == 1
    assert "tell the administrator" not in page
    settings.BACKUP_DIR = tmp_path
    page = text_of(client.get(HOME, headers={"accept-language": "en"}))
    assert page.count("No good backup has been made yet") == 1
    assert "No good backup has been made yet: tell the administrator" in page
    note_try(tmp_path, timezone.now() - timedelta(hours=2))
    page = text_of(client.get(HOME, headers={"accept-language": "en"}))
    assert "The backup begun on 6 Nov 2569 08:00 failed. No good backup" in page
    assert page.count("backup") == 2


def test_one_household_is_not_households():
    with translation.override("th"):
        assert Register(members=4, households=1).sentence == "สมาชิก 4 คน 1 ครัว\u2060เรือน"
    with translation.override("en"):
        assert Register(members=4, households=1).sentence == "4 members in 1 household"
        assert Register(members=1, households=2).sentence == "1 member in 2 households"


def test_overdue_loans_need_attention(village, as_user):
    lending = Lending(village)
    lending.save("Boonmee", 10_000_00)
    lending.lend("Somchai", 6_000_00, on=date(2026, 8, 5))
    page = text_of(as_user(village.treasurer).get(HOME, headers={"accept-language": "en"}))
    assert "1 loan is overdue" in page
    assert "See the arrears" in page
