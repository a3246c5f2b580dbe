"""One guarantor takes the place of another."""

import pytest

from funds.selectors import held
from loans.applying_errors import (
    CoverTooSmall,
    GuaranteeStands,
    NamedAlready,
    NotAskedNow,
)
from loans.models import Guarantee
from loans.selectors.guarantors import standings_of
from loans.services.guarantors import confirm_guarantee, replace_guarantor
from tests.loans.applying import TODAY, found, member, signs
from tests.loans.guarantors.acts import adopt


def replace(lending, guarantee, name, **more):
    guarantee = Guarantee.objects.get(pk=guarantee.pk)
    return replace_guarantor(
        guarantee=guarantee, member=member(lending, name), reason="ย้ายบ้าน", by=lending.village.secretary, **more
    )


def test_before_the_contract_the_new_one_is_asked(lending, row):
    old = signs(lending, row, "Boonmee")
    signs(lending, row, "Kasem")
    made = replace(lending, old, "Prani")
    old.refresh_from_db()
    assert (old.released_on, old.released_reason, made.confirmed_at) == (TODAY, "ย้ายบ้าน", None)
    assert found(lending, row).status == "submitted"
    confirm_guarantee(guarantee=made, way="paper", by=lending.village.secretary)
    assert found(lending, row).status == "ready"


def test_of_a_live_loan_hold_and_part_go_over_at_once(lending, product):
    loan = lending.lend(satang=16_000_00, terms=product.terms.get(), guarantors=("Boonmee", "Kasem"))
    old = loan.guarantees.get(member=lending["Boonmee"])
    with pytest.raises(GuaranteeStands):
        replace(lending, old, "Prani")
    made = replace(lending, old, "Prani", signed_on=TODAY)
    old.refresh_from_db()
    assert old.hold.released_at is not None
    assert (made.satang, held(made.hold.account), made.loan) == (3_000_00, 3_000_00, loan)
    assert [each.borrower for each in standings_of(member(lending, "Prani"))] == [lending["Somchai"]]
    assert standings_of(member(lending, "Boonmee")) == []


def test_the_one_who_stands_in_has_the_cover(lending, product):
    loan = lending.lend(satang=16_000_00, terms=product.terms.get(), guarantors=("Boonmee", "Kasem"))
    lending.post("withdrawal", ("O2100", lending["Prani"].holder, 8_000_00), ("O1200", "", -8_000_00), on=TODAY)
    with pytest.raises(CoverTooSmall):
        replace(lending, loan.guarantees.get(member=lending["Boonmee"]), "Prani", signed_on=TODAY)
    assert standings_of(member(lending, "Boonmee")) != []


def test_of_an_adopted_loan_too(lending):
    old = adopt(lending, "ก.7/2567", "Prani", "Boonmee")
    made = replace(lending, old, "Kasem", signed_on=TODAY)
    assert (made.application, made.loan, made.hold) == (None, old.loan, None)
    with pytest.raises(NamedAlready):
        replace(lending, made, "Kasem", signed_on=TODAY)


def test_who_was_replaced_is_not_replaced_again(lending, row):
    old = signs(lending, row, "Boonmee")
    replace(lending, old, "Prani")
    with pytest.raises(NotAskedNow):
        replace(lending, old, "Kasem")
