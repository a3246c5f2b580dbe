"""No loan is smaller than the group lends, nor below a baht a month: asked for or approved."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from loans.applying_errors import LessThanLent, TooLittleAMonth
from loans.models import LoanApplication, LoanProduct
from loans.services.committee import Verdict
from loans.services.decisions import propose_decisions
from members.group_settings import change_setting
from tests.loans.applying import NOW, TODAY, ask, found, open_product, write
from tests.loans.cast import Lending
from tests.village import TestVillage


@pytest.fixture
def lending(time_machine: Any, village: TestVillage) -> Lending:
    time_machine.move_to(NOW, tick=False)
    made = Lending(village)
    made.save("Somchai", 10_000_00)
    return made


@pytest.fixture
def product(lending: Lending) -> LoanProduct:
    """A product of up to 240 months, not rounded, that asks for no guarantor."""
    return open_product(lending, guarantors=0, instalments_max=240, round_to=1)


def test_less_than_the_group_lends_is_not_handed_in_and_says_so(lending: Lending, product: LoanProduct) -> None:
    with pytest.raises(LessThanLent, match=r"100\.00"):
        ask(lending, product, satang=99_99)
    assert LoanApplication.objects.get().status == "draft"
    assert ask(lending, product, satang=100_00).status == "ready"


def test_less_than_a_baht_a_month_is_not_handed_in(lending: Lending, product: LoanProduct) -> None:
    with pytest.raises(TooLittleAMonth):
        ask(lending, product, satang=119_99, months=120)
    assert ask(lending, product, satang=120_00, months=120).status == "ready"


def test_the_smallest_loan_is_the_groups_own_setting(lending: Lending, product: LoanProduct) -> None:
    by = lending.village.chair
    change_setting(group=lending.group, key="loan_smallest_satang", value=1_000_00, valid_from=TODAY, by=by)
    with pytest.raises(LessThanLent, match=r"1,000\.00"):
        ask(lending, product, satang=999_99)


def test_the_committee_grants_no_less_either(lending: Lending, product: LoanProduct) -> None:
    row = ask(lending, product, satang=5_000_00)
    people = (lending.village.chair, lending.village.secretary)
    verdict = Verdict(
        application=found(lending, row), outcome="reduced", satang=50_00, instalments=12, reason="เงินไม่พอ",
        votes={user.pk: "for" for user in people},
    )  # fmt: skip
    with pytest.raises(LessThanLent):
        propose_decisions(
            group=lending.group,
            verdicts=[verdict],
            resolution=lending.resolve("12/2569", on=date(2026, 11, 23)),
            operation=uuid4(),
            by=lending.village.secretary,
        )


@pytest.mark.parametrize(("satang", "months", "field"), [("50", "12", "satang"), ("119", "120", "instalments")])
def test_the_sentence_stands_beside_its_field(
    lending: Lending, product: LoanProduct, satang: str, months: str, field: str
) -> None:
    client = Client()
    client.force_login(lending.village.treasurer)
    member = lending["Somchai"].number
    address = reverse("loans:apply", args=[lending.group.code]) + f"?member={member}"
    sent = {
        "operation": str(uuid4()), "product": product.pk, "satang": satang, "instalments": months,
        "purpose": "farming", "act": "submit",
    }  # fmt: skip
    assert list(client.post(address, sent).context["form"].errors) == [field]


def test_a_draft_may_hold_what_is_too_little_until_it_is_handed_in(lending: Lending, product: LoanProduct) -> None:
    assert write(lending, product, satang=1).status == "draft"
