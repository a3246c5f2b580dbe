"""A session's rules: idle times, drafts, ended offices, devices, the way to the door."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import DeviceSession, PassbookAccess, User
from members.services import end_all_sessions, end_office
from tests.village import PASSWORD, TestVillage, enrol


def _sign_in(user_name: str, group: str = "", password: str = PASSWORD, client: Client | None = None) -> Client:
    client = client or Client()
    fields = {"username": user_name, "password": password, "group": group}
    response = client.post(reverse("members:sign-in"), fields)
    assert response.status_code == 302, response.context["form"].errors
    return client


def _is_in(client: Client) -> bool:
    return client.get(reverse("members:profile")).status_code == 200


def test_a_member_signs_in_by_group_and_number_at_the_page(village: TestVillage) -> None:
    client = _sign_in("5", village.group.code)
    assert _is_in(client)
    assert client.get("/").headers["Location"] == reverse("window:home", args=[village.group.code])


def test_the_refusal_stands_under_the_password_with_the_seconds(village: TestVillage) -> None:
    client = Client()
    for _attempt in range(3):
        fields = {"username": "5", "password": "wrong-wrong", "group": village.group.code}
        response = client.post(reverse("members:sign-in"), fields)
    text = response.content.decode().replace("\u2060", "")  # marks that keep a word on one line
    assert "เลขที่สมาชิกหรือรหัสผ่านไม่ถูกต้อง ลองใหม่ได้ใน 4 วินาที" in text
    assert "wrong-wrong" not in text
    assert 'value="5"' in text


def test_an_officer_is_signed_out_after_15_idle_minutes_a_member_after_30(village: TestVillage) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        officer, member = _sign_in("somporn"), _sign_in("5", village.group.code)
        clock.shift(timedelta(minutes=14))
        assert _is_in(officer)
        clock.shift(timedelta(minutes=15, seconds=1))
        assert not _is_in(officer)
        assert _is_in(member)
        clock.shift(timedelta(minutes=30, seconds=1))
        assert not _is_in(member)


def test_a_page_that_asks_by_itself_is_no_sign_of_a_person(village: TestVillage) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = _sign_in("somporn")
        for _minute in range(16):
            clock.shift(timedelta(minutes=1))
            client.get(reverse("members:profile"), headers={"Satcha-Background": "1"})
        assert not _is_in(client)


def test_who_was_signed_out_returns_to_the_page_asked_for(village: TestVillage) -> None:
    address = reverse("people:member", args=[village.group.code, 5])
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = _sign_in("malee")
        clock.shift(timedelta(minutes=16))
        response = client.get(address)
    assert response.status_code == 302
    back = client.post(response["Location"], {"username": "malee", "password": PASSWORD, "next": address})
    assert back["Location"] == address


def test_the_form_of_someone_signed_out_meanwhile_is_kept_and_sent_again(village: TestVillage) -> None:
    address = reverse("people:resolution-new", args=[village.group.code])
    fields = {"number": "7/2569", "body": "committee", "decided_on": "5/1/2569", "subject": "ซื้อสมุด", "text": ""}
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = _sign_in("malee")
        clock.shift(timedelta(minutes=16))
        assert client.post(address, fields).status_code == 302
        assert not village.group.resolutions.exists()
        _sign_in("malee", client=client)
        page = client.get(reverse("members:resume"))
        assert page.context["draft"]["path"] == address
        assert client.post(address, dict(page.context["draft"]["fields"])).status_code == 302
    assert village.group.resolutions.get().subject == "ซื้อสมุด"


def test_another_user_of_the_same_browser_never_sees_the_draft(village: TestVillage) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = _sign_in("malee")
        clock.shift(timedelta(minutes=16))
        client.post(reverse("people:resolution-new", args=[village.group.code]), {"subject": "ลับ"})
        _sign_in("somporn", client=client)
        assert client.get(reverse("members:resume")).status_code == 302
        assert "draft" not in client.session


def test_a_draft_holds_no_password(village: TestVillage) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = _sign_in("malee")
        clock.shift(timedelta(minutes=16))
        client.post(reverse("members:password"), {"password": "a-secret", "password1": "a-secret", "other": "x"})
    assert client.session["draft"]["fields"] == [["other", "x"]]


def test_an_ended_office_acts_on_the_next_request(village: TestVillage) -> None:
    client = _sign_in("somporn")
    address = reverse("people:list", args=[village.group.code])
    assert client.get(address).status_code == 200
    office = village.treasurer.offices.get()
    end_office(office=office, ends_on=timezone.localdate(), by=village.secretary, cosigned_by=village.chair)
    assert client.get(address).status_code == 404


def test_ending_all_sessions_signs_out_every_browser(village: TestVillage) -> None:
    first, second = _sign_in("somporn"), _sign_in("somporn")
    end_all_sessions(user=User.objects.get(pk=village.treasurer.pk))
    assert not _is_in(first)
    assert not _is_in(second)


def test_a_person_signs_their_other_device_out(village: TestVillage) -> None:
    here, there = _sign_in("somporn"), _sign_in("somporn")
    device = DeviceSession.objects.filter(user=village.treasurer).latest("pk")
    assert here.post(reverse("members:devices"), {"device": device.pk}).status_code == 302
    assert _is_in(here)
    assert not _is_in(there)


def test_nobody_ends_the_device_of_another(village: TestVillage) -> None:
    here, there = _sign_in("somporn"), _sign_in("wichai")
    device = DeviceSession.objects.get(user=village.auditor)
    assert here.post(reverse("members:devices"), {"device": device.pk}).status_code == 404
    assert _is_in(there)


def test_a_new_password_keeps_this_device_and_signs_the_others_out(village: TestVillage) -> None:
    here, there = _sign_in("somporn"), _sign_in("somporn")
    fields = {"password": PASSWORD, "password1": "quiet-rice-field", "password2": "quiet-rice-field"}
    assert here.post(reverse("members:password"), fields).status_code == 302
    assert _is_in(here)
    assert not _is_in(there)
    _sign_in("somporn", password="quiet-rice-field")


@pytest.mark.parametrize("weak", ["short", "1234567890", "password123", "somporn123"])
def test_a_password_that_everybody_guesses_is_refused(village: TestVillage, weak: str) -> None:
    client = _sign_in("somporn")
    fields = {"password": PASSWORD, "password1": weak, "password2": weak}
    response = client.post(reverse("members:password"), fields)
    assert response.status_code == 200
    assert response.context["form"].errors["password1"]


def test_signing_out_ends_the_session(village: TestVillage) -> None:
    client = _sign_in("somporn")
    cookies = client.cookies["sessionid"].value
    client.post(reverse("members:sign-out"))
    client.cookies["sessionid"] = cookies
    assert not _is_in(client)


def test_the_door_leads_only_to_our_own_pages(village: TestVillage) -> None:
    for elsewhere in ("https://example.org/", "//example.org/x", "javascript:alert(1)"):
        fields = {"username": "somporn", "password": PASSWORD, "next": elsewhere}
        assert Client().post(reverse("members:sign-in"), fields)["Location"] == "/"


def test_the_language_is_kept_with_the_person(village: TestVillage) -> None:
    client = _sign_in("somporn")
    client.post(reverse("members:language"), {"language": "en", "next": "/profile/"})
    village.treasurer.refresh_from_db()
    assert village.treasurer.language == "en"
    elsewhere = _sign_in("somporn")
    assert 'lang="en"' in elsewhere.get(reverse("members:profile")).content.decode()


def test_who_asked_for_it_needs_the_code_from_the_phone_as_well(village: TestVillage) -> None:
    import pyotp

    from members.door import keep_totp_secret

    secret = pyotp.random_base32()
    keep_totp_secret(user=village.auditor, secret=secret)
    client = _sign_in("wichai")
    assert not _is_in(client)
    response = client.post(reverse("members:sign-in-code"), {"code": pyotp.TOTP(secret).now()})
    assert response.status_code == 302
    assert _is_in(client)


def test_nobody_comes_to_the_second_step_without_the_first(village: TestVillage) -> None:
    assert Client().get(reverse("members:sign-in-code"))["Location"] == reverse("members:sign-in")


def test_several_places_lead_to_a_choice_one_place_straight_home(village: TestVillage) -> None:
    """An officer's own passbook in the same group is no second place: it is in the menu of the group's home."""
    homes = {
        "somporn": reverse("reports:home", args=[village.group.code]),
        "thawee": reverse("oversight:home", args=["9901"]),
        "adisak": reverse("intake:found-group"),
    }
    for name, home in homes.items():
        assert _sign_in(name).get("/")["Location"] == home
    assert _sign_in("saman").get("/").status_code == 200


def test_an_officer_with_a_passbook_in_another_group_chooses(village: TestVillage) -> None:
    neighbour = enrol(village.neighbour.group, village.administrator, number=6, first_name="Ying", last_name="Far")
    PassbookAccess.objects.create(user=village.treasurer, member=neighbour, relation="own")
    page = _sign_in("somporn").get("/")
    assert page.status_code == 200
    assert reverse("window:home", args=[village.neighbour.group.code]) in page.content.decode()
