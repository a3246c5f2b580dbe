"""A group's opening balances as typed so far, what they say, and what stands against them."""

import uuid
from collections import Counter
from datetime import date
from typing import Any

from django.utils import timezone

from intake.models import OpeningDraft, PaperContract
from intake.opening.reading import read_tables
from intake.opening.rows import MemberBalance, OpeningRead
from intake.opening.tables import BALANCES, LOANS, MEMBERS, SHEETS, USUAL
from intake.opening.typed import TypedRow, as_typed, tables_of
from intake.selectors.groups import has_begun
from intake.selectors.uploads import SHOWN_AT_MOST, ShownProblem
from intake.wording import sentence, severity_name
from intake.workbook.cells import tidy
from intake.workbook.problems import WARNING, Place, Problem
from intake.workbook.village import named_alike
from members.models import Member, SavingsGroup
from savings.models import PledgePeriod
from savings.selectors import current_pledges
from thai.dates import format_date
from thai.money import format_baht
from thai.months import month_of

OF_MEMBERS = ("O1500", "A1500", "O2400")


def opening_draft(group: SavingsGroup) -> OpeningDraft | None:
    """What was typed so far."""
    people = ("saved_by", "posted_by", "approved_by", "signature__signed_by", "entry")
    return OpeningDraft.objects.filter(group=group).select_related(*people).first()


def first_tables(group: SavingsGroup, starts_on: date) -> dict[str, list[dict[str, str]]]:
    """The rows to begin with: every active member of the register, the usual accounts without amounts."""
    pledges = current_pledges(group, starts_on)
    people = Member.objects.filter(group=group, status=Member.Status.ACTIVE).order_by("number")
    return {
        MEMBERS: [
            _row(group, MEMBERS, member.holder, _particulars(member, pledges.get(member.pk, 0))) for member in people
        ],
        LOANS: [],
        BALANCES: [_row(group, BALANCES, code, {"code": code}) for code in USUAL],
    }


def _row(group: SavingsGroup, key: str, name: str, cells: dict[str, str]) -> dict[str, str]:
    return {"id": uuid.uuid5(group.uuid, f"{key} {name}").hex} | {cell: text for cell, text in cells.items() if text}


def _particulars(member: Member, pledge: int) -> dict[str, str]:
    return {
        "number": str(member.number),
        "title": member.title,
        "first": member.body_name or member.first_name,
        "last": member.last_name,
        "kind": {"associate": "วิสามัญ", "honorary": "กิตติมศักดิ์"}.get(member.kind, ""),
        "joined": format_date(member.admitted_on, "numeric") if member.admitted_on else "",
        "pledge": format_baht(pledge, satang_shown=False) if pledge else "",
    }


def typed_tables(group: SavingsGroup, draft: OpeningDraft | None) -> dict[str, list[dict[str, str]]]:
    """The rows as they stand: those of the draft, or those to begin with."""
    if draft is None:
        return first_tables(group, group.first_year_starts_on)
    return as_typed(draft.tables)


def read_opening_of(group: SavingsGroup, draft: OpeningDraft | None) -> OpeningRead:
    """Read what was typed and hold it against the register and the books; problems name their row."""
    starts_on = draft.starts_on if draft else group.first_year_starts_on
    typed = typed_tables(group, draft)
    read = read_tables(tables_of(typed), starts_on=starts_on)
    return with_problems(read, problems_of_opening(group, read))


def with_problems(read: OpeningRead, more: list[Problem]) -> OpeningRead:
    """The same balances with further problems."""
    return OpeningRead(read.starts_on, read.members, read.loans, read.balances, (*read.problems, *more))


def problems_of_opening(group: SavingsGroup, read: OpeningRead) -> list[Problem]:
    """What stands against the balances in the group: books begun, the day, other people's numbers, other vows."""
    if has_begun(group):
        return [Problem(Place(), "opening_books_begun")]
    problems = []
    if read.day >= timezone.localdate():
        problems.append(Problem(Place(), "opening_day_to_come", {"opening_on": read.day.isoformat()}))
    if not read.lines and not any(problem.is_error for problem in read.problems):
        problems.append(Problem(Place(), "opening_nothing"))
    register = {member.number: member for member in Member.objects.filter(group=group)}
    problems += _of_people(group, read, register)
    present = {number for number, member in register.items() if member.status == Member.Status.ACTIVE}
    listed = {one.number for one in read.members}
    for number in sorted(present - listed):
        values: dict[str, str | int] = {"number": number, "name": register[number].full_name}
        problems.append(Problem(Place(SHEETS[MEMBERS].title), "member_not_listed", values, WARNING))
    return problems + _of_numbers(group, read, listed | present)


