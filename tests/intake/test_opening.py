"""Balances from paper begin a group's books: typed, taken from a file, signed by an auditor, posted once."""

import io
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from funds.models import Entry, Posting
from intake.errors import DayWrong, OpeningDone, OpeningRefused, RowChanged
from intake.models import OpeningDraft, PaperContract
from intake.selectors.openings import opening_draft, read_opening_of
from intake.services.beginning import ask_to_begin, begin_from_paper
from intake.services.openings import add_rows, row_mark, save_row, set_first_day
from meetings.models import Meeting
from members import cosign
from members.models import Member, SavingsGroup
from savings.models import PledgePeriod, SpecialBook
from savings.selectors import pledge_due
from tests.intake.importing import verified
from tests.intake.test_pages import EmptyGroup
from tests.village import PASSWORD, TestVillage

pytestmark = pytest.mark.django_db
SOMJAI = {
    "number": "1", "title": "นาง", "first": "สมใจ", "last": "ใจดี", "joined": "5/1/2560", "pledge": "100",
    "savings": "12,000", "special": "500", "special2": "250.50", "owed": "2",
}  # fmt: skip
DEE = {"number": "๒", "first": "นายดี มากมี", "joined": "5/1/2561", "pledge": "50", "savings": "๕,๐๐๐.๕๐"}
LOAN = {
    "contract": "1/2567", "number": "1", "day": "5/3/2567", "amount": "10,000", "instalments": "12", "brought": "4000",
    "guarantor1": "2",
}  # fmt: skip
BALANCES = [
    {"code": "O1100", "amount": "3,000"}, {"code": "O1200", "detail": "ธ.ก.ส. 012-3", "amount": "12000"},
    {"code": "O1200", "detail": "ออมสิน 9", "amount": "1000"}, {"code": "O3100", "amount": "700"},
    {"code": "O3400", "amount": "300"}, {"code": "A1100", "amount": "80"},
]  # fmt: skip
LEFT_OVER = 3_000_00 + 13_000_00 + 4_000_00 - 17_000_50 - 750_50 - 1_000_00


def url(name: str, group: SavingsGroup, *more: object) -> str:
    return reverse(f"intake:opening{name}", args=[group.code, *more])


@pytest.fixture
def empty(village: TestVillage) -> EmptyGroup:
    """A founded group with empty books."""
    return EmptyGroup(village)


def typed(empty: EmptyGroup, key: str, cells: dict[str, str], row: str | None = None) -> OpeningDraft:
    return save_row(
        group=empty.group, key=key, row_id=row or uuid4().hex, cells=cells, seen=row_mark(None), by=empty.treasurer
    )


def fill(empty: EmptyGroup) -> None:
    typed(empty, "members", SOMJAI)
    typed(empty, "members", DEE)
    typed(empty, "loans", LOAN)
    for balance in BALANCES:
        typed(empty, "balances", balance)


def codes(empty: EmptyGroup) -> set[str]:
    problems = read_opening_of(empty.group, opening_draft(empty.group)).problems
    return {problem.code for problem in problems if problem.is_error}


def sign(empty: EmptyGroup) -> None:
    cosign.sign_as(signature=ask_to_begin(group=empty.group, by=empty.treasurer), user=empty.auditor)


def postings(group: SavingsGroup) -> dict[tuple[str, str], int]:
    rows = Posting.objects.filter(group=group).values_list("account__code", "account__holder", "amount")
    return {(code, holder): satang for code, holder, satang in rows}


