"""Ways to divide as rows: saved, changed and deleted until the general meeting has adopted one."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction

from members.models import Member
from shareout.models import ShareOut, ShareOutPolicy
from shareout.policy import CUSTOMARY, Head, HeadShare, Policy
from shareout.selectors.policies import policy_of
from shareout.services.policies import change_policy, delete_policy, save_policy, version_of
from shareout.services.share_outs import adopt_share_out, cancel_adoption
from shareout.share_out_errors import (
    BooksMovedSinceShown,
    FundUnnamed,
    PolicyChangedSince,
    PolicyFrozen,
    PolicyNameTaken,
)
from tests.shareout.sharing import FEBRUARY_14, FEBRUARY_20, NOW, Sharing
from tests.village import TestVillage

pytestmark = pytest.mark.django_db
WHOLE_BAHT = replace(CUSTOMARY, step=100)


@pytest.fixture
def sharing(village: TestVillage) -> Iterator[Sharing]:
    with time_machine.travel(NOW, tick=False) as clock:
        sharing = Sharing(village)
        sharing.clock = clock  # type: ignore[attr-defined]
        yield sharing


def saved(sharing, name="แบบ ก", policy=CUSTOMARY, by=None):
    row = save_policy(year=sharing.year, name=name, policy=policy, by=by or sharing.village.secretary)
    row.group = sharing.group
    return row


def change(sharing, row, policy=WHOLE_BAHT, *, name=None, seen=None, by=None):
    sharing.clock.shift(60)
    return change_policy(
        row=row, name=name or row.name, policy=policy, seen=seen or version_of(row),
        by=by or sharing.village.secretary,
    )  # fmt: skip


def adopt(sharing, row, shown):
    return adopt_share_out(
        policy=row, held_on=FEBRUARY_14, resolution=sharing.meeting(), operation=uuid4(),
        by=sharing.village.treasurer, shown=shown,
    )  # fmt: skip


def test_a_way_saved_twice_is_one_way(sharing):
    assert saved(sharing).pk == saved(sharing, "  แบบ  ก ").pk
    assert ShareOutPolicy.objects.count() == 1


def test_two_officers_cannot_give_two_ways_one_name(sharing):
    saved(sharing)
    with pytest.raises(PolicyNameTaken):
        saved(sharing, policy=WHOLE_BAHT, by=sharing.village.chair)
    assert policy_of(ShareOutPolicy.objects.get()) == CUSTOMARY


def test_a_way_that_was_changed_is_what_it_was_changed_to(sharing):
    row = change(sharing, saved(sharing), name="แบบ ข")
    row.refresh_from_db()
    assert (row.name, policy_of(row)) == ("แบบ ข", WHOLE_BAHT)
    assert ShareOutPolicy.objects.count() == 1


def test_a_way_is_not_changed_to_the_name_of_another(sharing):
    saved(sharing)
    with pytest.raises(PolicyNameTaken):
        change(sharing, saved(sharing, "แบบ ข", WHOLE_BAHT), CUSTOMARY, name="แบบ ก")


def test_what_another_officer_saved_meanwhile_is_not_overwritten_unseen(sharing):
    row = saved(sharing)
    seen = version_of(row)
    change(sharing, row, replace(CUSTOMARY, step=25), by=sharing.village.chair)
    with pytest.raises(PolicyChangedSince, match=sharing.village.chair.display_name):
        change(sharing, row, seen=seen)
    row.refresh_from_db()
    assert row.step == 25


def test_the_same_change_sent_twice_is_one_change(sharing):
    row = saved(sharing)
    seen = version_of(row)
    change(sharing, row, seen=seen)
    assert change(sharing, row, seen=seen).step == 100


def test_a_way_is_deleted_while_nobody_adopted_one(sharing):
    delete_policy(row=saved(sharing))
    assert not ShareOutPolicy.objects.exists()


def test_once_a_way_is_adopted_all_of_the_year_stay_as_the_meeting_saw_them(sharing):
    sharing.close()
    other = saved(sharing, "แบบ ข", WHOLE_BAHT)
    adopted = sharing.adopt().policy
    for row in (adopted, other):
        row.group = sharing.group
        with pytest.raises(PolicyFrozen):
            change(sharing, row, replace(CUSTOMARY, step=25))
        with pytest.raises(PolicyFrozen):
            delete_policy(row=row)


def test_a_way_whose_adoption_was_taken_back_stays_the_others_are_free(sharing):
    sharing.close()
    other = saved(sharing, "แบบ ข", WHOLE_BAHT)
    row = sharing.adopt()
    cancel_adoption(share_out=row, by=sharing.village.chair)
    row.policy.group = sharing.group
    with pytest.raises(PolicyFrozen):
        delete_policy(row=row.policy)
    delete_policy(row=other)


def test_the_database_keeps_an_adopted_way_too(sharing):
    sharing.close()
    row = sharing.adopt()
    with pytest.raises(IntegrityError), transaction.atomic():
        ShareOutPolicy.objects.filter(pk=row.policy_id).update(step=100)


def test_what_was_changed_or_deleted_since_it_was_looked_at_is_not_adopted(sharing):
    sharing.close()
    row = saved(sharing)
    shown = sharing.adopt(name="แบบ ข", policy=CUSTOMARY)
    cancel_adoption(share_out=shown, by=sharing.village.chair)
    change(sharing, row)
    with pytest.raises(BooksMovedSinceShown):
        adopt(sharing, row, shown.fingerprint)
    delete_policy(row=row)
    with pytest.raises(PolicyFrozen):
        adopt(sharing, row, shown.fingerprint)
    assert not ShareOut.objects.filter(cancelled_at__isnull=True).exists()


def test_figures_that_moved_since_they_were_looked_at_are_not_adopted(sharing):
    sharing.close()
    row = saved(sharing)
    shown = sharing.adopt(name="แบบ ข")
    cancel_adoption(share_out=shown, by=sharing.village.chair)
    sharing.post("prior_year", ("O1200", "", 10_00), ("O3900", "", -10_00), on=FEBRUARY_20)
    with pytest.raises(BooksMovedSinceShown):
        adopt(sharing, row, shown.fingerprint)


@pytest.mark.parametrize("name", ["", "ก" * 41, ",โรงเรียน", "โรง\tเรียน"])
def test_a_fund_that_cannot_stand_in_the_books_is_not_saved(sharing, name):
    policy = Policy(heads=(HeadShare(Head.RESERVE, 95_00), HeadShare(Head.OTHER, 5_00, name)))
    with pytest.raises(FundUnnamed):
        saved(sharing, policy=policy)
    with pytest.raises(FundUnnamed):
        change(sharing, saved(sharing), policy)


def test_saving_changing_and_deleting_a_way_touches_no_member_and_no_entry(sharing):
    before = list(Member.objects.values_list("pk", "status")), sharing.entries("allotment")
    row = change(sharing, saved(sharing))
    row.group = sharing.group
    delete_policy(row=row)
    assert (list(Member.objects.values_list("pk", "status")), sharing.entries("allotment")) == before
