"""Files that are no workbook, or that want to be a burden: each one refused with a sentence, none parsed here."""

import io
import time
import zipfile

import pytest
from openpyxl.workbook import Workbook

from intake.workbook import container
from intake.workbook.grid import read_grids
from intake.workbook.problems import Unreadable
from tests.intake.workbooks import VILLAGE_A, as_bytes, read, village_a

CELLS = "xl/worksheets/sheet1.xml"


def refused(content: bytes) -> str:
    with pytest.raises(Unreadable) as found:
        read_grids(content)
    return found.value.code


def with_part(name: str, data: bytes, *, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A workbook in which one part is replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(VILLAGE_A) as source, zipfile.ZipFile(out, "w", packing) as target:
        for part in source.namelist():
            if part != name:
                target.writestr(part, source.read(part))
        target.writestr(name, data)
    return out.getvalue()


def test_what_is_no_workbook_is_named_for_what_it_is():
    assert refused(b"") == "file_empty"
    assert refused(b"hello") == "file_not_workbook"
    assert refused(b"%PDF-1.7 ...") == "file_not_workbook"
    assert refused(container.OLE_MAGIC + bytes(600)) == "file_old_or_locked"
    assert refused(b"PK\x03\x04" + bytes(50)) == "file_damaged"
    assert refused(bytes(container.MAX_FILE_BYTES + 1)) == "file_too_large"


def test_a_zip_that_is_no_workbook_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refused(out.getvalue()) == "file_not_workbook"


def test_a_workbook_cut_in_half_is_damaged():
    content = VILLAGE_A.read_bytes()
    assert refused(content[: len(content) // 2]) == "file_damaged"


def test_a_part_that_unpacks_to_more_than_the_limit_is_refused_before_parsing(monkeypatch):
    monkeypatch.setattr("intake.workbook.grid._ask_child", lambda content: pytest.fail("it was parsed"))
    bomb = with_part("xl/media/image1.bin", bytes(container.MAX_UNPACKED_BYTES))
    assert len(bomb) < 200_000
    assert refused(bomb) == "file_unpacks_too_large"


def test_a_ratio_above_fifty_is_refused_even_below_the_size_limit(monkeypatch):
    monkeypatch.setattr("intake.workbook.grid._ask_child", lambda content: pytest.fail("it was parsed"))
    bomb = with_part("xl/media/image1.bin", bytes(4_000_000))
    assert refused(bomb) == "file_unpacks_too_large"


def test_a_size_that_the_directory_hides_is_found_by_unpacking():
    content = bytearray(with_part("xl/media/image1.bin", bytes(4_000_000)))
    real, told = (4_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little")
    assert real in content
    assert refused(bytes(content.replace(real, told))) in ("file_damaged", "file_unpacks_too_large")


def test_entities_are_refused_before_any_parser_sees_them(monkeypatch):
    monkeypatch.setattr("intake.workbook.grid._ask_child", lambda content: pytest.fail("it was parsed"))
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    assert refused(with_part(CELLS, laughs)) == "file_damaged"


def test_entities_in_another_encoding_are_refused_by_the_parser():
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    assert refused(with_part(CELLS, text.encode("utf-16"))) == "file_damaged"


@pytest.mark.parametrize(
    "sheet",
    [
        b"<row r='99999999999'><c r='ZZZZZ1'><v>1</v></c></row>",
        b"<row r='1'><c r='A1' t='d'><v>9999-99-99</v></c></row>",
        b"<row r='1'><c r='A1' t='inlineStr'><is><t>&#xD800;</t></is></c></row>",
    ],
)
def test_cells_that_cannot_be_are_a_damaged_file(sheet):
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    whole = b"<worksheet " + space + b"><sheetData>" + sheet + b"</sheetData></worksheet>"
    assert refused(with_part(CELLS, whole)) == "file_damaged"


def test_macros_and_parts_with_wandering_names_are_left_alone():
    assert len(read_grids(with_part("xl/vbaProject.bin", bytes(range(256)) * 4))) == 9
    assert len(read_grids(with_part("../../outside.txt", b"x"))) == 9


def test_a_sheet_that_is_no_xml_is_damaged():
    assert refused(with_part(CELLS, b"<worksheet><sheetData><row")) == "file_damaged"


@pytest.mark.slow
def test_a_merged_area_of_the_whole_sheet_costs_the_child_its_life_and_nobody_else():
    book = Workbook()
    book.worksheets[0]["A1"] = 1
    content = as_bytes(book)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read(CELLS).replace(
            b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            target.writestr(part, sheet if part == CELLS else source.read(part))
    begun = time.monotonic()
    assert refused(out.getvalue()) == "file_too_many_cells"
    assert time.monotonic() - begun < 40


def test_too_many_cells_are_refused():
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in range(1, 2_002):
        sheet.append([row * column for column in range(1, 152)])
    assert refused(as_bytes(book)) == "file_too_many_cells"


def test_a_lone_cell_in_the_far_corner_is_no_burden():
    book = village_a()
    book["ลาออก"]["XFD1048576"] = "x"
    begun = time.monotonic()
    assert read(as_bytes(book)).ok
    assert time.monotonic() - begun < 5


def test_a_formula_without_a_saved_result_is_refused_where_an_amount_is_needed():
    book = village_a()
    book["ธนาคาร"]["C5"] = "=1+1"
    read_back = read(as_bytes(book))
    assert [(p.place.row, p.place.column) for p in read_back.problems if p.code == "cell_formula"] == [(5, "C")]
    assert not read_back.ok


def test_a_total_that_is_a_formula_without_a_result_has_nothing_to_compare():
    book = village_a()
    book["เงินกู้"]["D39"] = "=SUM(D5:D38)"
    assert read(as_bytes(book)).ok


def test_a_text_that_looks_like_a_formula_is_text():
    book = village_a()
    book["รับจ่ายอื่น"]["B5"].value = "+cmd|' /C calc'!A0"
    read_back = read(as_bytes(book))
    assert read_back.ok
    assert read_back.village is not None
    assert read_back.village.other[0].memo == "+cmd|' /C calc'!A0"