def test_a_group_with_paper_books_begins_over_http_and_its_first_meeting_opens(empty):
    client, group = empty.client(empty.treasurer), empty.group
    assert client.get(url("", group)).status_code == 200
    for key, cells in [("members", SOMJAI), ("members", DEE), ("loans", LOAN), *[("balances", b) for b in BALANCES]]:
        address = url("-row", group, key, uuid4())
        assert client.get(address).status_code == 200
        assert client.post(address, cells | {"seen": row_mark(None), "back": ""}).status_code == 302
    assert not Entry.objects.filter(group=group, kind="opening").exists()
    client.post(url("-sign", group))
    signature = OpeningDraft.objects.get(group=group).signature
    login = {"username": empty.auditor.username, "password": PASSWORD}
    client.post(reverse("members:cosign", args=[signature.uuid]), login)
    client.post(url("-post", group))
    entry = Entry.objects.get(group=group, kind="opening")
    assert entry.booked_on == date(group.first_year_starts_on.year - 1, 12, 31)
    assert (entry.maker, tuple(entry.approvers)) == (empty.treasurer.code, (empty.auditor.code,))
    assert postings(group) == {
        ("O1100", ""): 3_000_00, ("O1200", "ธ.ก.ส. 012-3"): 12_000_00, ("O1200", "ออมสิน 9"): 1_000_00,
        ("O1300", "1/2567"): 4_000_00, ("O2100", "0001"): -12_000_00, ("O2100", "0002"): -5_000_50,
        ("O2200", "0001-1"): -500_00, ("O2200", "0001-2"): -250_50, ("O3100", ""): -700_00, ("O3400", ""): -300_00,
        ("O3900", ""): -LEFT_OVER, ("A1100", ""): 80_00, ("A3100", ""): -80_00,
    }  # fmt: skip
    assert verified(group) == 0
    assert client.get(url("", group)).status_code == 200
    today = {"held_on": "", "place": "ศาลา", "operation": str(uuid4())}
    opened = client.get(reverse("meetings:open", args=[group.code]))
    form = opened.context["form"]
    today |= {name: str(form[name].value() or "") for name in form.fields if name not in ("operation", "place")}
    client.post(reverse("meetings:open", args=[group.code]), today)
    meeting = Meeting.objects.get(group=group)
    sheet = client.get(reverse("meetings:sheet", args=[group.code, meeting.pk])).content.decode()
    assert "สมใจ" in sheet
    assert "ดี มากมี" in sheet.replace("\u2060", "")


def test_members_pledges_books_and_contracts_are_written_with_the_entry(empty):
    fill(empty)
    sign(empty)
    begin_from_paper(group=empty.group, by=empty.treasurer)
    somjai, dee = Member.objects.filter(group=empty.group).order_by("number")
    assert (somjai.full_name, somjai.status, somjai.admitted_on) == ("นางสมใจ ใจดี", "active", date(2017, 1, 5))
    assert (dee.title, dee.first_name, dee.last_name) == ("นาย", "ดี", "มากมี")
    starts_on = empty.group.first_year_starts_on
    vows = dict(PledgePeriod.objects.filter(group=empty.group).values_list("member__number", "starts_on"))
    assert vows == {1: date(starts_on.year - 1, 11, 1), 2: starts_on}
    due = pledge_due(empty.group, starts_on)
    assert len(due[somjai.pk].months_owed) == 2
    assert due[dee.pk].months_owed == []
    books = SpecialBook.objects.filter(group=empty.group).values_list("number", flat=True)
    assert list(books) == ["0001-1", "0001-2"]
    contract = PaperContract.objects.get(group=empty.group)
    assert (contract.number, contract.member, contract.satang, contract.brought_satang) == (
        "1/2567", somjai, 10_000_00, 4_000_00,
    )  # fmt: skip
    assert [member.number for member in contract.guarantors.all()] == [2]


def test_what_was_typed_is_kept_between_visits_even_where_it_is_wrong(empty):
    client = empty.client(empty.treasurer)
    row = uuid4()
    client.post(url("-row", empty.group, "members", row), SOMJAI | {"savings": "12,0000.555x", "seen": row_mark(None)})
    again = empty.client(empty.treasurer).get(url("-row", empty.group, "members", row))
    assert "12,0000.555x" in again.content.decode()
    assert again.context["form"].errors["savings"]
    assert "amount_unreadable" in codes(empty)
    with pytest.raises(OpeningRefused):
        ask_to_begin(group=empty.group, by=empty.treasurer)


