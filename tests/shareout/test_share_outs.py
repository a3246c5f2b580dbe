"""The share-out: adopted by the general meeting, approved by a second officer, posted once, whole, as planned."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from funds.errors import DeclaredAccountTouched, OperationReused
from funds.models import Entry
from funds.selectors import code_balances
from funds.voucher_lines import Place
from members.cosign import SignerIsAsker, SignerLacksRight
from shareout.models import HeadAllotment, MemberShare
from shareout.policy import CUSTOMARY, Head, HeadShare, Leavers
from shareout.selectors.policies import policy_from, policy_of
from shareout.selectors.snapshot import snapshot_of
from shareout.services.policies import save_policy
from shareout.services.share_outs import adopt_share_out, approve_adoption, cancel_adoption, planned
from shareout.services.share_posting import post_share_out
from shareout.share_out_errors import (
    BooksMovedSinceAdoption,
    FundUnnamed,
    GeneralMeetingDecides,
    MeetingOfOtherDay,
    MoneyForPoolMissing,
    NotApprovedYet,
    NothingToDivide,
    PolicyNameTaken,
    ShareOutDone,
    ShareOutStands,
    YearNotClosed,
)
from tests.funds.ledger import assert_entry
from tests.shareout.sharing import BANK, FEBRUARY_14, FEBRUARY_20

pytestmark = pytest.mark.django_db


def test_a_name_stands_for_one_policy_and_nothing_replaces_it(sharing):
    year, by = sharing.year, sharing.village.chair
    row = save_policy(year=year, name=" แบบ  ก ", policy=CUSTOMARY, by=by)
    assert policy_of(row) == CUSTOMARY
    assert save_policy(year=year, name="แบบ ก", policy=CUSTOMARY, by=by) == row
    with pytest.raises(PolicyNameTaken, match="แบบ ก"):
        save_policy(year=year, name="แบบ ก", policy=replace(CUSTOMARY, step=100), by=by)


@pytest.mark.parametrize("name", ["", ",b", " x", "ก" * 41])
def test_another_fund_has_a_name_that_its_account_can_bear(sharing, name):
    heads = (HeadShare(Head.RESERVE, 50_00), HeadShare(Head.OTHER, 50_00, name))
    with pytest.raises(FundUnnamed):
        save_policy(year=sharing.year, name="แบบ", policy=replace(CUSTOMARY, heads=heads), by=sharing.village.chair)


def test_the_posting_is_the_plan_line_by_line(sharing):
    heads = (*CUSTOMARY.heads[:-2], HeadShare(Head.OTHER, 5_00, "กองทุนแม่ของแผ่นดิน"), CUSTOMARY.heads[-1])
    done = sharing.posted(replace(CUSTOMARY, heads=heads))
    entries = sharing.entries("allotment")
    assert (done.state, done.first_entry, done.last_entry) == ("posted", entries[0], entries[-1])
    assert {entry.booked_on for entry in entries} == {FEBRUARY_14}
    prani, somchai, kasem, others, administration = entries
    assert_entry(prani, debits=[("O3900", 333_33)], credits=[("O2400", "0005", 333_33)])
    assert_entry(somchai, debits=[("O3900", 100_00)], credits=[("O2400", "0006", 100_00)])
    assert_entry(kasem, debits=[("O3900", 166_67)], credits=[("O2400", "0008", 166_67)])
    assert_entry(
        others,
        debits=[("O3900", 350_00)],
        credits=[("O3100", 150_00), ("O2500", 100_00), ("O3400", 50_00), ("O3600", "กองทุนแม่ของแผ่นดิน", 50_00)],
    )
    assert_entry(
        administration,
        debits=[("O3900", 50_00), ("A1200", 50_00)],
        credits=[("O1200", 50_00), ("A3100", 50_00)],
    )
    assert code_balances(sharing.group, ["O3900"]) == {"O3900": 0}
    assert {share.member.holder: share.entry for share in MemberShare.objects.filter(entry__isnull=False)} == {
        "0005": prani, "0006": somchai, "0008": kasem,
    }  # fmt: skip
    assert sharing.found() == []


def test_dividend_and_rebate_of_one_member_are_two_lines(sharing):
    sharing.save("Somchai", 1_000_00, on=date(2026, 1, 6))
    sharing.posted()
    [entry] = [each for each in sharing.entries("allotment") if "0006" in each.details.text]
    share = MemberShare.objects.get(member__number=6)
    assert share.dividend_satang
    assert share.rebate_satang
    assert_entry(
        entry,
        debits=[("O3900", share.satang)],
        credits=[("O2400", "0006", share.dividend_satang), ("O2400", "0006", share.rebate_satang)],
    )
    assert sharing.found() == []


def test_a_share_out_posted_again_posts_nothing(sharing):
    done = sharing.posted()
    last = Entry.objects.filter(group=sharing.group).count()
    assert post_share_out(share_out=done, by=sharing.village.chair, place=BANK).posted_by == sharing.village.treasurer
    assert Entry.objects.filter(group=sharing.group).count() == last


def test_what_is_adopted_is_frozen_with_snapshot_policy_and_every_share(sharing):
    sharing.close()
    row = sharing.adopt()
    plan, code = planned(row.policy)
    row.refresh_from_db()
    assert (row.state, row.fingerprint, row.distributable) == ("simulated", code, 1_000_00)
    assert policy_from(row.frozen_policy) == CUSTOMARY
    assert row.snapshot["savings"]["5"][1] == [[1, "2026-01-05", 6_000_00]]
    assert [head.satang for head in HeadAllotment.objects.filter(share_out=row)] == list(plan.heads.values())
    assert {share.member.number: share.dividend_satang for share in MemberShare.objects.filter(share_out=row)} == {
        5: 333_33, 6: 0, 8: 166_67,
    }  # fmt: skip


def test_adopted_twice_with_one_operation_is_one_share_out(sharing):
    sharing.close()
    operation = uuid4()
    first = sharing.adopt(operation=operation)
    assert sharing.adopt(operation=operation) == first
    with pytest.raises(OperationReused):
        sharing.adopt(replace(CUSTOMARY, step=100), operation=operation, name="แบบ ข")
    with pytest.raises(ShareOutStands):
        sharing.adopt(name="แบบ ก")


def test_only_a_closed_year_with_a_profit_is_divided_and_only_by_the_general_meeting(sharing):
    with pytest.raises(YearNotClosed):
        sharing.adopt()
    sharing.close()
    row = save_policy(year=sharing.year, name="แบบ ก", policy=CUSTOMARY, by=sharing.village.chair)
    asked = {"policy": row, "operation": uuid4(), "by": sharing.village.treasurer}
    with pytest.raises(GeneralMeetingDecides):
        adopt_share_out(resolution=sharing.meeting("committee"), held_on=FEBRUARY_14, **asked)
    with pytest.raises(MeetingOfOtherDay):
        adopt_share_out(resolution=sharing.meeting(), held_on=FEBRUARY_20, **asked)
    early = date(2026, 12, 31)
    with pytest.raises(MeetingOfOtherDay):
        adopt_share_out(resolution=sharing.meeting(on=early), held_on=early, **asked)
    sharing.post("prior_year", ("O3900", "", 1_500_00), ("O1200", "", -1_500_00), on=FEBRUARY_14)
    with pytest.raises(NothingToDivide):
        adopt_share_out(resolution=sharing.meeting(), held_on=FEBRUARY_14, **asked)


def test_whoever_asked_does_not_approve_and_nothing_is_posted_before(sharing):
    sharing.close()
    row = sharing.adopt()
    with pytest.raises(SignerIsAsker):
        approve_adoption(share_out=row, by=sharing.village.treasurer)
    with pytest.raises(SignerLacksRight):
        approve_adoption(share_out=row, by=sharing.village.user("Prani"))
    with pytest.raises(NotApprovedYet):
        post_share_out(share_out=row, by=sharing.village.treasurer, place=BANK)
    done = approve_adoption(share_out=row, by=sharing.village.chair)
    assert approve_adoption(share_out=row, by=sharing.village.chair).approved_at == done.approved_at
    with pytest.raises(ShareOutDone):
        approve_adoption(share_out=row, by=sharing.village.auditor)
    assert sharing.entries("allotment") == []


def test_books_that_moved_are_not_posted_until_the_share_out_is_adopted_anew(sharing):
    row = sharing.adopted()
    sharing.post("prior_year", ("O1200", "", 10_00), ("O3900", "", -10_00), on=FEBRUARY_20)
    with pytest.raises(BooksMovedSinceAdoption):
        post_share_out(share_out=row, by=sharing.village.treasurer, place=BANK)
    assert cancel_adoption(share_out=row, by=sharing.village.treasurer).state == "cancelled"
    with pytest.raises(ShareOutDone):
        cancel_adoption(share_out=row, by=sharing.village.treasurer)
    again = approve_adoption(share_out=sharing.adopt(), by=sharing.village.auditor)
    assert post_share_out(share_out=again, by=sharing.village.treasurer, place=BANK).distributable == 1_010_00
    assert sharing.found() == []


def test_books_that_moved_are_not_approved(sharing):
    sharing.close()
    row = sharing.adopt()
    sharing.post("prior_year", ("O1200", "", 10_00), ("O3900", "", -10_00), on=FEBRUARY_20)
    with pytest.raises(BooksMovedSinceAdoption):
        approve_adoption(share_out=row, by=sharing.village.auditor)


def test_money_of_the_open_year_moves_nothing(sharing):
    row = sharing.adopted()
    sharing.save("Prani", 500_00, on=FEBRUARY_20)
    assert post_share_out(share_out=row, by=sharing.village.treasurer, place=BANK).state == "posted"


def test_the_pool_gives_no_more_than_its_place_has(sharing):
    row = sharing.adopted()
    with pytest.raises(MoneyForPoolMissing, match=r"50\.00.*0\.00"):
        post_share_out(share_out=row, by=sharing.village.treasurer, place=Place("transfer", "012-3"))
    assert sharing.entries("allotment") == []


def test_cash_moves_between_the_pools_only_where_the_day_is_not_counted(sharing):
    row = sharing.adopted()
    sharing.count(FEBRUARY_14)
    done = post_share_out(share_out=row, by=sharing.village.treasurer)
    assert done.last_entry is not None
    assert done.last_entry.booked_on == FEBRUARY_20
    assert_entry(
        done.last_entry,
        debits=[("O3900", 50_00), ("A1100", 50_00)],
        credits=[("O1100", 50_00), ("A3100", 50_00)],
    )


def test_cash_of_a_day_that_is_counted_up_to_today_stays_where_it_is(sharing):
    row = sharing.adopted()
    sharing.count(FEBRUARY_20)
    with pytest.raises(DeclaredAccountTouched):
        post_share_out(share_out=row, by=sharing.village.treasurer)
    assert post_share_out(share_out=row, by=sharing.village.treasurer, place=BANK).first_entry.booked_on == FEBRUARY_14


def test_who_left_in_the_year_gets_what_the_policy_says(sharing):
    kasem = sharing["Kasem"]
    kasem.status, kasem.left_on = "resigned", date(2026, 11, 5)
    kasem.save(update_fields=["status", "left_on"])
    assert 8 not in snapshot_of(sharing.year, leavers=Leavers.NONE).earners
    sharing.posted(replace(CUSTOMARY, leavers=Leavers.INCLUDED))
    assert sharing.unpaid()["0008"] == 166_67


def test_the_whole_is_divided_though_nobody_but_one_head_gets_it(sharing):
    heads = (HeadShare(Head.DIVIDEND, 100_00), HeadShare(Head.RESERVE, 0))
    done = sharing.posted(replace(CUSTOMARY, heads=heads))
    assert done.last_entry is not None
    assert done.last_entry.operation == done.operation
    assert sharing.unpaid() == {"0005": 666_67, "0008": 333_33}
    assert sharing.found() == []
