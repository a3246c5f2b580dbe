"""A receipt with loans says for each what was principal, interest and fine, and what is still owed after it."""

from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from funds.models import Entry
from loans.selectors.standings import standing_of
from loans.services.receipts import LoanMoney, record_loan_receipt
from papers.money_slips import PaperLine
from reports.papers.slips import slip_of, slips_file
from reports.tonight import tonight_of
from savings.selectors.months import fines_of_months
from tests.loans.cast import Lending
from tests.meetings.evening import NOVEMBER, evening_with_pledges, fine_for_missed_months

NOVEMBER_5, NOVEMBER_9 = date(2026, 11, 5), date(2026, 11, 9)


@pytest.fixture
def lending(village):
    """Kasem owes two months of his pledge and, since August, instalments of a loan with a late charge; all is paid."""
    with time_machine.travel("2026-11-09T10:00:00+07:00", tick=True), translation.override("en"):
        village.group.village = village.group.village
        fine_for_missed_months(village, 10)
        made = Lending(village)
        made.evening = evening_with_pledges(village)
        terms = made.product("เงินกู้มีค่าปรับ", late_rate_bp=20)
        made.loan = made.lend("Kasem", terms=terms, guarantors=("Prani",))
        made.owed = standing_of(made.loan, NOVEMBER_5)
        yield made


def receipt_at_the_meeting(lending) -> Entry:
    lending.evening.receive(
        "Kasem", pledge=900_00, fine=20_00, loan=lending.owed.due_satang, method="transfer", slip_ref="T-1"
    )
    lending.evening.finish()
    row = lending.evening.meeting.rows.get(member=lending["Kasem"])
    return Entry.objects.select_related("details", "reverses__details").get(pk=row.entry_id)


def test_each_loan_has_its_principal_interest_and_fine_apart_from_the_months(lending):
    slip = slip_of(lending.group, receipt_at_the_meeting(lending))
    number, owed = lending.loan.number, lending.owed
    assert owed.fine_owed
    assert slip.lines[-3:] == (
        PaperLine(f"Loan principal, contract {number}", owed.principal_due),
        PaperLine(f"Loan interest, contract {number}", owed.interest_owed),
        PaperLine(f"Fine, contract {number}", owed.fine_owed),
    )
    assert PaperLine("Fines", 20_00) in slip.lines
    assert slip.total == 920_00 + owed.due_satang
    assert PaperLine(f"Loan {number} outstanding", 12_000_00 - owed.principal_due) in slip.balances
    assert slips_file(lending.group, [slip.entry], comes_in=True).startswith(b"%PDF")


def test_a_guarantors_receipt_says_that_the_claim_has_passed(lending):
    money = LoanMoney(payer=lending["Prani"], received_on=NOVEMBER_9, amounts={lending.loan.pk: 500_00},
                      way="transfer", slip_ref="G-1")  # fmt: skip
    row = record_loan_receipt(group=lending.group, money=money, operation=uuid4(), by=lending.village.treasurer)
    slip = slip_of(lending.group, row.entry)
    assert slip.person == lending["Prani"].full_name
    assert any(lending.loan.number in note and "claim" in note for note in slip.notes)


def test_the_fine_of_a_loan_is_no_fine_for_months(lending):
    receipt_at_the_meeting(lending)
    fines = fines_of_months(lending.group, NOVEMBER, NOVEMBER_9, NOVEMBER_9)
    assert sum(fine.taken for fine in fines if fine.member.pk == lending["Kasem"].pk) == 20_00


def test_tonights_line_tells_the_member_what_came_for_the_loan(lending):
    lending.evening.receive("Kasem", pledge=300_00, loan=500_00)
    tonight = tonight_of(member=lending["Kasem"])
    assert (tonight.loan, tonight.total) == (500_00, 800_00)


def test_the_payer_finds_the_receipt_among_the_own_papers(client, lending):
    money = LoanMoney(payer=lending["Prani"], received_on=NOVEMBER_9, amounts={lending.loan.pk: 500_00},
                      way="transfer", slip_ref="G-1")  # fmt: skip
    row = record_loan_receipt(group=lending.group, money=money, operation=uuid4(), by=lending.village.treasurer)
    client.force_login(lending.village.user("Prani"))
    shown = client.get(reverse("window:receipts", args=[lending.group.code])).content.decode()
    assert str(row.entry.n) in shown
