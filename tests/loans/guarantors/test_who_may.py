"""Who may stand guarantor, and how often; who decides about the loan does not."""

import pytest

from loans.applying_errors import (
    BorrowerIsNoGuarantor,
    GuarantorDecides,
    KindMayNotGuarantee,
    NamedAlready,
    NoSuchGuarantor,
    SpouseAlone,
    TooManyGuarantees,
)
from loans.models import CommitteeVote, Decision, LoanApplication
from loans.selectors.applications import application_view
from loans.selectors.guarantors import count_live_guarantees, interested_users
from loans.services.guarantors import confirm_guarantee, decline_guarantee
from members.models import GroupSetting
from tests.loans.applying import NOW, TODAY, ask, found, member, name_, open_product, signs
from tests.loans.guarantors.acts import adopt, marry


def test_the_borrower_does_not_secure_the_own_loan(lending, row):
    with pytest.raises(BorrowerIsNoGuarantor):
        name_(lending, row, "Somchai")


@pytest.mark.parametrize("name", ["Noi", "Women", "Chai"])
def test_a_child_a_body_and_an_honorary_member_do_not_guarantee(lending, row, name):
    with pytest.raises(KindMayNotGuarantee):
        name_(lending, row, name)


@pytest.mark.parametrize("name", ["Dam", "Fon"])
def test_who_is_no_active_member_does_not_guarantee(lending, row, name):
    with pytest.raises(NoSuchGuarantor):
        name_(lending, row, name)


def test_a_guarantor_is_named_once(lending, row):
    name_(lending, row, "Boonmee")
    with pytest.raises(NamedAlready):
        name_(lending, row, "Boonmee")


def test_at_most_two_live_guarantees_adopted_loans_among_them(lending, product):
    adopt(lending, "ก.7/2567", "Prani", "Boonmee")
    row = ask(lending, product, satang=11_000_00)
    signs(lending, row, "Boonmee")
    third = ask(lending, product, "Kasem", 11_000_00)
    with pytest.raises(TooManyGuarantees) as refused:
        name_(lending, third, "Boonmee")
    assert "2" in refused.value.message


def test_the_groups_setting_says_how_many(lending, product):
    for borrower in ("Somchai", "Prani"):
        signs(lending, ask(lending, product, borrower, 11_000_00), "Boonmee")
    GroupSetting.objects.create(
        group=lending.group, key="guarantees_max", value="3", valid_from=TODAY, set_by=lending.village.chair
    )
    assert name_(lending, ask(lending, product, "Kasem", 11_000_00), "Boonmee")


def test_a_loan_paid_back_lets_the_guarantor_go(lending, product):
    loan = lending.lend(satang=2_000_00, terms=product.terms.get())
    assert count_live_guarantees(member(lending, "Boonmee")) == 1
    lending.repay(loan, TODAY, principal=2_000_00)
    assert count_live_guarantees(member(lending, "Boonmee")) == 0


def test_a_word_counts_again_when_it_is_given(lending, product):
    """Named while one guarantee lived, asked for the word when two do."""
    late = ask(lending, product, satang=11_000_00)
    waiting = name_(lending, late, "Boonmee")
    for borrower in ("Prani", "Kasem"):
        signs(lending, ask(lending, product, borrower, 11_000_00), "Boonmee")
    with pytest.raises(TooManyGuarantees):
        confirm_guarantee(guarantee=waiting, way="paper", by=lending.village.secretary)


def test_a_spouse_alone_is_no_guarantor(lending):
    emergency = open_product(
        lending, "ฉุกเฉิน", "emergency", savings_times=0, cap_satang=5_000_00, guarantors=1, instalments_max=3
    )
    marry(lending, "Somchai", "Prani")
    row = ask(lending, emergency, satang=5_000_00, months=3)
    with pytest.raises(SpouseAlone):
        name_(lending, row, "Prani")
    signs(lending, row, "Boonmee")
    assert signs(lending, row, "Prani")


@pytest.mark.parametrize(("one", "other"), [("Somchai", "Prani"), ("Prani", "Somchai")])
def test_a_spouse_may_be_one_of_several_but_never_the_only_word(lending, row, one, other):
    marry(lending, one, other)
    signs(lending, row, "Prani")
    view = application_view(found(lending, row))
    assert view.is_spouse_alone
    word = signs(lending, row, "Boonmee")
    assert found(lending, row).status == "ready"
    decline_guarantee(guarantee=word, by=lending.village.secretary)
    assert found(lending, row).status == "submitted"


def decide(lending, row, by, vote=None):
    decision = Decision.objects.create(
        application=row, operation="6f1c0b5e-9f6f-4f3e-8a6a-2f4b3a1c9d11", terms=row.product.terms.get(),
        outcome="approved", satang=row.satang, instalments=row.instalments, resolution=lending.resolve(),
        recorded_by=by, recorded_at=NOW, confirmed_by=lending.village.auditor,
    )  # fmt: skip
    if vote:
        interest = "ญาติ" if vote[1] == "left" else ""
        CommitteeVote.objects.create(decision=decision, voter=vote[0], vote=vote[1], interest=interest)
    LoanApplication.objects.filter(pk=row.pk).update(status="approved")


def test_who_wrote_the_decision_down_does_not_guarantee(lending, row):
    decide(lending, row, lending.village.secretary)
    with pytest.raises(GuarantorDecides):
        name_(lending, row, "Malee")


@pytest.mark.parametrize(("vote", "may"), [("for", False), ("against", False), ("left", True)])
def test_who_voted_does_not_guarantee_and_who_left_the_vote_may(lending, row, vote, may):
    decide(lending, row, lending.village.chair, (lending.village.secretary, vote))
    if may:
        assert name_(lending, row, "Malee")
    else:
        with pytest.raises(GuarantorDecides):
            name_(lending, row, "Malee")


def test_borrower_spouse_and_guarantors_have_no_part_in_the_decision(lending, row):
    marry(lending, "Kasem", "Somchai")
    signs(lending, row, "Malee", by=lending.village.treasurer)
    interested = interested_users(row)
    users = {lending.village.user(name).pk for name in ("Somchai", "Kasem", "Malee")}
    assert set(interested) == users
