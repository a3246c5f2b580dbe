"""Several payees, each paid the own way; a day that is refused is dated anew; officers by person, then by name."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from funds.errors import DeclaredAccountTouched
from members.models import Beneficiary
from membership.errors import PayeeDecides, SettlementDone, WaysMissing
from membership.models import Settlement, SettlementPayee
from membership.services import (
    Heir,
    PayeeWay,
    SettlementInput,
    approve_settlement,
    date_settlement_today,
    request_settlement,
)
from tests.funds.ledger import assert_entry
from tests.membership.leavers import NOV_22, Leavers

CASH, WIRE = PayeeWay(), PayeeWay(way="transfer", bank_holder="012-3", slip_ref="T-7")


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)


@pytest.fixture
def leavers(village):
    found = Leavers(village)
    found.post("income", ("O1200", "012-3", 5_000_00), ("O4500", "", -5_000_00))
    for position, (name, percent) in enumerate((("นางราตรี", 60), ("นายสมัย", 40)), 1):
        Beneficiary.objects.create(member=found["Kasem"], position=position, name=name, relation="บุตร", percent=percent)
    return found


def died(leavers, **rest):
    return leavers.settle(leavers.ask(reason="death"), resolution=None, **rest)


def test_one_payee_is_paid_in_cash_and_the_other_by_transfer(leavers):
    row = died(leavers, ways=(CASH, WIRE))
    first, second = row.payees.all()
    assert (first.way, second.way, second.slip_ref) == ("cash", "transfer", "T-7")
    posted = approve_settlement(settlement=row, by=leavers.village.auditor)
    holder = leavers["Kasem"].holder
    assert_entry(
        posted.entry,
        debits=[("O2100", holder, 1_000_00), ("O2200", f"{holder}-1", 250_75), ("O2400", holder, 20_25)],
        credits=[("O1100", "", first.satang), ("O1200", "012-3", second.satang)],
    )
    assert posted.entry.details.data["slip"] == "T-7"


def test_each_payee_has_a_way_or_none_has(leavers):
    with pytest.raises(WaysMissing):
        died(leavers, ways=(CASH,))


def test_a_transfer_to_a_payee_has_a_slip(leavers):
    with pytest.raises(IntegrityError), transaction.atomic():
        died(leavers, ways=(CASH, PayeeWay(way="transfer", bank_holder="012-3")))


def test_a_day_that_was_counted_meanwhile_is_dated_today_with_one_press(leavers, time_machine):
    row = died(leavers, ways=(CASH, WIRE))
    leavers.close(NOV_22)
    time_machine.move_to("2026-11-23T03:00:00+00:00", tick=False)
    with pytest.raises(DeclaredAccountTouched):
        approve_settlement(settlement=row, by=leavers.village.auditor)
    dated = date_settlement_today(settlement=row, by=leavers.village.treasurer)
    assert date_settlement_today(settlement=row, by=leavers.village.treasurer) == dated
    row.refresh_from_db()
    assert row.cancelled_at is not None
    assert dated.paid_on == date(2026, 11, 23)
    assert [each.slip_ref for each in dated.payees.all()] == ["", "T-7"]
    assert approve_settlement(settlement=dated, by=leavers.village.auditor).entry is not None
    with pytest.raises(SettlementDone):
        date_settlement_today(settlement=dated, by=leavers.village.treasurer)


def test_typed_heirs_stay_when_a_settlement_is_dated_anew(leavers, time_machine):
    Beneficiary.objects.all().delete()
    heirs = (Heir("นางราตรี", "บุตร", 100, leavers["Prani"]),)
    row = leavers.settle(leavers.ask(reason="death"), heirs=heirs)
    time_machine.move_to("2026-11-23T03:00:00+00:00", tick=False)
    [payee] = date_settlement_today(settlement=row, by=leavers.village.treasurer).payees.all()
    assert (payee.name, payee.member) == ("นางราตรี", leavers["Prani"])


def test_where_a_member_is_chosen_the_person_counts_and_not_the_name(leavers):
    Beneficiary.objects.all().delete()
    village = leavers.village
    auditor = village.member("Wichai")
    namesake = (Heir(village.auditor.display_name, "บุตร", 100, leavers["Prani"]),)
    row = leavers.settle(leavers.ask(reason="death"), heirs=namesake)
    assert approve_settlement(settlement=row, by=village.auditor).entry is not None
    other = leavers.ask(name="Somchai", reason="death")
    hidden = SettlementInput(paid_on=NOV_22, resolution=leavers.resolve(), heirs=[Heir("ชื่ออื่น", "บุตร", 100, auditor)])
    waiting = request_settlement(leaving=other, settlement=hidden, operation=uuid4(), by=village.treasurer)
    with pytest.raises(PayeeDecides):
        approve_settlement(settlement=waiting, by=village.auditor)


def test_a_name_on_paper_alone_is_compared_with_the_officers_names(leavers):
    Beneficiary.objects.all().delete()
    row = leavers.settle(leavers.ask(reason="death"), heirs=(Heir(leavers.village.auditor.display_name, "บุตร", 100),))
    with pytest.raises(PayeeDecides):
        approve_settlement(settlement=row, by=leavers.village.auditor)


def test_the_form_asks_each_payee_s_way_and_the_page_dates_it_today(leavers, client, time_machine):
    leavers.ask(reason="death")
    client.force_login(leavers.village.treasurer)
    group, number = leavers.group.code, leavers["Kasem"].number
    page = reverse("membership:settle", args=[group, number])
    form = client.get(page).context["form"]
    sent = {
        "operation": form["operation"].value(),
        "on": "22/11/2569",
        "way": "cash",
        "bank": "012-3",
        "way_2": "transfer",
    }
    assert "slip_2" in client.post(page, sent).context["form"].errors
    assert client.post(page, {**sent, "slip_2": "T-9"}).status_code == 302
    assert list(SettlementPayee.objects.values_list("way", "slip_ref")) == [("cash", ""), ("transfer", "T-9")]
    time_machine.move_to("2026-11-22T05:00:00+00:00", tick=False)
    row = Settlement.objects.get()
    answer = client.post(reverse("membership:settlement", args=[group, row.pk]), {"act": "today"})
    assert answer.status_code == 302
    assert Settlement.objects.filter(cancelled_at__isnull=True).count() == 1
