"""The bank's pages over HTTP: the register, money moved there, a month typed, compared, signed, printed."""

import io
import json
import uuid
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from PIL import Image

from funds.models import BankAccount, BankLine, BankMatch, BankMove, BankPage, Reconciliation
from funds.selectors.bank_book import compare
from funds.services.bank_moves import approve_move
from members import cosign
from members.models import CoSignature
from tests.funds.test_bank_rooms import BOOK, JANUARY, Bank, bank  # noqa: F401 - a fixture

FIRST = "2026-01"


class Officer:
    """Somebody signed in, who opens the bank's pages of one group."""

    def __init__(self, found: Bank, user: Any) -> None:
        self.bank, self.client = found, Client()
        self.client.force_login(user)

    def at(self, name: str, *args: Any) -> str:
        return reverse(f"funds:{name}", args=[self.bank.group.code, *args])

    def read(self, name: str, *args: Any, query: str = "", language: str = "en") -> str:
        self.client.cookies["django_language"] = language
        response = self.client.get(self.at(name, *args) + query)
        assert response.status_code == 200, (name, response.status_code)
        return response.content.decode().replace("\u2060", "").replace("\u00a0", " ")

    def send(self, page: str, /, *args: Any, **data: Any) -> str:
        self.client.cookies["django_language"] = "en"
        data = {"operation": str(uuid.uuid4()), **data}
        response = self.client.post(self.at(page, *args), data, follow=True)
        assert response.status_code == 200, (page, response.status_code)
        return response.content.decode().replace("\u2060", "").replace("\u00a0", " ")


@pytest.fixture
def treasurer(bank: Bank) -> Officer:  # noqa: F811 - a fixture
    return Officer(bank, bank.village.treasurer)


@pytest.fixture
def secretary(bank: Bank) -> Officer:  # noqa: F811
    return Officer(bank, bank.village.secretary)


@pytest.fixture
def auditor(bank: Bank) -> Officer:  # noqa: F811
    return Officer(bank, bank.village.auditor)


def sheet(*rows: tuple[str, str, str, str, str]) -> dict[str, str]:
    """The fields of the sheet as a browser sends them."""
    names = ("on", "words", "in", "out", "balance")
    return {f"{name}-{n}": value for n, row in enumerate(rows, 1) for name, value in zip(names, row, strict=True)}


def test_the_list_shows_both_pools_apart_and_an_account_only_the_ledger_knows(treasurer: Officer) -> None:
    treasurer.bank.books.post("income", ("O1200", "other", 5_00), ("O4300", "", -5_00))
    shown = treasurer.read("bank")
    assert "1,005" in shown
    assert "Stands in the ledger, not yet in the register" in shown
    for form in ("csv", "xlsx"):
        assert treasurer.client.get(treasurer.at("bank"), {"format": form}).status_code == 200


def test_an_account_is_entered_corrected_and_closed_and_what_stood_before_is_read(treasurer: Officer) -> None:
    fields = {
        "bank": "ออมสิน", "number": "๐๒๐-1-23456-7", "name": "นางสมพร", "owner": "person", "pools": "O",
        "opened_on": "5/1/2569",
    }  # fmt: skip
    shown = treasurer.send("bank-register", **fields)
    row = BankAccount.objects.get(bank="ออมสิน")
    assert (row.number, row.is_private, row.codes) == ("020-1-23456-7", True, ("O1200",))
    assert "private person" in shown
    assert "private person" in treasurer.read("bank")
    shown = treasurer.send("bank-change", row.pk, **fields | {"name": "นางสมพร อินทร์แก้ว"})
    assert "นางสมพร อินทร์แก้ว" in shown
    assert "What was changed" in shown
    assert "register already" in treasurer.send("bank-register", **fields)
    shown = treasurer.send("bank-close", row.pk, closed_on="1/2/2569")
    assert "closed" in shown
    assert "books still have" in treasurer.send("bank-close", treasurer.bank.account.pk, closed_on="1/2/2569")


def test_a_deposit_goes_from_the_form_over_the_second_officer_into_the_books(
    treasurer: Officer, auditor: Officer
) -> None:
    fields = {
        "satang": "300", "pool": "O", "target": treasurer.bank.account.pk, "moved_on": "20/1/2569", "slip_ref": "S-777",
    }  # fmt: skip
    shown = treasurer.send("bank-move-new", **fields)
    move = BankMove.objects.get()
    assert "second officer" in shown
    assert "S-777" in auditor.read("approvals")
    assert "Sign" in treasurer.read("bank-move", move.pk)
    shown = auditor.send("bank-move-approve", move.pk)
    move.refresh_from_db()
    assert move.entry is not None
    assert "Approved and posted" in shown
    assert "S-777" in auditor.read("bank-moves", query="?q=777")
    assert "No deposit or withdrawal found" in auditor.read("bank-moves", query="?q=888")
    assert auditor.client.get(auditor.at("bank-moves"), {"format": "csv"}).status_code == 200