def test_a_row_sent_twice_is_one_row(empty):
    client, address = empty.client(empty.treasurer), url("-row", empty.group, "members", uuid4())
    for _ in range(2):
        client.post(address, SOMJAI | {"seen": row_mark(None)})
    assert len(OpeningDraft.objects.get(group=empty.group).tables["members"]) == 1


def test_a_row_that_another_treasurer_has_changed_is_never_overwritten_unseen(empty):
    row = uuid4().hex
    seen = row_mark(None)
    typed(empty, "members", SOMJAI, row)
    with pytest.raises(RowChanged):
        save_row(group=empty.group, key="members", row_id=row, cells=DEE, seen=seen, by=empty.treasurer)
    stored = OpeningDraft.objects.get(group=empty.group).tables["members"][0]
    save_row(group=empty.group, key="members", row_id=row, cells=DEE, seen=row_mark(stored), by=empty.treasurer)
    assert codes(empty) == set()


def test_the_books_begin_once_however_often_it_is_sent(empty):
    fill(empty)
    sign(empty)
    first = begin_from_paper(group=empty.group, by=empty.treasurer)
    assert begin_from_paper(group=empty.group, by=empty.treasurer) == first
    with pytest.raises(OpeningDone):
        begin_from_paper(group=empty.group, by=empty.secretary)
    with pytest.raises(OpeningDone):
        typed(empty, "members", SOMJAI)
    assert Entry.objects.filter(group=empty.group, kind="opening").count() == 1
    assert OpeningDraft.objects.get(group=empty.group).tables == {}


def test_without_a_signature_nothing_is_posted(empty):
    fill(empty)
    with pytest.raises(cosign.SignatureMissing):
        begin_from_paper(group=empty.group, by=empty.treasurer)
    ask_to_begin(group=empty.group, by=empty.treasurer)
    with pytest.raises(cosign.SignatureMissing):
        begin_from_paper(group=empty.group, by=empty.treasurer)
    assert not Member.objects.filter(group=empty.group).exists()


def test_a_signature_holds_for_the_very_figures_that_were_shown(empty):
    fill(empty)
    sign(empty)
    signature = OpeningDraft.objects.get(group=empty.group).signature
    typed(empty, "balances", {"code": "O3500", "amount": "1"})
    assert OpeningDraft.objects.get(group=empty.group).signature is None
    OpeningDraft.objects.filter(group=empty.group).update(signature=signature)
    with pytest.raises(cosign.ContentChanged):
        begin_from_paper(group=empty.group, by=empty.treasurer)
    assert not Entry.objects.filter(group=empty.group, kind="opening").exists()


def test_a_change_behind_the_programs_back_is_not_what_was_signed(empty):
    fill(empty)
    sign(empty)
    draft = OpeningDraft.objects.get(group=empty.group)
    draft.tables["members"][0]["last"] = "ใจร้าย"
    draft.save()
    with pytest.raises(cosign.ContentChanged):
        begin_from_paper(group=empty.group, by=empty.treasurer)


def test_only_the_audit_part_signs(empty):
    fill(empty)
    signature = ask_to_begin(group=empty.group, by=empty.treasurer)
    for user in (empty.treasurer, empty.secretary):
        with pytest.raises(cosign.CoSignRefused):
            cosign.sign_as(signature=signature, user=user)


def test_the_signer_reads_every_row_and_changes_none(empty):
    fill(empty)
    client = empty.client(empty.auditor)
    text = client.get(url("-shown", empty.group)).content.decode().replace("\u2060", "")
    assert "สมใจ ใจดี" in text
    assert "ธ.ก.ส. 012-3" in text
    assert "<form" not in text.split("<main")[1].split("</main")[0]
    assert client.get(url("", empty.group)).status_code == 404


