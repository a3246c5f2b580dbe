"""A village's workbook read whole: what it says, and every way in which it can be wrong, by sheet, row and column."""

import json
from collections import Counter
from datetime import date
from random import Random
from typing import Any

import pytest
from openpyxl.cell.cell import MergedCell

from intake.wording import SENTENCES, sentence
from intake.workbook.problems import Problem
from intake.workbook.reading import YearRead
from tests.intake.workbooks import DATA, VILLAGE_A, messy, paper, read, spoiled

REGISTER, PLEDGES, LOANS, PAID = "ทะเบียนสมาชิก", "ทะเบียนคุมสัจจะ", "เงินกู้", "รับชำระหนี้"
SPECIAL, OTHER, LEFT, BANK, OPENING = "สัจจะพิเศษ", "รับจ่ายอื่น", "ลาออก", "ธนาคาร", "ยอดยกมา"


def balances(read_year: YearRead) -> Counter[str]:
    found: Counter[str] = Counter()
    for entry in read_year.plan:
        for line in entry.lines:
            found[line.code] += line.satang
    return found


def errors(read_year: YearRead) -> list[tuple[str, int | None, str | None, str]]:
    return [(p.place.sheet, p.place.row, p.place.column, p.code) for p in read_year.problems if p.is_error]


def test_village_a_is_read_to_the_satang():
    found = read(VILLAGE_A.read_bytes())
    totals = json.loads((DATA / "village-a.expected.json").read_text())["totals"]
    assert found.ok
    assert -balances(found)["O2100"] == totals["pledge"]
    assert -balances(found)["O2200"] == totals["special"]
    assert balances(found)["O1300"] == totals["loans_outstanding"]
    assert balances(found)["O1200"] == totals["operating_bank"]
    assert {p.code for p in found.problems} == {"national_id_missing"}
    assert {p.severity for p in found.problems} == {"warning"}


def test_every_entry_of_the_plan_balances_in_each_pool():
    for entry in read(VILLAGE_A.read_bytes()).plan:
        pools = Counter[str]()
        for line in entry.lines:
            pools[line.code[0]] += line.satang
        assert set(pools.values()) <= {0}


def test_the_money_of_a_day_keeps_its_order():
    order = (
        ("opening",), ("bank_fetch",), ("receipt",), ("income", "subsidy", "donation"), ("special_interest",),
        ("loan_disbursement",), ("withdrawal",), ("resignation",), ("expense",), ("bank_carry",), ("meeting_close",),
    )  # fmt: skip
    rank = {kind: place for place, kinds in enumerate(order) for kind in kinds}
    plan = read(VILLAGE_A.read_bytes()).plan
    assert [(entry.on, rank[entry.kind]) for entry in plan] == sorted((entry.on, rank[entry.kind]) for entry in plan)


def test_the_opening_is_dated_the_day_before_the_year():
    assert read(VILLAGE_A.read_bytes()).plan[0].on == date(2024, 12, 31)


def test_each_payer_has_one_receipt_a_meeting():
    payers = Counter((e.on, e.payer) for e in read(VILLAGE_A.read_bytes()).plan if e.kind == "receipt")
    assert set(payers.values()) == {1}


@pytest.mark.parametrize("seed", range(8))
def test_other_villages_of_any_size_and_disorder_come_to_their_own_figures(seed):
    village = paper(seed=seed, members=6 + 11 * seed, day=5 + seed)
    found = read(messy(village, seed=seed))
    assert errors(found) == []
    sums = balances(found)
    assert -sums["O2100"] == village.totals["pledge"]
    assert -sums["O2200"] == village.totals["special"]
    assert sums["O1300"] == village.totals["loans_outstanding"]
    assert sums["O1200"] == village.totals["operating_bank"]
    assert sums["A1100"] == village.totals["administrative_cash"]
    assert -sums["O4100"] == village.totals["loan_interest"]


def change(sheet: str, cell: str, value: Any) -> Any:
    def spoil(book):
        book[sheet][cell] = value

    return spoil


def remove(sheet: str) -> Any:
    return lambda book: book.remove(book[sheet])


def append(sheet: str, values: list[Any]) -> Any:
    """Write a row below the total row."""
    return lambda book: book[sheet].append(values)


