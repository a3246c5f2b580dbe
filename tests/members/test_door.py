"""Who may come in, and how long a wrong one waits."""

from datetime import timedelta

import pyotp
import pytest
import time_machine
from django.contrib.auth import hashers
from django.utils import timezone

from members.door import SignInDelayed, SignInRefused, keep_totp_secret, prove_code, prove_person, prove_signer
from members.models import LoginThrottle
from members.services.users import change_password
from members.throttle import ACCOUNT, ADDRESS, PAIR
from tests.village import PASSWORD, TestVillage

HOME, ATTACKER = "10.0.0.1", "203.0.113.9"


def _fail(village: TestVillage, login: str, address: str) -> int:
    try:
        prove_person(login=login, password="wrong-wrong", group=village.group, address=address)
    except SignInDelayed as refusal:
        return int(refusal.values["seconds"])
    except SignInRefused:
        return 0
    raise AssertionError("a wrong password opened the door")


def test_a_member_comes_in_by_group_and_number_in_any_digits(village: TestVillage) -> None:
    for typed in ("5", "๕", " 05 "):
        user = prove_person(login=typed, password=PASSWORD, group=village.group, address=HOME)
        assert user == village.user("Prani")


def test_a_number_opens_only_the_group_it_belongs_to(village: TestVillage) -> None:
    with pytest.raises(SignInRefused):
        prove_person(login="11", password=PASSWORD, group=village.neighbour.group, address=HOME)
    with pytest.raises(SignInRefused):
        prove_person(login="5", password=PASSWORD, group=None, address=HOME)


def test_a_childs_number_opens_nothing_and_a_bodys_opens_for_its_representative(village: TestVillage) -> None:
    with pytest.raises(SignInRefused):
        prove_person(login="9", password=PASSWORD, group=village.group, address=HOME)
    assert prove_person(login="10", password=PASSWORD, group=village.group, address=HOME) == village.user("Women")


def test_an_officer_comes_in_by_user_name_whatever_the_case(village: TestVillage) -> None:
    assert prove_person(login="Somporn", password=PASSWORD, group=None, address=HOME) == village.treasurer


def test_a_user_without_a_password_or_switched_off_is_refused_in_the_same_words(village: TestVillage) -> None:
    prani = village.user("Prani")
    prani.is_active = False
    prani.save()
    sentences = set()
    for login in ("5", "13", "nobody-at-all"):
        with pytest.raises(SignInRefused) as refusal:
            prove_person(login=login, password=PASSWORD, group=village.group, address=HOME)
        sentences.add(refusal.value.message)
    assert len(sentences) == 1


def test_an_unknown_name_costs_as_many_hashes_as_a_known_one(village: TestVillage, monkeypatch) -> None:
    calls: list[str] = []
    hasher = hashers.get_hasher()
    encode = type(hasher).encode

    def counted(self, *args):
        calls.append("")
        return encode(self, *args)

    monkeypatch.setattr(type(hasher), "encode", counted)
    _fail(village, "5", HOME)
    known = len(calls)
    _fail(village, "nobody-at-all", HOME)
    assert known > 0
    assert len(calls) == 2 * known


def test_the_delay_grows_with_each_wrong_password(village: TestVillage) -> None:
    waits = []
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _attempt in range(5):
            waits.append(_fail(village, "5", HOME))
            clock.shift(timedelta(seconds=waits[-1]))
    assert waits == [0, 0, 4, 8, 16]


def test_during_the_delay_even_the_right_password_waits(village: TestVillage) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _attempt in range(3):
            _fail(village, "5", HOME)
        with pytest.raises(SignInDelayed) as refusal:
            prove_person(login="5", password=PASSWORD, group=village.group, address=HOME)
        assert refusal.value.values["seconds"] == 4
        clock.shift(timedelta(seconds=4))
        prove_person(login="5", password=PASSWORD, group=village.group, address=HOME)


def test_the_right_password_takes_the_delay_back(village: TestVillage) -> None:
    _fail(village, "5", HOME)
    prove_person(login="5", password=PASSWORD, group=village.group, address=HOME)
    assert [_fail(village, "5", HOME) for _attempt in range(3)] == [0, 0, 4]


def test_an_attacker_at_one_address_does_not_lock_the_victim_at_another(village: TestVillage) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _attempt in range(25):
            clock.shift(timedelta(seconds=_fail(village, "5", ATTACKER)))
        assert prove_person(login="5", password=PASSWORD, group=village.group, address=HOME) == village.user("Prani")


def test_a_known_device_comes_in_though_its_address_and_account_are_under_attack(village: TestVillage) -> None:
    prani = village.user("Prani")
    for _attempt in range(3):
        _fail(village, "5", HOME)
    for place in range(20):
        _fail(village, "5", f"198.51.100.{place}")
    devices = {prani.pk: "a mark from an earlier sign-in"}
    found = prove_person(login="5", password=PASSWORD, group=village.group, address=HOME, devices=devices)
    assert found == prani


def test_an_address_that_tries_many_accounts_waits(village: TestVillage) -> None:
    waits = [_fail(village, f"guess{place}", ATTACKER) for place in range(ADDRESS.free + 1)]
    assert waits[: ADDRESS.free] == [0] * ADDRESS.free
    assert waits[-1] > 0
    with pytest.raises(SignInDelayed):
        prove_person(login="5", password=PASSWORD, group=village.group, address=ATTACKER)


def test_an_account_tried_from_many_addresses_waits_a_minute_at_most() -> None:
    assert ACCOUNT.delay(ACCOUNT.free) == 0
    assert 0 < ACCOUNT.delay(ACCOUNT.free + 1) <= 60
    assert ACCOUNT.delay(10_000) == 60
    assert PAIR.delay(10_000) == 15 * 60


def test_the_throttle_stores_no_name_and_no_address(village: TestVillage) -> None:
    _fail(village, "5", HOME)
    assert LoginThrottle.objects.count() == 3
    assert not [row for row in LoginThrottle.objects.all() if HOME in row.key or row.key == "5"]


def test_a_code_from_the_phone_is_good_once(village: TestVillage) -> None:
    secret = pyotp.random_base32()
    keep_totp_secret(user=village.auditor, secret=secret)
    code = pyotp.TOTP(secret).now()
    assert prove_code(user=village.auditor, code=code, address=HOME) == village.auditor
    with pytest.raises(SignInRefused):
        prove_code(user=village.auditor, code=code, address=HOME)


def test_a_signer_may_use_the_code_from_the_phone_instead_of_the_password(village: TestVillage) -> None:
    secret = pyotp.random_base32()
    keep_totp_secret(user=village.auditor, secret=secret)
    code = pyotp.TOTP(secret).now()
    assert prove_signer(login="wichai", password=code, group=village.group, address=HOME) == village.auditor


def test_passwords_are_hashed_with_argon2(village: TestVillage, real_hashers: None) -> None:
    change_password(user=village.treasurer, password="rice-field-green-9")
    assert village.treasurer.password.startswith("argon2$argon2id$")
    assert village.treasurer.check_password("rice-field-green-9")
