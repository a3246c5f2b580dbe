"""Lists leave as CSV and XLSX; nothing in them is ever calculated by a spreadsheet."""

import csv
import io
from datetime import date

import openpyxl
import pytest

from papers.qr import qr_svg
from papers.tables import Money, csv_bytes, xlsx_bytes

HEADS = ["เลขที่", "ชื่อ", "ยอด", "วันที่"]
ROWS = [[6, "นางปราณี นาคำ", Money(11_700_25), date(2026, 1, 5)], [7, "เอก", Money(-5), None]]
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", '=HYPERLINK("http://x")', "＝1", "|x", "%x"]


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_csv_file_opens_in_thai():
    data = csv_bytes(HEADS, ROWS)
    assert data.startswith(b"\xef\xbb\xbf")
    assert read_csv(data) == [
        HEADS,
        ["6", "นางปราณี นาคำ", "11700.25", "05/01/2569"],
        ["7", "เอก", "-0.05", ""],
    ]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_of_a_csv_file_is_a_formula(text):
    assert read_csv(csv_bytes(["x"], [[text]]))[1] == [f"'{text}"]


@pytest.mark.parametrize("text", [*FORMULAS, "{=1}", "http://x.example", "0012"])
def test_no_text_of_a_workbook_is_a_formula_a_link_or_a_number(text):
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes("x", ["x"], [[text]]))).active
    cell = sheet["A2"]
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert cell.value.replace("_x000D_", "\r") in (text, text.replace("\r", "\n"))


def test_amounts_of_a_workbook_are_numbers():
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes("สมาชิก", HEADS, ROWS))).active
    assert [cell.value for cell in sheet[2]] == [6, "นางปราณี นาคำ", 11700.25, "05/01/2569"]
    assert sheet["C2"].number_format == "#,##0.00"
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize("name", ["a/b:c*d?[e]", "x" * 80, "", "'quoted'"])
def test_any_name_of_a_sheet_is_made_fit(name):
    assert openpyxl.load_workbook(io.BytesIO(xlsx_bytes(name, ["x"], []))).sheetnames


def test_a_qr_code_is_one_path_without_style():
    svg = qr_svg("https://satcha.example/c/ban/1/" + "1" * 30, title="<ตรวจ>")
    assert svg.startswith("<svg ")
    assert svg.count("<path") == 1
    assert "style=" not in svg
    assert "<script" not in svg
    assert "<title>&lt;ตรวจ&gt;</title>" in svg
