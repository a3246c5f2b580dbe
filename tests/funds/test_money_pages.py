"""The pages of money in and out: what an officer reads, types and gets back, over HTTP."""

import io
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from funds.models import BankLoan, Entry, MoneyIn, Photo, Voucher
from tests.funds.vouchers.conftest import BANK, _today, ask, pay, rich, spend  # noqa: F401 - fixtures
from tests.village import TestVillage


def page(client: Client, village: TestVillage, name: str, *args: Any, query: str = "", language: str = "en") -> str:
    client.cookies["django_language"] = language
    response = client.get(reverse(name, args=[village.group.code, *args]) + query)
    assert response.status_code == 200, name
    return response.content.decode().replace("\u2060", "")


def send(client: Client, village: TestVillage, name: str, *args: Any, **data: Any) -> Any:
    client.cookies["django_language"] = "en"
    data = {"operation": str(uuid.uuid4()), "on": "20/11/2569", "way": "cash", **data}
    return client.post(reverse(name, args=[village.group.code, *args]), data, follow=True)


@pytest.fixture
def treasurer(client: Client, rich: TestVillage) -> Client:  # noqa: F811 - a fixture
    client.force_login(rich.treasurer)
    return client


PAGES = [
    ("funds:money", ()), ("funds:approvals", ()), ("funds:money-in", ()), ("funds:money-in-new", ()),
    ("funds:vouchers", ()), ("funds:advances", ()), ("funds:pool-advances", ()), ("funds:bank-loans", ()),
    ("funds:bank-loan-new", ()),
    *[("funds:voucher-new", (kind,)) for kind in ("expense", "subsidy", "advance", "lend", "give-back")],
]  # fmt: skip


@pytest.mark.parametrize(("name", "args"), PAGES, ids=str)
@pytest.mark.parametrize("language", ["th", "en"])
def test_every_page_of_the_money_opens_empty(
    name: str,
    args: tuple[str, ...],
    language: str,
    treasurer: Client,
    rich: TestVillage,  # noqa: F811
) -> None:
    assert page(treasurer, rich, name, *args, language=language)


def test_a_payment_goes_from_the_form_to_the_printed_voucher(treasurer: Client, rich: TestVillage) -> None:  # noqa: F811
    answer = send(
        treasurer, rich, "funds:voucher-new", "expense", purpose="stationery", satang="๑๐๐", payee="ร้าน", memo="สมุด"
    )
    assert "Waiting" in answer.content.decode() or "waiting" in answer.content.decode()
    voucher = Voucher.objects.get()
    assert "ร้าน" in page(treasurer, rich, "funds:money")
    other = Client()
    other.force_login(rich.auditor)
    assert "ร้าน" in page(other, rich, "funds:approvals")
    answer = other.post(reverse("funds:voucher-approve", args=[rich.group.code, voucher.pk]), follow=True)
    voucher.refresh_from_db()
    assert voucher.entry is not None
    assert f"Voucher no. {voucher.entry.n}" in answer.content.decode()
    paper = other.get(reverse("reports:receipt-pdf", args=[rich.group.code, voucher.entry.n]))
    assert paper.content.startswith(b"%PDF")
    assert "Nothing waits" in page(other, rich, "funds:approvals")


def test_a_refusal_names_the_rule_beside_the_amount(treasurer: Client, rich: TestVillage) -> None:  # noqa: F811
    answer = send(
        treasurer, rich, "funds:voucher-new", "expense", purpose="stationery", satang="1,000.01", payee="ร้าน", memo="x"
    )
    assert "Each pool pays out of its own money" in answer.content.decode()
    assert "1,000.01" in answer.content.decode()
    assert not Voucher.objects.exists()


def test_money_received_with_a_photo_is_listed_summed_and_sent_as_a_file(
    treasurer: Client,
    rich: TestVillage,  # noqa: F811
) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (4000, 20), "white").save(picture, "PNG")
    picture.name = "slip.png"
    picture.seek(0)
    send(
        treasurer, rich, "funds:money-in-new", source="subsidy_returnable", satang="500", giver="อบต.", holder="ปุ๋ย",
        photo=picture,
    )  # fmt: skip
    row = MoneyIn.objects.get()
    assert row.photo is not None
    assert (row.photo.width, row.entry.details.data["photo"]) == (1600, row.photo.sha256)
    shown = page(treasurer, rich, "funds:money-in", query="?q=อบต")
    assert "500" in shown
    assert "ปุ๋ย" in shown
    assert "No money received" in page(treasurer, rich, "funds:money-in", query="?q=zzz")
    for form in ("csv", "xlsx"):
        response = treasurer.get(reverse("funds:money-in", args=[rich.group.code]), {"format": form})
        assert response.status_code == 200
    image = treasurer.get(reverse("funds:photo", args=[rich.group.code, row.photo.pk]))
    assert image["Content-Type"] == "image/jpeg"
    stranger = Client()
    stranger.force_login(rich.user("Prani"))
    assert stranger.get(reverse("funds:photo", args=[rich.group.code, row.photo.pk])).status_code == 404


