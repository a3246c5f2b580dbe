"""The list of meetings: found by number, date and place, summed, as a file; a closed meeting leads to its papers."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.meetings.test_pages import in_english, of, url


@pytest.fixture
def two(client, evening):
    """1/2569 on the 5th with 215 baht, closed; 2/2569 on the 6th at the temple, open."""
    evening.receive("Prani", pledge=200_00, fee=15_00)
    evening.pay(kind="expense", satang=5_00, code="O5100", memo="ค่าเครื่องเขียน", payee="ร้านบุญมา")
    evening.finish()
    evening.first = evening.meeting
    evening.meeting = evening.open(date(2026, 11, 6), place="วัดดอนไทร")
    client.force_login(evening.village.chair)
    return evening


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["2/2569", "1/2569"]),
        ("1/2569", ["1/2569"]),
        ("๒", ["2/2569"]),
        ("2569", ["2/2569", "1/2569"]),
        ("6 พ.ย. 2569", ["2/2569"]),
        ("5/11/2569", ["1/2569"]),
        ("ดอนไทร", ["2/2569"]),
        ("ไม่มีที่นี่", []),
        ("9" * 60, []),
        ("\x00", ["2/2569", "1/2569"]),
    ],
)
def test_a_meeting_is_found_by_number_date_and_place(client, two, words, found):
    page = client.get(url(two, "list"), {"q": words}).context["page"]
    assert [str(each) for each in page] == found


def test_the_list_sums_what_the_meetings_brought(client, two):
    context = client.get(url(two, "list")).context
    assert [each.received for each in context["page"]] == [None, 215_00]
    assert context["received"] == 215_00


def test_nothing_found_says_so_and_leads_back(client, two):
    page = in_english(client, url(two, "list") + "?q=xyz")
    assert "No meeting has this number, date or place." in page


def test_the_list_is_sent_as_a_file_with_its_totals(client, two):
    csv = client.get(url(two, "list"), {"format": "csv", "q": "1/2569"}).content.decode("utf-8-sig").splitlines()
    assert len(csv) == 3
    assert csv[1].startswith("1/2569,")
    assert "215.00" in csv[2]
    assert client.get(url(two, "list"), {"format": "xlsx"}).content[:2] == b"PK"


def test_the_list_takes_as_many_queries_for_one_meeting_as_for_two(client, two):
    client.get(url(two, "list"))
    counts = []
    for words in ("1/2569", "2569"):
        with CaptureQueriesContext(connection) as queries:
            client.get(url(two, "list"), {"q": words})
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_closed_meeting_leads_to_vouchers_and_the_list_to_sign(client, two):
    two.meeting = two.first
    page = client.get(of(two, "meeting")).content.decode()
    for paper in ("vouchers.pdf", "sign-sheet.pdf", "receipts.pdf"):
        assert f"papers/meetings/{two.first.pk}/{paper}" in page