def test_more_than_the_box_holds_is_refused_beside_the_amount_and_a_move_is_taken_back(treasurer: Officer) -> None:
    fields = {
        "satang": "900", "pool": "O", "target": treasurer.bank.account.pk, "moved_on": "20/1/2569", "slip_ref": "S1",
    }  # fmt: skip
    assert 'value="900"' in treasurer.send("bank-move-new", **fields)
    assert not BankMove.objects.exists()
    treasurer.send("bank-move-new", **fields | {"satang": "400"})
    assert "Cancelled" in treasurer.send("bank-move-cancel", BankMove.objects.get().pk)


def test_the_one_who_asked_posts_with_the_signature_given_at_the_same_laptop(treasurer: Officer) -> None:
    move = treasurer.bank.carry()
    treasurer.send("bank-move-approve", move.pk)
    move.refresh_from_db()
    assert move.entry is None
    assert move.signature is not None
    cosign.sign_as(signature=move.signature, user=treasurer.bank.village.auditor)
    assert "Approved and posted" in treasurer.send("bank-move-approve", move.pk)


def test_the_treasurer_reads_no_sheet_and_sends_none(treasurer: Officer) -> None:
    account = treasurer.bank.account.pk
    shown = treasurer.read("bank-book", account, FIRST)
    assert "someone other than the treasurer" in shown
    assert "data-bankbook" not in shown
    treasurer.send("bank-book", account, FIRST, opening="1", **sheet(("5", "x", "1", "", "2")))
    assert not BankPage.objects.exists()


def test_a_month_is_kept_as_typed_and_the_sentence_stands_at_its_line(secretary: Officer) -> None:
    account = secretary.bank.account.pk
    wrong = sheet(("5", "ฝาก S-777", "300", "", "1,500"), ("", "ค่าธรรมเนียม", "", "๒", "1,398"))
    kept = {"opening": "1,100", "version": "0", **wrong}
    answer = secretary.client.post(
        secretary.at("bank-book", account, FIRST), kept, headers={"x-requested-with": "fetch"}
    )
    said = json.loads(answer.content)
    assert said["version"] == 1
    assert "1,400.00" in said["faults"]["1"]
    shown = secretary.send("bank-book", account, FIRST, **kept | {"version": "1", "finish": "1"})
    assert "1,400.00" in shown
    assert 'value="1,500"' in shown
    assert not BankLine.objects.exists()
    late = secretary.client.post(secretary.at("bank-book", account, FIRST), kept, headers={"x-requested-with": "fetch"})
    assert late.status_code == 409
    shown = secretary.send("bank-book", account, FIRST, **kept | {"opening": "1,234"})
    assert "Someone else has saved this month" in shown
    assert 'value="1,234"' in shown
    right = {**kept, **sheet(("5", "ฝาก S-777", "300", "", "1,400")), "version": "2", "finish": "1"}
    assert "How the two agree" in secretary.send("bank-book", account, FIRST, **right)
    assert BankLine.objects.count() == 2


def test_a_month_is_compared_matched_taken_apart_signed_and_printed(secretary: Officer, auditor: Officer) -> None:
    found = secretary.bank
    approve_move(move=found.carry(), by=found.village.auditor)
    found.type(JANUARY, "1,100", ("21", "ฝาก S-777", "300", "", "1400"), ("25", "ค่าธรรมเนียม", "", "2", "1398"))
    account = found.account.pk
    shown = secretary.read("bank-compare", account, FIRST)
    assert "slip number agrees" in shown
    value = shown.split('name="proposal" value="')[1].split('"')[0]
    secretary.send("bank-confirm", account, FIRST, proposal=value)
    made = BankMatch.objects.get()
    secretary.send("bank-apart", account, FIRST, made.pk)
    assert not BankMatch.objects.exists()
    lines, postings = value.split(";")
    assert "must be equal" in secretary.send("bank-match", account, FIRST, line=lines)
    assert "Put together" in secretary.send("bank-match", account, FIRST, line=lines, posting=postings)
    shown = secretary.send("bank-ask", account, FIRST)
    assert "Second officer signs here" in shown
    cosign.sign_as(signature=CoSignature.objects.latest("pk"), user=found.village.auditor)
    assert "signed by" in secretary.send("bank-finish", account, FIRST)
    done = Reconciliation.objects.get()
    assert (done.open_lines_satang, done.open_postings_satang) == (-2_00, 0)
    paper = auditor.client.get(auditor.at("bank-paper", account, FIRST))
    assert paper.content.startswith(b"%PDF")
    found.books.post("income", ("O1200", BOOK.number, 7_00), ("O4300", "", -7_00), on=date(2026, 1, 31))
    assert "Entered after this month was signed" in auditor.read("bank-compare", account, FIRST)
    assert "1 entry since" in auditor.read("bank-account", account)
    assert "ค่าธรรมเนียม" in auditor.read("bank-compare", account, FIRST)


