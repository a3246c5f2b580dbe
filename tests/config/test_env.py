"""The environment is read strictly: what is not plainly meant stops the start and names the variable."""

import base64
from pathlib import Path

import pytest

from config import env

KEY = base64.b64encode(bytes(range(32))).decode()
OTHER_KEY = base64.b64encode(bytes(range(1, 33))).decode()


@pytest.fixture
def given(monkeypatch):
    return lambda value: monkeypatch.setenv("SATCHA_TRY", value)


@pytest.mark.parametrize("value", ["on", "1", "TRUE", "yes", " on "])
def test_on_is_understood_in_its_plain_forms(given, value):
    given(value)
    assert env.boolean("SATCHA_TRY", default=False) is True


@pytest.mark.parametrize("value", ["maybe", "2", "onn", "-", "ใช่"])
def test_anything_else_is_neither_on_nor_off(given, value):
    given(value)
    with pytest.raises(env.BadSetting, match="SATCHA_TRY: must be on or off"):
        env.boolean("SATCHA_TRY", default=False)


@pytest.mark.parametrize("value", ["", "   "])
def test_an_empty_value_counts_as_not_set(given, value):
    given(value)
    assert env.boolean("SATCHA_TRY", default=True) is True
    assert not env.is_set("SATCHA_TRY")


@pytest.mark.parametrize("value", ["0", "31", "-1", "1.0", "1e1", "๑", "1 0", "0x1"])
def test_a_whole_number_keeps_its_bounds_and_its_form(given, value):
    given(value)
    with pytest.raises(env.BadSetting, match="SATCHA_TRY: must be a whole number from 1 to 30"):
        env.integer("SATCHA_TRY", default=7, least=1, most=30)


def test_a_whole_number_within_its_bounds_is_taken(given):
    given("30")
    assert env.integer("SATCHA_TRY", default=7, least=1, most=30) == 30


def test_a_choice_is_one_of_its_words(given):
    given("LOUD")
    with pytest.raises(env.BadSetting, match="must be one of INFO, ERROR"):
        env.choice("SATCHA_TRY", ["INFO", "ERROR"], default="INFO")


@pytest.mark.parametrize("value", ["*", "satcha.example.org,*", "https://satcha.example.org", "a b", "a,,b"])
def test_host_names_are_names_and_never_all_names(given, value):
    given(value)
    with pytest.raises(env.BadSetting, match="SATCHA_TRY"):
        env.hosts("SATCHA_TRY")


@pytest.mark.parametrize(
    "value", ["satcha.example.org", "https://satcha.example.org/", "https://a/b", "ftp://a", "https://"]
)
def test_an_origin_has_a_scheme_a_host_and_nothing_behind(given, value):
    given(value)
    with pytest.raises(env.BadSetting, match="SATCHA_TRY: must look like"):
        env.origin("SATCHA_TRY")


@pytest.mark.parametrize("value", ["short", "a" * 60, "django-insecure-" + "abcdefghijklmnop" * 3])
def test_a_secret_that_can_be_guessed_is_refused(given, value):
    given(value)
    with pytest.raises(env.BadSetting, match="50 random characters"):
        env.secret("SATCHA_TRY")


@pytest.mark.parametrize("value", ["no base64!", KEY[:-8], base64.b64encode(bytes(31)).decode(), KEY + KEY])
def test_a_key_has_32_bytes_and_its_value_stays_out_of_the_message(given, value):
    given(value)
    with pytest.raises(env.BadSetting, match="32 bytes in base64") as refused:
        env.key("SATCHA_TRY")
    assert value not in str(refused.value)


def test_the_first_key_of_a_list_comes_first(given):
    given(f"{OTHER_KEY}, {KEY}")
    assert env.keys("SATCHA_TRY") == [bytes(range(1, 33)), bytes(range(32))]


def test_the_same_key_twice_is_a_mistake(given):
    given(f"{KEY},{KEY}")
    with pytest.raises(env.BadSetting, match="twice"):
        env.keys("SATCHA_TRY")


def test_a_folder_is_absolute(given):
    given("backups")
    with pytest.raises(env.BadSetting, match="absolute path"):
        env.folder("SATCHA_TRY")
    given("/srv/backups")
    assert env.folder("SATCHA_TRY") == Path("/srv/backups")


def test_a_required_value_that_is_missing_is_named():
    with pytest.raises(env.BadSetting, match="SATCHA_ABSENT: is required"):
        env.text("SATCHA_ABSENT")
