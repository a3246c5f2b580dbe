"""The words on the screens: find every English source string, hold the Thai catalogues to them, compile.

No system gettext is needed.

    python tools/messages.py check      names what is missing, untranslated, fuzzy, unused, has other placeholders, or
    contradicts python tools/messages.py update     adds what is missing to its catalogue, with an empty translation;
    --prune drops the unused python tools/messages.py compile    writes the .mo files that are older than their .po

A string belongs to the catalogue of the app whose Python file or whose templates/<app>/ folder holds it; all else
belongs to locale/. Django merges the catalogues, so one string has one translation wherever it stands.
"""

import ast
import io
import os
import re
import sys
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = "th"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
HEADER = """msgid ""
msgstr ""
"Language: th\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""

# Which arguments of Django's functions are the context, the string, and its plural.
Shape = tuple[int | None, int, int | None]
SHAPES: dict[str, Shape] = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
LAZY = {f"{name}_lazy": shape for name, shape in SHAPES.items()}
FUNCTIONS: dict[str, Shape] = SHAPES | LAZY | {"gettext_noop": SHAPES["gettext"]}


@dataclass(frozen=True, order=True)
class Source:
    """One string as it stands in the code: context ("" = none), English, English plural ("" = none)."""

    context: str
    text: str
    plural: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What a catalogue looks it up by."""
        return self.context, self.text


def app_names(root: Path) -> list[str]:
    """Return the packages that have a catalogue of their own."""
    return sorted(path.parent.name for path in root.glob("*/apps.py") if path.parent.name != "config")


def catalogue_path(root: Path, app: str) -> Path:
    """Return the .po file of an app; "" is the house's own."""
    return root / app / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def collect(root: Path) -> dict[str, dict[Source, str]]:
    """Return for each catalogue its strings and where each was first seen."""
    apps = app_names(root)
    found: dict[str, dict[Source, str]] = {app: {} for app in ["", *apps]}
    for path in sorted([*(file for app in [*apps, "config"] for file in (root / app).rglob("*.py"))]):
        place = path.relative_to(root)
        app = place.parts[0] if place.parts[0] in apps else ""
        for line, source in strings_in_python(path.read_text()):
            found[app].setdefault(source, f"{place}:{line}")
    for path in sorted(file for file in (root / "templates").rglob("*.*") if file.suffix in {".html", ".txt", ".svg"}):
        place = path.relative_to(root)
        app = place.parts[1] if place.parts[1] in apps else ""
        for line, source in strings_in_template(path.read_text()):
            found[app].setdefault(source, f"{place}:{line}")
    return found


def strings_in_python(code: str) -> Iterator[tuple[int, Source]]:
    """Yield every literal given to one of Django's translating functions, under whatever name it was imported."""
    if "translation" not in code:
        return
    tree = ast.parse(code)
    names: dict[str, Shape] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            ours = [alias for alias in node.names if alias.name in FUNCTIONS]
            names |= {alias.asname or alias.name: FUNCTIONS[alias.name] for alias in ours}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        shape = names.get(node.func.id) if isinstance(node.func, ast.Name) else None
        if isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "translation":
            shape = FUNCTIONS.get(node.func.attr)
        if shape and (source := _literal_source(node, shape)):
            yield node.lineno, source


def _literal_source(call: ast.Call, shape: Shape) -> Source | None:
    def literal(index: int | None) -> str | None:
        if index is None:
            return ""
        argument = call.args[index] if index < len(call.args) else None
        return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None

    context, text, plural = (literal(index) for index in shape)
    return None if context is None or text is None or plural is None else Source(context, text, plural)


