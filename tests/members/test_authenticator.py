"""The code from the phone is switched on and off by whoever knows the password, not by whoever holds the device."""

import pyotp
import pytest
from django.test import Client
from django.urls import reverse

from members.door import keep_totp_secret, new_totp_secret
from members.models import User
from tests.village import PASSWORD, TestVillage


def _client(user: User) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="th")
    client.force_login(user)
    return client


def _code(client: Client) -> str:
    client.get(reverse("members:authenticator"))
    return pyotp.TOTP(client.session["authenticator"]).now()


def _has_totp(user: User) -> bool:
    return User.objects.get(pk=user.pk).has_totp


@pytest.mark.parametrize("password", ["", "wrong-wrong-wrong"])
def test_without_the_password_nothing_is_switched_on(village: TestVillage, password: str) -> None:
    client = _client(village.treasurer)
    page = client.post(reverse("members:authenticator"), {"code": _code(client), "password": password})
    assert page.context["form"].errors["password"]
    assert not _has_totp(village.treasurer)


def test_with_password_and_code_it_is_switched_on(village: TestVillage) -> None:
    client = _client(village.treasurer)
    wrong = client.post(reverse("members:authenticator"), {"code": "000000", "password": PASSWORD})
    assert wrong.context["form"].errors["code"]
    assert not _has_totp(village.treasurer)
    answer = client.post(reverse("members:authenticator"), {"code": _code(client), "password": PASSWORD})
    assert answer["Location"] == reverse("members:profile")
    assert _has_totp(village.treasurer)


@pytest.mark.parametrize(
    ("password", "code", "beside"),
    [("", True, "password"), ("wrong-wrong", True, "password"), (PASSWORD, False, "code")],
)
def test_password_and_code_are_both_needed_to_switch_off(
    village: TestVillage, password: str, code: bool, beside: str
) -> None:
    secret = new_totp_secret()
    keep_totp_secret(user=village.treasurer, secret=secret)
    client = _client(village.treasurer)
    given = pyotp.TOTP(secret).now() if code else "000000"
    page = client.post(reverse("members:authenticator"), {"code": given, "password": password})
    assert page.context["form"].errors[beside]
    assert _has_totp(village.treasurer)


def test_with_both_it_is_switched_off(village: TestVillage) -> None:
    secret = new_totp_secret()
    keep_totp_secret(user=village.treasurer, secret=secret)
    client = _client(village.treasurer)
    fields = {"code": pyotp.TOTP(secret).now(), "password": PASSWORD}
    assert client.post(reverse("members:authenticator"), fields).status_code == 302
    assert not _has_totp(village.treasurer)


def test_guessing_the_password_here_is_slowed_down_as_at_the_door(village: TestVillage) -> None:
    client = _client(village.treasurer)
    for _try in range(4):
        page = client.post(reverse("members:authenticator"), {"code": _code(client), "password": "wrong-wrong"})
    assert "วินาที" in page.context["form"].errors["password"][0]
    right = client.post(reverse("members:authenticator"), {"code": _code(client), "password": PASSWORD})
    assert right.status_code == 200
    assert not _has_totp(village.treasurer)
