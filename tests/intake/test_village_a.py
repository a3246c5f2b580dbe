"""Village-a in the books: every figure, meeting, member and loan as its workbook says."""

import io
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from funds.models import Account, Entry
from funds.selectors import balance, balances, cash_balances, head
from intake.errors import WorkbookRefused
from intake.models import PaperContract
from meetings.models import Meeting
from members.models import Household, Member, SavingsGroup
from members.national_ids import national_id
from reports.summary import group_summary
from savings.models import PledgeMonth, PledgePeriod, SpecialBook
from savings.selectors import pledge_due
from tests.intake.importing import bring_in, verified
from tests.intake.workbooks import DATA, VILLAGE_A

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def imported(django_db_setup: None, django_db_blocker: Any) -> Iterator[SavingsGroup]:
    """Village-a, brought in once for the tests that only read; taken back after the last of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        found = bring_in(VILLAGE_A.read_bytes())
        with django_db_blocker.block():
            yield found
        transaction.set_rollback(True)


@pytest.fixture
def group(imported: SavingsGroup, db: None) -> SavingsGroup:
    return imported


def test_village_a_gives_the_expected_figures_to_the_satang(group):
    borrowers = dict(PaperContract.objects.filter(group=group).values_list("number", "member__number"))
    found = json.loads(json.dumps(group_summary(group=group, year=2568, borrowers=borrowers)))
    expected = json.loads((DATA / "village-a.expected.json").read_text())
    for later in ("allotment", "dividend", "rebate"):
        del expected[later]
    assert found.keys() == expected.keys()
    for key, value in expected.items():
        if isinstance(value, dict):
            nonzero = {name: satang for name, satang in value.items() if satang}
            assert {name: satang for name, satang in found[key].items() if satang} == nonzero, key
        else:
            assert found[key] == value, key


def test_group_summary_prints_the_same_as_json(group):
    out = io.StringIO()
    call_command("group_summary", group=group.code, year=2568, json=True, stdout=out)
    assert json.loads(out.getvalue())["totals"]["profit"] == 3701760


def test_the_books_verify_clean_after_the_import(group):
    assert verified(group) == 0


def test_every_kind_from_paper_says_so_and_was_made_by_the_import_alone(group):
    entries = Entry.objects.filter(group=group)
    assert all(kind.startswith("paper_") for kind in entries.values_list("kind", flat=True))
    assert set(entries.values_list("maker", flat=True)) == {"import"}
    assert all(approvers == [] for approvers in entries.values_list("approvers", flat=True))


def test_the_opening_locks_everything_before_the_year(group):
    opening = Entry.objects.get(group=group, n=1)
    assert (opening.kind, opening.booked_on) == ("paper_opening", date(2024, 12, 31))
    assert (opening.locked_through, opening.declared_through) == (date(2024, 12, 31), date(2024, 12, 31))


def test_twelve_meetings_are_closed_over_their_own_entries(group):
    meetings = list(
        Meeting.objects.filter(group=group).order_by("held_on").select_related("close_entry", "first_entry")
    )
    assert [str(meeting) for meeting in meetings] == [f"{number}/2568" for number in range(1, 13)]
    assert all(meeting.from_paper and meeting.is_closed for meeting in meetings)
    for meeting in meetings:
        span = Entry.objects.filter(id__range=(meeting.first_entry_id, meeting.close_entry_id))
        assert set(span.values_list("booked_on", flat=True)) == {meeting.held_on}
        assert meeting.close_entry.declared["O1100"] == 3_000_00


def test_members_leavers_households_and_vows_are_those_of_the_register(group):
    assert Member.objects.filter(group=group).count() == 160
    assert Household.objects.filter(group=group).count() == 91
    leaver = Member.objects.get(group=group, number=71)
    assert (leaver.status, leaver.left_on) == (Member.Status.RESIGNED, date(2025, 7, 5))
    assert Member.objects.get(group=group, number=39).body_name == "กลุ่มอาชีพทอผ้า 39"
    assert Member.objects.get(group=group, number=160).full_name == "นางมาลี รอดภัย"
    assert national_id(Member.objects.get(group=group, number=2)) == "1339075793834"
    vow = PledgePeriod.objects.get(member=Member.objects.get(group=group, number=160))
    assert (vow.satang, vow.starts_on) == (300_00, date(2025, 3, 1))
    assert SpecialBook.objects.filter(group=group, number="0005-1").exists()


def test_a_late_payment_pays_its_own_month_and_the_one_missed(group):
    member = Member.objects.get(group=group, number=2)
    months = dict(PledgeMonth.objects.filter(member=member).values_list("month", "entry__booked_on"))
    assert months[date(2025, 5, 1)] == months[date(2025, 9, 1)] == date(2025, 9, 5)


def test_months_still_owed_are_those_that_nobody_paid(group):
    due = pledge_due(group, date(2026, 1, 5))
    member = Member.objects.get(group=group, number=9)  # missed December and did not pay it
    assert due[member.pk].months_owed == [date(2025, 12, 1)]


def test_loans_are_accounts_under_their_contract_numbers_and_the_contracts_are_kept(group):
    assert balance(Account.objects.get(group=group, code="O1300", holder="33/2568")) == 13_332_00
    contract = PaperContract.objects.get(group=group, number="1/2567")
    assert (contract.member.number, contract.satang, contract.instalments) == (84, 28_800_00, 12)
    assert (contract.contracted_on, contract.brought_satang) == (date(2024, 11, 5), 26_400_00)
    assert [g.member.number for g in contract.guarantees.select_related("member")] == [28, 54]
    assert PaperContract.objects.filter(group=group).count() == 34


def test_an_import_into_books_that_have_begun_is_refused_by_name(group):
    with pytest.raises(WorkbookRefused) as refused:
        bring_in(VILLAGE_A.read_bytes())
    assert [problem.code for problem in refused.value.problems] == ["group_has_entries"]


def test_the_pools_balance_and_the_cash_is_that_of_the_last_meeting(group):
    assert cash_balances(group) == {"O1100": 3_000_00, "A1100": 3_780_00}
    last = head(group)
    assert last is not None
    assert last.declared == {"O1100": 3_000_00, "A1100": 3_780_00}
    assert -sum(balances(group, "O2100").values()) == 380530000
