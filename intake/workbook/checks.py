"""What the sheets say of each other: unknown members and contracts, payments before joining or after leaving, pools.

What only the order of the money can show (cash, balances that would fall below zero) is found by `plan`.
"""

from collections.abc import Mapping
from datetime import date

from intake.workbook.cells import read_member_number
from intake.workbook.problems import CellError, Findings, Place
from intake.workbook.rows import ContractRow, MemberRow, OpeningRow
from intake.workbook.table import Row
from intake.workbook.village import VillageYear, named_alike


def check_village(village: VillageYear, findings: Findings, *, today: date) -> None:
    """Add every problem that the sheets show when read together."""
    had_errors = findings.has_errors
    _check_pledges(village, findings)
    _check_contracts(village, findings)
    _check_repayments(village, findings)
    _check_special(village, findings)
    _check_leavers(village, findings)
    _check_future(village, findings, today)
    if not had_errors:
        _check_opening(village, findings)


def _known_member(village: VillageYear, number: int, row: Row, key: str, findings: Findings) -> MemberRow | None:
    member = village.member_of.get(number)
    if member is None and not findings.unknown_members:
        findings.add(row.place(key), "member_unknown", number=number)
    return member


def _check_present(
    village: VillageYear, number: int, on: date, row: Row, key: str, findings: Findings, amount_key: str
) -> None:
    """Refuse money of somebody who is not in the register, has not joined yet or has left already."""
    member = _known_member(village, number, row, key, findings)
    if member is None:
        return
    leaver = village.leaver_of.get(number)
    if on < member.joined_on and number not in findings.members:
        joined_on = member.joined_on.isoformat()
        findings.add(row.place(amount_key), "paid_before_joining", number=number, joined_on=joined_on)
    elif leaver is not None and on > leaver.on:
        findings.add(row.place(amount_key), "paid_after_leaving", number=number, left_on=leaver.on.isoformat())


def _check_pledges(village: VillageYear, findings: Findings) -> None:
    for pledges in village.pledges:
        row, number = pledges.row, pledges.number
        member = _known_member(village, number, row, "number", findings)
        if member is None:
            continue
        if number not in findings.members and not named_alike(member.name, pledges.name):
            findings.add(row.place("name"), "name_differs", number=number, name=member.name, typed=pledges.name)
        for month, satang in pledges.paid.items():
            on = village.meeting_in(month)
            if satang and on is not None:
                _check_present(village, number, on, row, "number", findings, f"m{month}")


def _check_contracts(village: VillageYear, findings: Findings) -> None:
    for contract in village.contracts:
        row = contract.row
        if contract.on in village.year:
            _check_present(village, contract.number, contract.on, row, "number", findings, "amount")
        else:
            _known_member(village, contract.number, row, "number", findings)
        for key in ("guarantor1", "guarantor2"):
            _check_guarantor(village, contract, key, findings)
        if len(set(contract.guarantors)) < len(contract.guarantors):
            findings.add(row.place("guarantor2"), "guarantor_twice", number=contract.guarantors[-1])
        if not contract.amount:
            findings.add(row.place("amount"), "amount_missing")


def _check_guarantor(village: VillageYear, contract: ContractRow, key: str, findings: Findings) -> None:
    """Each guarantor is a member of the register and not the borrower."""
    try:
        number = read_member_number(contract.row.value(key))
    except CellError:
        return  # named when the sheet was read
    if number is None:
        return
    if number == contract.number:
        findings.add(contract.row.place(key), "guarantor_is_borrower", number=number)
    else:
        _known_member(village, number, contract.row, key, findings)


def _check_repayments(village: VillageYear, findings: Findings) -> None:
    for repayment in village.repayments:
        row = repayment.row
        contract = village.contract_of.get(repayment.contract)
        if contract is None:
            suspect = findings.unknown_contracts or repayment.contract in findings.contracts
            if not suspect:
                findings.add(row.place("contract"), "contract_unknown", contract=repayment.contract)
        elif contract.number != repayment.number:
            findings.add(
                row.place("number"),
                "contract_of_another",
                contract=contract.contract,
                number=contract.number,
                typed=repayment.number,
            )
        _check_present(village, repayment.number, repayment.on, row, "number", findings, "principal")


def _check_special(village: VillageYear, findings: Findings) -> None:
    for movement in village.special:
        key = "deposit" if movement.deposit else "withdrawal" if movement.withdrawal else "interest"
        _check_present(village, movement.number, movement.on, movement.row, "number", findings, key)


def _check_leavers(village: VillageYear, findings: Findings) -> None:
    for leaver in village.leavers:
        _check_present(village, leaver.number, leaver.on, leaver.row, "number", findings, "pledge")


def _check_future(village: VillageYear, findings: Findings, today: date) -> None:
    """Nothing can be booked on a day that has not come."""
    dated = (village.repayments, village.special, village.other, village.leavers, village.bank, village.contracts)
    for rows in dated:
        for row in rows:
            if row.on > today:
                findings.add(row.row.place("day"), "date_in_future", written_on=row.on.isoformat())
    for meeting in village.meetings:
        if meeting > today:
            for pledges in village.pledges:
                if pledges.paid[meeting.month]:
                    place = pledges.row.place(f"m{meeting.month}")
                    findings.add(place, "date_in_future", written_on=meeting.isoformat())


def _check_opening(village: VillageYear, findings: Findings) -> None:
    """Each pool balances, and the sheets' balances brought forward add up to the accounts'."""
    sheet = village.opening[0].row.sheet if village.opening else ""
    by_account = {row.account: row for row in village.opening}
    for pool in ("O", "A"):
        own = [row for row in village.opening if row.account[0] == pool]
        assets = sum(row.amount for row in own if row.account[1] == "1")
        funds = sum(row.amount for row in own if row.account[1] != "1")
        if assets != funds:
            code = "operating_unbalanced" if pool == "O" else "administrative_unbalanced"
            findings.add(Place(sheet), code, assets_satang=assets, funds_satang=funds)
    brought = {
        "O2100": sum(member.brought_pledge for member in village.members),
        "O2200": sum(member.brought_special for member in village.members),
        "O1300": sum(contract.brought or 0 for contract in village.contracts),
    }
    for account, satang in brought.items():
        _check_brought(by_account, account, satang, sheet, findings)


def _check_brought(rows: Mapping[str, OpeningRow], account: str, satang: int, sheet: str, findings: Findings) -> None:
    row = rows.get(account)
    written = row.amount if row is not None else 0
    if written != satang:
        place = row.row.place("amount") if row is not None else Place(sheet)
        code = {"O2100": "opening_pledge_differs", "O2200": "opening_special_differs", "O1300": "opening_loans_differ"}
        findings.add(place, code[account], written_satang=written, sum_satang=satang)
