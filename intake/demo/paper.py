"""A village's year on paper, made up: the rows of the nine sheets, and apart by plain arithmetic what they must give.

Everything is synthetic; names are random combinations. The same seed gives the same village. Amounts are satang here,
baht in the sheets.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from random import Random

from intake.demo.people import Loan, Person, make_people
from intake.demo.sheets import PaperSheet, paper_sheets
from thai.months import BUDDHIST_ERA

BOX = 3_000_00


@dataclass
class PaperVillage:
    """The nine sheets and the results that they must give (satang; keys are member or contract numbers)."""

    year: int
    sheets: list[PaperSheet]
    totals: dict[str, int]
    pledge_balance: dict[int, int]
    special_balance: dict[int, int]
    loan_outstanding: dict[str, int]
    interest_paid: dict[int, int]
    baht_months: dict[int, int]


class PaperMaker:
    """Makes one village's year, month by month, with a cash box that holds the same after every meeting."""

    def __init__(self, *, seed: int, members: int, year: int = 2568, day: int = 5, loans: int | None = None) -> None:
        self.random = Random(seed)  # noqa: S311 - a made-up village, nothing secret
        self.year = year
        self.day = day
        self.size = members
        self.loan_count = members // 5 if loans is None else loans
        self.people: list[Person] = []
        self.loans: list[Loan] = []
        self.rows: dict[str, list[list[object]]] = defaultdict(list)
        self.totals: dict[str, int] = defaultdict(int)
        self.interest: dict[int, int] = defaultdict(int)
        self.flow: dict[str, int] = {"O": 0, "A": 0}

    def make(self) -> PaperVillage:
        """Return the village."""
        self.people = make_people(self.random, size=self.size, year=self.year, day=self.day)
        self._brought_loans()
        opening = self._opening()
        for month in range(1, 13):
            self.flow["O"] = 0
            self._receive(month)
            self._repay(month)
            self._special(month)
            self._other(month)
            self._lend(month)
            self._leave(month)
            self._bank(month)
        return self._village(opening)

    def _on(self, month: int) -> date:
        return date(self.year - BUDDHIST_ERA, month, self.day)

    def _borrowers(self) -> list[Person]:
        busy = {loan.number for loan in self.loans if loan.owed}
        return [
            person
            for person in self.people
            if person.kind == "สามัญ" and not person.leaves and person.brought and person.number not in busy
        ]

    def _new_loan(self, serial: int, on: date, *, brought: bool) -> Loan | None:
        borrowers = self._borrowers()
        if not borrowers:
            return None
        borrower = self.random.choice(borrowers)
        others = [person.number for person in self.people if person.number != borrower.number and person.brought]
        term = self.random.choice((6, 10, 12))
        amount = self.random.randint(20, 200) * 100_00
        owed = amount - self._instalment(amount, term) * self.random.randint(1, 3) if brought else amount
        year = self.year - 1 if brought else self.year
        first, second = self.random.sample(others, 2)
        loan = Loan(
            f"{serial}/{year}", borrower.number, on, amount, term, (first, second), owed if brought else None, owed, 0
        )
        self.loans.append(loan)
        return loan

    @staticmethod
    def _instalment(amount: int, term: int) -> int:
        return (amount // 100 * 2 + term) // (2 * term) * 100  # whole baht, half up

    def _brought_loans(self) -> None:
        for serial in range(1, self.loan_count // 5 + 1):
            self._new_loan(serial, date(self.year - BUDDHIST_ERA - 1, 12, self.day), brought=True)

    def _opening(self) -> list[list[object]]:
        pledge = sum(person.brought for person in self.people)
        special = sum(person.special for person in self.people)
        lent = sum(loan.owed for loan in self.loans)
        reserve = self.size * 150_00
        administrative = 500_00 + self.size * 40_00
        self.bank = pledge + special + reserve - BOX - lent
        self.box = {"O": BOX, "A": administrative}
        self.totals["loans_brought_forward"] = lent
        return [
            ["เงินสดในมือ", "ดำเนินการ", BOX],
            ["เงินฝากธนาคาร", "ดำเนินการ", self.bank],
            ["ลูกหนี้เงินกู้", "ดำเนินการ", lent],
            ["เงินสดในมือ", "ค่าใช้สอย", administrative],
            ["เงินสัจจะสะสมสมาชิก", "ดำเนินการ", pledge],
            ["เงินสัจจะสะสมพิเศษ", "ดำเนินการ", special],
            ["ทุนสำรอง", "ดำเนินการ", reserve],
            ["ทุนค่าใช้สอย", "ค่าใช้สอย", administrative],
        ]

    def _receive(self, month: int) -> None:
        for person in self.people:
            if person.joined > self._on(month) or (person.leaves and person.leaves <= month):
                continue
            if self.random.random() < 0.05:
                person.received[month] = 0
                person.owed_months += 1
                self.totals["missed_months"] += 1
                continue
            late = 1 if person.owed_months and self.random.random() < 0.7 else 0
            person.owed_months -= late
            person.received[month] = person.pledge * (1 + late)
            self.flow["O"] += person.received[month]

    def _repay(self, month: int) -> None:
        for loan in self.loans:
            if not loan.owed or loan.on >= self._on(month):
                continue
            months = month - loan.last_month
            if month < 12 and months == 1 and self.random.random() < 0.06:
                continue  # pays both next month, with a fine
            principal = min(loan.owed, self._instalment(loan.amount, loan.term) * months)
            interest, fine = loan.owed * months // 100, 20_00 if months > 1 else 0
            if loan.owed - principal < self._instalment(loan.amount, loan.term) // 2:
                principal = loan.owed
            self.rows["repayments"].append(
                [self._on(month), loan.contract, loan.number, principal, interest, fine or None]
            )
            loan.owed -= principal
            loan.last_month = month
            self.interest[loan.number] += interest
            self.totals["loan_interest"] += interest
            self.totals["fines"] += fine
            self.flow["O"] += principal + interest + fine

    def _special(self, month: int) -> None:
        on = self._on(month)
        for person in self.people:
            if not person.special or (person.leaves and person.leaves <= month):
                continue
            if self.random.random() < 0.15:
                deposit = self.random.randint(1, 20) * 100_00
                self._move_special(person, on, deposit=deposit)
            elif self.random.random() < 0.05:
                self._move_special(person, on, withdrawal=min(person.special // 2, 5_000_00) // 100_00 * 100_00)
            if month == 12 and person.special:
                self._move_special(person, on, interest=person.special // 100 // 100 * 100)

    def _move_special(
        self, person: Person, on: date, *, deposit: int = 0, withdrawal: int = 0, interest: int = 0
    ) -> None:
        if not deposit + withdrawal + interest:
            return
        self.rows["special"].append([on, person.number, deposit or None, withdrawal or None, interest or None])
        person.special += deposit - withdrawal + interest
        self.totals["special_interest"] += interest
        self.flow["O"] += deposit - withdrawal

    def _other(self, month: int) -> None:
        on = self._on(month)
        joined = sum(1 for person in self.people if person.joined == on)
        if joined:
            self._book(on, f"ค่าสมัครและค่าธรรมเนียมแรกเข้า {joined} ราย", "ค่าใช้สอย", "ค่าธรรมเนียม", joined * 20_00)
        if month % 2:
            self._book(on, "ค่าสมุด ปากกา", "ค่าใช้สอย", "ค่าใช้จ่ายบริหาร", -self.random.randint(5, 40) * 5_00)
        if month in (6, 12):
            self._book(on, "ดอกเบี้ยเงินฝากธนาคาร", "ดำเนินการ", "ดอกเบี้ยธนาคาร", self.bank // 1000)
        if month == 4:
            self._book(on, "เงินอุดหนุนจาก อบต.", "ดำเนินการ", "เงินอุดหนุน", 10_000_00)
            self.totals["subsidy"] += 10_000_00
        if month == 8:
            self._book(on, "ค่าธรรมเนียมธนาคาร", "ดำเนินการ", "ค่าใช้จ่ายดำเนินการ", -120_00)
        if month == 11:
            self._book(on, "กำไรศูนย์สาธิตการตลาด", "ดำเนินการ", "รายได้กิจกรรม", self.size * 30_00)

    def _book(self, on: date, memo: str, pool: str, kind: str, satang: int) -> None:
        amounts: list[object] = [satang, None] if satang > 0 else [None, -satang]
        self.rows["other"].append([on, memo, pool, kind, *amounts])
        letter = "O" if pool == "ดำเนินการ" else "A"
        if letter == "A":
            self.box["A"] += satang
            return
        self.flow["O"] += satang
        if kind != "เงินอุดหนุน":
            self.totals["other_profit"] += satang

    def _lend(self, month: int) -> None:
        share = self.loan_count - self.loan_count // 5
        serials = [s for s in range(share) if 1 + s * 12 // max(1, share) == month]
        for serial in serials:
            loan = self._new_loan(self.loan_count // 5 + serial + 1, self._on(month), brought=False)
            if loan is not None:
                loan.last_month = month
                self.totals["loans_paid_out"] += loan.amount
                self.flow["O"] -= loan.amount

    def _leave(self, month: int) -> None:
        for person in self.people:
            if person.leaves == month:
                pledge = person.brought + sum(person.received.values())
                self.rows["leavers"].append([self._on(month), person.number, pledge, person.special or None])
                self.totals["savings_returned"] += pledge + person.special
                self.flow["O"] -= pledge + person.special
                person.special = 0

    def _bank(self, month: int) -> None:
        flow = self.flow["O"]
        if flow > 0:
            self.rows["bank"].append([self._on(month), "นำฝากธนาคาร", flow, None])
        elif flow < 0:
            self.rows["bank"].append([self._on(month), "ถอนจากธนาคาร", None, -flow])
        self.bank += flow

    def _pledge(self, person: Person) -> int:
        return 0 if person.leaves else person.brought + sum(person.received.values())

    def _village(self, opening: list[list[object]]) -> PaperVillage:
        totals = self.totals
        totals["profit"] = (
            totals["loan_interest"] + totals["fines"] + totals.pop("other_profit") - totals["special_interest"]
        )
        totals["pledge"] = sum(self._pledge(person) for person in self.people)
        totals["special"] = sum(person.special for person in self.people)
        totals["loans_outstanding"] = sum(loan.owed for loan in self.loans)
        totals["operating_cash"], totals["operating_bank"] = BOX, self.bank
        totals["operating_cash_and_bank"] = BOX + self.bank
        totals["administrative_cash"] = self.box["A"]
        baht_months = {
            p.number: p.brought * 12 + sum(satang * (12 - month) for month, satang in p.received.items())
            for p in self.people
            if p.kind != "กิตติมศักดิ์" and not p.leaves
        }
        totals["baht_months"] = sum(baht_months.values())
        return PaperVillage(
            year=self.year,
            sheets=paper_sheets(self.people, self.loans, self.rows, opening, self.year, self.day),
            totals=dict(totals),
            pledge_balance={person.number: self._pledge(person) for person in self.people},
            special_balance={person.number: person.special for person in self.people if person.special},
            loan_outstanding={loan.contract: loan.owed for loan in self.loans},
            interest_paid=dict(self.interest),
            baht_months=baht_months,
        )
