"""Balances from an Excel file or a pasted list."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from intake.models import OpeningDraft
from intake.selectors.openings import opening_draft, read_opening_of
from tests.intake.opening.conftest import fill, url

pytestmark = pytest.mark.django_db


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
