"""What all tests share: the database, fast passwords, the browser, and the flush that the books' guards would refuse.

DATABASE_URL chooses the engine. On SQLite the test database is a file of its own per process, because several
connections to one database in memory are not what production has. Tests marked `postgres` or `sqlite` are collected
on their engine only; `make test` runs both engines, so each of them is run. What no fixture gives a database to gets
the mark `engine_free` by itself, and what stands in a file of pages the mark `pages`: why, says
docs/adr/0015-what-runs-on-both-engines.md.
"""

import functools
import gettext
import importlib.util
import os
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import handlers as static_handlers
from django.core.management.commands import flush
from django.db import connections, transaction
from django.utils.translation import trans_real
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.migrating import quickly
from tools import browser as chromium
from tools import messages

# The files of what pages show and forms take; rules of the books and of the database have files of their own.
OF_PAGES = "pages? views? papers? window form navigation next_step".replace(" ", "|")
IS_OF_PAGES = re.compile(rf"/test_(\w+_)?({OF_PAGES})\.py$|pages/test_\w+\.py$")

# The fixtures (and the mark) that open a database; every other of them stands on one of these.
GIVES_A_DATABASE = {"django_db", "db", "transactional_db", "django_db_setup", "live_server"}

KEPT_BY_FLUSH = {"django_content_type", "auth_permission"}

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright's loop runs in the thread that asks the database
pytest_plugins = ["tests.village"] if importlib.util.find_spec("tests.village") else []

for name, examples in {"quick": 40, "long": 1000}.items():
    hypothesis_settings.register_profile(
        name, max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_configure(config: pytest.Config) -> None:
    """Compile the translations that are older than their sources; what was read of the old ones is forgotten."""
    if hasattr(config, "workerinput"):  # once, not in every worker
        return
    if messages.compile_stale(Path(config.rootpath)):
        for reader in (gettext, trans_real):
            vars(reader)["_translations"].clear()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests of the other engine, and say so as deselected; mark what no engine can change."""
    other = "sqlite" if connections["default"].vendor == "postgresql" else "postgres"
    theirs = [item for item in items if item.get_closest_marker(other)]
    if theirs:
        config.hook.pytest_deselected(items=theirs)
        items[:] = [item for item in items if item not in set(theirs)]
    for item in items:
        if _is_engine_free(item):
            item.add_marker(pytest.mark.engine_free)
        if IS_OF_PAGES.search(item.nodeid.partition("::")[0]):
            item.add_marker(pytest.mark.pages)
        if _has_costly_module(item):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))


def _is_engine_free(item: pytest.Item) -> bool:
    """Whether nothing gives the item a database (without it pytest-django refuses every query) or names an engine."""
    if any(item.get_closest_marker(name) for name in GIVES_A_DATABASE | {"postgres", "sqlite", "both_engines"}):
        return False
    return not GIVES_A_DATABASE & set(getattr(item, "fixturenames", GIVES_A_DATABASE))


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest) -> None:
    """Refuse a database to what was taken for engine-free: a fixture asked for by name within the test."""
    item = getattr(request, "_pyfuncitem", None)
    if fixturedef.argname in GIVES_A_DATABASE and item is not None and item.get_closest_marker("engine_free"):
        pytest.fail(f"{item.nodeid} takes a database in passing: name the fixture, or mark the test django_db")


def _has_costly_module(item: pytest.Item) -> bool:
    """Whether a fixture is made once for the item's module: two workers would make it twice."""
    definitions = getattr(item, "_fixtureinfo").name2fixturedefs  # noqa: B009 - pytest offers no other way
    ours = (one for found in definitions.values() for one in found if one.baseid.startswith("tests/"))
    return any(one.scope == "module" and one.baseid.endswith(".py") for one in ours)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Put SQLite's test database into a folder of this process."""
    connection = connections["default"]
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "satcha.sqlite3")


@pytest.fixture(scope="session")
def _quick_migrations() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        stack.enter_context(quickly())
        yield stack


@pytest.fixture(scope="session")
def django_db_setup(_quick_migrations: ExitStack, django_db_setup: None) -> None:
    """Make the test database as pytest-django does, its migrations rendered quickly."""
    _quick_migrations.close()


@pytest.fixture(autouse=True, scope="session")
def _flush_between_guards() -> Iterator[None]:
    """Let the flush after a transactional test through: what has rows is emptied while the guards are off.

    The guards refuse to empty the books, in production as here; only this configuration of the tests takes them off.
    Django's own words about its models stay: making them anew took longer than the rest.
    """
    from members.triggers import install_guards  # needs the app registry

    handle = flush.Command.handle

    @functools.wraps(handle)
    def flush_between_guards(self: flush.Command, **options: Any) -> None:
        connection = connections[options["database"]]
        with connection.cursor() as cursor:
            tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False))
            each = [f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in sorted(tables - KEPT_BY_FLUSH)]
            cursor.execute(" UNION ALL ".join(each))
            filled = [name for (name,) in cursor.fetchall()]
            if filled:
                _empty(connection, cursor, filled)
        install_guards(connection)  # a test may have taken others off

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", flush_between_guards)
        yield


