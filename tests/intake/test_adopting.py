"""The village's loans: every contract of the workbook gets its rows, and only who truly missed instalments is late."""

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from funds.journal import open_book
from funds.models import Entry
from funds.selectors import balances
from intake.models import PaperContract
from intake.services.loans import adopt_paper_contracts
from intake.workbook.rows import ContractRow, RepaymentRow
from loans.models import Guarantee, Loan, Repayment, ScheduledInstalment, ScheduleVersion
from loans.selectors.standings import live_loans, standings
from members.models import SavingsGroup
from tests.intake.importing import bring_in
from tests.intake.workbooks import VILLAGE_A, read
from thai.months import add_months

pytestmark = pytest.mark.django_db
YEAR_END = date(2025, 12, 31)
TRULY_LATE = "31/2568"  # the borrower paid in September and October and no more


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


def paper() -> tuple[dict[str, ContractRow], dict[str, list[RepaymentRow]]]:
    """The workbook's own rows: contracts, and what was received on each."""
    village = read(VILLAGE_A.read_bytes()).village
    assert village is not None
    received: dict[str, list[RepaymentRow]] = defaultdict(list)
    for row in sorted(village.repayments, key=lambda row: row.on):
        received[row.contract].append(row)
    return {row.contract: row for row in village.contracts}, received


def same_day(on: date, months: int) -> date:
    """The same day of the month so many months later; meetings are held on the 5th."""
    return add_months(on, months).replace(day=on.day)


def owed_on(contract: ContractRow, received: list[RepaymentRow], on: date) -> int:
    """What the contract says must have been paid of the principal by a day, less what was: by plain arithmetic."""
    baht, months = contract.amount // 100, contract.instalments
    part = (2 * baht + months) // (2 * months) * 100
    due = sum(1 for month in range(1, months + 1) if same_day(contract.on, month) <= on)
    wanted = contract.amount if due == months else part * due
    begun = contract.amount if contract.brought is None else contract.brought
    left = begun - sum(row.principal for row in received if row.on <= on)
    return max(0, left - (contract.amount - wanted))


def test_every_contract_is_a_loan_with_the_terms_of_the_workbook(group):
    contracts, _received = paper()
    loans = {loan.number: loan for loan in Loan.objects.filter(group=group).select_related("member")}
    assert loans.keys() == contracts.keys()
    for number, row in contracts.items():
        loan = loans[number]
        assert (loan.member.number, loan.satang, loan.instalments) == (row.number, row.amount, row.instalments)
        assert (loan.rate_bp, loan.rate_per, loan.method) == (100, "month", "reducing")
        assert (loan.rhythm, loan.day_count, loan.round_to) == ("equal_principal", "months", 100)
        assert (loan.paid_out_on, loan.first_due_on) == (row.on, same_day(row.on, 1))
        assert (loan.application_id, loan.made_by_id, loan.late_rate_bp) == (None, None, 0)


def test_a_contract_of_the_year_before_keeps_what_was_owed_when_the_books_began(group):
    loan = Loan.objects.get(group=group, number="5/2567")
    assert (loan.brought_on, loan.brought_satang, loan.entry_id) == (date(2024, 12, 31), 3_166_00, None)
    paid_out = Loan.objects.get(group=group, number="33/2568")
    assert (paid_out.brought_on, paid_out.entry.kind) == (None, "paper_loan_disbursement")


def test_the_guarantors_of_paper_stand_for_the_loan_without_any_savings_held(group):
    contracts, _received = paper()
    for number, row in contracts.items():
        guarantees = Guarantee.objects.filter(loan__group=group, loan__number=number).select_related("member")
        assert tuple(each.member.number for each in guarantees) == row.guarantors
        assert {(each.application_id, each.satang, each.hold_id, each.way) for each in guarantees} == {
            (None, 0, None, "paper")
        }


def test_the_schedule_is_equal_principal_in_whole_baht_from_the_next_meeting_on(group):
    version = ScheduleVersion.objects.get(loan__group=group, loan__number="7/2568")
    lines = list(version.lines.values_list("number", "due_on", "principal_satang", "interest_satang"))
    assert (version.version, version.starts_on, version.first_due_on) == (1, date(2025, 2, 5), date(2025, 3, 5))
    assert lines[0] == (1, date(2025, 3, 5), 1_667_00, 200_00)
    assert lines[-1] == (12, date(2026, 2, 5), 1_663_00, 16_63)
    assert sum(line[2] for line in lines) == 20_000_00