@pytest.mark.parametrize(
    ("key", "cells", "code"),
    [
        ("members", SOMJAI | {"number": "0"}, "member_number_unreadable"),
        ("members", SOMJAI | {"number": "2"}, "member_number_twice"),
        ("members", SOMJAI | {"number": "3", "savings": "-5"}, "amount_negative"),
        ("members", SOMJAI | {"number": "3", "savings": "=1+1"}, "amount_unreadable"),
        ("members", SOMJAI | {"number": "3", "pledge": "1.005"}, "amount_fraction"),
        ("members", SOMJAI | {"number": "3", "joined": "31/2/2560"}, "date_unreadable"),
        ("members", SOMJAI | {"number": "3", "joined": ""}, "owed_without_joining"),
        ("members", SOMJAI | {"number": "3", "owed": "61"}, "months_owed_unreadable"),
        ("members", SOMJAI | {"number": "3", "pledge": ""}, "owed_without_pledge"),
        ("members", {"number": "3", "first": "สมหมาย"}, "surname_missing"),
        ("members", SOMJAI | {"number": "3", "pledge": "1000001"}, "amount_too_large"),
        ("members", {"number": "3", "first": "ก ข", "joined": "1/1/2570"}, "date_in_future"),
        ("loans", LOAN | {"contract": "2/2567", "number": "77"}, "member_unknown"),
        ("loans", LOAN | {"contract": "1/2567"}, "contract_number_twice"),
        ("loans", LOAN | {"contract": "2/2567", "brought": "10001"}, "contract_brought_above_amount"),
        ("loans", LOAN | {"contract": "2/2567", "guarantor1": "1"}, "guarantor_is_borrower"),
        ("balances", {"code": "O3600", "amount": "5"}, "opening_detail_missing"),
        ("balances", {"code": "O1500", "detail": "99", "amount": "5"}, "member_unknown"),
        ("balances", {"code": "O1100", "amount": "5"}, "opening_twice"),
        ("balances", {"code": "O3900", "amount": "5"}, "opening_account_unknown"),
    ],
)
def test_what_cannot_stand_is_named_and_keeps_the_books_closed(empty, key, cells, code):
    fill(empty)
    typed(empty, key, cells)
    assert code in codes(empty)
    with pytest.raises(OpeningRefused):
        ask_to_begin(group=empty.group, by=empty.treasurer)


def test_a_registered_member_is_known_by_number_and_name(empty):
    member = Member.objects.create(
        group=empty.group, number=1, first_name="สมใจ", last_name="ใจดี", status="active", admitted_on=date(2015, 1, 1)
    )
    fill(empty)
    rows = OpeningDraft.objects.get(group=empty.group).tables["members"]
    assert rows[0]["first"] == "สมใจ"  # the register's row was there to begin with
    assert "member_number_twice" in codes(empty)
    add_rows(group=empty.group, incoming={"members": [{"id": "x", "number": "1", "savings": "7"}]}, by=empty.treasurer)
    Member.objects.filter(pk=member.pk).update(first_name="มานะ")
    assert "group_has_members" in codes(empty)


def test_the_excel_file_filled_in_comes_back_the_same(empty):
    fill(empty)
    client = empty.client(empty.treasurer)
    before = read_opening_of(empty.group, opening_draft(empty.group)).fingerprint()
    content = client.get(url("-excel", empty.group)).content
    sheets = load_workbook(io.BytesIO(content)).sheetnames
    assert sheets == ["สมาชิก", "เงินกู้", "ยอดยกมา"]
    OpeningDraft.objects.filter(group=empty.group).update(tables={})
    client.post(url("-upload", empty.group), {"workbook": SimpleUploadedFile("a.xlsx", content)})
    assert read_opening_of(empty.group, opening_draft(empty.group)).fingerprint() == before


def test_a_file_with_a_fault_names_the_cell_and_nothing_of_it_is_taken(empty):
    fill(empty)
    client = empty.client(empty.treasurer)
    book = load_workbook(io.BytesIO(client.get(url("-excel", empty.group)).content))
    book["สมาชิก"]["H5"] = "12,00x"
    out = io.BytesIO()
    book.save(out)
    before = OpeningDraft.objects.get(group=empty.group).tables
    answer = client.post(url("-upload", empty.group), {"workbook": SimpleUploadedFile("a.xlsx", out.getvalue())})
    (problem,) = answer.context["file_preview"]["problems"]
    assert (problem.place.sheet, problem.place.row, problem.place.column) == ("สมาชิก", 5, "H")
    assert OpeningDraft.objects.get(group=empty.group).tables == before