def _empty(connection: Any, cursor: Any, tables: list[str]) -> None:
    """Empty the tables with their guards off, and put each guard back as it was."""
    names = ", ".join(f"'{name}'" for name in tables)
    if connection.vendor == "postgresql":
        kept = f"tgrelid IN (SELECT oid FROM pg_class WHERE relname IN ({names})) AND NOT tgisinternal"
        cursor.execute(f"SELECT tgrelid::regclass::text, tgname, tgenabled = 'A' FROM pg_trigger WHERE {kept}")
        off = [f"ALTER TABLE {name} DISABLE TRIGGER USER" for name in tables]
        on = [
            f'ALTER TABLE {table} ENABLE {"ALWAYS" if always else ""} TRIGGER "{name}"'
            for table, name, always in cursor.fetchall()
        ]
        on.insert(0, "SET CONSTRAINTS ALL IMMEDIATE")
    else:
        cursor.execute(f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({names})")
        found = cursor.fetchall()
        off, on = [f'DROP TRIGGER "{name}"' for name, _sql in found], [sql for _name, sql in found]
    with connection.constraint_checks_disabled(), transaction.atomic(using=connection.alias):
        for statement in (*off, *(f"DELETE FROM {name}" for name in tables), *on):
            cursor.execute(statement)


@pytest.fixture(autouse=True, scope="session")
def _fast_passwords() -> Iterator[None]:
    """Hash passwords cheaply: argon2 takes 0.1 s each by design. `real_hashers` puts the real list back."""
    real = settings.PASSWORD_HASHERS
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *real]
    yield
    settings.PASSWORD_HASHERS = real


@pytest.fixture
def real_hashers(settings: Any) -> None:
    """Use the hashers of a real installation."""
    settings.PASSWORD_HASHERS = [name for name in settings.PASSWORD_HASHERS if "MD5" not in name]


@pytest.fixture
def database_url(transactional_db: None) -> str:
    """The DATABASE_URL under which a child process sees this test's (committed) database."""
    found = connections["default"].settings_dict
    if connections["default"].vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    host = found["HOST"].replace("/", "%2F")
    password = f":{found['PASSWORD']}" if found["PASSWORD"] else ""
    port = f":{found['PORT']}" if found["PORT"] else ""
    return f"postgres://{found['USER']}{password}@{host}{port}/{found['NAME']}"


# --- the browser --------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Drive the system's Chromium, quietly; where there is none the test fails and says what to install."""
    return {"executable_path": chromium.find_chromium(), "args": chromium.launch_arguments()}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """A treasurer's laptop in Thailand; `phone` is the member's."""
    return {"locale": "th-TH", "timezone_id": "Asia/Bangkok", "viewport": {"width": 1280, "height": 800}}


@pytest.fixture(autouse=True, scope="session")
def _browsers_keep_style_sheets() -> Iterator[None]:
    """Let a browser ask for a style sheet once a test, as in production: there its name changes with its content."""
    serve = getattr(static_handlers, "serve")  # noqa: B009 - the stubs do not know it

    def serve_for_years(request: Any, path: str, **how: Any) -> Any:
        answer = serve(request, path, **how)
        answer["Cache-Control"] = "max-age=315360000"  # the travelled clock may be years away from the browser's
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(static_handlers, "serve", serve_for_years)
        yield


@pytest.fixture
def phone(browser: Any, browser_context_args: dict[str, Any]) -> Iterator[Any]:
    """A page as wide as a cheap telephone, for touch."""
    size = {"width": 390, "height": 844}
    context = browser.new_context(**browser_context_args | {"viewport": size, "has_touch": True, "is_mobile": True})
    yield context.new_page()
    context.close()


@pytest.fixture
def watch_console() -> Callable[[Any], list[str]]:
    """Give a list that gathers a page's console errors and uncaught exceptions, refusals by the policy too.

    Left out is the icon that a browser looks for by itself beside data, which name none as a page does.
    """

    def is_complaint(message: Any) -> bool:
        return message.type == "error" and not message.location.get("url", "").endswith("/favicon.ico")

    def watch(page: Any) -> list[str]:
        found: list[str] = []
        page.on("console", lambda message: found.append(message.text) if is_complaint(message) else None)
        page.on("pageerror", lambda error: found.append(str(error)))
        return found

    return watch


@pytest.fixture
def assert_accessible() -> Callable[[Any], None]:
    """Assert that axe finds no violation on the page as it stands; it is loaded into a page once."""
    from axe_playwright_python.base import AXE_SCRIPT

    def check(page: Any) -> None:
        if page.evaluate("typeof axe") == "undefined":
            page.evaluate(AXE_SCRIPT)
        found = [
            f"{violation['id']}: {violation['help']} {re.sub(' +', ' ', node['html'])[:160]}"
            for violation in page.evaluate("axe.run({resultTypes: ['violations']}).then(all => all.violations)")
            for node in violation["nodes"]
        ]
        assert not found, "\n".join([page.url, *found])

    return check
