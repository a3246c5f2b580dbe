"""From a file's bytes to a planned year or a list of problems: the one door of this package."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from intake.workbook.checks import check_village
from intake.workbook.floors import check_floors
from intake.workbook.plan import PlannedEntry, plan_year
from intake.workbook.problems import Problem
from intake.workbook.village import Reading, SheetRead, VillageYear, read_village


@dataclass(frozen=True)
class YearRead:
    """A workbook read: its village and planned entries if nothing is wrong, every problem if something is."""

    village: VillageYear | None
    plan: tuple[PlannedEntry, ...]
    problems: tuple[Problem, ...]
    sheets: tuple[SheetRead, ...]
    ignored: tuple[str, ...]
    counts: Mapping[str, int]

    @property
    def ok(self) -> bool:
        """Whether the workbook can come in (warnings do not keep it out)."""
        return self.village is not None and not any(problem.is_error for problem in self.problems)


def read_year(content: bytes, *, today: date, bank: str) -> YearRead:
    """Read a workbook whole: its cells, what its sheets say of each other, and whether its money can have moved so.

    `bank` is the name under which the group's bank account stands in the books.
    """
    return judge(read_village(content, today=today), today=today, bank=bank)


def judge(reading: Reading, *, today: date, bank: str) -> YearRead:
    """Check what was read and plan its entries."""
    plan: tuple[PlannedEntry, ...] = ()
    village = reading.village
    if village is not None:
        check_village(village, reading.findings, today=today)
        known = _with_known_members(village)
        plan = plan_year(known, bank=bank)
        check_floors(known, plan, reading.findings)
    return YearRead(
        village=village,
        plan=plan,
        problems=tuple(reading.problems),
        sheets=reading.sheets,
        ignored=reading.ignored,
        counts=_counts(village, plan) if village is not None else {},
    )


def _with_known_members(village: VillageYear) -> VillageYear:
    """Leave out the rows of members who are not in the register: they are named already and cannot be planned."""
    known = village.member_of.keys()
    return replace(
        village,
        pledges=tuple(row for row in village.pledges if row.number in known),
        contracts=tuple(row for row in village.contracts if row.number in known),
        repayments=tuple(row for row in village.repayments if row.number in known),
        special=tuple(row for row in village.special if row.number in known),
        leavers=tuple(row for row in village.leavers if row.number in known),
    )


def _counts(village: VillageYear, plan: tuple[PlannedEntry, ...]) -> dict[str, int]:
    """What came out of the workbook, for the preview and the command's answer."""
    kinds = [entry.kind for entry in plan]
    return {
        "account_year": village.year.name,
        "members": len(village.members),
        "households": len({member.household for member in village.members}),
        "leavers": len(village.leavers),
        "meetings": len(village.meetings),
        "pledge_payments": sum(1 for row in village.pledges for satang in row.paid.values() if satang),
        "contracts": len(village.contracts),
        "repayments": len(village.repayments),
        "special_movements": len(village.special),
        "other_movements": len(village.other),
        "bank_movements": len(village.bank),
        "receipts": kinds.count("receipt"),
        "entries": len(plan),
        "apart_from_meetings": sum(1 for entry in plan if entry.meeting is None and entry.kind != "opening"),
    }
