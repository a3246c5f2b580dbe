"""The next step on the group's home leads every officer to a page that is open to that officer, in every state."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from meetings.services.closing import request_close
from meetings.services.meetings import begin_count
from members.models import Member, Office, SavingsGroup, User
from tests.meetings.evening import Evening
from tests.reports.conftest import text_of
from tests.village import YEAR_START

HOME = "/g/nong-ruang-khao/"
ENGLISH = {"accept-language": "en"}


def open_(evening: Evening) -> None:
    evening.receive("Prani", pledge=200_00)


def everyone_entered(evening: Evening) -> None:
    active = evening.village.group.members.filter(status=Member.Status.ACTIVE)
    for member in active:
        evening.village.members[str(member.number)] = member
        evening.receive(str(member.number), received=False)


def counting(evening: Evening) -> None:
    open_(evening)
    begin_count(meeting=evening.meeting, by=evening.village.treasurer)


def differing(evening: Evening) -> None:
    open_(evening)
    evening.count(off_by=-100)


def counted(evening: Evening) -> None:
    open_(evening)
    evening.count()


def asked(evening: Evening) -> None:
    counted(evening)
    request_close(meeting=evening.meeting, by=evening.village.treasurer)


def signed(evening: Evening) -> None:
    counted(evening)
    evening.sign()


def closed(evening: Evening) -> None:
    open_(evening)
    evening.finish()


def no_members(evening: Evening) -> None:
    closed(evening)
    evening.village.group.members.filter(status="active").update(status="resigned", left_on=YEAR_START)


STATES = [open_, everyone_entered, counting, differing, counted, asked, signed, closed, no_members]


def step_for(client: Client, role: str, group: SavingsGroup) -> tuple[str, str]:
    """The home of an office's holder: the words of the step, and its address or nothing."""
    office = Office.objects.held_on().filter(group=group, role=role).first()
    user = office.user if office else User.objects.create(username=f"{role}-{group.code}", display_name=role)
    if office is None:
        Office.objects.create(group=group, user=user, role=role, starts_on=YEAR_START)
    client.force_login(user)
    answer = client.get(f"/g/{group.code}/", headers=ENGLISH)
    assert answer.status_code == 200
    step = answer.context["step"]
    for url in filter(None, (step.url, step.other_url)):
        assert client.get(url).status_code == 200, (role, url)
    assert bool(step.url) == bool(step.label)
    return step.title, step.url


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__.strip("_"))
def test_every_next_step_opens_for_the_office_that_it_is_shown_to(evening, client, state):
    state(evening)
    for role in Office.Role.values:
        step_for(client, role, evening.village.group)


def test_every_next_step_opens_long_after_the_last_meeting_and_before_the_first(evening, client):
    closed(evening)
    bare = SavingsGroup.objects.create(
        code="ban-mai", name="กลุ่มบ้านใหม่", village=evening.village.group.village, first_year_starts_on=YEAR_START
    )
    for role in Office.Role.values:
        step_for(client, role, evening.village.neighbour.group)
        step_for(client, role, bare)
    with time_machine.travel(timezone.now() + timedelta(days=100), tick=False):
        for role in Office.Role.values:
            step_for(client, role, evening.village.group)


@pytest.mark.parametrize(
    ("state", "role", "title", "ends"),
    [
        (counting, "treasurer", "Count the cash", "count/"),
        (counting, "secretary", "Count the cash", "count/"),
        (counting, "audit", "Count the cash", ""),
        (differing, "treasurer", "Write the reason", "count/"),
        (counted, "treasurer", "Close the meeting", "close/"),
        (counted, "secretary", "Close the meeting", ""),
        (counted, "audit", "Look at the count", "/detail/"),
        (asked, "audit", "Sign the close", "/sign/"),
        (signed, "audit", "Look at the count", "/detail/"),
    ],
)
def test_a_meeting_in_counting_leads_each_to_the_own_part(evening, client, state, role, title, ends):
    state(evening)
    found, url = step_for(client, role, evening.village.group)
    assert found == title
    assert url.endswith(ends) if ends else not url


def test_nothing_is_called_counted_before_the_count(evening, as_user):
    counting(evening)
    page = text_of(as_user(evening.village.treasurer).get(HOME, headers=ENGLISH))
    assert "the cash is not counted yet" in page
    assert "waits for its close" not in page


def test_the_secretary_is_not_led_to_open_a_meeting(evening, client):
    """Opening is the treasurer's right."""
    closed(evening)
    with time_machine.travel("2026-12-04 09:00+07:00", tick=False):
        assert step_for(client, "secretary", evening.village.group)[1] == ""
        assert step_for(client, "treasurer", evening.village.group)[1].endswith("/open/")
