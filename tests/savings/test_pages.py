"""The passbook page is for officers; its paper also for whoever may open the passbook, and for nobody else."""

import io
from datetime import date

import openpyxl
import pytest
import time_machine
from django.urls import reverse

from members.models import AccessRecord
from savings.services import open_special_book

JANUARY, MARCH = date(2026, 1, 1), date(2026, 3, 1)


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-05 12:00+07:00", tick=False):
        yield


@pytest.fixture
def prani(savers):
    """Prani, who paid January, missed February, and has a special book."""
    open_special_book(member=savers["Prani"], by=None)
    savers.vow("Prani", 100_00)
    savers.pay("Prani", date(2026, 1, 5), JANUARY, special=500_00)
    savers.close(date(2026, 2, 5))
    return savers["Prani"]


def page(client, member, user, name="savings:passbook", **query):
    client.force_login(user)
    return client.get(reverse(name, args=[member.group.code, member.number]), query)


def test_an_officer_sees_the_lines_and_the_look_is_recorded(client, savers, prani):
    answer = page(client, prani, savers.village.treasurer)
    text = answer.content.decode()
    for said in ("เงินสัจจะ ม.ค.", "ขาดส่ง ก.พ.", "ค้างส่ง", "500"):
        assert said in text
    assert AccessRecord.objects.filter(member=prani, user=savers.village.treasurer).exists()


def test_the_page_speaks_english_too(client, savers, prani):
    client.force_login(savers.village.treasurer)
    client.cookies["django_language"] = "en"
    text = client.get(reverse("savings:passbook", args=[prani.group.code, prani.number])).content.decode()
    assert "Pledge savings" in text
    assert "Missed Feb" in text


def test_the_page_answers_strangers_with_404(client, savers, prani):
    village = savers.village
    for user in (village.stranger, village.users["Kasem"], village.neighbour.treasurer, village.users["Prani"]):
        assert page(client, prani, user).status_code == 404
    assert page(client, prani, village.treasurer).status_code == 200


def test_the_paper_is_for_officers_and_for_whoever_opens_the_passbook(client, savers, prani):
    village = savers.village
    for user in (village.treasurer, village.users["Prani"]):
        answer = page(client, prani, user, "savings:passbook-pdf")
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")
    for user in (village.stranger, village.users["Kasem"], village.neighbour.treasurer, village.administrator):
        assert page(client, prani, user, "savings:passbook-pdf").status_code == 404


def test_a_parent_opens_the_paper_of_a_child(client, savers):
    assert page(client, savers["Noi"], savers.village.users["Prani"], "savings:passbook-pdf").status_code == 200


def test_nobody_signed_in_is_led_to_the_door(client, savers, prani):
    answer = client.get(reverse("savings:passbook", args=[prani.group.code, prani.number]))
    assert answer.status_code == 302
    assert "/sign-in/" in answer["Location"]


@pytest.mark.parametrize("number", [0, 99, 99999, 10**30])
def test_a_number_without_member_is_404(client, savers, number):
    client.force_login(savers.village.treasurer)
    for name in ("savings:passbook", "savings:passbook-pdf"):
        assert client.get(reverse(name, args=[savers.group.code, number])).status_code == 404


@pytest.mark.parametrize("year", ["", "x", "0000", "9999", "๒๕๖๙", "2569", "-1"])
def test_any_year_of_the_address_shows_a_year_of_the_books(client, savers, prani, year):
    answer = page(client, prani, savers.village.treasurer, year=year)
    assert answer.context["year"] == 2569


def test_the_list_leaves_as_a_workbook(client, savers, prani):
    answer = page(client, prani, savers.village.treasurer, format="xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert rows[1][2:6] == ("เงินสัจจะ ม.ค.", 100, None, 100)
    assert page(client, prani, savers.village.treasurer, format="csv").content.startswith(b"\xef\xbb\xbf")


def test_a_special_book_is_printed_by_its_number(client, savers, prani):
    answer = page(client, prani, savers.village.treasurer, "savings:passbook-pdf", book=f"{prani.holder}-1")
    assert answer.status_code == 200
    assert answer.content != page(client, prani, savers.village.treasurer, "savings:passbook-pdf").content
