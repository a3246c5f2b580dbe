"""What the pages of acts say before anything is typed: what cannot be done now, and why."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from funds.waiting import waiting_in
from loans.selectors.acts import waiting_acts
from members.group_settings import change_setting
from tests.loans.acting import NOV_22, Acting, Kind
from tests.meetings.evening import Evening
from tests.village import TestVillage


@pytest.fixture
def lending(time_machine: Any, village: TestVillage) -> Acting:
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)
    return Acting(village)


def page(lending: Acting, name: str, *args: Any) -> Any:
    client = Client(headers={"accept-language": "en"})
    client.force_login(lending.village.treasurer)
    return client.get(reverse(f"loans:{name}", args=[lending.group.code, *args]))


def test_an_allowance_that_is_only_shown_is_not_asked_for(lending: Acting) -> None:
    lending.lend()
    answer = page(lending, "allowance-new")
    assert "does not book it" in answer.content.decode()
    assert 'value="ask"' not in answer.content.decode()
    change_setting(group=lending.group, key="allowance_booked", value=1, valid_from=NOV_22, by=lending.village.chair)
    assert 'value="ask"' in page(lending, "allowance-new").content.decode()
    lending.do(Kind.ALLOWANCE, None)
    assert "nothing to do" in page(lending, "allowance-new").content.decode()


def test_money_recovered_while_a_meeting_is_open_comes_by_transfer(lending: Acting) -> None:
    loan = lending.lend(satang=6_000_00)
    lending.do(Kind.WRITE_OFF, loan)
    assert page(lending, "act-new", loan.pk, "recovery").context["form"]["way"].value() == "cash"
    Evening(lending.village, held_on=date(2026, 11, 22))
    answer = page(lending, "act-new", loan.pk, "recovery")
    assert (answer.context["form"]["way"].value(), bool(answer.context["cash_refused"])) == ("transfer", True)


def test_whoever_looks_for_a_resolution_reads_where_it_is_written_down(lending: Acting) -> None:
    answer = page(lending, "act-new", lending.lend().pk, "set_off").content.decode()
    assert reverse("people:resolutions", args=[lending.group.code]) in answer


def test_an_act_waits_under_the_name_of_the_borrower_and_pays_nobody(lending: Acting) -> None:
    lending.ask(Kind.WRITE_OFF, lending.lend())
    [waiting] = waiting_acts(lending.group, lending.village.auditor)
    assert lending["Somchai"].full_name in waiting.title
    assert waiting.to == ""
    assert waiting in waiting_in(lending.group, lending.village.auditor)


def test_the_guarantors_of_a_loan_that_is_over_are_said_to_be_free(lending: Acting) -> None:
    loan = lending.lend()
    assert "they are free" not in page(lending, "loan", loan.pk).content.decode()
    lending.do(Kind.WRITE_OFF, loan)
    assert "they are free" in page(lending, "loan", loan.pk).content.decode()


def test_a_set_off_that_waits_says_what_it_holds(lending: Acting) -> None:
    loan = lending.lend()
    lending.save("Somchai", 3_000_00)
    act = lending.ask(Kind.SET_OFF, loan, satang=2_000_00)
    assert "Savings held until" in page(lending, "act", act.pk).content.decode()
