"""Hold the books against their invariants: every package's checks, run for every group."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import connection

from funds import chain
from funds.findings import Check
from funds.selectors import entry_by_number
from members.models import SavingsGroup
from members.triggers import missing_guards


@dataclass(frozen=True)
class Checkpoint:
    """What a slip of paper says: an entry's number and its hash or 30-digit code."""

    n: int
    code: str

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read `N:HASH` or `N:CODE`; ValueError if it is neither."""
        number, _, code = text.partition(":")
        code = code.replace(" ", "").replace("-", "").lower()
        is_code = len(code) == len(chain.paper_digits(chain.NO_HASH)) and code.isdecimal()
        if not number.isdecimal() or not (is_code or chain.HASH_FORM.fullmatch(code)):
            raise ValueError(text)
        return cls(int(number), code)

    def fits(self, entry_hash: str) -> bool:
        """Whether an entry's hash is the one on paper."""
        return self.code in (entry_hash, chain.paper_digits(entry_hash))


@dataclass(frozen=True)
class Damage:
    """One fault, named by group and number; n 0: none in particular."""

    group: str
    rule: str
    n: int
    text: str

    def __str__(self) -> str:
        where = f"{self.group} entry {self.n}" if self.n else self.group or "all groups"
        return f"{where}: {self.rule} {self.text}"


def all_checks() -> list[Check]:
    """The checks of every installed package, lower packages first."""
    found: list[Check] = []
    for name in (config.name for config in apps.get_app_configs()):
        if find_spec(f"{name}.checks"):
            found += getattr(import_module(f"{name}.checks"), "CHECKS", ())
    return found


def damage_of_guards() -> Iterator[Damage]:
    """A guard of any package that is missing or was changed."""
    for name in missing_guards(connection):
        yield Damage("", "guard", 0, f"{name} is missing or was changed")


def damage_of(
    group: SavingsGroup, checkpoints: Iterable[Checkpoint] = (), checks: Iterable[Check] | None = None
) -> Iterator[Damage]:
    """Every fault of one group's books, by every package's checks unless told which."""
    for check in all_checks() if checks is None else checks:
        for rule, n, text in check(group):
            yield Damage(group.code, rule, n, text)
    for checkpoint in checkpoints:
        entry = entry_by_number(group, checkpoint.n)
        if entry is None:
            yield Damage(group.code, "checkpoint", checkpoint.n, "is not in the books")
        elif not checkpoint.fits(entry.hash):
            yield Damage(group.code, "checkpoint", checkpoint.n, "is not the entry that was printed")
