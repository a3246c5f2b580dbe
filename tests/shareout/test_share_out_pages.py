"""The pages of a share-out: adopted, approved, posted and paid in the browser; lists, files and the paper to sign."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.urls import reverse

from members.cosign import sign
from shareout.models import ShareOut, SharePayment
from shareout.policy import CUSTOMARY, Arrears
from tests.shareout.sharing import FEBRUARY_20
from tests.village import PASSWORD

pytestmark = pytest.mark.django_db


def address(sharing, name, *args):
    return reverse(f"shareout:{name}", args=[sharing.group.code, *args])


def seen(client, page):
    """What an approver's page says it showed."""
    return client.get(page).context["list"].code


def test_the_share_out_goes_from_the_resolution_to_the_posting_in_the_browser(sharing, client):
    adopt = address(sharing, "adopt", 2569)
    client.force_login(sharing.village.treasurer)
    assert "ปิดบัญชี" in client.get(adopt).content.decode()
    sharing.close()
    client.post(adopt, {"act": "customary"})
    policy = sharing.year.policies.get()
    client.post(adopt, {"policy": policy.pk, "resolution": sharing.meeting().pk, "operation": uuid4()})
    row = ShareOut.objects.get()
    page = address(sharing, "share-out", row.pk)
    assert client.get(adopt).url == page
    client.post(page, {"act": "approve"})
    assert ShareOut.objects.get().state == "simulated"
    client.post(page, {"act": "ask"})
    row.refresh_from_db()
    sign(signature=row.signature, username="wichai", password=PASSWORD, address="127.0.0.1")
    client.post(page, {"act": "signed"})
    assert ShareOut.objects.get().approved_by == sharing.village.auditor
    assert "14 กุมภาพันธ์ 2570" in client.get(page).content.decode().replace("\u2060", "").replace("\xa0", " ")
    client.post(page, {"act": "post", "way": "transfer", "bank": ""})
    assert ShareOut.objects.get().state == "posted"
    shown = client.get(page, {"q": "ปราณี"}).content.decode()
    assert "333<" in shown
    assert "166<" not in shown
    for form in ("csv", "xlsx"):
        assert client.get(page, {"format": form}).status_code == 200


def test_everyone_is_paid_by_one_list_and_one_approval(sharing, client):
    row = sharing.posted()
    page = address(sharing, "payments", row.pk)
    client.force_login(sharing.village.treasurer)
    assert "600<" in client.get(page).content.decode()
    client.post(page, {"way": "cash", "operation": uuid4()})
    assert not SharePayment.objects.exists()
    client.post(page, {"way": "cash", "operation": uuid4(), "everyone": "1"})
    first = SharePayment.objects.order_by("pk").first()
    waits = address(sharing, "payment", first.pk)
    assert waits in client.get(page).content.decode()
    client.force_login(sharing.village.auditor)
    assert waits in client.get(reverse("funds:approvals", args=[sharing.group.code])).content.decode()
    client.post(waits, {"act": "approve", "seen": seen(client, waits)})
    assert sharing.unpaid() == {}
    assert client.get(waits).status_code == 200
    assert "ครบ" in client.get(address(sharing, "share-out", row.pk)).content.decode()


def test_a_list_is_signed_at_the_laptop_of_who_asked(sharing, client):
    row = sharing.posted()
    client.force_login(sharing.village.treasurer)
    chosen = [sharing["Prani"].pk, sharing["Kasem"].pk]
    client.post(address(sharing, "payments", row.pk), {"way": "savings", "operation": uuid4(), "member": chosen})
    first = SharePayment.objects.order_by("pk").first()
    waits = address(sharing, "payment", first.pk)
    client.post(waits, {"act": "ask"})
    first.refresh_from_db()
    sign(signature=first.signature, username="wichai", password=PASSWORD, address="127.0.0.1")
    client.post(waits, {"act": "signed"})
    assert sharing.unpaid() == {"0006": 100_00}


def test_the_list_to_sign_is_a_paper_and_the_unpaid_are_a_file(sharing, client):
    row = sharing.posted()
    client.force_login(sharing.village.treasurer)
    assert client.get(address(sharing, "sign-list", row.pk)).content.startswith(b"%PDF")
    said = client.get(address(sharing, "payments", row.pk), {"format": "csv"}).content.decode("utf-8-sig")
    assert "333.33" in said
    assert client.get(address(sharing, "payments", row.pk), {"format": "xlsx"}).status_code == 200


def test_the_unpaid_are_read_in_constant_queries(sharing, client, django_assert_max_num_queries):
    row = sharing.posted()
    client.force_login(sharing.village.treasurer)
    with django_assert_max_num_queries(45):
        client.get(address(sharing, "payments", row.pk))


def test_the_years_page_is_the_door_to_its_share_out(sharing, client):
    client.force_login(sharing.village.treasurer)
    page = reverse("shareout:year", args=[sharing.group.code, 2569])
    assert address(sharing, "adopt", 2569) not in client.get(page).content.decode()
    sharing.close()
    assert address(sharing, "adopt", 2569) in client.get(page).content.decode()
    row = sharing.posted()
    shown = client.get(page).content.decode()
    assert address(sharing, "share-out", row.pk) in shown
    assert address(sharing, "payments", row.pk) in shown


def test_books_that_moved_are_told_before_anybody_posts(sharing, client):
    row = sharing.adopted()
    client.force_login(sharing.village.treasurer)
    page = address(sharing, "share-out", row.pk)
    assert "บัญชีเปลี่ยนไป" not in client.get(page).content.decode()
    sharing.post("prior_year", ("O1200", "", 10_00), ("O3900", "", -10_00), on=FEBRUARY_20)
    assert "บัญชีเปลี่ยนไป" in client.get(page).content.decode()


def test_what_the_paper_book_left_unpaid_is_paid_without_a_share_out(sharing, client):
    sharing.post("allotment", ("O3900", "", 5_00), ("O2400", "0005", -5_00), on=FEBRUARY_20)
    client.force_login(sharing.village.treasurer)
    page = address(sharing, "unpaid")
    assert "ปราณี" in client.get(page).content.decode()
    client.post(page, {"way": "cash", "operation": uuid4(), "everyone": "1"})
    assert SharePayment.objects.get().satang == 5_00


def test_everyone_leaves_out_who_is_withheld_and_who_asks(sharing, client):
    sharing.save("Somporn", 1_000_00)
    row = sharing.posted(replace(CUSTOMARY, arrears=Arrears.WITHHOLD))
    client.force_login(sharing.village.treasurer)
    page = address(sharing, "payments", row.pk)
    client.post(page, {"way": "cash", "operation": uuid4(), "everyone": "1"})
    assert {each.member.number for each in SharePayment.objects.all()} == {5, 8}
    client.post(page, {"way": "set_off", "operation": uuid4(), "everyone": "1"})
    assert SharePayment.objects.get(way="set_off").member.number == 6