def test_the_same_number_again_corrects_its_row_and_takes_no_other_away(empty):
    fill(empty)
    client = empty.client(empty.treasurer)
    client.post(
        url("-paste", empty.group), {"pasted": "เลขที่\tชื่อ\tสัจจะต่อเดือน\tเงินสัจจะสะสม\n0001\tนางสมใจ ใจดี\t100\t13000"}
    )
    read = read_opening_of(empty.group, opening_draft(empty.group))
    assert {one.number: one.savings for one in read.members} == {1: 13_000_00, 2: 5_000_50}
    assert not [problem for problem in read.problems if problem.is_error]


@pytest.mark.parametrize("pasted", ["", "\t\t\t", "สวัสดี", "a;b;c", "x" * 5000])
def test_a_pasted_list_that_makes_no_sense_is_answered_with_a_sentence(empty, pasted):
    answer = empty.client(empty.treasurer).post(url("-paste", empty.group), {"pasted": pasted})
    assert answer.status_code == 200
    assert answer.context["paste_form"].errors or answer.context["file_preview"]["errors"]
    assert not OpeningDraft.objects.exists()


def test_marks_that_turn_the_reading_direction_never_reach_a_name(empty):
    client = empty.client(empty.treasurer)
    client.post(url("-paste", empty.group), {"pasted": "1\t\u202eนาย\tสม\u200bใจ\tใจ\u2066ดี\t\t5/1/2560\t100\t200"})
    (one,) = read_opening_of(empty.group, opening_draft(empty.group)).members
    assert (one.title, one.name) == ("นาย", "สมใจ ใจดี")


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04" + bytes(99), bytes(8 * 1024 * 1024 + 1)])
def test_a_file_that_is_no_workbook_is_refused_beside_the_field(empty, content):
    answer = empty.client(empty.treasurer).post(
        url("-upload", empty.group), {"workbook": SimpleUploadedFile("a.xlsx", content)}
    )
    assert answer.status_code == 200
    assert answer.context["file_form"].errors["workbook"]


def test_the_first_year_may_begin_in_another_month_that_has_come(empty):
    set_first_day(group=empty.group, starts_on=date(2025, 4, 1), by=empty.treasurer)
    for day in (date(2025, 4, 2), date(2999, 1, 1), date(1900, 1, 1)):
        with pytest.raises(DayWrong):
            set_first_day(group=empty.group, starts_on=day, by=empty.treasurer)
    fill(empty)
    sign(empty)
    entry = begin_from_paper(group=empty.group, by=empty.treasurer)
    assert entry.booked_on == date(2025, 3, 31)
    assert SavingsGroup.objects.get(pk=empty.group.pk).first_year_starts_on == date(2025, 4, 1)
    assert verified(empty.group) == 0


def test_nothing_typed_opens_no_books(empty):
    client = empty.client(empty.treasurer)
    assert client.post(url("-sign", empty.group)).status_code == 302
    assert client.post(url("-post", empty.group)).status_code == 302
    assert not Entry.objects.filter(group=empty.group, kind="opening").exists()


def test_nobody_but_the_treasurer_types_balances(empty, village):
    row = UUID(int=7)
    for user in (empty.auditor, empty.secretary, village.treasurer, village.administrator, village.district_officer):
        client = empty.client(user)
        for name in ("", "-excel"):
            assert client.get(url(name, empty.group)).status_code == 404
        assert client.post(url("-row", empty.group, "members", row), SOMJAI).status_code == 404
        for name in ("-upload", "-paste", "-day", "-sign", "-post"):
            assert client.post(url(name, empty.group)).status_code == 404
    assert not OpeningDraft.objects.exists()


def test_the_start_page_names_all_three_ways(empty):
    text = empty.client(empty.treasurer).get(reverse("funds:start", args=[empty.group.code])).content.decode()
    for address in (reverse("intake:import", args=[empty.group.code]), url("", empty.group)):
        assert f'href="{address}"' in text
