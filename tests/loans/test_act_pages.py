"""The pages of acts on loans: asked for with a preview, approved by another officer, found again in the list."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from loans.forms.acts import GuaranteeChoice
from loans.models import Guarantee, Loan, LoanAct
from loans.selectors.standings import standing_of
from members.group_settings import change_setting
from tests.loans.acting import NOV_22, Acting, Kind
from tests.village import PASSWORD, TestVillage


@pytest.fixture
def lending(time_machine: Any, village: TestVillage) -> Acting:
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)
    found = Acting(village)
    found.resolve()
    found.general()
    return found


@pytest.fixture
def treasurer(village: TestVillage) -> Client:
    return signed_in(village.treasurer)


@pytest.fixture
def auditor(village: TestVillage) -> Client:
    return signed_in(village.auditor)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(answer: Any) -> str:
    """What a page says, without its marks."""
    assert answer.status_code == 200
    return re.sub(r"<[^>]*>", "", answer.content.decode().replace("\u2060", "").replace("\xa0", " "))


def new(lending: Acting, loan: Loan, kind: str) -> str:
    return reverse("loans:act-new", args=[lending.group.code, loan.pk, kind])


def page(lending: Acting, act: LoanAct) -> str:
    return reverse("loans:act", args=[lending.group.code, act.pk])


def reschedule(lending: Acting, **changed: Any) -> dict[str, Any]:
    return {
        "operation": "6f1c0a52-3b0e-4c55-9f0a-000000000001",
        "on": "22/11/2569",
        "instalments": "6",
        "first_due_on": "5/12/2569",
        "grace": "0",
        "reason": "น้ำท่วมนา",
        "resolution": lending.resolve().pk,
        **changed,
    }


def test_a_new_schedule_is_looked_at_before_it_is_asked_for(lending: Acting, treasurer: Client) -> None:
    loan = lending.lend()
    assert "12,000.00" in words(treasurer.get(new(lending, loan, "reschedule")))
    seen = words(treasurer.post(new(lending, loan, "reschedule"), reschedule(lending, act="preview")))
    assert "2,120.00" in seen  # 2,000 and a month's interest
    assert "ร้อยละ 12.00 ต่อปี" in seen
    assert not LoanAct.objects.exists()


def test_a_new_schedule_is_asked_for_once_and_approved_by_another(
    lending: Acting, treasurer: Client, auditor: Client
) -> None:
    loan = lending.lend()
    for _twice in range(2):
        treasurer.post(new(lending, loan, "reschedule"), reschedule(lending, act="ask"))
    act = LoanAct.objects.get()
    assert (
        reverse("loans:act", args=[lending.group.code, act.pk])
        in treasurer.get(reverse("funds:approvals", args=[lending.group.code])).content.decode()
    )
    treasurer.post(page(lending, act), {"act": "approve"})  # not by who asked
    act.refresh_from_db()
    assert act.entry is None
    for _twice in range(2):
        auditor.post(page(lending, act), {"act": "approve"})
    act.refresh_from_db()
    assert act.approved_by == lending.village.auditor
    assert standing_of(loan).days_past_due == 0
    assert "5 ธ.ค. 2569" in words(auditor.get(page(lending, act)))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"first_due_on": "22/11/2569"}, "งวดแรกของตารางใหม่"),
        ({"instalments": "6", "grace": "6"}, "จัดงวดตามตัวเลขนี้ไม่ได้"),
        ({"reason": ""}, "กรุณา"),
        ({"resolution": ""}, "กรุณา"),
        ({"on": "23/11/2569"}, ""),
    ],
)
def test_what_is_refused_stays_in_the_form_and_says_why(
    lending: Acting, treasurer: Client, changed: dict[str, str], said: str
) -> None:
    loan = lending.lend()
    answer = treasurer.post(new(lending, loan, "reschedule"), reschedule(lending, act="ask", **changed))
    assert said in words(answer)
    assert "is-invalid" in answer.content.decode()
    assert not LoanAct.objects.exists()


def test_a_write_off_offers_the_general_meetings_resolutions_only(lending: Acting, treasurer: Client) -> None:
    text = treasurer.get(new(lending, lending.lend(), "write_off")).content.decode()
    assert "G1/2569" in text
    assert "11/2569 " not in text


def test_a_set_off_says_how_much_is_free(lending: Acting, treasurer: Client) -> None:
    lending.save("Somchai", 3_000_00)
    loan = lending.lend()
    assert "3,000.00" in words(treasurer.get(new(lending, loan, "set_off")))
    form = {"operation": "6f1c0a52-3b0e-4c55-9f0a-000000000002", "on": "22/11/2569", "satang": "3,000.01",
            "reason": "ขาดส่ง", "resolution": lending.resolve().pk, "act": "ask"}  # fmt: skip
    assert "หักกลบลบหนี้ได้ 3,000.00 บาท" in words(treasurer.post(new(lending, loan, "set_off"), form))
    treasurer.post(new(lending, loan, "set_off"), form | {"satang": "3,000"})
    assert LoanAct.objects.get().satang == 3_000_00


def test_the_second_officer_signs_at_the_same_laptop(lending: Acting, treasurer: Client) -> None:
    act = lending.ask(Kind.WRITE_OFF, lending.lend())
    treasurer.post(page(lending, act), {"act": "ask"})
    act.refresh_from_db()
    assert act.signature is not None
    door = reverse("members:cosign", args=[act.signature.uuid])
    treasurer.post(door, {"username": "wichai", "password": PASSWORD, "next": page(lending, act)})
    treasurer.post(page(lending, act), {"act": "signed"})
    act.refresh_from_db()
    assert (act.entry is not None, act.approved_by) == (True, lending.village.auditor)


def test_an_act_is_taken_back(lending: Acting, treasurer: Client) -> None:
    act = lending.ask(Kind.WRITE_OFF, lending.lend())
    assert "ยกเลิกแล้ว" in words(treasurer.post(page(lending, act), {"act": "cancel"}, follow=True))
    act.refresh_from_db()
    assert act.cancelled_by == lending.village.treasurer


def test_what_is_recovered_has_a_receipt(lending: Acting, treasurer: Client) -> None:
    loan = lending.lend()
    lending.do(Kind.WRITE_OFF, loan)
    form = {
        "operation": "6f1c0a52-3b0e-4c55-9f0a-000000000003",
        "on": "22/11/2569",
        "satang": "500",
        "payer": "นายสมชาย ไร่นา",
        "way": "cash",
        "bank": "",
        "slip_ref": "",
        "reason": "ผ่อนคืน",
        "act": "ask",
    }
    treasurer.post(new(lending, loan, "recovery"), form)
    act = LoanAct.objects.get(kind=Kind.RECOVERY)
    signed_in(lending.village.auditor).post(page(lending, act), {"act": "approve"})
    act.refresh_from_db()
    assert act.entry is not None
    receipt = reverse("reports:receipt", args=[lending.group.code, act.entry.n])
    assert receipt in treasurer.get(page(lending, act)).content.decode()
    said = words(treasurer.get(receipt))
    assert "นายสมชาย ไร่นา" in said
    assert "500.00" in said


def test_the_allowance_is_asked_for_where_it_is_booked(lending: Acting, treasurer: Client) -> None:
    lending.lend()
    url = reverse("loans:allowance-new", args=[lending.group.code])
    form = {"operation": "6f1c0a52-3b0e-4c55-9f0a-000000000004", "on": "22/11/2569", "reason": "สิ้นเดือน", "act": "ask"}
    assert "โดยไม่ลงบัญชี" in words(treasurer.post(url, form))
    change_setting(group=lending.group, key="allowance_booked", value=1, valid_from=NOV_22, by=lending.village.chair)
    treasurer.post(url, form)
    assert LoanAct.objects.get().satang == 3_000_00


def test_acts_are_listed_found_and_given_as_a_file(lending: Acting, treasurer: Client) -> None:
    lending.do(Kind.WRITE_OFF, lending.lend())
    url = reverse("loans:acts", args=[lending.group.code])
    assert "12,000.00" in words(treasurer.get(url))
    assert "12,000.00" not in words(treasurer.get(url, {"q": "ปราณี"}))
    assert "12,000.00" not in words(treasurer.get(url, {"show": "waiting"}))
    csv = treasurer.get(url, {"format": "csv"}).content.decode("utf-8-sig")
    assert "12000.00" in csv
    assert csv.count("\r\n") == 2


def test_another_kind_another_group_and_a_plain_member_find_nothing(lending: Acting, treasurer: Client) -> None:
    loan = lending.lend()
    act = lending.ask(Kind.WRITE_OFF, loan)
    assert treasurer.get(new(lending, loan, "allowance")).status_code == 404
    assert treasurer.get(new(lending, loan, "gift")).status_code == 404
    assert signed_in(lending.village.user("Somchai")).get(page(lending, act)).status_code == 404
    neighbour = lending.village.neighbour
    url = reverse("loans:act", args=[neighbour.group.code, act.pk])
    assert signed_in(neighbour.treasurer).get(url).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["9" * 23, "-1", "x", "1.5", ""])
def test_a_guarantor_who_is_not_offered_is_no_choice(number: str) -> None:
    field = GuaranteeChoice(queryset=Guarantee.objects.all())
    with pytest.raises(ValidationError) as refused:
        field.clean([number])
    assert refused.value.code == "invalid_choice"
