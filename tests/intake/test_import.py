"""A year on paper becomes books: to the satang, whole or not at all, once."""

import io
import json
import time
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import translation

from funds.journal import post_entry
from funds.models import Entry, Posting
from intake.errors import WorkbookRefused
from intake.models import PaperContract
from intake.services import post_year
from intake.services.groups import group_for_import
from meetings.models import Meeting
from members.models import Household, Member, SavingsGroup
from reports.summary import group_summary
from savings.models import PledgeMonth, PledgePeriod, SpecialBook
from tests.intake.importing import NAME, bring_in
from tests.intake.workbooks import VILLAGE_A, messy, paper, read, spoiled

pytestmark = pytest.mark.django_db


def command(*arguments: str) -> tuple[int, Any]:
    """Run import_village with --json; return exit code and answer."""
    out = io.StringIO()
    try:
        call_command("import_village", *arguments, "--json", stdout=out)
    except SystemExit as end:
        return int(end.code or 0), json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


@pytest.mark.parametrize(("seed", "members"), [(11, 9), (12, 48)])
def test_other_villages_give_their_own_figures(seed, members):
    village = paper(seed=seed, members=members)
    group = bring_in(messy(village, seed=seed))
    borrowers = dict(PaperContract.objects.filter(group=group).values_list("number", "member__number"))
    found = group_summary(group=group, year=2568, borrowers=borrowers)
    assert found["totals"] == village.totals | {"missed_months": found["totals"]["missed_months"]}
    assert found["totals"]["missed_months"] == village.totals.get("missed_months", 0)
    for key in ("pledge_balance", "special_balance", "baht_months", "interest_paid", "loan_outstanding"):
        expected = {str(name): satang for name, satang in getattr(village, key).items() if satang}
        assert {name: satang for name, satang in found[key].items() if satang} == expected, key


def test_a_group_that_only_decided_something_still_takes_its_paper_year_in():
    group = group_for_import(
        code="founded", name=NAME, tambon_code="", village_name="", first_year_starts_on=date(2026, 1, 1)
    )
    post_entry(group=group, kind="group_founding", on=date(2026, 1, 5), by="adisak", lines=[], operation=uuid4())
    post_year(group=group, read=read(VILLAGE_A.read_bytes()), by="import")
    group.refresh_from_db()
    assert group.first_year_starts_on == date(2025, 1, 1)
    assert Entry.objects.get(group=group, n=2).kind == "paper_opening"


def test_other_people_under_the_same_numbers_are_named():
    group = group_for_import(
        code="peopled", name=NAME, tambon_code="", village_name="", first_year_starts_on=date(2025, 1, 1)
    )
    Member.objects.create(
        group=group, number=1, first_name="ปรีชา", last_name="สุขใจ", status="active", admitted_on=date(2020, 1, 5)
    )
    with pytest.raises(WorkbookRefused) as refused:
        post_year(group=group, read=read(VILLAGE_A.read_bytes()), by="import")
    problems = refused.value.problems
    assert problems[0].code == "group_has_members"
    assert (problems[0].place.sheet, problems[0].place.row, problems[0].place.column) == ("ทะเบียนสมาชิก", 5, "A")


def test_a_workbook_with_problems_leaves_nothing_behind(tmp_path):
    file = tmp_path / "broken.xlsx"
    file.write_bytes(messy(paper(seed=1, members=8), seed=1)[:-900])
    code, answer = command(str(file), "--group", "broken", "--name", NAME)
    assert (code, answer["ok"]) == (1, False)
    assert not SavingsGroup.objects.filter(code="broken").exists()


def test_a_failure_in_the_middle_leaves_nothing(monkeypatch):
    def fail(**_named: Any) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr("intake.services.posting.write_contracts", fail)
    found = read(VILLAGE_A.read_bytes())
    group = group_for_import(
        code="cut", name=NAME, tambon_code="", village_name="", first_year_starts_on=date(2025, 1, 1)
    )
    with pytest.raises(RuntimeError):
        post_year(group=group, read=found, by="import")
    for rows in (Entry, Posting, Member, Meeting, PledgeMonth, Household, PledgePeriod, SpecialBook):
        assert not rows.objects.filter(
            **({"member__group": group} if rows is PledgePeriod else {"group": group})
        ).exists(), rows


def test_the_command_answers_in_json_and_by_its_exit_code():
    code, answer = command(str(VILLAGE_A), "--group", "village-a", "--name", NAME, "--tambon", "570101")
    assert (code, answer["ok"], answer["counts"]["members"]) == (0, True, 160)
    assert {problem["severity"] for problem in answer["problems"]} == {"warning"}
    assert set(answer["problems"][0]) == {"sheet", "row", "column", "severity", "message"}
    group = SavingsGroup.objects.get(code="village-a")
    assert (group.name, str(group.village.tambon_id)) == (NAME, "570101")
    assert group.village.name == "บ้านหนองรวงข้าว"
    again, refused = command(str(VILLAGE_A), "--group", "village-a", "--name", NAME)
    assert (again, refused["ok"]) == (1, False)
    assert [p for p in refused["problems"] if p["severity"] == "error"]


def test_a_dry_run_does_everything_and_leaves_nothing():
    code, answer = command(str(VILLAGE_A), "--group", "tried", "--name", NAME, "--dry-run")
    assert (code, answer["ok"], answer["counts"]["receipts"]) == (0, True, 1793)
    assert not SavingsGroup.objects.filter(code="tried").exists()
    assert not Entry.objects.exists()


def test_problems_are_told_in_the_language_of_the_reader():
    with translation.override("en"):
        _code, english = command(str(VILLAGE_A), "--group", "a", "--name", NAME, "--dry-run")
    with translation.override("th"):
        _code, thai = command(str(VILLAGE_A), "--group", "a", "--name", NAME, "--dry-run")
    assert "national ID" in english["problems"][0]["message"]
    assert "ประชาชน" in thai["problems"][0]["message"]


def test_a_hundred_and_sixty_members_come_in_within_seconds():
    begun = time.monotonic()
    bring_in(VILLAGE_A.read_bytes())
    assert time.monotonic() - begun < 20


def test_a_leaver_with_a_loan_is_refused():
    def spoil(book):
        book["ลาออก"].append(["05/12/2568", 122, 1540000 / 100, None])

    found = spoiled(spoil)
    assert any(problem.code == "leaver_owes" for problem in found.problems)
