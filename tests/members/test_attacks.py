"""What an attacker tries at the door and behind it, and what stops them."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.door import SignInDelayed, SignInRefused, prove_person
from members.forms.base import without_invisible
from members.models import CoSignature, Member, Office, User
from members.services import user_for_member
from members.services.people import add_member
from members.throttle import ACCOUNT, network_of
from tests.village import PASSWORD, TestVillage, let_sign_in

HOME = "10.0.0.1"


def _client(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def _wait(village: TestVillage, login: str, address: str = HOME, *, in_group: bool = True) -> int:
    try:
        prove_person(login=login, password="wrong-wrong", group=village.group if in_group else None, address=address)
    except SignInDelayed as refusal:
        return int(refusal.values["seconds"])
    except SignInRefused:
        return 0
    raise AssertionError("a wrong password opened the door")


@pytest.mark.parametrize("page", ["people:list", "people:member", "people:offices", "window:home", "members:profile"])
def test_the_back_button_shows_nothing_once_the_reader_has_left(village: TestVillage, page: str) -> None:
    arguments = {"members:profile": [], "people:member": [village.group.code, 5]}.get(page, [village.group.code])
    answer = _client(village.treasurer).get(reverse(page, args=arguments))
    assert answer.status_code == 200
    assert {"no-store", "private"} <= set(answer["Cache-Control"].split(", "))


def test_files_of_the_register_are_kept_by_no_browser(village: TestVillage) -> None:
    for form in ("csv", "xlsx"):
        answer = _client(village.treasurer).get(reverse("people:list", args=[village.group.code]), {"format": form})
        assert "no-store" in answer["Cache-Control"]


def test_what_is_the_same_for_everybody_may_still_be_kept(village: TestVillage) -> None:
    assert "no-store" not in _client(village.treasurer).get(reverse("worker:script"))["Cache-Control"]


def test_every_cookie_travels_over_https_only(village: TestVillage, settings) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    client = Client()
    client.post(
        reverse("members:sign-in"), {"username": "5", "password": PASSWORD, "group": village.group.code}, secure=True
    )
    assert {"sessionid", "satcha_group", "satcha_device", "django_language"} <= set(client.cookies)
    assert [name for name, cookie in client.cookies.items() if not cookie["secure"]] == []


def test_a_kept_draft_holds_no_national_id(village: TestVillage) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = Client()
        client.post(reverse("members:sign-in"), {"username": "malee", "password": PASSWORD})
        clock.shift(timedelta(minutes=16))
        fields = {"first_name": "ฝน", "national_id": "1101700230708"}
        client.post(reverse("people:new", args=[village.group.code]), fields)
        kept = str(client.session["draft"])
    assert "ฝน" in kept
    assert "1101700230708" not in kept


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::9", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("not an address", "not an address"),
    ],
)
def test_an_ipv6_visitor_is_one_address_however_many_they_use(address: str, counted: str) -> None:
    assert network_of(address) == counted


def test_an_ipv6_attacker_neither_escapes_the_delay_nor_slows_the_owner_down(village: TestVillage) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        waits = [_wait(village, "5", f"2001:db8::{host:x}") for host in range(1, ACCOUNT.free + 5)]
        assert all(waits[2:])
        assert prove_person(login="5", password=PASSWORD, group=village.group, address=HOME) == village.user("Prani")


@pytest.mark.parametrize(
    ("known", "unknown"),
    [(("5", "๕", "005"), ("77", "๗๗", "077")), (("somporn", " SOMPORN", "Somporn"), ("x", " X", "X"))],
)
def test_spelling_a_login_anew_tells_nobody_who_exists(
    village: TestVillage, known: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        assert [_wait(village, typed) for typed in known] == [_wait(village, typed, "10.0.0.2") for typed in unknown]


def test_naming_another_group_tells_nobody_whether_a_user_name_exists(village: TestVillage) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        waits = [
            [_wait(village, name, address, in_group=place != 1) for place in range(3)]
            for name, address in (("somporn", HOME), ("nobody-at-all", "10.0.0.2"))
        ]
    assert waits[0] == waits[1]


def test_a_signature_for_one_person_appoints_no_namesake(village: TestVillage) -> None:
    kasem = village.member("Kasem")
    namesake = add_member(
        group=village.group,
        by=village.secretary,
        title=kasem.title,
        first_name=kasem.first_name,
        last_name=kasem.last_name,
        status=Member.Status.ACTIVE,
        admitted_on=kasem.admitted_on,
    )
    let_sign_in(user_for_member(member=namesake, by=village.secretary))
    address = reverse("people:office-new", args=[village.group.code])
    chair = _client(village.chair)
    form = {"person": str(kasem.number), "role": "promotion", "starts_on": "5/11/2569", "resolution": ""}
    chair.post(address, form)
    signature = CoSignature.objects.get()
    _client(village.auditor).post(reverse("members:cosign", args=[signature.uuid]))
    chair.post(address, form | {"person": str(namesake.number), "signature": signature.uuid})
    assert not Office.objects.filter(role="promotion").exists()
    chair.post(address, form | {"signature": signature.uuid})
    assert Office.objects.get(role="promotion").user == village.user("Kasem")


def test_a_name_is_taken_as_it_is_seen(village: TestVillage) -> None:
    hidden = "สม\u202eชาย\u200b\u2066\ufeff\u0007"
    fields = {"kind": "ordinary", "status": "applicant", "first_name": hidden, "last_name": "ไร่\u00adนา"}
    answer = _client(village.secretary).post(reverse("people:new", args=[village.group.code]), fields)
    assert answer.status_code == 302
    member = Member.objects.filter(group=village.group).latest("number")
    assert (member.first_name, member.last_name) == ("สมชาย", "ไร่นา")


def test_lines_stay_and_nul_is_left_for_the_field_to_refuse() -> None:
    assert without_invisible("ก\r\nข\tค\0") == "ก\r\nข\tค\0"
    assert without_invisible("ก\u2028ข") == "ก ข"


def test_a_password_is_taken_as_it_was_typed(village: TestVillage) -> None:
    typed = "three\u200beasy-words"
    client = _client(village.treasurer)
    fields = {"password": PASSWORD, "password1": typed, "password2": typed}
    assert client.post(reverse("members:password"), fields).status_code == 302
    assert User.objects.get(pk=village.treasurer.pk).check_password(typed)


@pytest.mark.parametrize("wanted", ["//evil.example/", "/\\evil.example", "///evil.example", "https:evil.example"])
def test_the_door_leads_nowhere_else(village: TestVillage, wanted: str) -> None:
    client = Client()
    fields = {"username": "somporn", "password": PASSWORD, "next": wanted}
    assert client.post(reverse("members:sign-in"), fields)["Location"] == "/"
    assert client.get(reverse("members:sign-in"), {"next": wanted})["Location"] == "/"
    assert client.post(reverse("members:language"), {"language": "en", "next": wanted})["Location"] == "/"