def test_every_payment_of_the_workbook_is_a_repayment_of_its_loan_to_the_satang(group):
    _contracts, received = paper()
    said = sorted(
        (number, row.on, row.principal, row.interest, row.fine) for number, rows in received.items() for row in rows
    )
    fields = ("loan__number", "paid_on", "principal_satang", "interest_satang", "fine_satang")
    assert sorted(Repayment.objects.filter(group=group).values_list(*fields)) == said
    assert Repayment.objects.filter(group=group, entry__kind="paper_receipt").count() == len(said)


def test_at_the_end_of_the_year_only_who_truly_missed_instalments_is_late(group):
    contracts, received = paper()
    truth = {number for number, row in contracts.items() if owed_on(row, received[number], YEAR_END)}
    assert truth == {TRULY_LATE}
    found = standings(group, YEAR_END, loans=Loan.objects.filter(group=group))
    numbers = dict(Loan.objects.filter(group=group).values_list("pk", "number"))
    late = {numbers[pk]: standing for pk, standing in found.items() if standing.days_past_due}
    assert late.keys() == truth
    assert late[TRULY_LATE].overdue_principal == owed_on(contracts[TRULY_LATE], received[TRULY_LATE], YEAR_END)
    assert late[TRULY_LATE].interest_owed == 2 * 83_34
    assert (late[TRULY_LATE].oldest_unpaid_on, late[TRULY_LATE].days_past_due) == (date(2025, 11, 5), 56)


def test_on_every_day_around_every_meeting_the_loans_are_late_as_the_workbook_shows(group):
    contracts, received = paper()
    loans = list(Loan.objects.filter(group=group))
    for month in range(1, 13):
        for on in (date(2025, month, 4), date(2025, month, 5), date(2025, month, 6)):
            begun = [loan for loan in loans if loan.paid_out_on <= on]
            found = standings(group, on, loans=begun)
            for loan in begun:
                truth = owed_on(contracts[loan.number], received[loan.number], on)
                assert found[loan.pk].principal_due == truth, (loan.number, on)


def test_interest_comes_out_as_what_was_paid_to_the_satang(group):
    for row in Repayment.objects.filter(group=group).select_related("loan__group"):
        after = standings(group, row.paid_on, loans=[row.loan])[row.loan_id]
        assert after.interest_owed == 0, row.loan.number
        before = standings(group, date.fromordinal(row.paid_on.toordinal() - 1), loans=[row.loan])[row.loan_id]
        one_month = (before.outstanding + 50) // 100
        assert before.interest_owed + one_month == row.interest_satang, (row.loan.number, row.paid_on)


def test_what_the_rows_owe_is_what_the_books_owe(group):
    owed = {number: satang for number, satang in balances(group, "O1300").items() if satang}
    live = list(live_loans(group, YEAR_END))
    found = standings(group, YEAR_END, loans=live)
    assert {loan.number: found[loan.pk].outstanding for loan in live} == owed


def test_adopting_twice_adopts_once(group):
    count = Repayment.objects.count()
    assert adopt_paper_contracts(group) == []
    assert (Loan.objects.filter(group=group).count(), Repayment.objects.count()) == (34, count)


@pytest.fixture
def of_before(group: SavingsGroup, monkeypatch: pytest.MonkeyPatch) -> SavingsGroup:
    """A group that was imported before loans had rows."""
    monkeypatch.setattr("intake.services.posting.adopt_paper_contracts", lambda group: [])
    return bring_in(VILLAGE_A.read_bytes(), code="of-before")


def test_a_group_imported_before_gets_the_same_rows_by_the_command(group, of_before):
    assert not Loan.objects.filter(group=of_before).exists()
    entries = Entry.objects.filter(group=of_before).count()
    out = io.StringIO()
    call_command("adopt_loans", group=of_before.code, stdout=out)
    assert re.search(r"of-before: .*\b34\b", out.getvalue())
    assert Entry.objects.filter(group=of_before).count() == entries
    fields = ("loan__number", "entry__n", "principal_satang", "interest_satang", "fine_satang")
    same = [sorted(Repayment.objects.filter(group=each).values_list(*fields)) for each in (group, of_before)]
    assert same[0] == same[1]
    again = io.StringIO()
    call_command("adopt_loans", stdout=again)
    assert re.search(r"of-before: .*\b0\b", again.getvalue())


def test_the_command_names_a_group_that_does_not_exist(group):
    with pytest.raises(CommandError, match="nowhere"):
        call_command("adopt_loans", group="nowhere")


def test_more_loans_cost_no_more_queries(of_before):
    with CaptureQueriesContext(connection) as queries:
        adopt_paper_contracts(of_before)
    assert len(queries) <= 25
    assert ScheduledInstalment.objects.filter(schedule__loan__group=of_before).count() > 300


def test_a_group_without_paper_contracts_adopts_nothing(village):
    open_book(group=village.group)
    assert not PaperContract.objects.filter(group=village.group).exists()
    assert adopt_paper_contracts(village.group) == []
