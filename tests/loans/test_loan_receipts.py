"""Money for loans beside the meeting: any part, several loans, a guarantor's payment, cash or transfer, once."""

from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from funds.errors import OperationReused
from funds.models import Entry, Posting
from loans.models import LoanReceipt, Repayment
from loans.repayment_errors import MoreThanSettlement, NothingOwed, PayerNotOfLoan
from loans.selectors.repayments import claims_on, paid_back_by, repaid_sum, repayments, waiting_transfers
from loans.selectors.standings import standing_of
from loans.services.receipts import LoanMoney, record_loan_receipt
from savings.errors import SlipTaken
from tests.loans.cast import Lending

NOVEMBER_5, NOVEMBER_9 = date(2026, 11, 5), date(2026, 11, 9)
pytestmark = pytest.mark.usefixtures("_ninth_of_november")


@pytest.fixture
def _ninth_of_november():
    with time_machine.travel("2026-11-09T10:00:00+07:00", tick=True):
        yield


@pytest.fixture
def lending(village, _ninth_of_november) -> Lending:
    """Somchai owes 10,000 of 12,000 baht, of November 1,100 is due; Boonmee stands guarantor."""
    made = Lending(village)
    made.save("Somchai", 3_000_00)
    made.save("Boonmee", 9_500_00)
    made.loan = made.lend("Somchai")
    made.pay_instalments(made.loan, 2)
    return made


def receive(lending, satang=1_100_00, *, payer="Somchai", operation=None, amounts=None, **fields):
    money = LoanMoney(
        payer=lending[payer],
        received_on=fields.pop("on", NOVEMBER_9),
        amounts=amounts or {lending.loan.pk: satang},
        **fields,
    )
    return record_loan_receipt(
        group=lending.group, money=money, operation=operation or uuid4(), by=lending.village.treasurer
    )


def lines(entry):
    rows = Posting.objects.filter(entry=entry).select_related("account").order_by("line")
    return [(row.account.code, row.account.holder, row.amount) for row in rows]


def test_cash_beside_the_meeting_is_a_receipt_at_once(lending):
    receipt = receive(lending)
    assert lines(receipt.entry) == [
        ("O1100", "", 1_100_00),
        ("O1300", lending.loan.number, -1_000_00),
        ("O4100", "", -100_00),
    ]
    assert receipt.entry.kind == "receipt"
    assert Repayment.objects.get(entry=receipt.entry).kind == "payment"
    assert standing_of(lending.loan, NOVEMBER_9).outstanding == 9_000_00


def test_a_transfer_names_its_slip_and_waits_for_the_bank_book(lending):
    receipt = receive(lending, way="transfer", slip_ref="K-77")
    assert lines(receipt.entry)[0] == ("O1200", "", 1_100_00)
    assert waiting_transfers(lending.group) == 1
    with pytest.raises(SlipTaken):
        receive(lending, 100_00, way="transfer", slip_ref="K-77")


def test_several_loans_are_paid_by_one_receipt(lending):
    other = lending.lend("Somchai", 3_000_00, on=date(2026, 10, 5), guarantors=("Prani",), instalments=3)
    receipt = receive(lending, amounts={lending.loan.pk: 1_100_00, other.pk: 500_00})
    assert receipt.satang == 1_600_00
    assert {row.loan_id for row in Repayment.objects.filter(entry=receipt.entry)} == {lending.loan.pk, other.pk}


def test_the_same_form_sent_twice_is_one_receipt_and_never_another_sum(lending):
    operation = uuid4()
    first = receive(lending, operation=operation)
    assert receive(lending, operation=operation).pk == first.pk
    assert LoanReceipt.objects.count() == 1
    with pytest.raises(OperationReused):
        receive(lending, 1_000_00, operation=operation)


def test_more_than_frees_the_borrower_is_refused_and_nothing_is_posted(lending):
    before = Entry.objects.count()
    with pytest.raises(MoreThanSettlement):
        receive(lending, 20_000_00)
    assert Entry.objects.count() == before


