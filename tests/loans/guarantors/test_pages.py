"""The pages of guarantors: list, buttons, the own page."""

from datetime import timedelta

from django.urls import reverse

from loans.selectors.applications import application_view
from loans.selectors.guarantors import guarantor_rows
from members.models import User
from tests.loans.applying import TODAY, ask, found, name_, signs


def address(lending, name="guarantors", *args):
    return reverse(f"loans:{name}", args=[lending.group.code, *args])


def test_the_list_says_what_each_stands_for_in_all(lending, product, client):
    lending.lend(satang=16_000_00, terms=product.terms.get(), guarantors=("Boonmee", "Kasem"))
    signs(lending, ask(lending, product, "Prani", 14_000_00), "Boonmee")
    rows = {each.member: each for each in guarantor_rows(lending.group)}
    boonmee = rows[lending["Boonmee"]]
    assert (boonmee.count, boonmee.satang, boonmee.outstanding) == (2, 5_000_00, 16_000_00)
    assert (boonmee.free, boonmee.is_full) == (5_000_00, True)
    client.force_login(lending.village.auditor)
    page = client.get(address(lending) + "?show=full")
    assert (page.context["totals"].members, page.context["totals"].satang) == (1, 5_000_00)
    assert "5000.00" in client.get(address(lending) + "?format=csv").content.decode()
    assert len(client.get(address(lending) + "?q=เกษม").context["page"].object_list) == 1
    assert client.get(address(lending, "guarantor", boonmee.member.number)).context["free"] == 5_000_00
    assert client.get(address(lending, "guarantor", 9999)).status_code == 404


def test_the_list_takes_the_same_queries_however_long(lending, product, client, django_assert_max_num_queries):
    for borrower in ("Somchai", "Prani"):
        row = ask(lending, product, borrower, 11_000_00)
        for name in ("Boonmee", "Kasem", "Malee"):
            signs(lending, row, name, by=lending.village.treasurer)
    client.force_login(lending.village.auditor)
    with django_assert_max_num_queries(26):
        assert len(client.get(address(lending)).context["page"].object_list) == 3


def test_buttons_of_the_application_name_confirm_and_decline(lending, row, client):
    client.force_login(lending.village.secretary)
    page = address(lending, "application", row.pk)
    client.post(page, {"act": "name", "guarantor": str(lending["Boonmee"].number)})
    guarantee = row.guarantees.get()
    client.post(page, {"act": "confirm", "guarantee": guarantee.pk})
    guarantee.refresh_from_db()
    assert guarantee.way == "paper"
    client.post(page, {"act": "decline", "guarantee": guarantee.pk})
    guarantee.refresh_from_db()
    assert guarantee.declined_at is not None


def test_a_name_that_is_refused_stays_with_its_sentence(lending, row, client):
    client.force_login(lending.village.secretary)
    page = client.post(address(lending, "application", row.pk), {"act": "name", "guarantor": "สม"})
    text = page.content.decode()
    assert 'value="สม"' in text
    assert "สมพร" in page.context["form"].errors["guarantor"][0]
    refused = client.post(address(lending, "application", row.pk), {"act": "name", "guarantor": "สมชาย"})
    assert refused.context["form"].errors["guarantor"]


def test_a_guarantee_of_another_application_is_not_confirmed_here(lending, product, row, client):
    theirs = name_(lending, ask(lending, product, "Prani", 11_000_00), "Boonmee")
    client.force_login(lending.village.secretary)
    answer = client.post(address(lending, "application", row.pk), {"act": "confirm", "guarantee": theirs.pk})
    assert answer.status_code == 404


def test_a_guarantor_is_replaced_on_the_page(lending, row, client):
    old = signs(lending, row, "Boonmee")
    client.force_login(lending.village.secretary)
    page = address(lending, "guarantor-replace", old.pk)
    assert client.get(page).status_code == 200
    assert client.post(page, {"guarantor": "ปราณี", "reason": ""}).context["form"].errors["reason"]
    client.post(page, {"guarantor": "ปราณี", "reason": "ย้ายบ้าน"})
    assert row.guarantees.filter(released_on=None).get().member == lending["Prani"]


def test_the_own_page_asks_and_takes_the_word(lending, row, client):
    guarantee = name_(lending, row, "Kasem")
    page = reverse("window:guarantees", args=[lending.group.code])
    client.force_login(lending.village.user("Kasem"))
    [asked] = client.get(page).context["asked"]
    assert (asked["part"], asked["row"]) == (3_000_00, row)
    client.post(page, {"act": "confirm", "guarantee": guarantee.pk})
    guarantee.refresh_from_db()
    assert guarantee.way == "own_page"
    assert len(client.get(page).context["standings"]) == 1


def test_the_own_page_takes_a_no(lending, row, client):
    guarantee = name_(lending, row, "Kasem")
    client.force_login(lending.village.user("Kasem"))
    client.post(reverse("window:guarantees", args=[lending.group.code]), {"act": "decline", "guarantee": guarantee.pk})
    guarantee.refresh_from_db()
    assert guarantee.declined_at is not None


def test_nobody_answers_for_another(lending, row, client):
    guarantee = name_(lending, row, "Kasem")
    client.force_login(lending.village.user("Prani"))
    client.post(reverse("window:guarantees", args=[lending.group.code]), {"act": "confirm", "guarantee": guarantee.pk})
    guarantee.refresh_from_db()
    assert guarantee.confirmed_at is None


def test_a_new_account_reads_from_when_on(lending, row, client):
    name_(lending, row, "Kasem")
    User.objects.filter(pk=lending.village.user("Kasem").pk).update(activated_on=TODAY)
    client.force_login(lending.village.user("Kasem"))
    page = client.get(reverse("window:guarantees", args=[lending.group.code]))
    assert page.context["from_day"] == TODAY + timedelta(days=7)
    assert 'value="confirm"' not in page.content.decode()


def test_beside_each_guarantor_stands_what_else_the_member_stands_for(lending, product, row, client):
    lending.lend("Prani", 12_000_00, terms=product.terms.get(), guarantors=("Boonmee",))
    signs(lending, row, "Boonmee")
    [line] = application_view(found(lending, row)).lines
    assert line.others == (1, 2_000_00)
    client.force_login(lending.village.auditor)
    assert "2,000.00" in client.get(address(lending, "application", row.pk)).content.decode()