def strings_in_template(text: str) -> Iterator[tuple[int, Source]]:
    """Yield every string of a template's translate and blocktranslate tags."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about comments for translators that stand in mid-line
        pythonic = templatize(text)
    lines = "\n".join(line.strip() for line in pythonic.splitlines())  # indentation would not parse
    keywords: Any = dict.fromkeys(FUNCTIONS) | {"_": None}
    found: Any = extract_python(io.BytesIO(lines.encode()), keywords, [], {"encoding": "utf-8"})
    for line, function, arguments, _ in found:
        literals = [arguments] if isinstance(arguments, str) else list(arguments or ())
        context, first, plural = FUNCTIONS.get(function or "", SHAPES["gettext"])
        parts = ["" if index is None else literals[index] for index in (context, first, plural)]
        yield line, Source(*(part or "" for part in parts))


def problems(root: Path = ROOT) -> list[str]:
    """Return what is wrong with the catalogues, a sentence each; nothing means that every screen is whole."""
    found: list[str] = []
    translated: dict[tuple[str, str], dict[str, str]] = {}
    for app, sources in collect(root).items():
        path = catalogue_path(root, app)
        name = str(path.relative_to(root))
        entries = {(str(entry.context or ""), _english(entry)): entry for entry in _entries(path)}
        wanted = {source.key: source for source in sources}
        missing = {source: place for source, place in sources.items() if source.key not in entries}
        found += [f"{name}: missing: {source.text!r} ({place})" for source, place in missing.items()]
        found += [f"{name}: no longer used: {key[1]!r}" for key in entries if key not in wanted]
        for key, entry in entries.items():
            if key in wanted:
                found += [f"{name}: {problem}: {key[1]!r}" for problem in _entry_problems(entry, wanted[key])]
                translated.setdefault(key, {})[name] = _thai(entry)
    for (_, text), by_catalogue in translated.items():
        if len(set(by_catalogue.values())) > 1:
            found.append(f"{text!r} is translated differently in {', '.join(sorted(by_catalogue))}")
    return found


def _entry_problems(entry: Message, source: Source) -> Iterator[str]:
    thai = _thai(entry)
    if entry.fuzzy:
        yield "fuzzy"
    if not thai.strip():
        yield "not translated"
    elif sorted(set(PLACEHOLDER.findall(thai))) != sorted(set(PLACEHOLDER.findall(source.plural or source.text))):
        yield "other placeholders than the English"
    if bool(source.plural) != isinstance(entry.id, tuple):
        yield "plural on one side only"


def _english(entry: Message) -> str:
    return str(entry.id[0]) if isinstance(entry.id, tuple | list) else str(entry.id)


def _thai(entry: Message) -> str:
    return str(entry.string[0]) if isinstance(entry.string, tuple | list) else str(entry.string)


def _entries(path: Path) -> list[Message]:
    return [entry for entry in _read(path) if entry.id] if path.exists() else []


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, abort_invalid=True)


def update(root: Path = ROOT, *, prune: bool = False) -> list[str]:
    """Add the missing strings to their catalogues, untranslated, at the end; with prune drop what nothing uses."""
    done: list[str] = []
    for app, sources in collect(root).items():
        path = catalogue_path(root, app)
        known = {(str(entry.context or ""), _english(entry)) for entry in _entries(path)}
        missing = [source for source in sources if source.key not in known]
        if missing:
            path.parent.mkdir(parents=True, exist_ok=True)
            before = path.read_text() if path.exists() else HEADER
            path.write_text(before.rstrip("\n") + "\n" + "".join(f"\n{_block(source)}" for source in missing))
            done.append(f"{path.relative_to(root)}: {len(missing)} added")
        unused = known - {source.key for source in sources}
        if prune and unused:
            _drop(path, unused)
            done.append(f"{path.relative_to(root)}: {len(unused)} dropped")
    return done


def _block(source: Source) -> str:
    lines = ["#, python-format"] if "%(" in source.text + source.plural else []
    lines += [f"msgctxt {_quoted(source.context)}"] if source.context else []
    lines += [f"msgid {_quoted(source.text)}"]
    lines += [f"msgid_plural {_quoted(source.plural)}", 'msgstr[0] ""'] if source.plural else ['msgstr ""']
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n")
    return f'"{escaped}"'


def _drop(path: Path, unused: Iterable[tuple[str, str]]) -> None:
    catalog = _read(path)
    for context, text in unused:
        catalog.delete(text, context or None)
    catalog.obsolete.clear()
    with path.open("wb") as file:
        write_po(file, catalog, width=0, no_location=True)


def compile_stale(root: Path = ROOT) -> list[Path]:
    """Write each .mo file that is missing or older than its .po; return those written."""
    written = []
    for app in ["", *app_names(root)]:
        source = catalogue_path(root, app)
        target = source.with_suffix(".mo")
        if source.exists() and (not target.exists() or target.stat().st_mtime <= source.stat().st_mtime):
            part = target.with_suffix(f".{os.getpid()}")
            with part.open("wb") as file:
                write_mo(file, _read(source))
            part.replace(target)  # whoever reads at this moment finds a whole file
            written.append(target)
    return written


def main(arguments: list[str]) -> int:
    """Run the command line."""
    match arguments:
        case ["check"]:
            found = problems()
            print("\n".join(found) or "Every string is translated.")
            return 1 if found else 0
        case ["update", *rest] if rest in ([], ["--prune"]):
            print("\n".join(update(prune=bool(rest))) or "Nothing to add.")
            return 0
        case ["compile"]:
            compile_stale()
            return 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
