"""Products, interest and withdrawals in the browser: who may, what is shown, what a second click does."""

from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from funds.models import Entry
from members.services import record_resolution
from savings.models import InterestRun, ProductTerms, SpecialBook, SpecialProduct, Withdrawal
from savings.selectors.withdrawals import waiting_interest, waiting_withdrawals
from savings.services import open_special_book


@pytest.fixture(autouse=True)
def _in_july():
    with time_machine.travel("2026-07-10 12:00+07:00", tick=False):
        yield


@pytest.fixture
def saved(savers):
    """Prani has saved 10,000 baht since New Year."""
    open_special_book(member=savers["Prani"], by=None)
    savers.pay("Prani", date(2026, 1, 1), special=10_000_00)
    return savers


def url(savers, name, *args):
    return reverse(f"savings:{name}", args=[savers.group.code, *args])


def test_from_a_product_to_interest_in_the_book_by_two_people(saved, client):
    village = saved.village
    resolution = record_resolution(
        group=saved.group, number="1/2569", decided_on=date(2026, 1, 1), subject="ดอกเบี้ย", by=village.secretary
    )
    client.force_login(village.chair)
    typed = {
        "name": "สัจจะพิเศษ", "month": "2026-01-01", "rate": "3", "method": "monthly", "first_credit_month": "6",
        "second_credit_month": "12", "minimum": "", "withdrawals_a_month": "0", "notice_days": "0",
        "resolution": str(resolution.pk),
    }  # fmt: skip
    for wrong in ("", "x", "3.123", "-1"):
        assert client.post(url(saved, "products"), typed | {"rate": wrong}).context["form"].errors["rate"]
    assert client.post(url(saved, "products"), typed).status_code == 302
    product = SpecialProduct.objects.get()
    assert ProductTerms.objects.get().rate == 3_00
    client.force_login(village.treasurer)
    shown = client.get(url(saved, "interest-preview", product.pk))
    assert shown.context["preview"].total == 150_00
    asked = {"fingerprint": shown.context["preview"].fingerprint, "operation": str(uuid4())}
    for _click in range(2):
        assert client.post(url(saved, "interest-preview", product.pk), asked).status_code == 302
    run = InterestRun.objects.get()
    assert [each.url for each in waiting_interest(saved.group, village.auditor)] == [url(saved, "interest", run.pk)]
    client.post(url(saved, "interest", run.pk), {"act": "approve"})
    assert not Entry.objects.filter(kind="special_interest").exists()
    client.force_login(village.auditor)
    for _click in range(2):
        client.post(url(saved, "interest", run.pk), {"act": "approve"})
    assert Entry.objects.filter(kind="special_interest").count() == 1
    for name, args in (("interest", [run.pk]), ("product", [product.pk]), ("products", [])):
        assert client.get(url(saved, name, *args)).status_code == 200
    client.force_login(village.users["Prani"])
    own = client.get(url(saved, "interest-book", run.pk, saved["Prani"].number))
    assert [each.satang for each in own.context["books"]] == [150_00]
    assert client.get(url(saved, "interest-book", run.pk, saved["Kasem"].number)).status_code == 404


def test_a_withdrawal_from_the_form_to_the_voucher(saved, client):
    village, prani = saved.village, saved["Prani"]
    book = SpecialBook.objects.get()
    client.force_login(village.treasurer)
    page = url(saved, "withdrawal-new") + f"?member={prani.number}"
    assert "10,000" in client.get(page).content.decode()
    data = {"operation": str(uuid4()), "book": str(book.pk), "satang": "500", "way": "cash"}
    assert client.post(page, data | {"satang": "10,001"}).context["form"].errors["satang"]
    for _click in range(2):
        assert client.post(page, data).status_code == 302
    row = Withdrawal.objects.get()
    assert len(waiting_withdrawals(saved.group, village.auditor)) == 1
    client.post(url(saved, "withdrawal", row.pk), {"act": "approve"})
    assert Withdrawal.objects.get().is_waiting
    client.force_login(village.auditor)
    answer = client.post(url(saved, "withdrawal", row.pk), {"act": "approve"})
    row = Withdrawal.objects.get()
    assert answer["Location"] == reverse("reports:receipt", args=[saved.group.code, row.entry.n])
    voucher = client.get(reverse("reports:receipt-pdf", args=[saved.group.code, row.entry.n]))
    assert voucher.content.startswith(b"%PDF-")
    for query in ({}, {"show": "waiting"}, {"q": "ไม่มี"}, {"format": "xlsx"}):
        assert client.get(url(saved, "withdrawals"), query).status_code == 200


def test_strangers_find_nothing(saved, client):
    for user in (saved.village.stranger, saved.village.neighbour.treasurer, saved.village.users["Kasem"]):
        client.force_login(user)
        for name in ("products", "withdrawals", "withdrawal-new", "deposits", "register", "months"):
            assert client.get(url(saved, name)).status_code == 404
