"""What the documents say is so: every setting, every command, every link, README's two commands."""

import ast
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import BaseCommand, load_command_class

from tools import messages
from tools.architecture import House

ROOT = Path(__file__).resolve().parent.parent
OPERATIONS = (ROOT / "docs" / "OPERATIONS.md").read_text()
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
OWN_COMMANDS = sorted(
    (path.parts[-4], path.stem)
    for app in messages.app_names(ROOT)
    for path in (ROOT / app / "management" / "commands").glob("[a-z]*.py")
)


def headings(pattern: str) -> set[str]:
    """Return the names in the headings of docs/OPERATIONS.md."""
    return set(re.findall(rf"^### `{pattern}`$", OPERATIONS, re.MULTILINE))


def settings_read() -> set[Any]:
    """Return the variables that config/settings.py reads."""
    tree = ast.parse((ROOT / "config" / "settings.py").read_text())
    calls = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("env.")
    ]
    return {argument.value for call in calls for argument in call.args[:1] if isinstance(argument, ast.Constant)}


def test_every_setting_has_its_heading():
    assert settings_read() == headings("([A-Z_]+)")


def test_no_code_reads_the_environment_past_the_getters():
    # The third hands the path on to the child that parses a workbook.
    allowed = {"config/env.py", "config/wsgi.py", "intake/workbook/grid.py"}
    folders = [ROOT / app for app in [*messages.app_names(ROOT), "config"]]
    readers = {
        str(path.relative_to(ROOT))
        for folder in folders
        for path in folder.rglob("*.py")
        if re.search(r"os\.environ(\.get|\[)|getenv", path.read_text())
    }
    assert readers <= allowed


def test_every_command_has_its_heading():
    assert {name for _, name in OWN_COMMANDS} == headings(r"manage\.py ([a-z_]+)")


@pytest.mark.parametrize(("app", "name"), OWN_COMMANDS)
def test_every_option_of_a_command_stands_in_its_section(app, name):
    parser = load_command_class(app, name).create_parser("manage.py", name)
    general = {option for action in BaseCommand().create_parser("", "")._actions for option in action.option_strings}
    own = {option for action in parser._actions for option in action.option_strings} - general
    _, _, section = OPERATIONS.partition(f"### `manage.py {name}`")
    assert [option for option in sorted(own) if option not in section.partition("\n### ")[0]] == []


@pytest.mark.parametrize(("app", "name"), OWN_COMMANDS)
def test_every_command_says_what_it_does(app, name):
    assert load_command_class(app, name).help


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path):
    for target in re.findall(r"\]\((?!https?://)([^)#]+)", path.read_text()):
        assert (path.parent / target).exists(), target


def test_the_picture_shows_the_layers_in_their_order():
    picture = (ROOT / "docs" / "ARCHITECTURE.md").read_text().split("```")[1]
    assert re.findall(r"^(\w+)/ ", picture, re.MULTILINE) == House.read(ROOT).layers


def test_the_commands_of_the_readme_are_the_makefiles():
    shown = re.findall(r"^make (\w+)$", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert shown == ["run", "test"]
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    mentioned = re.findall(r"`make (\w+)`", (ROOT / "README.md").read_text() + (ROOT / "CONTRIBUTING.md").read_text())
    assert set(shown + mentioned) <= set(targets)


def test_the_readmes_import_reads_its_workbook(database_url):
    [line] = re.findall(
        r"^\.venv/bin/python (manage\.py import_village .*)$", (ROOT / "README.md").read_text(), re.MULTILINE
    )
    environment = {"DATABASE_URL": database_url, "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, *shlex.split(line)], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
