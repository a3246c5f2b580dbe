"""The founders' list and their first slips over HTTP: whose groups, whose slips, until when."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from funds.models import Entry
from members.models import ActivationSlip, User
from membership.founding import FoundedGroup, found_group
from membership.slips import use_slip
from tests.membership.test_first_slips import BORN, NEW, SEATS
from tests.village import TestVillage


def _found(village: TestVillage, code: str = "ban-mai", *, far: bool = False) -> FoundedGroup:
    place = village.faraway.group.village if far else village.group.village
    return found_group(village=place, name=f"กลุ่ม {code}", code=code, officers=SEATS, by=village.administrator)


def _client(user: User) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="th")
    client.force_login(user)
    return client


def _again(client: Client, founded: FoundedGroup, **change: str):
    page = client.get(reverse("intake:founded", args=[founded.group.code]))
    fields = {"seen": str(page.context["state"].last), "operation": str(page.context["operation"])} | change
    return client.post(reverse("intake:founded", args=[founded.group.code]), fields)


def test_each_founder_sees_the_own_groups_and_the_administrator_all(village: TestVillage) -> None:
    near, far = _found(village), _found(village, "ban-klai", far=True)
    for who, seen in (
        (village.administrator, [far.group, near.group]),
        (village.district_officer, [near.group]),
        (village.other_district_officer, [far.group]),
    ):
        page = _client(who).get(reverse("intake:founded-groups"))
        assert [row.group for row in page.context["rows"]] == seen
        assert page.context["waiting"] == len(seen)
    for nobody in (village.treasurer, village.stranger):
        assert _client(nobody).get(reverse("intake:founded-groups")).status_code == 404


def test_the_list_is_searched_and_goes_out_as_a_file(village: TestVillage) -> None:
    _found(village)
    _found(village, "ban-klai", far=True)
    client = _client(village.administrator)
    address = reverse("intake:founded-groups")
    assert [row.group.code for row in client.get(address, {"q": "klai"}).context["rows"]] == ["ban-klai"]
    assert "ไม่พบกลุ่ม" in client.get(address, {"q": "xyz"}).content.decode()
    text = client.get(address, {"format": "csv", "q": "mai"}).content.decode("utf-8-sig")
    assert "ban-mai" in text
    assert "ban-klai" not in text
    assert client.get(address, {"format": "xlsx"}).content.startswith(b"PK")


def test_an_empty_list_leads_to_founding(village: TestVillage) -> None:
    page = _client(village.administrator).get(reverse("intake:founded-groups")).content.decode()
    assert "ยังไม่มีกลุ่มที่ตั้งในระบบนี้" in page


def test_the_list_takes_the_same_queries_for_one_and_for_many(
    village: TestVillage, django_assert_max_num_queries: Any
) -> None:
    _found(village)
    client = _client(village.administrator)
    address = reverse("intake:founded-groups")
    client.get(address)
    for place in range(6):
        _found(village, f"ban-{place}")
    with django_assert_max_num_queries(16):
        assert len(client.get(address).context["rows"]) == 7


def test_another_founder_of_the_district_prints_fresh_slips_once_a_page(village: TestVillage) -> None:
    founded = _found(village)
    client = _client(village.district_officer)
    page = client.get(reverse("intake:founded", args=["ban-mai"]))
    fields = {"seen": page.context["state"].last, "operation": page.context["operation"]}
    address = reverse("intake:founded", args=["ban-mai"])
    for _click in range(3):
        assert client.post(address, fields)["Location"] == reverse("intake:founded", args=["ban-mai"])
    assert Entry.objects.filter(group=founded.group, kind="group_founding").count() == 2
    assert ActivationSlip.objects.filter(group=founded.group).count() == 6
    shown = client.get(reverse("intake:founded", args=["ban-mai"]))
    assert len(shown.context["issued"]) == 3
    assert "ระหว่างนี้" not in shown.content.decode()
    assert client.get(f"{reverse('intake:founded', args=['ban-mai'])}?format=pdf").content.startswith(b"%PDF")


def test_a_birth_date_is_put_right_on_the_page_and_none_is_shown(village: TestVillage) -> None:
    founded = _found(village)
    client = _client(village.administrator)
    user = founded.slips[0].slip.user
    shown = client.get(reverse("intake:founded", args=["ban-mai"])).content.decode()
    assert f'name="birth_{user.pk}"' in shown
    assert "2513" not in shown  # the year of birth, which is the proof
    refused = _again(client, founded, **{f"birth_{user.pk}": "31 ก.พ. 2513"})
    assert refused.context["form"].errors[f"birth_{user.pk}"]
    assert "31 ก.พ. 2513" in refused.content.decode()
    assert ActivationSlip.objects.filter(group=founded.group).count() == 3
    _again(client, founded, **{f"birth_{user.pk}": "1 ต.ค. 2513", f"birth_{village.treasurer.pk}": "1 ต.ค. 2513"})
    assert User.objects.get(pk=user.pk).birth_on == date(1970, 10, 1)
    assert User.objects.get(pk=village.treasurer.pk).birth_on == village.treasurer.birth_on
    assert ActivationSlip.objects.filter(group=founded.group).count() == 6


def test_the_slips_that_another_founder_replaced_are_not_printed_any_more(village: TestVillage) -> None:
    founded = _found(village)
    first, second = _client(village.district_officer), _client(village.administrator)
    _again(first, founded)
    _again(second, founded)
    pdf = reverse("intake:founded", args=["ban-mai"]) + "?format=pdf"
    assert first.get(pdf).status_code == 404
    assert second.get(pdf).status_code == 200
    late = first.post(
        reverse("intake:founded", args=["ban-mai"]), {"seen": "2", "operation": str(uuid4())}, follow=True
    )
    assert "มีการพิมพ์ใบชุดใหม่ไปแล้วระหว่างนี้" in late.content.decode().replace("\u2060", "")


def test_after_the_first_password_the_page_offers_nothing_and_the_button_does_nothing(village: TestVillage) -> None:
    founded = _found(village)
    client = _client(village.district_officer)
    page = client.get(reverse("intake:founded", args=["ban-mai"]))
    fields = {"seen": page.context["state"].last, "operation": page.context["operation"]}
    use_slip(slip=founded.slips[0].slip, birth_on=BORN, password=NEW)
    answer = client.post(reverse("intake:founded", args=["ban-mai"]), fields, follow=True)
    assert "ต่อจากนี้เลขานุการของกลุ่มเป็นผู้พิมพ์" in answer.content.decode().replace("\u2060", "")
    assert 'name="seen"' not in answer.content.decode()
    assert ActivationSlip.objects.filter(group=founded.group).count() == 3


@pytest.mark.parametrize("who", ["other_district_officer", "treasurer", "stranger"])
def test_strangers_do_not_find_it(village: TestVillage, who: str) -> None:
    founded = _found(village)
    client = _client(getattr(village, who))
    assert client.get(reverse("intake:founded", args=["ban-mai"])).status_code == 404
    fields = {"seen": "1", "operation": str(uuid4())}
    assert client.post(reverse("intake:founded", args=["ban-mai"]), fields).status_code == 404
    assert ActivationSlip.objects.filter(group=founded.group).count() == 3


@pytest.mark.parametrize(
    "fields", [{}, {"seen": "x", "operation": "y"}, {"seen": "1", "operation": "y"}, {"seen": "٣"}]
)
def test_junk_prints_nothing(village: TestVillage, fields: dict[str, str]) -> None:
    founded = _found(village)
    client = _client(village.administrator)
    assert client.post(reverse("intake:founded", args=["ban-mai"]), fields).status_code == 302
    assert ActivationSlip.objects.filter(group=founded.group).count() == 3


def test_the_first_officers_read_that_their_slip_was_replaced_and_by_whom(village: TestVillage) -> None:
    founded = _found(village)
    client = _client(village.district_officer)
    _again(client, founded)
    slip = ActivationSlip.objects.filter(group=founded.group, voided_at__isnull=True).earliest("pk")
    secretary = use_slip(slip=slip, birth_on=BORN, password=NEW)
    for page in (reverse("members:profile"), reverse("membership:slips", args=["ban-mai"])):
        text = _client(secretary).get(page).content.decode().replace("\u2060", "")
        assert "ออกใบใหม่แทนแล้ว" in text
        assert village.district_officer.display_name in text
        assert village.administrator.display_name in text
    journal = _client(secretary).get(reverse("reports:entry", args=["ban-mai", 2])).content.decode()
    assert "พิมพ์ใบตั้งรหัสผ่านชุดใหม่ให้กรรมการชุดแรก" in journal.replace("\u2060", "")