def test_what_is_no_photo_is_refused_with_a_sentence(treasurer: Client, rich: TestVillage) -> None:  # noqa: F811
    fake = io.BytesIO(b"GIF89a nothing")
    fake.name = "slip.png"
    answer = send(treasurer, rich, "funds:money-in-new", source="other", satang="5", giver="x", photo=fake)
    assert "cannot be read as a photo" in answer.content.decode()
    assert not Photo.objects.exists()


def test_an_advance_is_taken_listed_and_settled(treasurer: Client, rich: TestVillage) -> None:  # noqa: F811
    number = rich.member("Malee").number
    send(
        treasurer, rich, "funds:voucher-new", "advance", purpose="contact", satang="300", member_number=number, memo="x"
    )
    other = Client()
    other.force_login(rich.auditor)
    other.post(reverse("funds:voucher-approve", args=[rich.group.code, Voucher.objects.get().pk]))
    assert "มาลี" in page(treasurer, rich, "funds:advances")
    assert "มาลี" in page(treasurer, rich, "funds:money")
    shown = page(treasurer, rich, "funds:settle", "A", number)
    assert all(f'name="{name}"' in shown for name in ("purpose1", "spent4", "what2", "given_back", "memo"))
    assert 'name="satang"' not in shown
    send(
        treasurer, rich, "funds:settle", "A", number, purpose1="contact", spent1="200", what1="รถ", given_back="100",
        memo="ส่งใช้",
    )  # fmt: skip
    settled = Voucher.objects.get(kind="advance_settled")
    other.post(reverse("funds:voucher-approve", args=[rich.group.code, settled.pk]))
    assert "No advance is open" in page(treasurer, rich, "funds:advances")


def test_an_advance_between_the_pools_needs_its_resolution_and_stands_in_red(
    treasurer: Client,
    rich: TestVillage,  # noqa: F811
) -> None:
    from members.services import record_resolution
    from tests.funds.vouchers.conftest import TODAY

    answer = send(treasurer, rich, "funds:voucher-new", "lend", purpose="lend_o", satang="100", memo="ยืม")
    assert "needs a resolution" in answer.content.decode()
    resolution = record_resolution(group=rich.group, number="1/69", decided_on=TODAY, subject="ยืม", by=rich.secretary)
    send(
        treasurer, rich, "funds:voucher-new", "lend", purpose="lend_o", satang="100", memo="ยืม",
        resolution=resolution.pk,
    )  # fmt: skip
    other = Client()
    other.force_login(rich.auditor)
    other.post(reverse("funds:voucher-approve", args=[rich.group.code, Voucher.objects.get().pk]))
    for name in ("funds:money", "funds:pool-advances"):
        shown = page(treasurer, rich, name)
        assert "alert-danger" in shown
        assert "The administrative pool owes the operating pool" in shown


def test_a_bank_loan_is_received_with_its_schedule_and_paid(treasurer: Client, rich: TestVillage) -> None:  # noqa: F811
    send(
        treasurer, rich, "funds:bank-loan-new", number="ธกส-1", lender="ธ.ก.ส.", satang="1,000", rate="6", count="2",
        first_due="31/12/2569", months="6",
    )  # fmt: skip
    loan = BankLoan.objects.get()
    assert (loan.rate, loan.instalments.count()) == (600, 2)
    assert "31" in page(treasurer, rich, "funds:bank-loan", loan.pk)
    assert page(treasurer, rich, "funds:bank-loan", loan.pk, query="?change=1")
    assert "530.00" not in page(treasurer, rich, "funds:instalment", loan.pk, 1)
    send(treasurer, rich, "funds:instalment", loan.pk, 1, principal="500", interest="30", memo="งวดที่ 1")
    assert Voucher.objects.get().satang == 530_00
    assert page(treasurer, rich, "funds:bank-loans")


def test_vouchers_are_searched_filtered_summed_and_sent_as_files(treasurer: Client, rich: TestVillage) -> None:  # noqa: F811
    pay(rich, spend("stationery", 100_00))
    ask(rich, spend("operating", 50_00, BANK))
    shown = page(treasurer, rich, "funds:vouchers", query="?state=waiting")
    assert "50" in shown
    number = Entry.objects.get(kind="expense").n
    assert "สมุด" in page(treasurer, rich, "funds:vouchers", query=f"?q={number}")
    assert "No voucher found" in page(treasurer, rich, "funds:vouchers", query="?q=zzz")
    for form in ("csv", "xlsx"):
        assert treasurer.get(reverse("funds:vouchers", args=[rich.group.code]), {"format": form}).status_code == 200


def test_the_alarm_says_what_to_carry_and_by_when(treasurer: Client, rich: TestVillage) -> None:  # noqa: F811
    from datetime import date

    from funds.selectors.cash_limit import cash_alarm
    from members.group_settings import change_setting
    from tests.funds.vouchers.conftest import TODAY

    assert cash_alarm(rich.group, TODAY) is None
    change_setting(
        group=rich.group, key="cash_limit_satang", value=500_00, valid_from=date(2026, 1, 1), by=rich.treasurer
    )
    alarm = cash_alarm(rich.group, TODAY)  # a Friday
    assert alarm is not None
    assert (alarm.operating, alarm.administrative, alarm.by_day) == (1000_00, 500_00, date(2026, 11, 23))
    assert "1,500" in page(treasurer, rich, "funds:money")
