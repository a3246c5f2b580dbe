"""Paddy is lent and comes back; terms are typed as a village says them."""

from django.test import Client
from django.urls import reverse

from funds.models import Act, KindLoan
from funds.selectors.activities import barn_of, loan_row
from tests.funds.activities import (
    MARCH_6,
    Work,
)
from tests.funds.activity_pages.conftest import page, second, send
from tests.village import TestVillage


def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(treasurer: Client, rice: Work) -> None:
    answer = send(
        treasurer, rice, "funds:act-new", rice.activity.pk, "kind_loan", member_number="4", quantity="500.5",
        due_on="31/1/2570",
    )  # fmt: skip
    assert "One member may owe 500 kg" in answer
    assert "500.5" in answer
    unreadable = send(treasurer, rice, "funds:act-new", rice.activity.pk, "kind_gift", quantity="1,5", party="วัด")
    assert "1,5" in unreadable
    assert Act.objects.filter(kind__in=["kind_loan"]).count() == 0


def test_paddy_is_lent_in_kilograms_and_what_comes_back_is_interest_first(
    treasurer: Client, rice: Work, village: TestVillage
) -> None:
    number, member = rice.activity.pk, village.member("Prani")
    send(
        treasurer, rice, "funds:act-new", number, "kind_loan", member_number=member.number, quantity="100",
        due_on="31/1/2570",
    )  # fmt: skip
    act = Act.objects.get(kind="kind_loan")
    second(rice).post(reverse("funds:act-approve", args=[rice.group.code, number, act.pk]))
    loan = KindLoan.objects.get()
    assert (loan.grams, loan.interest_grams) == (100_000, 20_000)
    assert "120 kg" in page(treasurer, rice, "funds:kind-loans", number)
    send(treasurer, rice, "funds:act-new", number, "kind_return", loan=loan.pk, quantity="50")
    row = loan_row(rice.activity, loan)
    assert (int(row.interest), int(row.principal)) == (0, 70_000)
    assert int(barn_of(rice.activity).stored) == 950_000
    assert "70 kg" in page(treasurer, rice, "funds:activity", number)


def test_loans_in_kind_stand_by_borrower_and_the_late_ones_say_so(
    treasurer: Client, rice: Work, village: TestVillage
) -> None:
    first, last = sorted((village.member(name) for name in ("Somchai", "Prani")), key=lambda each: each.number)
    rice.lend(first, 10_000)
    rice.lend(last, 10_000, due_on=MARCH_6)
    shown = page(treasurer, rice, "funds:kind-loans", rice.activity.pk)
    assert shown.index(first.full_name) < shown.index(last.full_name)
    assert "24 kg" in shown
    assert "late: 1" in page(treasurer, rice, "funds:kind-loans", rice.activity.pk)
    assert first.full_name not in page(treasurer, rice, "funds:kind-loans", rice.activity.pk, query=f"?q={last.number}")


def test_terms_are_typed_as_what_comes_back_for_ten_kilograms(treasurer: Client, rice: Work) -> None:
    form = {"valid_from": "1/4/2569", "per_ten": "11.5", "limit_grams": "300"}
    assert "11.5 kg" in send(treasurer, rice, "funds:activity-terms", rice.activity.pk, **form)
    newest = rice.activity.terms.order_by("-valid_from").first()
    assert newest is not None
    assert (newest.rate, newest.limit_grams) == (1500, 300_000)
    assert "from 10 to 20" in send(
        treasurer, rice, "funds:activity-terms", rice.activity.pk, **(form | {"per_ten": "9"})
    )


def test_an_activity_with_goods_does_not_end(treasurer: Client, rice: Work) -> None:
    answer = send(treasurer, rice, "funds:activity-change", rice.activity.pk, ended_on="1/5/2569")
    assert "still has goods" in answer
    rice.activity.refresh_from_db()
    assert rice.activity.ended_on is None
