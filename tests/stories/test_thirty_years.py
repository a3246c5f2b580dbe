"""Thirty years of one member, from the application to the death, held against a book kept on paper to the satang.

Two evenings a year are whole meetings (opened, counted, signed, closed); the other ten months go through the service
of money brought beside the meeting, which posts the same receipt by the same gate.
"""

import json
from datetime import date
from typing import Any

import pytest
import time_machine

from funds.models import Hold
from funds.selectors import balances
from intake.models import PaperContract
from members.models import Member, MemberChange
from reports.summary import group_summary
from savings.errors import MinimumStays
from tests.intake.importing import bring_in, verified
from tests.intake.workbooks import VILLAGE_A
from tests.stories.lifetime import Lifetime
from tests.stories.paper_book import later, of, shares
from tests.stories.two_books import books, on_paper
from tests.village import build_village

FIRST, LAST = 2026, 2055
FINE_SINCE = 2030
FINE = 10_00
VOWS = {2031: 200_00, 2038: 350_00, 2043: 300_00, 2046: 500_00}
TERMS = {2026: (3_00, "daily"), 2036: (2_50, "monthly"), 2049: (4_25, "daily")}
HEIRS = {"นายเพชร ทองสุข": 50, "น.ส.พลอย ทองสุข": 33, "นางคำ ทองสุข": 17}


def summary(group: Any) -> Any:
    borrowers = dict(PaperContract.objects.filter(group=group).values_list("number", "member__number"))
    return json.loads(json.dumps(group_summary(group=group, year=2568, borrowers=borrowers)))


def is_missed(day: date) -> bool:
    """One month in eleven she does not come; in the sixth, sixteenth and twenty-sixth year two in a row."""
    return (day.year * 12 + day.month) % 11 == 8 or (day.year % 10 == 2 and day.month in (5, 6))


def due(life: Lifetime, day: date) -> dict[str, int]:
    """What she brings: all months owed and this one, with the fine for the late ones; in October at times half."""
    owed = life.paper.owed(of(day))
    pledge = sum(owed.values())
    late = sum(1 for month in owed if month < of(day))
    parts = {"pledge": pledge, "fine": FINE * late if day.year >= FINE_SINCE else 0}
    if day.year % 6 == 4 and day.month == 10:
        parts["pledge"] = pledge // 2
    if day.month in (2, 6, 10):
        parts["special"] = 300_25 + (day.year - FIRST) * 10_00
    if (day.year, day.month) == (FIRST, 1):
        parts["fee"] = 30_00
    return {name: satang for name, satang in parts.items() if satang}


def live_month(life: Lifetime, year: int, month: int) -> None:
    """One month of a life."""
    day = date(year, month, 5)
    parts = {} if is_missed(day) else due(life, day)
    if month in (1, 7):
        life.pay_at_meeting(day, parts, off_by=-25 if (year, month) == (2037, 7) else 0)
    elif parts and month == 3 and year % 4 == 2:
        months = [later(of(day), step) for step in (1, 2)]
        parts["pledge"] = parts.get("pledge", 0) + sum(life.paper.vowed(one) for one in months)
        life.pay(day, parts, ahead=2)
    elif parts and month == 9:
        life.pay(day, parts, slip=f"S{year}")
    elif parts:
        life.pay(date(year, month, 20) if month == 5 and year % 2 else day, parts)
    if month == 11 and year > FIRST:
        by_bank = year % 3 == 0
        life.withdraw(
            date(year, 11, 25),
            150_50 + (year - FIRST) * 5_00,
            slip=f"W{year}" if by_bank else "",
            cancelled=year % 5 == 2,
        )


def begin_year(life: Lifetime, year: int) -> None:
    """In the first days of January: interest of the last half-year, the close, then what is new this year."""
    if year > FIRST:
        life.credit_interest(date(year - 1, 7, 1), date(year - 1, 12, 31), date(year, 1, 2))
        life.close_year(date(year - 1, 12, 31), date(year, 1, 3))
    if year in TERMS and year > FIRST:
        life.offer_product(date(year, 1, 1), *TERMS[year])
    if year in VOWS:
        life.vow(date(year, 1, 4), VOWS[year])
    if year == FINE_SINCE:
        life.ask_fine(date(year, 1, 1), FINE)