def test_what_a_guarantor_pays_is_noted_as_such_and_the_claim_passes(lending):
    receipt = receive(lending, payer="Boonmee")
    part = Repayment.objects.get(entry=receipt.entry)
    assert (part.kind, part.payer) == ("guarantor", lending["Boonmee"])
    [claim] = claims_on([lending.loan])
    assert (claim.guarantor, claim.satang) == (lending["Boonmee"], 1_100_00)
    assert receipt.entry.details.data["payer"] == lending["Boonmee"].full_name


def test_nobody_else_pays_a_loan_here(lending):
    with pytest.raises(PayerNotOfLoan):
        receive(lending, payer="Kasem")


def test_a_loan_paid_off_takes_no_more_money(lending):
    receipt = receive(lending, 10_200_00)
    assert paid_back_by(receipt) == [lending.loan.number]
    with pytest.raises(NothingOwed):
        receive(lending, 1)


def test_the_list_adds_up_what_stands(lending):
    receive(lending)
    total = repaid_sum(repayments(lending.group))
    assert (total.principal, total.interest, total.fine) == (3_000_00, 120_00 + 110_00 + 100_00, 0)
    assert repayments(lending.group, q=lending.loan.number).count() == 3
    assert repayments(lending.group, show="beside").count() == 1
    assert repayments(lending.group, q="ไม่มีใคร").count() == 0


@pytest.fixture
def treasurer(client, lending):
    client.force_login(lending.village.treasurer)
    return client


def page_of(lending):
    return reverse("loans:repay", args=[lending.group.code, lending.loan.pk])


def typed(response, **fields):
    form = response.context["form"]
    return {
        "operation": str(form["operation"].value()),
        "payer": str(form.fields["payer"].initial),
        "on": "9/11/2569",
        "way": "cash",
        **fields,
    }


def test_the_page_explains_what_is_due_and_fills_in_what_pays_it_off(treasurer, lending):
    shown = treasurer.get(page_of(lending))
    assert shown.context["form"][f"loan_{lending.loan.pk}"].value() == "1,100.00"
    assert b"1,100" in shown.content
    assert b"10,200" in shown.content
    settled = treasurer.get(page_of(lending), {"settle": lending.loan.pk})
    assert settled.context["form"][f"loan_{lending.loan.pk}"].value() == "10,200.00"


def test_the_page_takes_the_money_once_and_says_that_the_loan_is_paid_back(treasurer, lending):
    form = typed(treasurer.get(page_of(lending)), **{f"loan_{lending.loan.pk}": "10,200"})
    first = treasurer.post(page_of(lending), form)
    again = treasurer.post(page_of(lending), form)
    assert first.status_code == again.status_code == 302
    assert first.url == again.url
    assert LoanReceipt.objects.count() == 1
    assert lending.loan.number in treasurer.get(first.url).content.decode()
    assert "form" not in treasurer.get(page_of(lending)).context


def test_too_much_is_said_beside_the_field_and_keeps_what_was_typed(treasurer, lending):
    form = typed(treasurer.get(page_of(lending)), **{f"loan_{lending.loan.pk}": "20,000"})
    refused = treasurer.post(page_of(lending), form)
    assert "10,200.00" in str(refused.context["form"].errors)
    assert b"20,000" in refused.content


def test_a_strangers_loan_is_not_found(treasurer, lending):
    other = lending.village.neighbour.group
    assert treasurer.get(reverse("loans:repay", args=[other.code, lending.loan.pk])).status_code == 404
    assert treasurer.get(reverse("loans:repay", args=[lending.group.code, 999_999])).status_code == 404


def test_the_list_is_also_a_file(treasurer, lending):
    receive(lending, payer="Boonmee")
    address = reverse("loans:receipts", args=[lending.group.code])
    assert treasurer.get(address).status_code == 200
    assert lending.loan.number in treasurer.get(address, {"format": "csv"}).content.decode("utf-8-sig")
