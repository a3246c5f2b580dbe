"""Money brought beside the meeting: a receipt at once, its months named, posted once, never past a rule of the day."""

import io
from datetime import date
from uuid import uuid4

import openpyxl
import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from funds.errors import BooksError, DeclaredAccountTouched, FutureDate, OperationReused
from funds.models import Entry, Posting
from funds.money_errors import CashBusy
from meetings.models import Meeting
from meetings.selectors.fees import fees_due
from members.models import GroupSetting
from savings.errors import MonthsDoNotFit, NotAMember, SlipTaken
from savings.models import Deposit, PledgeMonth, SpecialBook
from savings.services.deposits import DepositInput, record_deposit
from tests.funds.ledger import assert_entry, assert_ledger_row
from tests.meetings.evening import Evening

APRIL, MAY, JUNE, JULY = (date(2026, month, 1) for month in range(4, 8))
TODAY = date(2026, 6, 10)


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-10 12:00+07:00", tick=False):
        yield


@pytest.fixture
def late(savers):
    """Prani owes May; the meeting of 5 June is counted."""
    savers.vow("Prani", 100_00, starts_on=MAY)
    savers.close(date(2026, 6, 5))
    return savers


def bring(savers, name="Prani", operation=None, by=None, **fields):
    values = {"received_on": TODAY, **fields}
    return record_deposit(
        member=savers[name],
        deposit=DepositInput(**values),
        operation=operation or uuid4(),
        by=by or savers.village.treasurer,
    )


def test_a_late_comer_pays_months_special_savings_fees_and_a_fine_by_one_receipt(late):
    deposit = bring(late, pledge=200_00, special=50_00, fee=30_00, fine=10_00)
    holder = late["Prani"].holder
    assert_entry(
        deposit.entry,
        debits=[("O1100", 260_00), ("A1100", 30_00)],
        credits=[("O2100", holder, 200_00), ("O2200", f"{holder}-1", 50_00), ("O4200", 10_00), ("A4100", 30_00)],
    )
    assert_ledger_row("a member pays in cash beside the meeting", deposit.entry)
    assert list(PledgeMonth.objects.values_list("month", "satang")) == [(MAY, 100_00), (JUNE, 100_00)]
    assert deposit.entry.details.data["months"] == ["2026-05", "2026-06"]


def test_a_transfer_goes_to_the_bank_and_waits_for_the_bank_book(late):
    deposit = bring(late, way="transfer", slip_ref="ส 12", pledge=100_00, fee=30_00)
    assert_ledger_row("a member transfers money, to be checked against the bank book", deposit.entry)
    assert {posting.account.code for posting in Posting.objects.filter(entry=deposit.entry, amount__gt=0)} == {
        "O1200", "A1200",
    }  # fmt: skip


def test_the_same_form_twice_is_one_receipt_and_another_content_is_refused(late):
    operation = uuid4()
    first = bring(late, operation=operation, pledge=100_00)
    assert bring(late, operation=operation, pledge=100_00) == first
    with pytest.raises(OperationReused):
        bring(late, operation=operation, pledge=200_00)
    assert Deposit.objects.count() == 1
    assert Entry.objects.filter(kind="receipt").count() == 1


def test_cash_is_dated_after_the_counted_day_and_never_in_the_future(late):
    with pytest.raises(DeclaredAccountTouched):
        bring(late, pledge=100_00, received_on=date(2026, 6, 5))
    with pytest.raises(FutureDate):
        bring(late, pledge=100_00, received_on=date(2026, 6, 11))
    bring(late, way="transfer", slip_ref="1", pledge=100_00, received_on=date(2026, 6, 5))


def test_while_a_meeting_is_open_cash_goes_through_its_sheet_and_a_transfer_need_not(savers, client):
    savers.vow("Prani", 100_00, starts_on=JUNE)
    Evening(savers.village, held_on=TODAY)
    with pytest.raises(CashBusy):
        bring(savers, pledge=100_00)
    client.force_login(savers.village.treasurer)
    page = client.get(reverse("savings:deposit-new", args=[savers.group.code]), {"member": savers["Prani"].number})
    assert page.context["cash_refused"]
    assert page.context["form"].initial["way"] == "transfer"
    bring(savers, way="transfer", slip_ref="1", pledge=100_00)
    assert Meeting.objects.get().status == "open"


def test_a_pledge_that_fits_no_month_is_refused_with_a_sentence(late):
    with pytest.raises(MonthsDoNotFit) as refused:
        bring(late, pledge=9_999_00)
    assert "1,400" in refused.value.message
    with pytest.raises(MonthsDoNotFit):
        bring(late, "Kasem", pledge=100_00)


def test_a_month_may_be_named(late):
    bring(late, pledge=100_00, months=[JULY])
    assert PledgeMonth.objects.get().month == JULY


def test_a_slip_is_received_once_until_its_receipt_is_reversed(late):
    deposit = bring(late, way="transfer", slip_ref="77", special=100_00)
    with pytest.raises(SlipTaken) as refused:
        bring(late, "Kasem", way="transfer", slip_ref="77", special=100_00)
    assert str(deposit.entry.n) in refused.value.message
    late.void(deposit.entry)
    bring(late, "Kasem", way="transfer", slip_ref="77", special=100_00)