def test_entries_on_their_way_when_the_book_begins_are_noted_and_explain_the_beginning(secretary: Officer) -> None:
    found = secretary.bank
    approve_move(move=found.carry(), by=found.village.auditor)
    with time_machine.travel("2026-03-01T12:00:00+07:00", tick=False):
        found.type(date(2026, 2, 1), "1,100", ("2", "ฝาก S-777", "300", "", "1400"))
    account = found.account.pk
    shown = secretary.read("bank-compare", account, "2026-02")
    assert "Before the first typed month" in shown
    before = compare(found.account, date(2026, 2, 1))
    assert before is not None
    assert before.beginning == -300_00
    value = shown.split('name="posting" value="')[1].split('"')[0]
    secretary.send("bank-match", account, "2026-02", posting=value, earlier="1")
    after = compare(found.account, date(2026, 2, 1))
    assert after is not None
    assert after.beginning == 0
    secretary.send("bank-match", account, "2026-02", **{"posting": value, "not-earlier": "1"})
    again = compare(found.account, date(2026, 2, 1))
    assert again is not None
    assert again.beginning == -300_00


def test_a_photo_of_the_page_lies_beside_the_month_and_a_wrong_month_is_set_aside(secretary: Officer) -> None:
    found = secretary.bank
    found.type(JANUARY, "1,100")
    picture = io.BytesIO()
    Image.new("RGB", (40, 20), "white").save(picture, "PNG")
    picture.name = "page.png"
    picture.seek(0)
    assert "kept with the month" in secretary.send("bank-page-photo", found.account.pk, FIRST, photo=picture)
    assert "Photo 1" in secretary.read("bank-book", found.account.pk, FIRST)
    assert "Correct what is wrong" in secretary.send("bank-aside", found.account.pk, FIRST)
    assert sorted(BankPage.objects.values_list("state", flat=True)) == ["draft", "set_aside"]


@pytest.mark.parametrize("month", ["2026-13", "2026-3", "2027-01", "x"])
def test_a_month_that_is_none_or_still_to_come_is_not_found(month: str, secretary: Officer) -> None:
    assert secretary.client.get(secretary.at("bank-book", secretary.bank.account.pk, month)).status_code == 404


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_page_of_the_bank_opens_empty(language: str, secretary: Officer, treasurer: Officer) -> None:
    account = secretary.bank.account.pk
    for name, args in (
        ("bank", ()), ("bank-register", ()), ("bank-moves", ()), ("bank-move-new", ()), ("bank-account", (account,)),
        ("bank-change", (account,)), ("bank-close", (account,)), ("bank-book", (account, FIRST)), ("money", ()),
    ):  # fmt: skip
        assert treasurer.read(name, *args, language=language)
        assert secretary.read(name, *args, language=language)


def test_an_account_with_years_of_months_asks_a_constant_number_of_questions(
    secretary: Officer, django_assert_max_num_queries: Any
) -> None:
    found = secretary.bank
    found.type(JANUARY, "1,100")
    found.sign()
    with django_assert_max_num_queries(24):
        secretary.read("bank-account", found.account.pk)
    with django_assert_max_num_queries(24):
        secretary.read("bank")


def test_the_treasurer_reads_the_comparison_and_is_offered_nothing_to_press(secretary: Officer, client: Client) -> None:
    found = secretary.bank
    found.type(date(2026, 1, 1), "1,100", ("21", "ฝาก S-777", "300", "", "1400"))
    client.force_login(found.village.treasurer)
    address = reverse("funds:bank-compare", args=[found.group.code, found.account.pk, "2026-01"])
    shown = client.get(address).content.decode()
    assert reverse("funds:bank-ask", args=[found.group.code, found.account.pk, "2026-01"]) not in shown
    assert 'type="checkbox"' in shown
    assert shown.count('type="checkbox"') == shown.count(" disabled>")
    client.post(reverse("funds:bank-ask", args=[found.group.code, found.account.pk, "2026-01"]))
    assert not CoSignature.objects.exists()


def test_a_script_without_a_session_is_told_where_to_sign_in(secretary: Officer, client: Client) -> None:
    found = secretary.bank
    address = reverse("funds:bank-book", args=[found.group.code, found.account.pk, "2026-01"])
    answer = client.post(address, {"opening": "1"}, headers={"x-requested-with": "fetch"})
    assert answer.status_code == 401
    assert answer.json()["sign_in"].startswith(reverse("members:sign-in"))
    assert client.post(address, {"opening": "1"}).status_code == 404
