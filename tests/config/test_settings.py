"""A real installation starts only with real settings; a trial starts with none."""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections

from config import checks, database
from config.env import BadSetting

pytestmark = pytest.mark.both_engines
ROOT = Path(__file__).resolve().parent.parent.parent
KEYS = [base64.b64encode(bytes([number]) * 32).decode() for number in range(3)]
REAL = {
    "SECRET_KEY": "x7Qm-rP2_vZk9LsTn4WbYc8HdJf6GgAaEeUuOoIi1357-qXwB0pN3",
    "ALLOWED_HOSTS": "satcha.example.org",
    "PUBLIC_URL": "https://satcha.example.org",
    "SATCHA_ID_KEYS": KEYS[0],
    "SATCHA_ID_INDEX_KEY": KEYS[1],
}


def start(code: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run code in a fresh process whose environment holds only what is given."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=kept | environment, capture_output=True, text=True, timeout=60
    )


def read(*names: str, **environment: str) -> list[object]:
    """Return settings as a process with this environment sees them."""
    wanted = ", ".join(f"s.{name}" for name in names)
    done = start(f"import json, config.settings as s; print(json.dumps([{wanted}], default=str))", **environment)
    assert done.returncode == 0, done.stderr
    found: list[object] = json.loads(done.stdout)
    return found


def refused(**environment: str) -> str:
    """Return the last line of the refusal to start."""
    done = start("import config.settings", **environment)
    assert done.returncode != 0
    return done.stderr.strip().splitlines()[-1]


def test_a_trial_needs_no_setting_and_answers_this_machine_only():
    debug, hosts = read("DEBUG", "ALLOWED_HOSTS")
    assert debug is True
    assert hosts == ["127.0.0.1", "localhost", "[::1]"]


def test_a_real_installation_starts_with_all_its_settings():
    assert read("DEBUG", "SESSION_COOKIE_SECURE", "SECURE_SSL_REDIRECT", **REAL) == [False, True, True]


@pytest.mark.parametrize("name", REAL)
def test_a_real_installation_refuses_to_start_without(name):
    without = {key: value for key, value in REAL.items() if key != name}
    assert f"{name}: is required when DEBUG is off" in refused(DEBUG="off", **without)


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_who_sets_one_real_setting_is_no_trial_any_more(name):
    assert "is required when DEBUG is off" in refused(**{name: REAL[name]})


def test_the_trial_secret_is_no_secret_for_a_real_installation():
    assert "SECRET_KEY" in refused(DEBUG="off", **REAL | {"SECRET_KEY": "short"})


def test_the_server_is_a_real_installation_unless_told_otherwise():
    done = start("import config.wsgi")
    assert "SECRET_KEY: is required when DEBUG is off" in done.stderr


def test_junk_in_debug_does_not_become_a_default():
    assert "DEBUG: must be on or off" in refused(DEBUG="flase")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("mysql://u@localhost/satcha", "must begin with sqlite:// or postgres://"),
        ("satcha.sqlite3", "must begin with"),
        ("sqlite://:memory:", "must name a file"),
        ("sqlite:////srv/satcha.sqlite3?timeout=1", "takes a path alone"),
        ("postgres://localhost:abc/satcha", "cannot be read"),
        ("postgres://localhost", "names no database"),
    ],
)
def test_an_address_of_no_database_is_refused(url, reason):
    with pytest.raises(BadSetting, match=reason):
        database.database_settings(url)


def test_sqlite_gets_what_the_books_need(tmp_path):
    found = database.database_settings(f"sqlite:///{tmp_path}/new/satcha.sqlite3")
    assert found["NAME"] == f"{tmp_path}/new/satcha.sqlite3"
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert (tmp_path / "new").is_dir()


def test_postgresql_takes_its_options_from_the_address_but_not_its_isolation():
    found = database.database_settings("postgres://satcha:p%40ss@db:5433/satcha?sslmode=require")
    assert (found["USER"], found["PASSWORD"], found["PORT"]) == ("satcha", "p@ss", 5433)
    assert found["OPTIONS"] == {
        "sslmode": "require",
        "isolation_level": database.READ_COMMITTED,
        "options": "-c jit=off",
    }


def test_what_the_address_says_of_the_server_comes_last_and_wins():
    found = database.database_settings("postgres://satcha@db/satcha?options=-c%20jit%3Don")
    assert found["OPTIONS"]["options"] == "-c jit=off -c jit=on"


@pytest.mark.django_db
def test_this_connection_is_as_the_books_need_it():
    assert checks.connection_problems(connection) == []


@pytest.mark.sqlite
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pragma", "name"), [("synchronous=NORMAL", "synchronous"), ("busy_timeout=5", "busy_timeout")]
)
def test_a_weak_sqlite_connection_is_named_by_the_check(pragma, name, tmp_path):
    weak = connections.create_connection("default")
    weak.settings_dict = connection.settings_dict | {"NAME": str(tmp_path / "weak.sqlite3")}
    with weak.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
    [problem] = checks.connection_problems(weak)
    assert f"default: {name} is" in problem.msg
    weak.close()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_another_isolation_is_named_by_the_check():
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    [problem] = checks.connection_problems(connection)
    connection.close()
    assert "transaction_isolation is 'repeatable read'" in problem.msg


def test_no_request_takes_the_write_lock_by_being_a_request():
    assert connections["default"].settings_dict["ATOMIC_REQUESTS"] is False


def test_passwords_are_stored_with_argon2_first(real_hashers):
    from django.contrib.auth.hashers import check_password, make_password

    stored = make_password("satcha-test-1")
    assert stored.startswith("argon2$")
    assert check_password("satcha-test-1", stored)


def test_thai_comes_first_and_the_day_is_bangkoks():
    assert (settings.LANGUAGE_CODE, settings.TIME_ZONE) == ("th", "Asia/Bangkok")
