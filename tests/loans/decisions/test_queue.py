"""What can be lent, and who waits for it in which order."""

from datetime import date
from typing import Any

import pytest

from loans import deciding_errors as errors
from loans.models import Decision
from loans.selectors.decisions import interests
from loans.selectors.queue import lendable, loan_queue
from loans.services.queue import rank_application
from members.models import Office
from members.services import user_for_member
from tests.loans.cast import Lending
from tests.loans.decisions.conftest import NOVEMBER_5, Committee
from tests.village import TestVillage


def test_what_can_be_lent_is_cash_and_bank_less_what_is_promised(committee: Committee) -> None:
    committee.decide(committee.asked)
    money = lendable(committee.group)
    assert (money.cash, money.bank, money.promised) == (50_000_00, 205_000_00, 12_000_00)
    assert money.free == 243_000_00


def test_the_queue_is_the_order_of_approval_until_the_money_ends(time_machine: Any, village: TestVillage) -> None:
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)
    poor = Lending(village, box=15_000_00, bank=0)
    for name, satang in (("Somchai", 10_000_00), ("Kasem", 6_000_00), ("Prani", 1_000_00)):
        poor.decide(poor.apply(name, satang, on=NOVEMBER_5))
    queue = loan_queue(poor.group)
    assert [(one.member.full_name.split()[0], one.can_be_paid) for one in queue] == [
        ("นายสมชาย", True), ("นายเกษม", False), ("นางปราณี", False),
    ]  # fmt: skip
    last = queue[-1].application
    rank_application(application=last, rank=1, reason="ค่ารักษาพยาบาลด่วน", by=village.secretary)
    queue = loan_queue(poor.group)
    assert (queue[0].rank, queue[0].member.number, queue[0].reason) == (1, 5, "ค่ารักษาพยาบาลด่วน")
    assert [one.can_be_paid for one in queue] == [True, True, False]


def test_a_place_in_the_queue_says_why(committee: Committee) -> None:
    committee.decide(committee.asked)
    with pytest.raises(errors.RankUnexplained):
        rank_application(application=committee.asked, rank=1, reason="", by=committee.village.secretary)


def test_only_who_waits_for_money_has_a_place(committee: Committee) -> None:
    with pytest.raises(errors.NotInQueue):
        rank_application(application=committee.asked, rank=1, reason="ด่วน", by=committee.village.secretary)


def test_nobody_moves_the_own_place(committee: Committee) -> None:
    own = committee.apply("Prani", 1_000_00, on=NOVEMBER_5)
    committee.decide(own)
    with pytest.raises(errors.InterestedDecides):
        rank_application(application=own, rank=1, reason="ด่วน", by=committee.prani)


def test_an_officer_with_several_memberships_is_seen_behind_each(committee: Committee) -> None:
    user_for_member(member=committee["Boonmee"], by=committee.village.administrator)
    Office.objects.filter(user=committee.prani).update(ends_on=date(2026, 11, 1))
    Office.objects.create(
        group=committee.group, user=committee.village.user("Kasem"), role="loan", starts_on=date(2026, 1, 1),
        member=committee["Boonmee"],
    )  # fmt: skip
    found = interests(committee.group, [committee.asked], [committee.village.user("Kasem")])
    assert found[committee.asked.pk] == {committee.village.user("Kasem").pk: "guarantor"}
    assert Decision.objects.count() == 0
