"""The hand-over list: cash, banks, open items, the sheet under way, the books' last numbers; who signs it."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from funds.selectors import head
from members.models import Office
from members.services import end_office, record_resolution, start_office
from reports.papers.hand_over import hand_over_file, parts_of
from reports.selectors.hand_over import HandOver, hand_over
from savings.services import set_pledge
from tests.loans.cast import Lending
from tests.meetings.evening import Evening
from tests.village import TestVillage

OCTOBER_5, NOVEMBER_5 = date(2026, 10, 5), date(2026, 11, 5)


def _client(user: Any) -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    client.force_login(user)
    return client


def _term(village: TestVillage) -> Office:
    return Office.objects.get(group=village.group, role="treasurer", ends_on__isnull=True)


def _list(village: TestVillage) -> HandOver:
    return hand_over(office=_term(village), by=village.treasurer, on=timezone.localdate())


@pytest.fixture
def evenings(village: TestVillage) -> TestVillage:
    """A meeting closed with a receipt of 200, and one under way with 200 more entered."""
    set_pledge(member=village.member("Prani"), satang=200_00, starts_on=date(2026, 10, 1), by=village.treasurer)
    closed = Evening(village, held_on=OCTOBER_5)
    closed.receive("Prani", pledge=200_00)
    closed.finish()
    tonight = Evening(village, held_on=NOVEMBER_5)
    tonight.receive("Prani", pledge=200_00)
    return village


def test_cash_stands_per_books_and_as_last_counted(evenings: TestVillage) -> None:
    found = _list(evenings)
    assert found.cash == {"O": 200_00, "A": 0}
    assert found.cash_satang == 200_00
    assert found.count is not None
    assert found.count.counted_satang == 200_00
    assert found.count.meeting.held_on == OCTOBER_5


def test_the_sheet_under_way_is_half_done(evenings: TestVillage) -> None:
    half = _list(evenings).half_done
    assert half is not None
    assert (half.entered, half.satang, half.meeting.held_on) == (1, 200_00, NOVEMBER_5)
    assert half.of > 1


def test_the_books_are_handed_over_with_their_last_numbers_and_code(evenings: TestVillage) -> None:
    found = _list(evenings)
    last = head(evenings.group)
    assert last is not None
    assert found.head == last
    assert found.receipt is not None
    assert found.receipt.kind == "receipt"
    assert found.voucher is None
    [books] = [part for part in parts_of(found) if any(item.value == last.paper_code for item in part.items)]
    assert f"{last.n:,}" in [item.value for item in books.items]


def test_an_empty_group_has_a_list_too(village: TestVillage) -> None:
    found = _list(village)
    assert (found.cash_satang, found.bank_satang, found.count, found.half_done) == (0, 0, None, None)
    assert hand_over_file(found).startswith(b"%PDF")


def test_both_treasurers_and_the_auditor_sign(village: TestVillage) -> None:
    today = timezone.localdate()
    resolution = record_resolution(
        group=village.group, number="1/2569", decided_on=date(2026, 1, 5), subject="เปลี่ยนเหรัญญิก", by=village.secretary
    )
    term = _term(village)
    end_office(office=term, ends_on=today, by=village.chair, resolution=resolution)
    start_office(
        group=village.group, user=village.user("Kasem"), role="treasurer", starts_on=today, by=village.chair,
        resolution=resolution,
    )  # fmt: skip
    page = _client(village.chair).get(reverse("reports:hand-over", args=[village.group.code, term.pk]))
    assert page.context["people"] == {
        "leaving": village.treasurer.display_name,
        "coming": village.user("Kasem").display_name,
        "auditor": village.auditor.display_name,
    }


def test_only_a_treasurers_term_is_handed_over(village: TestVillage) -> None:
    chair = Office.objects.get(group=village.group, role="chair")
    theirs = Office.objects.get(group=village.neighbour.group, role="treasurer")
    for office in (chair, theirs):
        address = reverse("reports:hand-over", args=[village.group.code, office.pk])
        assert _client(village.chair).get(address).status_code == 404


def test_ending_the_treasurers_office_leads_to_the_list(village: TestVillage) -> None:
    resolution = record_resolution(
        group=village.group, number="1/2569", decided_on=date(2026, 1, 5), subject="เปลี่ยนเหรัญญิก", by=village.secretary
    )
    term = _term(village)
    client = _client(village.chair)
    address = reverse("people:office-end", args=[village.group.code, term.pk])
    typed = {"ends_on": timezone.localdate().strftime("%d/%m/%Y"), "resolution": resolution.pk, "key": uuid4()}
    answer = client.post(address, typed)
    assert answer.headers["Location"] == reverse("reports:hand-over", args=[village.group.code, term.pk])
    paper = client.get(reverse("reports:hand-over-pdf", args=[village.group.code, term.pk]))
    assert paper.content.startswith(b"%PDF")


def test_the_list_takes_the_same_queries_however_many_members(evenings: TestVillage) -> None:
    client = _client(evenings.chair)
    address = reverse("reports:hand-over", args=[evenings.group.code, _term(evenings).pk])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    evenings.add_members(487)
    with CaptureQueriesContext(connection) as many:
        assert client.get(address).status_code == 200
    assert len(many) == len(few) <= 50


def test_the_loans_are_handed_over_with_what_is_overdue_and_what_is_not_paid_out_yet(village: TestVillage) -> None:
    lending = Lending(village)
    lending.save("Somchai", 10_000_00)
    lending.save("Boonmee", 10_000_00)
    lending.lend("Somchai", 6_000_00, on=date(2026, 8, 5))
    lending.contract("Boonmee", 2_000_00, on=OCTOBER_5, guarantors=())
    found = _list(village).loans
    assert (found.count, found.satang, found.late) == (1, 6_000_00, 1)
    assert (found.unpaid, found.unpaid_satang) == (1, 2_000_00)
    with translation.override("en"):
        part = next(part for part in parts_of(_list(village)) if part.title == "Loans to members")
    assert [item.satang for item in part.items] == [6_000_00, found.overdue, 2_000_00]
