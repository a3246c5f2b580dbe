"""Lists on paper: heads on every page, parts kept together, names whole, nothing typed read as markup."""

import pytest

from papers.listing import Column, ListingPaper, Part, Section, listing_pdf, listing_png

COLUMNS = (Column("บ้าน", "24mm"), Column("เลขที่", "12mm", "center"), Column("ชื่อ", "1fr", is_name=True))


def _paper(rows: list[Part], **fields: object) -> ListingPaper:
    sections = [Section("ตอนที่ 1", COLUMNS, rows, ["รวม", "", str(len(rows))])]
    return ListingPaper("กลุ่ม", "รายชื่อ", ("ณ วันที่ 5 ม.ค. 2569",), sections, signers=[("", "เหรัญญิก")], **fields)  # type: ignore[arg-type]


def _house(number: int, people: int) -> Part:
    return Part([f"H{number}", "รวม 10.00"], [[str(each), "นางกัญญารัตน์ ศรีสว่างวงศ์วัฒนา"] for each in range(people)])


@pytest.mark.parametrize("broad", [False, True])
def test_a_long_list_has_several_pages(broad: bool) -> None:
    assert len(listing_png(_paper([_house(number, 3) for number in range(40)], broad=broad))) > 2


def test_a_house_larger_than_a_page_is_printed_all_the_same() -> None:
    assert len(listing_png(_paper([_house(1, 120)]))) > 1


def test_what_a_person_typed_is_never_read_as_markup() -> None:
    assert listing_pdf(_paper([Part(["#panic()", "$x$"], [["1", '*นาง* #include "x"']])])).startswith(b"%PDF")


def test_a_section_without_rows_says_so_in_a_note() -> None:
    paper = ListingPaper("กลุ่ม", "รายชื่อ", (), [Section("เรื่องค้าง", (), (), note="ไม่มี")])
    assert len(listing_png(paper)) == 1