BROKEN = {
    "a number twice": (change(REGISTER, "A6", 1), (REGISTER, 6, "A", "member_number_twice")),
    "a number missing": (change(REGISTER, "A6", None), (REGISTER, 6, "A", "member_number_missing")),
    "a number that is none": (change(REGISTER, "A6", "สอง"), (REGISTER, 6, "A", "member_number_unreadable")),
    "an unknown kind": (change(REGISTER, "I6", "พิเศษสุด"), (REGISTER, 6, "I", "member_kind_unknown")),
    "a name missing": (change(REGISTER, "C6", None), (REGISTER, 6, "C", "name_missing")),
    "a surname missing": (change(REGISTER, "D6", None), (REGISTER, 6, "D", "surname_missing")),
    "a household missing": (change(REGISTER, "H6", None), (REGISTER, 6, "H", "household_missing")),
    "a pledge missing": (change(REGISTER, "K6", None), (REGISTER, 6, "K", "pledge_missing")),
    "a joining date missing": (change(REGISTER, "J6", None), (REGISTER, 6, "J", "date_missing")),
    "a joining date after the year": (change(REGISTER, "J6", "5/1/2569"), (REGISTER, 6, "J", "date_outside_year")),
    "a birth after the year": (change(REGISTER, "F6", "1/1/2569"), (REGISTER, 6, "F", "birth_after_year")),
    "a date that is none": (change(REGISTER, "F6", "31/02/2500"), (REGISTER, 6, "F", "date_unreadable")),
    "brought forward by a newcomer": (change(REGISTER, "L167", 100), (REGISTER, 167, "L", "brought_before_joining")),
    "a register total": (change(REGISTER, "L168", 3356151), (REGISTER, 168, "L", "total_differs")),
    "an unknown member pays": (change(PLEDGES, "A5", 999), (PLEDGES, 5, "A", "member_unknown")),
    "two rows for one member": (change(PLEDGES, "A6", 1), (PLEDGES, 6, "A", "pledge_row_twice")),
    "another member's name": (change(PLEDGES, "B5", "สมบัติ ไร่นา"), (PLEDGES, 5, "B", "name_differs")),
    "a negative amount": (change(PLEDGES, "C5", -200), (PLEDGES, 5, "C", "amount_negative")),
    "an amount of two readings": (change(PLEDGES, "C5", "1,5"), (PLEDGES, 5, "C", "amount_unreadable")),
    "half a satang": (change(PLEDGES, "C5", 200.005), (PLEDGES, 5, "C", "amount_fraction")),
    "a row total": (change(PLEDGES, "O5", 2500), (PLEDGES, 5, "O", "total_differs")),
    "a column total": (change(PLEDGES, "C165", 42101), (PLEDGES, 165, "C", "total_differs")),
    "paid before joining": (change(PLEDGES, "C162", 100), (PLEDGES, 162, "C", "paid_before_joining")),
    "paid after leaving": (change(PLEDGES, "J75", 1000), (PLEDGES, 75, "J", "paid_after_leaving")),
    "an error of the spreadsheet": (change(PLEDGES, "C5", "#REF!"), (PLEDGES, 5, "C", "cell_error")),
    "a contract twice": (change(LOANS, "A6", "1/2567"), (LOANS, 6, "A", "contract_number_twice")),
    "a contract without number": (change(LOANS, "A6", None), (LOANS, 6, "A", "contract_number_missing")),
    "a contract of nobody": (change(LOANS, "B6", 888), (LOANS, 6, "B", "member_unknown")),
    "a guarantor unknown": (change(LOANS, "F6", 777), (LOANS, 6, "F", "member_unknown")),
    "a guarantor of the own loan": (change(LOANS, "G6", 31), (LOANS, 6, "G", "guarantor_is_borrower")),
    "a guarantor twice": (change(LOANS, "G6", 101), (LOANS, 6, "G", "guarantor_twice")),
    "an old contract brings nothing": (change(LOANS, "H5", None), (LOANS, 5, "H", "contract_brought_missing")),
    "a new contract brings something": (change(LOANS, "H10", 100), (LOANS, 10, "H", "contract_brought_in_year")),
    "more brought than lent": (change(LOANS, "H6", 2800), (LOANS, 6, "H", "contract_brought_above_amount")),
    "a loan without amount": (change(LOANS, "D10", None), (LOANS, 10, "D", "amount_missing")),
    "a loan without instalments": (change(LOANS, "E10", "หลายงวด"), (LOANS, 10, "E", "instalments_unreadable")),
    "a loans total": (change(LOANS, "D39", 1), (LOANS, 39, "D", "total_differs")),
    "a payment on no contract": (change(PAID, "B5", "99/2567"), (PAID, 5, "B", "contract_unknown")),
    "a payment on another's contract": (change(PAID, "C5", 41), (PAID, 5, "C", "contract_of_another")),
    "a payment in another year": (change(PAID, "A5", "05/01/2567"), (PAID, 5, "A", "date_outside_year")),
    "a payment of nothing": (append(PAID, ["05/12/2568", "2/2567", 31]), (PAID, 245, "D", "amount_missing")),
    "more repaid than owed": (
        append(PAID, ["05/12/2568", "34/2568", 122, 34000]),
        (PAID, 245, "D", "repaid_more_than_owed"),
    ),
    "an interest total": (change(PAID, "E244", 40009.94), (PAID, 244, "E", "total_differs")),
    "more special savings than held": (
        append(SPECIAL, ["05/12/2568", 19, None, 99999]),
        (SPECIAL, 138, "D", "special_overdrawn"),
    ),
    "special savings of nobody": (change(SPECIAL, "B5", 500), (SPECIAL, 5, "B", "member_unknown")),
    "a pool that is none": (change(OTHER, "C5", "กองกลาง"), (OTHER, 5, "C", "pool_unknown")),
    "a kind that is none": (change(OTHER, "D5", "ค่าเลี้ยงรับรอง"), (OTHER, 5, "D", "kind_unknown")),
    "running the group from the operating pool": (
        change(OTHER, "C5", "ดำเนินการ"),
        (OTHER, 5, "D", "kind_wrong_pool"),
    ),
    "a cost received": (
        append(OTHER, ["05/12/2568", "ปากกา", "ค่าใช้สอย", "ค่าใช้จ่ายบริหาร", 10, None]),
        (OTHER, 22, "E", "kind_wrong_direction"),
    ),
    "received and paid at once": (change(OTHER, "E5", 390), (OTHER, 5, "F", "one_of_two_amounts")),
    "administrative cash used up": (change(OTHER, "F5", 9999), (OTHER, 5, "F", "administrative_cash_negative")),
    "a leaver given too little": (change(LEFT, "C5", 59000), (LEFT, 5, "C", "leaver_amount_differs")),
    "a leaver twice": (append(LEFT, ["05/08/2568", 71, 1]), (LEFT, 7, "B", "leaver_twice")),
    "fetched more than the bank has": (change(OPENING, "C6", 1), (OPENING, None, None, "operating_unbalanced")),
    "operating cash used up": (change(BANK, "D6", 1000), (LOANS, None, "D", "operating_cash_negative")),
    "an account that is none": (change(OPENING, "A11", "เงินเก็บ"), (OPENING, 11, "A", "opening_account_unknown")),
    "an account twice": (change(OPENING, "A11", "เงินสดในมือ"), (OPENING, 11, "A", "opening_twice")),
    "pledges that differ from the register": (
        change(OPENING, "C9", 3356151),
        (OPENING, 9, "C", "opening_pledge_differs"),
    ),
    "special that differs": (change(OPENING, "C10", 1), (OPENING, 10, "C", "opening_special_differs")),
    "loans that differ": (change(OPENING, "C7", 1), (OPENING, 7, "C", "opening_loans_differ")),
    "pools that do not balance": (change(OPENING, "C12", 1), (OPENING, None, None, "administrative_unbalanced")),
    "a heading gone": (change(PAID, "D4", "ยอด"), (PAID, 4, None, "heading_missing")),
    "no headings at all": (lambda book: book[BANK].delete_rows(4), (BANK, None, None, "heading_row_missing")),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_named_by_sheet_row_and_column(name):
    spoil, (sheet, row, column, code) = BROKEN[name]
    found = errors(spoiled(spoil))
    assert any(
        (found_sheet, found_code) == (sheet, code) and (row is None or found_row == row) and (column or c) == c
        for found_sheet, found_row, c, found_code in found
    ), found
    assert len(found) <= 16, "one mistake drowns in others that follow from it"


@pytest.mark.parametrize("sheet", [REGISTER, PLEDGES, LOANS, PAID, SPECIAL, OTHER, LEFT, BANK, OPENING])
def test_each_of_the_nine_sheets_must_be_there(sheet):
    found = spoiled(remove(sheet))
    assert (sheet, None, None, "sheet_missing") in errors(found)
    assert not found.ok
    assert found.plan == ()


def test_a_wrong_missing_or_doubled_national_id_is_only_a_warning():
    def spoil(book):
        book[REGISTER]["E5"] = "1234567890123"
        book[REGISTER]["E6"] = None
        book[REGISTER]["E8"] = book[REGISTER]["E7"].value

    found = spoiled(spoil)
    codes = {p.place.row: p.code for p in found.problems if p.severity == "warning"}
    assert found.ok
    assert (codes[5], codes[6], codes[8]) == ("national_id_wrong", "national_id_missing", "national_id_twice")
    assert found.village is not None
    assert found.village.member_of[1].national_id == found.village.member_of[4].national_id == ""


def test_a_day_apart_from_the_meeting_keeps_its_date():
    def spoil(book):
        book[BANK]["A5"] = "06/01/2568"

    found = spoiled(spoil)
    carried = [entry for entry in found.plan if entry.kind == "bank_carry"]
    assert found.ok
    assert (carried[0].on, carried[0].meeting) == (date(2025, 1, 6), None)
    assert found.counts["apart_from_meetings"] == 1


def test_a_year_still_running_has_no_meetings_ahead():
    village = paper(seed=3, members=10)
    found = read(messy(village, seed=3), today=date(2025, 8, 1))
    assert {p.code for p in found.problems if p.is_error} == {"date_in_future"}


def test_a_merged_date_and_household_hold_for_every_row_below():
    def spoil(book):
        page = book[REGISTER]
        page["H10"].value = None
        page.merge_cells("H9:H11")

    found = spoiled(spoil)
    assert found.ok
    assert found.village is not None
    assert {found.village.member_of[n].household for n in (5, 6, 7)} == {"H005"}


def test_headings_in_two_merged_rows_are_understood():
    def spoil(book):
        page = book[REGISTER]
        page.insert_rows(4)
        page["L4"] = "ยอดยกมา"
        page.merge_cells("L4:M4")
        page["L5"], page["M5"] = "สัจจะ", "พิเศษ"

    assert spoiled(spoil).ok


def test_amounts_lent_late_and_in_advance_name_their_months():
    found = read(VILLAGE_A.read_bytes())
    months = {
        (entry.on.month, entry.payer): [paid.month.month for paid in entry.pledge]
        for entry in found.plan
        if entry.kind == "receipt"
    }
    assert months[9, 2] == [9, 5]  # number 2 missed May and paid it in September
    assert months[3, 6] == [3, 2]


def test_a_pledge_is_never_laid_on_more_or_less_than_was_paid():
    for seed in range(5):
        found = read(messy(paper(seed=seed, members=20), seed=seed))
        for entry in found.plan:
            credited = -sum(line.satang for line in entry.lines if line.code == "O2100" and line.satang < 0)
            if entry.kind == "receipt":
                assert sum(paid.satang for paid in entry.pledge) == credited


def test_every_problem_has_a_sentence_in_both_languages_that_takes_its_numbers():
    from django.utils import translation

    seen: dict[str, Problem] = {}
    for spoil, _expected in list(BROKEN.values())[::3]:
        seen |= {p.code: p for p in spoiled(spoil).problems}
    assert set(seen) <= set(SENTENCES)
    for language in ("th", "en"):
        with translation.override(language):
            for problem in seen.values():
                assert "%(" not in sentence(problem)
                assert sentence(Problem.from_json(json.loads(json.dumps(problem.to_json())))) == sentence(problem)


@pytest.mark.parametrize("seed", range(15))
def test_random_damage_is_refused_with_problems_or_read_and_never_crashes(seed):
    random = Random(seed)
    rubbish = [None, "", "x", -1, 0, 10**12, 0.005, "1,5", date(2025, 1, 5), True, "#REF!", "ก" * 300, "5/5/2568"]

    def damage(book):
        for _ in range(random.choice((1, 3, 30))):
            page = random.choice(book.worksheets)
            cell = page.cell(random.randint(1, page.max_row), random.randint(1, page.max_column))
            if not isinstance(cell, MergedCell):
                cell.value = random.choice(rubbish)

    found = spoiled(damage)
    if found.ok:
        assert sum(balances(found).values()) == 0
    else:
        assert errors(found)
