"""A member asks on the own page."""

from loans.models import LoanApplication
from members.models import PassbookAccess
from tests.loans.applications.conftest import own, typed
from tests.loans.applying import ask, write


def test_a_member_asks_on_the_own_page(lending, product, client):
    client.force_login(lending.village.user("Prani"))
    assert client.get(own(lending)).context["asked"].limit.most_satang == 30_000_00
    answer = client.post(own(lending), typed(product))
    row = LoanApplication.objects.get()
    assert answer["Location"] == own(lending, "loan-application", row.pk)
    assert (row.by_member, row.member, row.status) == (True, lending["Prani"], "submitted")
    assert client.get(answer["Location"]).status_code == 200


def test_a_childs_passbook_asks_for_nothing(lending, product, client):
    client.force_login(lending.village.user("Prani"))
    of_noi = own(lending) + f"?member={lending['Noi'].number}"
    assert PassbookAccess.objects.filter(member=lending["Noi"], relation=PassbookAccess.Relation.CHILD).exists()
    assert "form" not in client.get(of_noi).context
    client.post(of_noi, typed(product))
    assert not LoanApplication.objects.exists()


def test_an_honorary_member_reads_why_not(lending, product, client):
    client.force_login(lending.village.user("Chai"))
    page = client.post(own(lending), typed(product, satang="100"))
    assert page.status_code == 200
    assert page.context["asked"].limit.most_satang == 0
    assert {row.status for row in LoanApplication.objects.all()} <= {"draft"}


def test_nobody_reads_anothers_application(lending, product, client):
    row = ask(lending, product)
    client.force_login(lending.village.user("Kasem"))
    for act in ("submit", "withdraw", "name"):
        assert client.post(own(lending, "loan-application", row.pk), {"act": act}).status_code == 404
    assert client.get(own(lending, "loan-application", row.pk)).status_code == 404


def test_the_borrower_does_not_confirm_a_guarantor_on_the_own_page(lending, product, client):
    row = write(lending, product, "Prani", by=lending.village.user("Prani"), by_member=True)
    client.force_login(lending.village.user("Prani"))
    page = own(lending, "loan-application", row.pk)
    client.post(page, {"act": "submit"})
    client.post(page, {"act": "name", "guarantor": str(lending["Boonmee"].number)})
    guarantee = row.guarantees.get()
    client.post(page, {"act": "confirm", "guarantee": guarantee.pk})
    guarantee.refresh_from_db()
    assert guarantee.confirmed_at is None


def test_on_the_own_page_a_name_in_part_lists_nobody(lending, product, client):
    row = write(lending, product, "Prani", by=lending.village.user("Prani"), by_member=True)
    client.force_login(lending.village.user("Prani"))
    page = client.post(own(lending, "loan-application", row.pk), {"act": "name", "guarantor": "ส"})
    assert page.context["form"].errors["guarantor"]
    assert "แก้วใส" not in page.content.decode()
    client.post(own(lending, "loan-application", row.pk), {"act": "name", "guarantor": "บุญมี หนองบัว"})
    assert row.guarantees.get().member == lending["Boonmee"]


def test_the_own_piece_of_page_is_of_the_own_passbook(lending, product, client):
    client.force_login(lending.village.user("Prani"))
    said = client.get(own(lending, "loan-limits"), {"product": product.pk, "satang": "1,200", "instalments": "12"})
    assert "112" in said.content.decode()
    assert client.get(own(lending, "loan-limits") + f"?member={lending['Somchai'].number}").status_code == 404
