"""A real installation as docs/OPERATIONS.md sets it up: its files are gathered, its server answers, its checks pass."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.config.test_settings import REAL

ROOT = Path(__file__).resolve().parent.parent.parent
REQUEST = """
import django.test
from config.wsgi import application
from config.headers import POLICY
client = django.test.Client(headers={"host": "satcha.example.org"})
plain = client.get("/sign-in/")
assert plain.status_code == 301 and plain["Location"].startswith("https://"), plain
secure = client.get("/sign-in/", secure=True)
assert secure.status_code == 200, secure
assert secure["Strict-Transport-Security"] and secure["Content-Security-Policy"] == POLICY
assert client.get("/sign-in/", headers={"host": "elsewhere.example.org"}, secure=True).status_code == 400
missing = client.get("/there-is-no-such-page/", secure=True)
assert missing.status_code == 404 and b"Traceback" not in missing.content, missing
"""


@pytest.fixture
def installation(database_url, tmp_path):
    """The environment of a real installation on this test's database."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | REAL | {"DATABASE_URL": database_url, "STATIC_ROOT": str(tmp_path / "static")}


def run(environment: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run Python as the installation does."""
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True)


@pytest.mark.slow
def test_the_files_are_gathered_and_the_server_answers(installation):
    gathered = run(installation, "manage.py", "collectstatic", "--noinput")
    assert gathered.returncode == 0, gathered.stderr
    answered = run(installation, "-c", REQUEST)
    assert answered.returncode == 0, answered.stderr


def test_djangos_own_checks_for_deployment_find_nothing(installation):
    checked = run(installation, "manage.py", "check", "--deploy", "--database", "default", "--fail-level", "ERROR")
    assert checked.returncode == 0, checked.stderr
    warnings = [line for line in checked.stderr.splitlines() if "security." in line]
    # Subdomains and preload lists are the owner's of the domain to decide.
    assert all("W005" in line or "W021" in line for line in warnings), warnings


def test_the_demo_does_not_load_into_a_real_installation(installation):
    refused = run(installation, "manage.py", "load_demo")
    assert refused.returncode == 1