def happen(life: Lifetime, year: int, month: int) -> None:
    """What comes once in a life."""
    match year, month:
        case 2033, 2:
            life.hold_back(date(2033, 2, 10), 2_000_00)
        case 2033, 12:
            with pytest.raises(MinimumStays):
                life.withdraw(date(2033, 12, 10), life.paper.special - 99_99)
            assert life.refuses_more_than_free(date(2033, 12, 10))
        case 2035, 3:
            life.let_go(date(2035, 3, 10))
        case 2032, 8:
            life.move_house(date(2032, 8, 8), "H010")
        case 2039, 8:
            life.pay_by_mistake(date(2039, 8, 18), 77_75)
        case 2040, 4:
            life.name_heirs(date(2040, 4, 9), **HEIRS)
        case 2042, 6:
            life.vow(date(2042, 7, 1), 0, by_resolution=True)
        case 2044, 8:
            life.move_house(date(2044, 8, 8), "H002")


def live(life: Lifetime) -> None:
    """From the application to the last November."""
    life.apply(date(FIRST, 1, 2))
    life.offer_product(date(FIRST, 1, 1), *TERMS[FIRST])
    life.admit(date(FIRST, 1, 3))
    life.endow(date(FIRST, 1, 3), 100_000_00)
    for year in range(FIRST, LAST + 1):
        begin_year(life, year)
        for month in range(1, 13):
            if (year, month) == (LAST, 11):
                return
            live_month(life, year, month)
            happen(life, year, month)
            if month == 6:
                life.credit_interest(date(year, 1, 1), date(year, 6, 30), date(year, 7, 1))
        end = date(year, 12, 31)
        life.on(end)
        assert books(life, end) == on_paper(life, end), year


def settle(life: Lifetime) -> None:
    """She dies before the November of the last year is paid, having missed October."""
    paper, paid_on = life.paper, date(LAST, 12, 5)
    missed = len(paper.owed((LAST, 10)))
    owed = paper.pledge + paper.special + paper.earned_by_leaving(date(LAST, 7, 1), paid_on)
    settlement = life.die(on=date(LAST, 11, 3), reported=date(LAST, 11, 20), paid=paid_on)
    assert (settlement.owed_satang, settlement.set_off_satang) == (owed, missed * FINE)
    expected = shares(owed - missed * FINE, list(HEIRS.values()))
    assert [(each.name, each.satang) for each in settlement.payees.all()] == list(zip(HEIRS, expected, strict=True))
    assert settlement.paid_satang == sum(expected)
    member = life.member
    assert (member.status, member.left_on) == (Member.Status.DECEASED, date(LAST, 11, 3))
    assert balances(life.group, "O2100")[member.holder] == 0
    assert balances(life.group, "O2200")[f"{member.holder}-1"] == 0
    assert balances(life.group, "O1100")[""] + balances(life.group, "A1100")[""] == paper.cash - sum(expected)
    assert not Hold.objects.filter(group=life.group, released_at__isnull=True).exists()


@pytest.mark.slow
@pytest.mark.django_db
def test_thirty_years_of_a_member_agree_with_the_paper_book_to_the_satang() -> None:
    with time_machine.travel("2026-01-02T12:00:00+07:00", tick=False) as clock:
        imported = bring_in(VILLAGE_A.read_bytes())
        before = summary(imported)
        life = Lifetime(build_village(), clock)
        live(life)
        assert life.paper.owed((LAST, 10)), "October must have been missed, or the story sets no fine off"
        settle(life)
        assert set(MemberChange.objects.filter(member=life.member).values_list("field", flat=True)) >= {
            "household", "beneficiaries", "status",
        }  # fmt: skip
        assert verified(life.group) == 0
        assert summary(imported) == before
        assert verified(imported) == 0
