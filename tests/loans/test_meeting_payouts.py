"""A loan paid out at a meeting: a payment of the evening, co-signed, from cash that is there, posted at the close."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from funds.models import Entry
from funds.selectors import balances, cash_balances
from loans.deciding_errors import ContractUnsigned, PayoutAtMeeting, PayoutDone
from loans.models import Disbursement, Guarantee, Loan
from loans.services.payouts import PayoutInput, approve_payout, cancel_payout, request_payout
from meetings import checks
from meetings.errors import LoanLineWrong, MeetingBeforeContract, NotEnoughInBox, PayeeIsOfficer
from meetings.models import PaymentLine
from meetings.services.payments import cancel_payment
from reports.papers.slips import slip_of
from tests.funds.ledger import assert_ledger_row
from tests.loans.cast import Lending
from tests.meetings.evening import Evening
from tests.village import TestVillage

OCTOBER_20, NOVEMBER_5, DECEMBER_5 = date(2026, 10, 20), date(2026, 11, 5), date(2026, 12, 5)


@pytest.fixture
def lending(time_machine: Any, village: TestVillage) -> Lending:
    time_machine.move_to("2026-11-05T11:00:00+00:00", tick=False)
    return Lending(village)


@pytest.fixture
def evening(lending: Lending) -> Evening:
    return Evening(lending.village, held_on=NOVEMBER_5)


@pytest.fixture
def loan(lending: Lending) -> Loan:
    """Somchai's signed contract over 12,000 baht of 20 October."""
    return lending.contract(on=OCTOBER_20)


def asked(loan: Loan, **fields: Any) -> dict[str, Any]:
    given = {"kind": "loan", "satang": loan.satang, "code": "O1300", "holder": loan.number}
    return {**given, "member": loan.member, "payee": loan.member.full_name, **fields}


def test_the_close_posts_the_payout_and_begins_the_schedule(lending: Lending, evening: Evening, loan: Loan) -> None:
    line = evening.pay(**asked(loan))
    assert not Entry.objects.filter(kind="loan_disbursement").exists()
    meeting = evening.finish()
    line.refresh_from_db()
    assert line.entry is not None
    assert line.entry.kind == "loan_disbursement"
    assert_ledger_row("a loan is paid out", line.entry)
    loan.refresh_from_db()
    assert (loan.paid_out_on, loan.entry_id) == (NOVEMBER_5, line.entry_id)
    assert loan.schedules.get().lines.order_by("number")[0].due_on == DECEMBER_5
    assert balances(lending.group, "O1300") == {loan.number: 12_000_00}
    assert cash_balances(lending.group)["O1100"] == 38_000_00
    row = Disbursement.objects.get(loan=loan)
    assert (row.way, row.entry_id, row.approved_by) == ("meeting", line.entry_id, lending.village.auditor)
    assert [found for check in checks.CHECKS for found in check(lending.group)] == []
    assert meeting.is_closed


def test_the_voucher_names_contract_and_payee(lending: Lending, evening: Evening, loan: Loan) -> None:
    line = evening.pay(**asked(loan))
    evening.finish()
    line.refresh_from_db()
    assert line.entry is not None
    slip = slip_of(lending.group, line.entry)
    assert slip is not None
    assert (slip.comes_in, slip.person, slip.total) == (False, loan.member.full_name, 12_000_00)
    assert loan.number in slip.lines[0].text
    assert [each.satang for each in slip.balances] == [12_000_00]


def test_a_transfer_at_the_meeting_leaves_the_cash(lending: Lending, evening: Evening, loan: Loan) -> None:
    evening.pay(**asked(loan, from_bank=True, slip_ref="T-1"))
    evening.finish()
    assert cash_balances(lending.group)["O1100"] == 50_000_00


def test_an_unsigned_contract_is_no_payment(lending: Lending, evening: Evening) -> None:
    loan = lending.contract(on=OCTOBER_20, is_signed=False)
    with pytest.raises(ContractUnsigned):
        evening.ask_payment(**asked(loan))


def test_a_guarantor_who_came_in_unsigned_stops_approval_and_close(
    lending: Lending, evening: Evening, loan: Loan
) -> None:
    evening.pay(**asked(loan))
    Guarantee.objects.create(
        application=loan.application, loan=loan, member=lending["Kasem"], position=2, named_at=loan.made_at
    )
    with pytest.raises(ContractUnsigned):
        evening.finish()
    assert not Entry.objects.filter(kind="loan_disbursement").exists()


