"""The house is built as its picture says, and each rule can fail."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tools import architecture
from tools.architecture import House

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ["config", "meetings", "funds", "thai"]


@pytest.fixture(scope="module")
def house() -> House:
    """The project, read once."""
    return House.read(ROOT)


@pytest.mark.parametrize("check", architecture.CHECKS, ids=lambda check: check.__name__.removeprefix("check_"))
def test_the_house_keeps_its_rules(check: architecture.Check, house: House) -> None:
    assert list(check(house)) == []


BREACHES: list[tuple[architecture.Check, str, str]] = [
    (architecture.check_layers, "funds/chart.py", "from meetings.models import Meeting"),
    (architecture.check_layers, "funds/chart.py", "import config.settings"),
    (architecture.check_layers, "thai/dates.py", "from tools import messages"),
    (architecture.check_rooms, "funds/models.py", "from funds.services import post"),
    (architecture.check_rooms, "funds/models.py", "from funds import services"),
    (architecture.check_rooms, "meetings/selectors/sheet.py", "from meetings.views.sheet import sheet"),
    (architecture.check_rooms, "funds/chain.py", "from funds.forms import EntryForm"),
    (architecture.check_no_request_below_forms, "meetings/services.py", "from django.http import HttpRequest"),
    (architecture.check_writes_in_services_only, "meetings/views.py", "def v(request):\n    row.save()"),
    (architecture.check_writes_in_services_only, "meetings/forms.py", "def f(form):\n    Row.objects.create(n=1)"),
    (architecture.check_writes_in_services_only, "meetings/views.py", "Row.objects.filter(n=1).update(n=2)"),
    (architecture.check_writes_in_services_only, "meetings/selectors.py", "Row.objects.all().delete()"),
    (architecture.check_no_arithmetic_in_views, "meetings/views/count.py", "rest = total - paid"),
    (architecture.check_no_arithmetic_in_views, "meetings/views.py", "x = sum(rows)"),
    (architecture.check_one_gate, "meetings/services.py", "Posting.objects.create(amount=1)"),
    (architecture.check_one_gate, "funds/backup.py", "cursor.execute('INSERT INTO funds_entry VALUES (1)')"),
    (architecture.check_sizes, "funds/models.py", "x = 1\n" * 301),
    (architecture.check_sizes, "funds/models.py", "def long():\n" + "    x = 1\n" * 50),
    (architecture.check_sizes, "templates/funds/long.html", "<p>\n" * 121),
    (architecture.check_no_inline_code, "templates/a.html", "<script>alert(1)</script>"),
    (architecture.check_no_inline_code, "templates/a.html", "<style>p {}</style>"),
    (architecture.check_no_inline_code, "templates/a.html", '<p class="x" style="color: red">'),
    (architecture.check_no_inline_code, "templates/a.html", '<button onclick="go()">'),
    (architecture.check_no_inline_code, "templates/a.html", '<button hx-on:click="go()">'),
    (architecture.check_no_inline_code, "templates/a.html", '<a href="javascript:go()">'),
    (
        architecture.check_signed_words_are_late,
        "funds/a.py",
        "def act_content(act):\n    return {1: format_date(act.on)}",
    ),
    (architecture.check_signed_words_are_late, "funds/a.py", "def content():\n    return {1: row.get_way_display()}"),
    (architecture.check_no_floats, "funds/money.py", "rate = 0.01"),
    (architecture.check_no_floats, "funds/money.py", "x = float(y)"),
    (architecture.check_no_floats, "funds/money.py", "half = satang / parts"),
    (architecture.check_no_signals, "meetings/models.py", "from django.db.models.signals import post_save"),
    (architecture.check_nothing_parked, "funds/models.py", "# TODO: one day"),
    (architecture.check_nothing_parked, "tests/test_funds.py", "@pytest.mark.skip\ndef test(): ..."),
    (architecture.check_clock_in_sql, "funds/sql/guard.sql", "SELECT current_date;"),
]


@pytest.mark.parametrize(("check", "path", "text"), BREACHES)
def test_each_rule_names_the_breach(check: architecture.Check, path: str, text: str, tmp_path: Path) -> None:
    [breach, *_] = list(check(_house(tmp_path, path, text)))
    assert path in breach


CLEAN: list[tuple[architecture.Check, str, str]] = [
    (architecture.check_layers, "meetings/services.py", "from funds.models import Entry"),
    (architecture.check_rooms, "meetings/views.py", "from meetings.services import close_meeting"),
    (architecture.check_writes_in_services_only, "meetings/views.py", "context.update(rows=1)\nrequest.session.save()"),
    (architecture.check_no_arithmetic_in_views, "meetings/views.py", "page = number + 1"),
    (architecture.check_one_gate, "funds/journal/writers.py", "cursor.execute('INSERT INTO funds_entry VALUES (1)')"),
    (architecture.check_no_inline_code, "templates/a.html", '<script src="/static/a.js" defer></script>'),
    (architecture.check_signed_words_are_late, "funds/a.py", "def act_content(act):\n    return {1: act.on}"),
    (
        architecture.check_no_floats,
        "funds/money.py",
        "from pathlib import Path\nhalf = satang // 2\nfile = Path(__file__).parent / 'sql'",
    ),
]


@pytest.mark.parametrize(("check", "path", "text"), CLEAN)
def test_no_rule_blames_what_is_right(check: architecture.Check, path: str, text: str, tmp_path: Path) -> None:
    assert list(check(_house(tmp_path, path, text))) == []


def test_an_allowance_that_nothing_needs_is_a_breach(tmp_path: Path) -> None:
    house = _house(tmp_path, "funds/models.py", "x = 1", {"long_modules": {"funds/models.py": "once it was long"}})
    assert "funds/models.py" in next(architecture.check_allowances_needed(house))


def test_an_allowance_needs_a_reason(tmp_path: Path) -> None:
    house = _house(tmp_path, "funds/models.py", "x = 1\n" * 301, {"long_modules": {"funds/models.py": " "}})
    assert list(architecture.check_sizes(house)) == []
    assert "funds/models.py" in next(architecture.check_allowances_needed(house))


def _house(root: Path, path: str, text: str, allowed: dict[str, dict[str, str]] | None = None) -> House:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text)
    return House(root, LAYERS, allowed or {})


def test_every_check_is_run() -> None:
    written: list[Callable[..., object]] = [
        value for name, value in vars(architecture).items() if name.startswith("check_") and callable(value)
    ]
    assert set(written) == set(architecture.CHECKS)
