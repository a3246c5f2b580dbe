"""The sheet as it leaves the server: what is written into a row, and what five hundred of them weigh."""

import gzip
import re

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.meetings.evening import NOVEMBER_5, SEPTEMBER, Evening, fine_for_missed_months, vow
from tests.village import TestVillage

ON_THE_WIRE_MOST = 60_000  # fonts, styles and scripts take the rest of a page's 150 kB


@pytest.fixture
def tonight(village: TestVillage):
    with time_machine.travel(NOVEMBER_5.replace(day=6)):
        yield Evening(village)


def sheet_of(evening: Evening, **headers: str) -> bytes:
    client = Client(headers=headers)
    client.force_login(evening.village.treasurer)
    return client.get(reverse("meetings:sheet", args=[evening.village.group.code, evening.meeting.pk])).content


def row_of(page: bytes, number: int) -> str:
    found = re.search(rf'<tr [^>]*data-n="{number}".*?</tr>', page.decode())
    assert found is not None
    return found[0]


def test_what_people_wrote_is_escaped(tonight):
    prani = tonight.village.member("Prani")
    prani.first_name = '<script>"x"</script>'
    prani.save()
    tonight.receive("Prani", special=5_00, method="transfer", slip_ref='"><script>')
    row = row_of(sheet_of(tonight), prani.number)
    assert "<script>" not in row
    assert "&lt;script&gt;" in row
    assert 'data-slip="&quot;&gt;&lt;script&gt;"' in row


def test_a_row_shows_pencil_until_money_came(tonight):
    village = tonight.village
    vow(village, "Prani", 200)
    pencil = row_of(sheet_of(tonight), village.member("Prani").number)
    assert 'class="is-expected"' in pencil
    assert 'value="200.00"' in pencil
    tonight.receive("Prani", pledge=150_00)
    ink = row_of(sheet_of(tonight), village.member("Prani").number)
    assert "is-expected" not in ink
    assert 'value="150.00"' in ink
    assert "data-received" in ink


def test_who_is_known_not_to_come_has_no_pencil(tonight):
    vow(tonight.village, "Prani", 200)
    tonight.receive("Prani", present=False, received=False)
    row = row_of(sheet_of(tonight), tonight.village.member("Prani").number)
    assert "is-absent" in row
    assert "200.00" not in row
    assert "ไม่มา · ขาดส่ง" in row


def test_the_fine_for_missed_months_stands_in_pencil_beside_them(tonight):
    vow(tonight.village, "Kasem", 300, SEPTEMBER)
    fine_for_missed_months(tonight.village, 10)
    row = row_of(sheet_of(tonight), tonight.village.member("Kasem").number)
    assert 'value="900.00"' in row
    assert 'value="20.00"' in row
    assert 'data-fine-due="2000"' in row
    assert '920<span class="money__satang">.00</span>' in row
    tonight.receive("Kasem", pledge=300_00)
    assert "20.00" not in row_of(sheet_of(tonight), tonight.village.member("Kasem").number)


def test_nobody_misses_what_was_not_due(tonight):
    tonight.receive("Prani", present=False, received=False)
    assert "ขาดส่ง" not in row_of(sheet_of(tonight), tonight.village.member("Prani").number)


def test_five_hundred_rows_stay_light_on_the_wire(tonight):
    tonight.village.add_members(490)
    page = sheet_of(tonight, accept_encoding="gzip")
    assert len(page) < ON_THE_WIRE_MOST
    assert gzip.decompress(page).decode().count("<tr ") > 495


def test_the_number_of_queries_does_not_grow_with_the_members(tonight):
    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            sheet_of(tonight)
        return len(seen)

    count()
    few = count()
    tonight.village.add_members(100)
    assert count() == few


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_worker_and_its_page_know_nobody(client, db, language):
    script = client.get(reverse("worker:script"), {"language": language})
    assert script["content-type"] == "text/javascript"
    assert script["cache-control"] == "no-cache"
    assert f"/offline/?language={language}" in script.content.decode()
    page = client.get(reverse("worker:offline"), {"language": language}).content.decode()
    assert f'<html lang="{language}">' in page
    assert "csrf" not in page


def test_the_worker_keeps_only_files_that_exist(client, db):
    from django.contrib.staticfiles import finders

    text = client.get(reverse("worker:script")).content.decode()
    files = re.findall(r'"/static/([^"]+)"', text)
    assert len(files) > 8
    assert [name for name in files if finders.find(name) is None] == []
