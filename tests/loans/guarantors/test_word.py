"""A guarantor's word: given, declined, recorded."""

from datetime import timedelta

import pytest

from loans.applying_errors import (
    AccountTooYoung,
    GuaranteeStands,
    NotAskedNow,
    OwnWordOnPaper,
)
from loans.models import LoanApplication
from loans.services.guarantors import confirm_guarantee, decline_guarantee
from tests.loans.applying import TODAY, ask, name_, signs, write
from tests.loans.guarantors.acts import own_word


def test_a_word_on_the_own_page_is_the_members_own(lending, row):
    guarantee = name_(lending, row, "Kasem")
    with pytest.raises(NotAskedNow):
        own_word(lending, guarantee, lending.village.user("Prani"))
    assert own_word(lending, guarantee).way == "own_page"


@pytest.mark.parametrize(("days", "is_too_young"), [(0, True), (6, True), (7, False), (8, False)])
def test_in_the_first_seven_days_of_the_account_no_word_is_given_on_the_own_page(lending, row, days, is_too_young):
    guarantee = name_(lending, row, "Kasem")
    user = lending.village.user("Kasem")
    user.activated_on = TODAY - timedelta(days=days)
    user.save()
    if is_too_young:
        with pytest.raises(AccountTooYoung) as refused:
            own_word(lending, guarantee, user)
        assert "2569" in refused.value.message
        assert str((TODAY + timedelta(days=7 - days)).day) in refused.value.message
    else:
        assert own_word(lending, guarantee, user).confirmed_at
    assert confirm_guarantee(guarantee=guarantee, way="paper", by=lending.village.secretary).confirmed_at


@pytest.mark.parametrize("name", ["Somporn", "Malee"])
def test_neither_borrower_nor_guarantor_records_the_signature(lending, product, name):
    row = ask(lending, product, "Somporn", 11_000_00)
    guarantee = name_(lending, row, "Malee")
    with pytest.raises(OwnWordOnPaper):
        confirm_guarantee(guarantee=guarantee, way="paper", by=lending.village.user(name))
    assert confirm_guarantee(guarantee=guarantee, way="paper", by=lending.village.chair).confirmed_at


def test_a_word_given_twice_is_given_once(lending, row):
    guarantee = signs(lending, row, "Boonmee")
    again = confirm_guarantee(guarantee=guarantee, way="paper", by=lending.village.chair)
    assert again.confirmed_by == lending.village.secretary


def test_for_a_draft_no_word_is_given(lending, product):
    guarantee = name_(lending, write(lending, product), "Boonmee")
    with pytest.raises(NotAskedNow):
        confirm_guarantee(guarantee=guarantee, way="paper", by=lending.village.secretary)


def test_who_declines_is_no_longer_asked_and_may_be_named_anew(lending, row):
    guarantee = name_(lending, row, "Boonmee")
    decline_guarantee(guarantee=guarantee, by=lending.village.secretary)
    with pytest.raises(NotAskedNow):
        confirm_guarantee(guarantee=guarantee, way="paper", by=lending.village.secretary)
    assert signs(lending, row, "Boonmee").confirmed_at


def test_once_approved_a_given_word_stands(lending, row):
    guarantee = signs(lending, row, "Boonmee")
    LoanApplication.objects.filter(pk=row.pk).update(status="approved")
    with pytest.raises(GuaranteeStands):
        decline_guarantee(guarantee=guarantee, by=lending.village.secretary)