def _of_numbers(group: SavingsGroup, read: OpeningRead, known: set[int]) -> list[Problem]:
    """Borrowers, guarantors and holders who are not members; contracts that are kept already."""
    named: list[tuple[Place, int]] = []
    for loan in read.loans:
        named.append((loan.row.place("number"), loan.number))
        named += [(loan.row.place("guarantor1"), number) for number in loan.guarantors]
    named += [(one.row.place("detail"), int(one.holder)) for one in read.balances if one.code in OF_MEMBERS]
    problems = [Problem(place, "member_unknown", {"number": number}) for place, number in named if number not in known]
    taken = PaperContract.objects.filter(group=group, number__in=[loan.contract for loan in read.loans])
    place = Place(SHEETS[LOANS].title)
    return problems + [
        Problem(place, "contract_kept_already", {"contract": number})
        for number in taken.values_list("number", flat=True)
    ]


def _of_people(group: SavingsGroup, read: OpeningRead, register: dict[int, Member]) -> list[Problem]:
    vows: dict[int, list[PledgePeriod]] = {}
    for period in PledgePeriod.objects.filter(group=group).order_by("starts_on"):
        vows.setdefault(period.member_id, []).append(period)
    problems = []
    for one in read.members:
        member = register.get(one.number)
        if member is None:
            problems += _of_newcomer(one, read)
            continue
        values: dict[str, str | int] = {"number": one.number, "name": member.full_name, "typed": one.name}
        name = member.body_name or f"{member.first_name} {member.last_name}"
        if not named_alike(name, one.name):
            problems.append(Problem(one.row.place("number"), "group_has_members", values))
        elif member.status != Member.Status.ACTIVE:
            problems.append(Problem(one.row.place("number"), "member_not_active", values))
        else:
            problems += _of_member(one, member, vows.get(member.pk, []), read)
    return problems


def _of_newcomer(one: MemberBalance, read: OpeningRead) -> list[Problem]:
    """Who is new to the register and owes months must have joined before them."""
    if one.joined_on is not None and one.joined_on > timezone.localdate():
        return [Problem(one.row.place("joined"), "date_in_future", {"written_on": one.joined_on.isoformat()})]
    if one.owed and one.joined_on is None:
        return [Problem(one.row.place("joined"), "owed_without_joining")]
    if one.owed and one.joined_on is not None and month_of(one.joined_on) > read.first_month(one, None):
        values: dict[str, str | int] = {"joined_on": one.joined_on.isoformat()}
        return [Problem(one.row.place("owed"), "owed_before_joining", values)]
    return []


def _of_member(one: MemberBalance, member: Member, vows: list[PledgePeriod], read: OpeningRead) -> list[Problem]:
    problems = []
    admitted_on = member.admitted_on or read.day
    if admitted_on >= read.starts_on and (one.savings or any(one.special) or one.owed):
        values: dict[str, str | int] = {"joined_on": admitted_on.isoformat()}
        problems.append(Problem(one.row.place("savings"), "brought_before_joining", values))
    elif one.owed and month_of(admitted_on) > read.first_month(one, None):
        values = {"joined_on": admitted_on.isoformat()}
        problems.append(Problem(one.row.place("owed"), "owed_before_joining", values))
    if vows and (vows[-1].satang != one.pledge or one.owed):
        values = {"pledge_satang": vows[-1].satang, "vow_on": vows[-1].starts_on.isoformat()}
        problems.append(Problem(one.row.place("pledge"), "pledge_set_already", values))
    return problems


def preview_of_opening(read: OpeningRead) -> dict[str, Any]:
    """The problems as the page lists them, with how many they are."""
    problems = sorted(read.problems, key=lambda problem: not problem.is_error)
    severities = Counter(problem.is_error for problem in problems)
    shown = [
        ShownProblem(problem.place, problem.is_error, severity_name(problem), sentence(problem))
        for problem in problems[:SHOWN_AT_MOST]
    ]
    return {
        "problems": shown,
        "hidden": len(problems) - len(shown),
        "errors": severities[True],
        "warnings": severities[False],
        "is_fit": not severities[True],
    }


def row_of(rows: list[dict[str, str]], row_id: str) -> TypedRow | None:
    """The row of an id."""
    return next((row for row in rows if row.get("id") == row_id), None)


def is_blank(row: TypedRow) -> bool:
    """Whether nothing was typed in a row."""
    return not any(tidy(text) for name, text in row.items() if name not in ("id", "code"))