def test_no_more_leaves_than_is_in_the_box(time_machine: Any, village: TestVillage) -> None:
    time_machine.move_to("2026-11-05T11:00:00+00:00", tick=False)
    poor = Lending(village, box=20_000_00)
    first, second = poor.contract(on=OCTOBER_20), poor.contract("Kasem", on=OCTOBER_20)
    evening = Evening(village, held_on=NOVEMBER_5)
    evening.pay(**asked(first))
    with pytest.raises(NotEnoughInBox):
        evening.ask_payment(**asked(second))


def test_neither_asker_nor_second_officer_is_the_borrower(lending: Lending, evening: Evening) -> None:
    own = lending.contract("Somporn", on=OCTOBER_20)
    with pytest.raises(PayeeIsOfficer):
        evening.ask_payment(**asked(own))
    auditors = lending.contract("Wichai", 1_000_00, on=OCTOBER_20)
    line = evening.ask_payment(**asked(auditors))
    with pytest.raises(PayeeIsOfficer):
        evening.approve(line)


def test_a_loan_stands_on_one_line(evening: Evening, loan: Loan) -> None:
    evening.ask_payment(**asked(loan))
    with pytest.raises(PayoutDone):
        evening.ask_payment(**asked(loan))


def test_a_line_is_of_the_whole_contract_for_its_borrower(lending: Lending, evening: Evening, loan: Loan) -> None:
    for wrong in ({"satang": 1_00}, {"member": lending["Kasem"]}, {"holder": "ก.9/2569"}):
        with pytest.raises(LoanLineWrong):
            evening.ask_payment(**asked(loan, **wrong))


def test_a_contract_made_after_the_meeting_waits_for_the_next(time_machine: Any, village: TestVillage) -> None:
    time_machine.move_to("2026-11-06T11:00:00+00:00", tick=False)
    lending = Lending(village)
    evening = Evening(village, held_on=NOVEMBER_5)
    with pytest.raises(MeetingBeforeContract):
        evening.ask_payment(**asked(lending.contract(on=date(2026, 11, 6))))


def test_a_cancelled_line_sets_the_contract_free(lending: Lending, evening: Evening, loan: Loan) -> None:
    line = evening.pay(**asked(loan))
    cancel_payment(line=line, by=lending.village.treasurer)
    assert not Disbursement.objects.filter(loan=loan, cancelled_at__isnull=True).exists()
    evening.pay(**asked(loan))
    evening.finish()
    loan.refresh_from_db()
    assert loan.paid_out_on == NOVEMBER_5


def test_a_payout_at_the_meeting_is_answered_there(lending: Lending, evening: Evening, loan: Loan) -> None:
    evening.ask_payment(**asked(loan))
    row = Disbursement.objects.get(loan=loan)
    with pytest.raises(PayoutAtMeeting):
        approve_payout(disbursement=row, by=lending.village.auditor)
    with pytest.raises(PayoutAtMeeting):
        cancel_payout(disbursement=row, by=lending.village.auditor)
    with pytest.raises(PayoutDone):
        request_payout(
            loan=loan,
            payout=PayoutInput(way="transfer", slip_ref="1"),
            operation=uuid4(),
            by=lending.village.treasurer,
        )


def test_the_page_offers_the_contracts_that_are_ready(
    client: Any, lending: Lending, evening: Evening, loan: Loan
) -> None:
    client.force_login(lending.village.treasurer)
    url = reverse("meetings:payments", args=[lending.group.code, evening.meeting.pk]) + "?add=loan"
    page = client.get(url)
    assert loan.number in page.content.decode()
    sent = {"operation": str(uuid4()), "contract": loan.pk, "paid_from": "cash"}
    assert client.post(url, sent).status_code == 302
    again = client.post(url, sent)
    assert (again.status_code, again.headers["Location"]) == (302, url.removesuffix("?add=loan"))
    anew = client.post(url, {**sent, "operation": str(uuid4())})
    assert anew.context["form"].errors["contract"] == [str(_("Please choose or type one of the possible values."))]
    line = PaymentLine.objects.get(meeting=evening.meeting)
    assert (line.kind, line.satang, line.account_holder) == ("loan", 12_000_00, loan.number)
    assert loan.number not in client.get(url).content.decode().split('name="contract"')[1].split("</select>")[0]


def test_the_page_says_what_is_wrong_beside_the_form(client: Any, time_machine: Any, village: TestVillage) -> None:
    time_machine.move_to("2026-11-05T11:00:00+00:00", tick=False)
    poor = Lending(village, box=100_00)
    loan, evening = poor.contract(on=OCTOBER_20), Evening(village, held_on=NOVEMBER_5)
    client.force_login(village.treasurer)
    url = reverse("meetings:payments", args=[poor.group.code, evening.meeting.pk]) + "?add=loan"
    answer = client.post(url, {"operation": str(uuid4()), "contract": loan.pk, "paid_from": "cash"})
    assert "12,000.00" in answer.context["form"].non_field_errors()[0]