def test_who_is_no_active_member_brings_nothing(late):
    with pytest.raises(NotAMember):
        bring(late, "Dam", special=100_00)


def test_special_savings_open_the_first_book_or_go_where_said(late):
    bring(late, special=100_00)
    second = SpecialBook.objects.create(group=late.group, member=late["Prani"], number=f"{late['Prani'].holder}-2")
    deposit = bring(late, special=70_00, book=second)
    assert_entry(deposit.entry, debits=[("O1100", 70_00)], credits=[("O2200", second.number, 70_00)])


def test_a_fee_paid_beside_the_meeting_is_asked_no_more(savers):
    member = savers["Prani"]
    member.admitted_on = date(2026, 6, 1)
    member.save(update_fields=["admitted_on"])
    bring(savers, fee=30_00)
    evening = Evening(savers.village, held_on=TODAY)
    assert member.pk not in fees_due(evening.meeting)


def test_the_form_proposes_what_is_due_and_leads_to_the_receipt(late, client):
    GroupSetting.objects.create(
        group=late.group, key="missed_month_fine_satang", value="500", valid_from=MAY, set_by=late.village.chair
    )
    client.force_login(late.village.treasurer)
    url = reverse("savings:deposit-new", args=[late.group.code]) + f"?member={late['Prani'].number}"
    form = client.get(url).context["form"]
    assert (form.initial["pledge"], form.initial["fine"]) == (200_00, 5_00)
    data = {"operation": str(uuid4()), "pledge": "200", "fine": "5", "on": "10/6/2569", "way": "cash"}
    answers = [client.post(url, data) for _click in range(2)]
    entry = Entry.objects.get(kind="receipt")
    assert {answer["Location"] for answer in answers} == {reverse("reports:receipt", args=[late.group.code, entry.n])}
    nothing = client.post(url, {"operation": str(uuid4()), "on": "10/6/2569", "way": "cash"})
    assert nothing.context["form"].errors["pledge"]
    no_slip = client.post(url, {"operation": str(uuid4()), "special": "5", "on": "10/6/2569", "way": "transfer"})
    assert no_slip.context["form"].errors["slip_ref"]


def test_the_form_pays_the_months_that_are_marked(late, client):
    client.force_login(late.village.treasurer)
    url = reverse("savings:deposit-new", args=[late.group.code]) + f"?member={late['Prani'].number}"
    offered = [value for value, _label in client.get(url).context["form"].fields["months"].choices]
    assert offered[:3] == ["2026-05-01", "2026-06-01", "2026-07-01"]
    data = {"operation": str(uuid4()), "pledge": "100", "on": "10/6/2569", "way": "cash"}
    for wrong in (["2025-01-01"], ["2026-06-01", "2026-07-01"]):
        assert client.post(url, data | {"months": wrong}).context["form"].errors["pledge"]
    assert client.post(url, data | {"months": ["x"]}).context["form"].errors["months"]
    answers = [client.post(url, data | {"months": ["2026-06-01"]}) for _click in range(2)]
    entry = Entry.objects.get(kind="receipt")
    assert {answer["Location"] for answer in answers} == {reverse("reports:receipt", args=[late.group.code, entry.n])}
    assert list(entry.pledge_months.values_list("month", flat=True)) == [date(2026, 6, 1)]


def test_the_list_filters_sums_and_leaves_as_a_file(late, client):
    bring(late, pledge=100_00)
    bring(late, "Kasem", way="transfer", slip_ref="ส 9", special=40_00)
    late.void(bring(late, special=5_00).entry)
    client.force_login(late.village.auditor)
    url = reverse("savings:deposits", args=[late.group.code])
    assert client.get(url).context["total"] == 140_00
    assert [row.member for row in client.get(url, {"show": "waiting"}).context["page"]] == [late["Kasem"]]
    assert [row.member for row in client.get(url, {"q": "ส 9"}).context["page"]] == [late["Kasem"]]
    rows = list(openpyxl.load_workbook(io.BytesIO(client.get(url, {"format": "xlsx"}).content)).active.values)
    assert rows[-1][8] == 140


def test_only_those_who_keep_the_meeting_take_money(late, client):
    url = reverse("savings:deposit-new", args=[late.group.code])
    for user, status in ((late.village.auditor, 404), (late.village.secretary, 200), (late.village.stranger, 404)):
        client.force_login(user)
        assert client.get(url).status_code == status


@pytest.mark.parametrize("wrong", [{"pledge_satang": -1}, {"way": "x"}, {"way": "transfer"}, {"pledge_satang": 0}])
def test_the_database_itself_refuses_a_wrong_deposit(late, wrong):
    deposit = bring(late, pledge=100_00)
    with pytest.raises(IntegrityError), transaction.atomic():
        Deposit.objects.filter(pk=deposit.pk).update(**wrong)


def test_a_refused_receipt_leaves_nothing(late, monkeypatch):
    from savings.services import deposits

    def refuse(**kwargs):
        raise BooksError

    monkeypatch.setattr(deposits, "record_pledge_months", refuse)
    with pytest.raises(BooksError):
        bring(late, pledge=100_00)
    assert not Entry.objects.filter(kind="receipt").exists()
    assert not Deposit.objects.exists()
