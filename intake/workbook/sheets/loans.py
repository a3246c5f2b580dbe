"""เงินกู้, the contracts, and รับชำระหนี้, the payments on them."""

from datetime import date

from intake.workbook.cells import (
    read_amount,
    read_contract_number,
    read_date,
    read_instalments,
    read_member_number,
)
from intake.workbook.problems import Findings
from intake.workbook.rows import AccountYear, ContractRow, RepaymentRow
from intake.workbook.sheets.people import DAY, NUMBER
from intake.workbook.sheets.reading import RowReader, SheetForm, Sums
from intake.workbook.table import Column, Table

CONTRACT = r"(เลขที่)?สัญญา(เงิน)?(กู้)?(เลขที่|ที่)?|เลขสัญญา"
PRINCIPAL = r"(เงิน)?ต้น|ต้นเงิน|ชำระต้น"

CONTRACTS = SheetForm(
    "contracts",
    "เงินกู้",
    r"^[0-9]*(ทะเบียน)?(สัญญา)?เงินกู้",
    (
        Column("contract", CONTRACT, "เลขที่สัญญา"),
        Column("number", NUMBER + r"|ผู้กู้|เลขที่ผู้กู้", "เลขที่สมาชิก"),
        Column("day", DAY + r"|วันที่กู้|วันที่ทำสัญญา|วันทำสัญญา", "วันที่"),
        Column("amount", r"จำนวนเงิน(กู้)?|วงเงิน(กู้)?|เงินกู้|ยอดกู้", "จำนวนเงิน"),
        Column("instalments", r"(จำนวน)?งวด|จำนวนเดือน", "จำนวนงวด"),
        Column("guarantor1", r"ผู้ค้ำ(ประกัน)?(คนที่)?1", "ผู้ค้ำ 1", required=False),
        Column("guarantor2", r"ผู้ค้ำ(ประกัน)?(คนที่)?2", "ผู้ค้ำ 2", required=False),
        Column("brought", r"(เงิน)?(ต้น)?(คงเหลือ)?(ยอด)?ยกมา|(ยอด)?ยกมา(เงินต้น)?(คงเหลือ)?", "เงินต้นคงเหลือยกมา"),
    ),
)
REPAYMENTS = SheetForm(
    "repayments",
    "รับชำระหนี้",
    r"ชำระ(หนี้|คืน|เงินกู้)",
    (
        Column("day", DAY + r"|วันที่ชำระ", "วันที่", merges=True),
        Column("contract", CONTRACT, "เลขที่สัญญา"),
        Column("number", NUMBER, "เลขที่สมาชิก", merges=True),
        Column("principal", PRINCIPAL, "เงินต้น"),
        Column("interest", r"(ค่า)?ดอกเบี้ย", "ดอกเบี้ย"),
        Column("fine", r"(ค่า|เงิน)ปรับ", "ค่าปรับ"),
    ),
)


def read_contracts(table: Table, year: AccountYear, findings: Findings) -> tuple[tuple[ContractRow, ...], Sums]:
    """Read the contracts; one from before the year brings its outstanding principal, one of the year does not."""
    contracts: dict[str, ContractRow] = {}
    sums = Sums()
    for row in table.rows:
        reader = RowReader(row, findings)
        contract = reader.needed("contract", read_contract_number, "contract_number_missing") or ""
        read = _read_contract(reader, contract, year)
        sums.add(reader, amount=reader.amount("amount"), brought=reader.amount("brought"))
        if contract and contract in contracts:
            first_row = contracts[contract].row.number
            reader.refuse("contract", "contract_number_twice", contract=contract, first_row=first_row)
        elif contract and read is not None:
            contracts[contract] = read
        if not reader.ok:
            findings.suspect(contract=contract or None)
            findings.unknown_contracts |= not contract
    sums.check(table, ("amount", "brought"), findings)
    return tuple(contracts.values()), sums


def _read_contract(reader: RowReader, contract: str, year: AccountYear) -> ContractRow | None:
    number = reader.needed("number", read_member_number, "member_number_missing")
    on = reader.needed("day", read_date, "date_missing")
    amount = reader.needed("amount", read_amount, "amount_missing")
    instalments = reader.needed("instalments", read_instalments, "instalments_missing")
    guarantors = [reader.cell(key, read_member_number, None) for key in ("guarantor1", "guarantor2")]
    brought = reader.cell("brought", read_amount, None)
    if on is not None:
        _check_brought(reader, on, amount or 0, brought, year)
    if None in (number, on, amount, instalments):
        return None
    return ContractRow(
        contract=contract,
        number=number or 0,
        on=on or year.starts_on,
        amount=amount or 0,
        instalments=instalments or 0,
        guarantors=tuple(guarantor for guarantor in guarantors if guarantor is not None),
        brought=brought if on is not None and on < year.starts_on else None,
        row=reader.row,
    )


def _check_brought(reader: RowReader, on: date, amount: int, brought: int | None, year: AccountYear) -> None:
    if on > year.ends_on:
        reader.refuse("day", "date_outside_year", written_on=on.isoformat(), year=year.name)
    elif on in year:
        if brought:
            reader.refuse("brought", "contract_brought_in_year", written_on=on.isoformat())
    elif "brought" not in reader.refused:
        if brought is None:
            reader.refuse("brought", "contract_brought_missing", written_on=on.isoformat())
        elif amount and brought > amount:
            reader.refuse("brought", "contract_brought_above_amount", brought_satang=brought, amount_satang=amount)


def read_repayments(table: Table, year: AccountYear, findings: Findings) -> tuple[tuple[RepaymentRow, ...], Sums]:
    """Read the payments as received."""
    rows: list[RepaymentRow] = []
    sums = Sums()
    for row in table.rows:
        reader = RowReader(row, findings)
        on = reader.day("day", year)
        contract = reader.needed("contract", read_contract_number, "contract_number_missing") or ""
        number = reader.needed("number", read_member_number, "member_number_missing")
        principal, interest, fine = (reader.amount(key) for key in ("principal", "interest", "fine"))
        if reader.ok and not principal + interest + fine:
            reader.refuse("principal", "amount_missing")
        sums.add(reader, principal=principal, interest=interest, fine=fine)
        if reader.ok and on is not None and number is not None:
            rows.append(RepaymentRow(on, contract, number, principal, interest, fine, row))
        else:
            findings.suspect(contract=contract or None)
            findings.unknown_contracts |= not contract
    sums.check(table, ("principal", "interest", "fine"), findings)
    return tuple(rows), sums
