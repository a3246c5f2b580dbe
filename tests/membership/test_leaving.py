"""Leaving: what stands in the way, the settlement posted once by two people, the membership that ends with it."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from funds.errors import DeclaredAccountTouched, OperationReused, PeopleNotApart
from funds.models import Entry, Hold, Posting
from funds.money_errors import PoolHasNotEnough
from members.cosign import SignerIsAsker, SignerLacksRight, sign_as
from members.group_settings import change_setting
from members.models import GroupSetting, Member, Office
from members.services import record_resolution, set_beneficiaries
from members.services.people import Share, SharesNotWhole
from membership.errors import (
    DeathUnreported,
    DebtsExceedSavings,
    ExpulsionUnexplained,
    HeirsMissing,
    HeirsOnFile,
    LeavingBlocked,
    LeavingDayWrong,
    LeavingDone,
    LeavingHasSettlement,
    LeavingUnderWay,
    NoMemberToLeave,
    PayeeDecides,
    ResolutionMissing,
    SettlementDone,
    SettlementMoved,
    SettlementTooEarly,
)
from membership.models import Leaving, Settlement
from membership.obstacles import obstacles_of
from membership.services import (
    Heir,
    LeavingInput,
    approve_settlement,
    approve_signed_settlement,
    cancel_leaving,
    cancel_settlement,
    record_leaving,
)
from savings.services.products import TermsInput, open_product
from savings.services.withdrawals import WithdrawalInput, request_withdrawal
from tests.funds.ledger import assert_entry, assert_ledger_row
from tests.membership.leavers import NOV_20, NOV_22, Leavers
from tests.village import TestVillage


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)


@pytest.fixture
def leavers(village: TestVillage) -> Leavers:
    return Leavers(village)


def test_a_leaver_gets_everything_back_and_the_accounts_are_empty(leavers: Leavers) -> None:
    row = leavers.leave()
    assert row.entry is not None
    assert_entry(
        row.entry,
        debits=[("O2100", "0008", 1_000_00), ("O2200", "0008-1", 250_75), ("O2400", "0008", 20_25)],
        credits=[("O1100", 1_271_00)],
    )
    assert_ledger_row("a leaver's account is settled", row.entry)
    assert leavers.balances() == {}
    member = Member.objects.get(pk=leavers["Kasem"].pk)
    assert (member.status, member.left_on, member.leaving) == ("resigned", NOV_20, leavers.resolve())
    assert Leaving.objects.get().settled_at is not None
    assert not Hold.objects.filter(released_at__isnull=True).exists()


def test_while_it_waits_everything_is_held_and_cancelled_it_is_free(leavers: Leavers) -> None:
    row = leavers.settle(leavers.ask())
    held = Hold.objects.filter(released_at__isnull=True).values_list("account__code", "satang")
    assert sorted(held) == [("O1100", 1_271_00), ("O2100", 1_000_00), ("O2200", 250_75), ("O2400", 20_25)]
    cancel_settlement(settlement=row, by=leavers.village.treasurer)
    assert not Hold.objects.filter(released_at__isnull=True).exists()
    with pytest.raises(SettlementDone):
        approve_settlement(settlement=row, by=leavers.village.auditor)
    assert leavers.settle(row.leaving).is_waiting


def test_fines_and_an_advance_are_set_off_and_the_rest_is_paid(leavers: Leavers) -> None:
    GroupSetting.objects.create(
        group=leavers.group,
        key="missed_month_fine_satang",
        value="500",
        valid_from=date(2026, 1, 1),
        set_by=leavers.village.chair,
    )
    leavers.post("officer_advance", ("O1500", "0008", 300_00), ("O1100", "", -300_00))
    row = leavers.leave()
    assert row.entry is not None
    months_missed = 9
    fine = months_missed * 5_00
    assert_entry(
        row.entry,
        debits=[("O2100", 1_000_00), ("O2200", 250_75), ("O2400", 20_25)],
        credits=[("O1500", "0008", 300_00), ("O4200", fine), ("O1100", 971_00 - fine)],
    )
    assert row.paid_satang + row.set_off_satang == row.owed_satang == 1_271_00
    assert leavers.balances() == {}


def test_debts_above_the_savings_are_paid_first(leavers: Leavers) -> None:
    leavers.post("income", ("O1100", "", 5_000_00), ("O4500", "", -5_000_00))
    leavers.post("officer_advance", ("O1500", "0008", 2_000_00), ("O1100", "", -2_000_00))
    with pytest.raises(DebtsExceedSavings) as refusal:
        leavers.settle(leavers.ask())
    assert refusal.value.values == {"shortage": "729.00"}


def test_whoever_has_nothing_leaves_by_an_entry_without_lines(leavers: Leavers) -> None:
    row = leavers.leave("Somchai")
    assert row.entry is not None
    assert row.entry.lines == 0
    assert_ledger_row("a leaver who has nothing in the books", row.entry)
    assert Member.objects.get(pk=leavers["Somchai"].pk).status == "resigned"


def test_a_transfer_is_paid_out_of_the_bank(leavers: Leavers) -> None:
    leavers.post("bank_carry", ("O1200", "012-3", 2_000_00), ("O1100", "", -2_000_00))
    row = leavers.leave(way="transfer", bank_holder="012-3", slip_ref="T1")
    assert row.entry is not None
    assert Posting.objects.get(entry=row.entry, account__code="O1200").amount == -1_271_00


def test_the_box_must_hold_enough(leavers: Leavers) -> None:
    leavers.post("bank_carry", ("O1200", "012-3", 2_000_00), ("O1100", "", -2_000_00))
    with pytest.raises(PoolHasNotEnough):
        leavers.settle(leavers.ask())


def test_cash_is_dated_after_the_last_counted_meeting(leavers: Leavers) -> None:
    leavers.close(NOV_22)
    with pytest.raises(DeclaredAccountTouched):
        leavers.settle(leavers.ask())


def test_a_settlement_is_not_dated_before_the_last_entry_of_the_accounts(leavers: Leavers) -> None:
    leavers.pay("Kasem", NOV_22, special=1_00)
    with pytest.raises(SettlementTooEarly):
        leavers.settle(leavers.ask(), paid_on=NOV_20)


def test_a_deposit_after_the_request_makes_it_stale(leavers: Leavers) -> None:
    row = leavers.settle(leavers.ask())
    leavers.pay("Kasem", NOV_22, special=1_00)
    with pytest.raises(SettlementMoved):
        approve_settlement(settlement=row, by=leavers.village.auditor)
    assert leavers.balances()["O2100 0008"] == -1_000_00


def test_two_people_decide_neither_of_them_the_leaver(leavers: Leavers) -> None:
    row = leavers.settle(leavers.ask())
    village = leavers.village
    with pytest.raises(SignerIsAsker):
        approve_settlement(settlement=row, by=village.treasurer)
    with pytest.raises(SignerLacksRight):
        approve_settlement(settlement=row, by=village.user("Prani"))
    Office.objects.create(group=leavers.group, user=village.user("Kasem"), role="promotion", starts_on=NOV_22)
    with pytest.raises((PeopleNotApart, LeavingBlocked)):
        approve_settlement(settlement=row, by=village.user("Kasem"))
    with transaction.atomic(), pytest.raises(IntegrityError):
        Settlement.objects.filter(pk=row.pk).update(approved_by=row.requested_by)


def test_an_officer_does_not_write_down_the_own_leaving(leavers: Leavers) -> None:
    village = leavers.village
    content = LeavingInput(reason="resignation", begun_on=NOV_20)
    with pytest.raises(PeopleNotApart):
        record_leaving(member=leavers["Malee"], leaving=content, operation=uuid4(), by=village.secretary)


def test_approved_twice_by_the_same_officer_it_is_one_entry(leavers: Leavers) -> None:
    row = leavers.settle(leavers.ask())
    first = approve_settlement(settlement=row, by=leavers.village.auditor)
    assert approve_settlement(settlement=row, by=leavers.village.auditor).entry_id == first.entry_id
    with pytest.raises(SettlementDone):
        approve_settlement(settlement=row, by=leavers.village.chair)
    assert Entry.objects.filter(kind="resignation").count() == 1


def test_the_second_officer_signs_at_the_first_ones_laptop(leavers: Leavers) -> None:
    row = leavers.settle(leavers.ask())
    assert row.signature is not None
    sign_as(signature=row.signature, user=leavers.village.auditor)
    posted = approve_signed_settlement(settlement=row)
    assert posted.approved_by == leavers.village.auditor


def test_the_same_form_twice_is_one_leaving(leavers: Leavers) -> None:
    operation, content = uuid4(), LeavingInput(reason="resignation", begun_on=NOV_20)
    how: dict[str, Any] = {"member": leavers["Kasem"], "operation": operation, "by": leavers.village.secretary}
    assert record_leaving(leaving=content, **how) == record_leaving(leaving=content, **how)
    with pytest.raises(OperationReused):
        record_leaving(leaving=LeavingInput(reason="resignation", begun_on=NOV_22), **how)
    with pytest.raises(LeavingUnderWay):
        leavers.ask()


def test_a_leaving_taken_back_leaves_the_member_as_before(leavers: Leavers) -> None:
    leaving = leavers.ask()
    row = leavers.settle(leaving)
    with pytest.raises(LeavingHasSettlement):
        cancel_leaving(leaving=leaving, by=leavers.village.secretary)
    cancel_settlement(settlement=row, by=leavers.village.treasurer)
    cancel_leaving(leaving=leaving, by=leavers.village.secretary)
    with pytest.raises(LeavingDone):
        leavers.settle(leaving)
    assert leavers.ask().is_under_way


@pytest.mark.parametrize(
    ("reason", "rest", "error"),
    [
        ("resignation", {"begun_on": date(2019, 1, 1)}, LeavingDayWrong),
        ("resignation", {"begun_on": date(2026, 12, 1)}, LeavingDayWrong),
        ("death", {"died_on": date(2026, 11, 21)}, LeavingDayWrong),
        ("death", {"reported_by": ""}, DeathUnreported),
        ("expulsion", {"explanation": ""}, ExpulsionUnexplained),
        ("expulsion", {"resolution": None}, ExpulsionUnexplained),
    ],
)
def test_what_is_missing_or_wrong_is_refused(
    leavers: Leavers, reason: str, rest: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        leavers.ask("Kasem", reason, **rest)


def test_only_active_members_leave(leavers: Leavers) -> None:
    for name in ("Dam", "Fon"):
        with pytest.raises(NoMemberToLeave):
            leavers.ask(name)


def test_a_resignation_is_accepted_by_a_resolution_and_an_expulsion_has_its_own(leavers: Leavers) -> None:
    with pytest.raises(ResolutionMissing):
        leavers.settle(leavers.ask(), resolution=None)
    row = leavers.leave("Somchai", "expulsion", resolution=None)
    member = Member.objects.get(pk=leavers["Somchai"].pk)
    assert (member.status, member.leaving_reason) == ("expelled", "ไม่ส่งเงินสัจจะเกินกำหนด")
    assert member.leaving == row.leaving.resolution


def test_on_death_the_beneficiaries_are_paid_by_their_shares_to_the_satang(leavers: Leavers) -> None:
    shares = [Share("นางสาวหนึ่ง ก", "บุตร", 34), Share("นายสอง ข", "บุตร", 33), Share("นายสาม ค", "บุตร", 33)]
    set_beneficiaries(member=leavers["Kasem"], shares=shares, by=leavers.village.secretary)
    row = leavers.leave("Kasem", "death", resolution=None)
    parts = [payee.satang for payee in row.payees.all()]
    assert parts == [432_14, 419_43, 419_43]
    assert row.entry is not None
    paid = Posting.objects.filter(entry=row.entry, account__code="O1100").order_by("line")
    assert [-each.amount for each in paid] == parts
    member = Member.objects.get(pk=leavers["Kasem"].pk)
    assert (member.status, member.left_on) == ("deceased", NOV_20)


def test_heirs_are_typed_only_where_nobody_is_on_file_and_by_a_resolution(leavers: Leavers) -> None:
    heirs = (Heir("นางราตรี ฉิมพลี", "มารดา", 60), Heir("นายบุญ ฉิมพลี", "บิดา", 40))
    leaving = leavers.ask("Kasem", "death")
    with pytest.raises(HeirsMissing):
        leavers.settle(leaving)
    with pytest.raises(ResolutionMissing):
        leavers.settle(leaving, heirs, resolution=None)
    with pytest.raises(SharesNotWhole):
        leavers.settle(leaving, heirs[:1])
    set_beneficiaries(member=leavers["Kasem"], shares=[Share("ก", "", 100)], by=leavers.village.secretary)
    with pytest.raises(HeirsOnFile):
        leavers.settle(leaving, heirs)
    set_beneficiaries(member=leavers["Kasem"], shares=[], by=leavers.village.secretary)
    assert [payee.satang for payee in leavers.settle(leaving, heirs).payees.all()] == [762_60, 508_40]


def test_an_officer_who_inherits_does_not_decide(leavers: Leavers) -> None:
    leaving = leavers.ask("Kasem", "death")
    with pytest.raises(PayeeDecides):
        leavers.settle(leaving, (Heir("สมพร  แก้วใส", "ภรรยา", 100),))
    row = leavers.settle(leaving, (Heir("นายวิชัย ทองดี", "น้อง", 100),))
    with pytest.raises(PayeeDecides):
        approve_settlement(settlement=row, by=leavers.village.auditor)
    assert approve_settlement(settlement=row, by=leavers.village.chair).entry is not None


def test_what_stands_in_the_way_is_named(leavers: Leavers) -> None:
    village = leavers.village
    request_withdrawal(
        book=leavers.book, withdrawal=WithdrawalInput(satang=5_00), operation=uuid4(), by=village.treasurer
    )
    Office.objects.create(group=leavers.group, user=village.user("Kasem"), role="promotion", starts_on=NOV_20)
    Member.objects.filter(pk=leavers["Noi"].pk).update(parent=leavers["Kasem"])
    leavers.post("income", ("A1100", "", 50_00), ("A4900", "", -50_00))
    leavers.post("officer_advance", ("A1500", "0008", 50_00), ("A1100", "", -50_00))
    found = obstacles_of(leavers["Kasem"], NOV_22)
    assert len(found) == 4
    assert all(each.url for each in found)
    with pytest.raises(LeavingBlocked):
        leavers.settle(leavers.ask())


def test_paddy_in_the_barn_is_fetched_first(leavers: Leavers) -> None:
    leavers.post("in_kind_deposit", ("KR1100", "", 5_000), ("KR2100", "0008", -5_000))
    [obstacle] = obstacles_of(leavers["Kasem"], NOV_22)
    assert obstacle.url.endswith("/KR2100/?holder=0008")


@pytest.mark.parametrize(("pays", "interest"), [(1, 1_96), (0, 0)])
def test_interest_runs_to_the_day_before_where_the_group_pays_it(leavers: Leavers, pays: int, interest: int) -> None:
    village = leavers.village
    resolution = record_resolution(
        group=leavers.group, number="1/2569", decided_on=NOV_20, subject="ดอกเบี้ย", by=village.secretary
    )
    terms = TermsInput(valid_from=date(2026, 9, 1), rate=3_65, method="daily", first_credit_month=12)
    product = open_product(group=leavers.group, name="พิเศษ", terms=terms, resolution=resolution, by=village.chair)
    leavers.book.product = product
    leavers.book.save()
    change_setting(group=leavers.group, key="leaver_interest", value=pays, valid_from=NOV_20, by=village.chair)
    row = leavers.leave()
    assert row.interest_satang == interest  # 25,075 satang x 78 days x 3.65 / 36,500
    assert leavers.balances() == {}
    assert row.owed_satang == 1_271_00 + row.interest_satang
