"""The table of docs/RIGHTS.md, and the addresses that the resolver really has."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

OFFICERS = frozenset({"chair", "vice_chair", "secretary", "treasurer", "loan", "audit", "promotion"})
WORDS = OFFICERS | {"anyone", "signed-in", "officers", "member", "own", "district", "administrator", "founder"}
NOT_OFFERED = "–"
_ROW = re.compile(r"^\| `([\w-]+:[\w-]+)` \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """One row: the address's name and who may use each method; None where the method is not offered."""

    name: str
    get: frozenset[str] | None
    post: frozenset[str] | None

    def words(self, method: str) -> frozenset[str] | None:
        """Who may use a method."""
        return self.get if method == "GET" else self.post


@cache
def addresses() -> dict[str, Address]:
    """Every row of the table, read once."""
    text = (Path(__file__).resolve().parents[2] / "docs" / "RIGHTS.md").read_text(encoding="utf-8")
    found: dict[str, Address] = {}
    for name, get, post in _ROW.findall(text):
        assert name not in found, f"{name} stands twice in docs/RIGHTS.md"
        found[name] = Address(name, _words(get), _words(post))
    return found


@cache
def routes() -> dict[str, list[str]]:
    """Every address of the resolver and the parameters of its path, read once; one without a name is a fault."""
    return dict(_walk(get_resolver(), ()))


def _words(cell: str) -> frozenset[str] | None:
    words = frozenset(cell.split())
    if words == {NOT_OFFERED}:
        return None
    assert words <= WORDS, f"docs/RIGHTS.md: {sorted(words - WORDS)}"
    return (words - {"officers"}) | OFFICERS if "officers" in words else words


def _walk(resolver: Any, namespaces: tuple[str, ...], path: str = "") -> Iterator[tuple[str, list[str]]]:
    for pattern in resolver.url_patterns:
        whole = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, (*namespaces, pattern.namespace) if pattern.namespace else namespaces, whole)
        elif isinstance(pattern, URLPattern):
            yield ":".join([*namespaces, pattern.name or whole]), _PARAMETER.findall(whole)
