"""Who decides a leaving, and what stands in its way."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from funds.errors import OperationReused, PeopleNotApart
from funds.models import Entry
from members.cosign import SignerIsAsker, SignerLacksRight, sign_as
from members.models import Member, Office
from membership.errors import (
    DeathUnreported,
    ExpulsionUnexplained,
    LeavingBlocked,
    LeavingDayWrong,
    LeavingDone,
    LeavingHasSettlement,
    LeavingUnderWay,
    NoMemberToLeave,
    ResolutionMissing,
    SettlementDone,
)
from membership.models import Settlement
from membership.obstacles import obstacles_of
from membership.services import (
    LeavingInput,
    approve_settlement,
    approve_signed_settlement,
    cancel_leaving,
    cancel_settlement,
    record_leaving,
)
from savings.services.withdrawals import WithdrawalInput, request_withdrawal
from tests.membership.leavers import NOV_20, NOV_22, Leavers


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
