"""The page that opens the books of a group that starts with nothing: two people, once, and it says what it means."""

from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from funds import errors
from funds.models import Entry
from funds.selectors import is_open
from funds.services import ask_to_start_empty_books, empty_books_signature, ensure_account_year, start_empty_books
from members import cosign
from members.models import CoSignature, Office
from tests.funds.conftest import make_group
from tests.meetings.evening import evening_with_pledges
from tests.village import TestVillage

ENGLISH = {"accept-language": "en"}


class EmptyGroup:
    """A group whose books nobody has opened, with officers of the village."""

    def __init__(self, village: TestVillage) -> None:
        self.group = make_group("ban-mai")
        self.treasurer, self.secretary, self.chair = village.treasurer, village.secretary, village.chair
        for role in ("treasurer", "secretary", "chair"):
            Office.objects.create(group=self.group, role=role, user=getattr(self, role), starts_on=date(2026, 1, 1))


@pytest.fixture
def empty(village: TestVillage) -> EmptyGroup:
    return EmptyGroup(village)


@pytest.fixture
def address(empty: EmptyGroup) -> str:
    return reverse("funds:start", args=[empty.group.code])


def shown(client: Client, address: str) -> str:
    return client.get(address, headers=ENGLISH).content.decode().replace("\xa0", " ")


def signed(empty: EmptyGroup) -> CoSignature:
    signature = ask_to_start_empty_books(group=empty.group, by=empty.treasurer)
    return cosign.sign_as(signature=signature, user=empty.chair)


def test_the_treasurer_reads_what_opening_means_and_where_the_workbook_comes_in(client, empty, address):
    client.force_login(empty.treasurer)
    text = shown(client, address)
    assert "31 December 2568" in text
    assert "cannot be undone" in text
    assert reverse("intake:import", args=[empty.group.code]) in text
    assert "Ask the second officer to sign" in text


def test_the_whole_way_in_the_browser_opens_the_books_once(client, empty, address):
    client.force_login(empty.treasurer)
    client.post(reverse("funds:start-sign", args=[empty.group.code]))
    assert "Open the books with nothing in them" not in shown(client, address)
    signature = empty_books_signature(group=empty.group, by=empty.treasurer)
    assert signature is not None
    cosign.sign_as(signature=signature, user=empty.secretary)
    assert "Open the books with nothing in them" in shown(client, address)
    client.post(address)
    client.post(address)  # the second click
    [opening] = Entry.objects.filter(group=empty.group)
    assert (opening.kind, opening.lines, opening.booked_on) == ("opening", 0, date(2025, 12, 31))
    assert (opening.maker, opening.approvers) == (empty.treasurer.code, [empty.secretary.code])
    text = shown(client, address)
    assert "The books are open" in text
    assert "Ask the second officer" not in text


def test_without_the_second_officer_nothing_is_opened(client, empty, address):
    client.force_login(empty.treasurer)
    text = client.post(address, headers=ENGLISH, follow=True).content.decode()
    assert "The second officer has not signed yet." in text
    ask_to_start_empty_books(group=empty.group, by=empty.treasurer)
    with pytest.raises(cosign.SignatureMissing):
        start_empty_books(group=empty.group, by=empty.treasurer)
    assert not is_open(empty.group)


def test_the_asker_does_not_sign(empty):
    signature = ask_to_start_empty_books(group=empty.group, by=empty.treasurer)
    with pytest.raises(cosign.SignerIsAsker):
        cosign.sign_as(signature=signature, user=empty.treasurer)


def test_asked_twice_it_is_one_signature(empty):
    first = ask_to_start_empty_books(group=empty.group, by=empty.treasurer)
    assert ask_to_start_empty_books(group=empty.group, by=empty.treasurer) == first


def test_a_signature_for_another_opening_day_opens_nothing(empty):
    signed(empty)
    empty.group.first_year_starts_on = date(2026, 4, 1)
    empty.group.save()
    with pytest.raises(cosign.SignatureMissing):
        start_empty_books(group=empty.group, by=empty.treasurer)


def test_open_books_are_not_opened_again(empty):
    signed(empty)
    first = start_empty_books(group=empty.group, by=empty.treasurer)
    assert start_empty_books(group=empty.group, by=empty.treasurer) == first
    with pytest.raises(errors.BooksAlreadyOpen):
        ask_to_start_empty_books(group=empty.group, by=empty.treasurer)
    with pytest.raises(errors.BooksAlreadyOpen):
        start_empty_books(group=empty.group, by=empty.secretary)
    assert Entry.objects.filter(group=empty.group).count() == 1


def test_a_refused_opening_gives_the_signature_back(client, empty, address):
    empty.group.first_year_starts_on = date(2030, 1, 1)
    empty.group.save()
    client.force_login(empty.treasurer)
    assert "open the books from 31 December 2572 on" in shown(client, address)
    signature = signed(empty)
    with pytest.raises(errors.FutureDate):
        start_empty_books(group=empty.group, by=empty.treasurer)
    signature.refresh_from_db()
    assert signature.used_at is None


def test_the_second_year_opens_by_itself_when_something_is_dated_in_it(village):
    evening = evening_with_pledges(village)
    evening.finish()
    years = evening.village.group.account_years
    assert [year.year for year in years.all()] == [2569]
    with time_machine.travel("2027-02-05 20:00+07:00", tick=False):
        next_year = type(evening)(evening.village, held_on=date(2027, 2, 5))
        assert str(next_year.meeting) == "1/2570"
        next_year.receive("Prani", pledge=200_00)
        next_year.finish()
    assert [(year.year, year.is_closed) for year in years.all()] == [(2569, False), (2570, False)]


def test_years_follow_each_other_without_a_gap_after_one_that_was_cut_short(village):
    years = village.group.account_years
    years.update(ends_on=date(2026, 3, 31))
    with time_machine.travel("2028-05-05 20:00+07:00", tick=False):
        ensure_account_year(group=village.group, on=date(2028, 5, 5))
    spans = [(year.year, year.starts_on, year.ends_on) for year in years.all()]
    assert spans == [
        (2569, date(2026, 1, 1), date(2026, 3, 31)),
        (2570, date(2026, 4, 1), date(2027, 3, 31)),
        (2571, date(2027, 4, 1), date(2028, 3, 31)),
        (2572, date(2028, 4, 1), date(2029, 3, 31)),
    ]


def test_no_year_is_made_before_the_first(village):
    assert ensure_account_year(group=village.group, on=date(2025, 12, 31)) is None
    assert village.group.account_years.count() == 1
