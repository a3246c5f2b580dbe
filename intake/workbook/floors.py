"""Walk through the planned year in order and name what cannot have happened: more paid out than was there."""

from collections import defaultdict
from collections.abc import Sequence

from intake.workbook.plan import PlannedEntry, PlannedLine
from intake.workbook.problems import Findings, Place
from intake.workbook.village import VillageYear


def check_floors(village: VillageYear, plan: Sequence[PlannedEntry], findings: Findings) -> None:
    """Add a problem for every account that would fall below its floor, where it first does; and for leavers who were
    given back something else than their savings.

    After errors in reading, cash and bank are not judged (a row is missing), nor anybody whose rows were refused.
    """
    walk = _Walk(village, findings)
    for entry in plan:
        if entry.kind == "resignation":
            walk.check_leaver(entry)
        for line in entry.lines:
            walk.balances[line.code, line.holder] += line.satang
            walk.check_line(line)


class _Walk:
    def __init__(self, village: VillageYear, findings: Findings) -> None:
        self.village = village
        self.findings = findings
        self.whole = not findings.has_errors
        self.balances: dict[tuple[str, str], int] = defaultdict(int)
        self.reported: set[tuple[str, str]] = set()

    def check_line(self, line: PlannedLine) -> None:
        """Judge the balance of one account after a line; each account is named once."""
        account = (line.code, line.holder)
        balance = self.balances[account]
        if account in self.reported or not self._below_floor(line.code, balance) or not self._judged(line):
            return
        self.reported.add(account)
        before = balance - line.satang
        short = abs(balance)
        match line.code:
            case "O1300":
                self.findings.add(
                    line.place, "repaid_more_than_owed", contract=line.holder, owed_satang=before, short_satang=short
                )
            case "O2200":
                number = int(line.holder[:4])
                self.findings.add(line.place, "special_overdrawn", number=number, held_satang=-before)
            case "O1100" | "A1100":
                code = "operating_cash_negative" if line.code == "O1100" else "administrative_cash_negative"
                self.findings.add(line.place, code, short_satang=short)
            case "O1200" | "A1200":
                self.findings.add(line.place, "bank_negative", short_satang=short)
            case _:
                self.findings.add(line.place, "fund_negative", short_satang=short)

    def check_leaver(self, entry: PlannedEntry) -> None:
        """A leaver gets back exactly the savings held that day, and owes nothing."""
        number = entry.payer or 0
        leaver = self.village.leaver_of[number]
        member = self.village.member_of[number]
        if self._suspect_member(number):
            return
        for key, account, given in (
            ("pledge", ("O2100", member.holder), leaver.pledge),
            ("special", ("O2200", member.book), leaver.special),
        ):
            held = -self.balances[account]
            if held != given:
                self.reported.add(account)
                self.findings.add(
                    leaver.row.place(key), "leaver_amount_differs", number=number, held_satang=held, given_satang=given
                )
        for contract in self.village.contracts:
            owed = self.balances["O1300", contract.contract]
            if contract.number == number and owed > 0 and self.whole:
                place: Place = leaver.row.place("number")
                self.findings.add(place, "leaver_owes", number=number, contract=contract.contract, owed_satang=owed)

    def _below_floor(self, code: str, balance: int) -> bool:
        """1-accounts never below zero, 2- and 3-accounts never in debit except O3900 and A3100."""
        if code[1] == "1":
            return balance < 0
        return code[1] in "23" and balance > 0 and code not in ("O3900", "A3100")

    def _judged(self, line: PlannedLine) -> bool:
        if line.code == "O1300" and line.holder not in self.village.contract_of:
            return False  # named as an unknown contract
        if self.whole:
            return True
        if line.code == "O1300":
            return not self.findings.unknown_contracts and line.holder not in self.findings.contracts
        if line.code in ("O2100", "O2200"):
            return not self._suspect_member(int(line.holder[:4]))
        return False

    def _suspect_member(self, number: int) -> bool:
        return not self.whole and (self.findings.unknown_members or number in self.findings.members)
