"""Verify an exported journal (JSON Lines, docs/JOURNAL.md) with nothing but Python: no Satcha, no database.

    python3 verify_journal.py FILE [N:HASH or N:CODE from a receipt or from the minutes ...]

Exit 0 intact, 1 damage (every bad entry is named), 2 could not run.
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator

MEMBERS = {"v", "g", "n", "id", "k", "d", "t", "by", "ok", "rv", "m", "p", "x", "prev", "hash"}


def paper_code(entry_hash: str) -> str:
    return f"{int(entry_hash, 16) % 10**30:030d}"


def link_faults(entry: dict, before: dict, n: int) -> Iterator[str]:
    """Does the entry continue the one before it, and is its hash its own?"""
    form = {name: value for name, value in entry.items() if name != "hash"}
    written = json.dumps(form, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    if hashlib.sha256(b"SATCHA-JOURNAL-1\n" + written).hexdigest() != entry["hash"]:
        yield "does not match its hash"
    if entry["n"] != n or entry["prev"] != before.get("hash", "0" * 64):
        yield "does not continue the entry before"
    if entry["t"] < before.get("t", "") or entry["g"] != before.get("g", entry["g"]):
        yield "was recorded before the entry before, or in another group"


def entry_faults(entry: dict, n: int) -> Iterator[str]:
    """Is the entry sound by itself?"""
    if entry["by"] in entry["ok"] or entry["ok"] != sorted(set(entry["ok"])):
        yield "was approved by its maker, or its approvers are not in order"
    if not 0 <= entry["rv"] < n:
        yield f"reverses entry {entry['rv']}"
    if len(entry["p"]) == 1 or [row[0] for row in entry["p"]] != list(range(1, len(entry["p"]) + 1)):
        yield "has not the lines it should have"
    units: dict[str, int] = {}
    for _, code, _, satang in entry["p"]:
        unit = code.rstrip("0123456789")
        units[unit] = units.get(unit, 0) + satang
    if any(units.values()):
        yield f"does not balance: {units}"


def verify(lines: Iterable[str], slips: list[tuple[int, str]]) -> tuple[dict[int, str], list[tuple[int, str]]]:
    """Read entry by entry; return the entries' hashes and what is wrong, by number."""
    before: dict = {}
    hashes: dict[int, str] = {}
    operations: set[str] = set()
    found: list[tuple[int, str]] = []
    for n, line in enumerate(lines, 1):
        entry = json.loads(line)
        if set(entry) != MEMBERS or entry["v"] != 1:
            found.append((n, "is not an entry of format version 1"))
            continue
        found += [(n, fault) for fault in (*link_faults(entry, before, n), *entry_faults(entry, n))]
        if entry["id"] in operations:
            found.append((n, "repeats an operation"))
        operations.add(entry["id"])
        before, hashes[n] = entry, entry["hash"]
    for n, code in slips:
        if n not in hashes or code not in (hashes[n], paper_code(hashes[n])):
            found.append((n, "is not the entry on the paper"))
    return hashes, found


def main(arguments: list[str]) -> int:
    try:
        slips = [(int(n), code.replace(" ", "")) for n, code in (slip.split(":") for slip in arguments[1:])]
        with open(arguments[0], encoding="utf-8", newline="\n") as file:  # noqa: PTH123 - one import less
            hashes, found = verify(file, slips)
    except (OSError, ValueError, KeyError, TypeError, IndexError) as problem:
        sys.stderr.write(f"could not run: {problem!r}\n{__doc__}")
        return 2
    for n, fault in found:
        sys.stdout.write(f"entry {n} {fault}\n")
    last = max(hashes, default=0)
    head = f", head {last} {paper_code(hashes[last])}" if last else ""
    sys.stdout.write(f"{len(hashes)} entries{head}, {len(found)} faults\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
