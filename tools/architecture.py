"""The rules of the house as code: each `check_*` reads a tree and returns one sentence per breach.

tests/test_architecture.py runs them on the project, and each of them on a small tree that breaks it. What is allowed in
spite of a rule stands in tools/architecture.toml with its reason; an allowance that nothing needs any more is a breach.
"""

import ast
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOMS = ["models", "selectors", "services", "forms", "views", "urls"]
ORM_WRITES = {"save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
QUERYSET = re.compile(r"\.objects\b|\.(filter|exclude|all)\(")
MONEY_WORDS = re.compile(r"satang|amount|balance|total|_sum\b")
MONEY = ("thai/", "funds/", "savings/", "loans/", "membership/", "meetings/", "shareout/", "intake/workbook/")
JOURNAL_WRITE = re.compile(
    r"\b(Entry|Posting|EntryDetails)\.objects\.(bulk_)?(create|update)|(?i:insert\s+into\s+\"?funds_(entry|posting))"
)
INLINE = {
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "inline style element": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "event handler": re.compile(r"<[^>]*\s(on[a-z]+|hx-on[\w:-]*)\s*=", re.IGNORECASE),
    "javascript address": re.compile(r"javascript:", re.IGNORECASE),
}
LINES_OF_A_MODULE, LINES_OF_A_FUNCTION, LINES_OF_A_TEMPLATE = 300, 50, 120


@dataclass(frozen=True)
class Module:
    """One Python file of an app or of config."""

    root: Path
    path: Path

    @property
    def name(self) -> str:
        """Its path from the root, as written in messages and allowances."""
        return str(self.path.relative_to(self.root))

    @property
    def package(self) -> str:
        """The app it belongs to."""
        return self.path.relative_to(self.root).parts[0]

    @property
    def room(self) -> int | None:
        """Where it stands in the order of rooms; None for modules that are no room."""
        return _room(".".join(self.path.relative_to(self.root).with_suffix("").parts))

    @cached_property
    def text(self) -> str:
        """Its source."""
        return self.path.read_text()

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax."""
        return ast.parse(self.text)

    def imports(self) -> Iterator[tuple[int, str]]:
        """Yield line and dotted name of everything imported; `from a import b` also as a.b, since b may be a module."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.lineno, node.module
                yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def _room(dotted: str) -> int | None:
    parts = dotted.split(".")
    name = parts[1] if len(parts) > 1 else ""
    room = "urls" if name.endswith("urls") else name
    return ROOMS.index(room) if room in ROOMS else None


@dataclass
class House:
    """A tree to check: the layers from top to bottom, and what is allowed."""

    root: Path
    layers: list[str]
    allowed: dict[str, dict[str, str]]

    @classmethod
    def read(cls, root: Path) -> "House":
        """Read the layers from pyproject.toml, import-linter's own, and the allowances beside this file."""
        project = tomllib.loads((root / "pyproject.toml").read_text())
        [contract] = project["tool"]["importlinter"]["contracts"]
        allowances = root / "tools" / "architecture.toml"
        return cls(root, contract["layers"], tomllib.loads(allowances.read_text()) if allowances.exists() else {})

    @cached_property
    def modules(self) -> list[Module]:
        """Every Python file of the layers, without migrations."""
        paths = [path for layer in self.layers for path in sorted((self.root / layer).rglob("*.py"))]
        return [Module(self.root, path) for path in paths if "migrations" not in path.parts]

    def room(self, *names: str) -> list[Module]:
        """The modules of these rooms."""
        ranks = {ROOMS.index(name) for name in names}
        return [module for module in self.modules if module.room in ranks]

    def templates(self) -> list[Path]:
        """Every template."""
        return sorted((self.root / "templates").rglob("*.html"))

    def is_allowed(self, rule: str, name: str) -> bool:
        """Say whether a file may break a rule."""
        return name in self.allowed.get(rule, {})


def check_layers(house: House) -> Iterator[str]:
    """A package imports only packages below it; nobody imports config, tools or tests."""
    rank = {name: number for number, name in enumerate(house.layers)}
    for module in house.modules:
        for line, target in module.imports():
            package = target.split(".")[0]
            if package in {"tools", "tests", "bench"} or rank.get(package, 99) < rank[module.package]:
                yield f"{module.name}:{line} imports {target}, which stands above {module.package}"


def check_rooms(house: House) -> Iterator[str]:
    """A module imports only rooms to its left, in its own app and in others."""
    services = ROOMS.index("services")
    for module in house.modules:
        if "management" in module.path.parts or module.package == "config":
            continue
        reach = services if module.room is None else module.room
        if "templatetags" in module.path.parts:
            reach = ROOMS.index("forms")  # what a tag prints may be a form
        for line, target in module.imports():
            room = _room(target) if target.split(".")[0] in house.layers else None
            if room is not None and room > reach:
                yield f"{module.name}:{line} imports {target}, a room to its right"


def check_no_request_below_forms(house: House) -> Iterator[str]:
    """Models, selectors and services know nothing of HTTP."""
    for module in house.room("models", "selectors", "services"):
        for line, target in module.imports():
            if target.startswith(("django.http", "django.shortcuts", "django.contrib.messages")):
                yield f"{module.name}:{line} imports {target}"


def check_writes_in_services_only(house: House) -> Iterator[str]:
    """Views, forms and selectors write no rows: one service does."""
    for module in house.room("views", "forms", "selectors"):
        for node in ast.walk(module.tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            receiver = ast.unparse(node.func.value)
            is_update = node.func.attr == "update" and QUERYSET.search(receiver)
            if is_update or (node.func.attr in ORM_WRITES and "session" not in receiver):
                yield f"{module.name}:{node.lineno} calls {receiver}.{node.func.attr}()"


def check_no_arithmetic_in_views(house: House) -> Iterator[str]:
    """Views compute no money: a selector or a service does."""
    for module in house.room("views"):
        for node in ast.walk(module.tree):
            is_sum = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sum"
            is_sum_of_money = isinstance(node, ast.BinOp) and MONEY_WORDS.search(ast.unparse(node))
            if (is_sum or is_sum_of_money) and isinstance(node, ast.expr):
                yield f"{module.name}:{node.lineno} computes {ast.unparse(node)}"


def check_one_gate(house: House) -> Iterator[str]:
    """Only the journal's gate writes entries and postings."""
    for module in house.modules:
        if not module.name.startswith("funds/journal"):
            for number, line in enumerate(module.text.splitlines(), 1):
                if JOURNAL_WRITE.search(line):
                    yield f"{module.name}:{number} writes the journal past funds/journal"


def check_sizes(house: House) -> Iterator[str]:
    """Modules, functions and templates stay small enough to be read in one go."""
    for module in house.modules:
        lines = module.text.count("\n")
        if lines > LINES_OF_A_MODULE and not house.is_allowed("long_modules", module.name):
            yield f"{module.name} has {lines} lines, more than {LINES_OF_A_MODULE}"
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= LINES_OF_A_FUNCTION:
                yield f"{module.name}:{node.lineno} {node.name} has {LINES_OF_A_FUNCTION} lines or more"
    for path in house.templates():
        lines = path.read_text().count("\n")
        name = str(path.relative_to(house.root))
        if lines > LINES_OF_A_TEMPLATE and not house.is_allowed("long_templates", name):
            yield f"{name} has {lines} lines, more than {LINES_OF_A_TEMPLATE}"


def check_no_inline_code(house: House) -> Iterator[str]:
    """Templates carry no script, style or handler of their own: the content policy would block it."""
    for path in house.templates():
        text = re.sub(r"{% comment %}.*?{% endcomment %}|{[#%{].*?[#%}]}", "", path.read_text(), flags=re.DOTALL)
        for what, pattern in INLINE.items():
            for match in pattern.finditer(text):
                yield f"{path.relative_to(house.root)}: {what}: {match.group()[:80]}"


def check_signed_words_are_late(house: House) -> Iterator[str]:
    """What a second officer signs is put into words when it is read: the readers' languages may differ."""
    early = {"format_date", "gettext", "ngettext", "pgettext"}
    for module in house.modules:
        for function in ast.walk(module.tree):
            if not (isinstance(function, ast.FunctionDef) and function.name.endswith("content")):
                continue
            for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
                name = ast.unparse(call.func).rpartition(".")[2]
                if name in early or re.fullmatch(r"get_\w+_display", name):
                    yield f"{module.name}:{call.lineno} puts signed content into words early: {name}"


def check_no_floats(house: House) -> Iterator[str]:
    """Packages that handle money know whole numbers only: no float, no true division."""
    for module in house.modules:
        if not module.name.startswith(MONEY) or house.is_allowed("floats", module.name):
            continue
        has_paths = any(target == "pathlib.Path" for _, target in module.imports())  # there a slash joins folders
        for node in ast.walk(module.tree):
            is_constant = isinstance(node, ast.Constant) and isinstance(node.value, float)
            is_name = isinstance(node, ast.Name) and node.id == "float"
            is_division = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and not has_paths
            if (is_constant or is_name or is_division) and isinstance(node, ast.expr):
                yield f"{module.name}:{node.lineno} uses a float: {ast.unparse(node)}"


def check_no_signals(house: House) -> Iterator[str]:
    """Nothing happens by signal: who reads a service sees all that it does."""
    for module in house.modules:
        if house.is_allowed("signals", module.name):
            continue
        for line, target in module.imports():
            if target in {"django.dispatch.receiver", "django.db.models.signals"}:
                yield f"{module.name}:{line} imports {target}"


def check_nothing_parked(house: House) -> Iterator[str]:
    """No note to do something one day, and no test that is left out."""
    marks = re.compile(r"\b(TODO|FIXME|XXX)\b|mark\.(skip|skipif|xfail)\b|pytest\.(skip|xfail|importorskip)\(")
    folders = [*house.layers, "tests", "tools", "bench", "templates", "static"]
    paths = [path for folder in folders for path in sorted((house.root / folder).rglob("*"))]
    for path in paths:
        if path.suffix in {".py", ".html", ".js", ".css", ".sql", ".sh", ".typ"} and "vendor" not in path.parts:
            for number, line in enumerate(path.read_text().splitlines(), 1):
                if marks.search(line) and not house.is_allowed("parked", str(path.relative_to(house.root))):
                    yield f"{path.relative_to(house.root)}:{number} is parked: {line.strip()[:80]}"


def check_clock_in_sql(house: House) -> Iterator[str]:
    """No SQL asks the server for the day: a day is the one that a person confirmed."""
    for layer in house.layers:
        for path in sorted((house.root / layer).rglob("*.sql")):
            for number, line in enumerate(path.read_text().splitlines(), 1):
                if re.search(r"\bcurrent_date\b|\bdate\('now'", line, re.IGNORECASE):
                    yield f"{path.relative_to(house.root)}:{number} asks the clock"


def check_allowances_needed(house: House) -> Iterator[str]:
    """Every allowance names a file that there is, and would be a breach without it."""
    bare = House(house.root, house.layers, {})
    bare.modules = house.modules  # read once
    breaches = {rule: "\n".join(check(bare)) for rule, check in ALLOWABLE.items()}
    for rule, names in house.allowed.items():
        for name, reason in names.items():
            if not reason.strip() or name not in breaches.get(rule, ""):
                yield f"tools/architecture.toml: {rule}: {name} needs no allowance, or has no reason"


Check = Callable[[House], Iterator[str]]
ALLOWABLE: dict[str, Check] = {
    "long_modules": check_sizes,
    "long_templates": check_sizes,
    "floats": check_no_floats,
    "signals": check_no_signals,
    "parked": check_nothing_parked,
}
CHECKS: list[Check] = [
    check_layers,
    check_rooms,
    check_no_request_below_forms,
    check_writes_in_services_only,
    check_no_arithmetic_in_views,
    check_one_gate,
    check_sizes,
    check_no_inline_code,
    check_signed_words_are_late,
    check_no_floats,
    check_no_signals,
    check_nothing_parked,
    check_clock_in_sql,
    check_allowances_needed,
]
