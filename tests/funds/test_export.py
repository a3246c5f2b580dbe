"""The export is the format to the byte, and a verifier that knows no Satcha agrees with it."""

import json
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command

from funds import chain
from funds.export import VERIFIER
from funds.journal import reverse_entry
from tests.funds.conftest import SOMPORN, WICHAI, Books

FIRST_OPERATION = "00000000-0000-0000-0000-000000000001"


@pytest.fixture
def exported(books: Books, tmp_path: Path) -> Path:
    books.receive(200_00, details={"payer": "สมชาย"})
    entry = books.receive(300_00, "0002", ok=[WICHAI])
    books.close(operating=500_00)
    books.post("slip_issue")
    operation = UUID(FIRST_OPERATION)
    reverse_entry(entry=entry, by=SOMPORN, ok=[WICHAI], operation=operation, reason="ผิดคน")
    path = tmp_path / "ban-nong.jsonl"
    call_command("export_journal", "--group", "ban-nong", "--format", "jsonl", "--output", str(path), verbosity=0)
    return path


def run_verifier(*arguments: object) -> tuple[int, str]:
    command = [sys.executable, "-I", "-S", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


def test_every_line_is_canonical_and_carries_its_hash(exported: Path, books: Books) -> None:
    data = exported.read_bytes()
    assert data.endswith(b"\n")
    assert b"\r" not in data
    lines = data.decode().splitlines()
    for number, line in enumerate(lines, 1):
        entry = json.loads(line)
        assert entry["n"] == number
        assert chain.canonical(entry).decode() == line
        stated = entry.pop("hash")
        assert len(entry) == 14
        assert chain.hash_of(entry) == stated
    assert json.loads(lines[-1])["hash"] == books.last.hash
    assert json.loads(lines[3])["x"] == {"A1100": 0, "O1100": 500_00}
    assert json.loads(lines[5])["rv"] == 3


def test_the_verifier_that_ships_with_the_export_finds_it_intact(exported: Path, books: Books) -> None:
    last = books.last
    verifier = exported.with_name("verify_journal.py")
    slip = f"6:{chain.paper_digits(last.hash)}"
    code, said = run_verifier(verifier, exported, slip, f"6:{last.hash}")
    assert code == 0, said
    assert said.strip() == f"6 entries, head 6 {chain.paper_digits(last.hash)}, 0 faults"


def test_the_verifier_needs_nothing_and_stays_small() -> None:
    text = VERIFIER.read_text()
    assert {line.split()[1] for line in text.splitlines() if line.startswith(("import", "from"))} == {
        "collections.abc",
        "hashlib",
        "json",
        "sys",
    }
    assert len(text.splitlines()) < 90


FORGED = {
    "amount": lambda lines: change(lines, 1, lambda entry: entry["p"][0].__setitem__(3, 1)),
    "maker": lambda lines: change(lines, 2, lambda entry: entry.update(by="x")),
    "group": lambda lines: change(lines, 2, lambda entry: entry.update(g="x")),
    "words": lambda lines: change(lines, 2, lambda entry: entry.update(m="0" * 64)),
    "cut out": lambda lines: lines.pop(2),
    "swapped": lambda lines: lines.insert(1, lines.pop(2)),
    "repeated": lambda lines: lines.insert(2, lines[1]),
    "member missing": lambda lines: change(lines, 2, lambda entry: entry.pop("x")),
}


def change(lines, place, how) -> None:
    entry = json.loads(lines[place])
    how(entry)
    lines[place] = json.dumps(entry, ensure_ascii=False)


def rehash(lines) -> None:
    """A rewriter who computes every hash again."""
    prev = chain.NO_HASH
    for place, line in enumerate(lines):
        entry = json.loads(line)
        entry.pop("hash")
        entry["prev"] = prev
        prev = chain.hash_of(entry)
        lines[place] = json.dumps({**entry, "hash": prev}, ensure_ascii=False)


@pytest.mark.parametrize("name", FORGED)
def test_the_verifier_finds_what_was_changed(name: str, exported: Path) -> None:
    lines = exported.read_text(encoding="utf-8").splitlines()
    FORGED[name](lines)
    exported.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert run_verifier(VERIFIER, exported)[0] == 1


REWRITTEN = {
    "unbalanced": lambda entry: entry["p"][0].__setitem__(3, 1),
    "one leg": lambda entry: entry["p"].pop(),
    "own approval": lambda entry: entry.update(ok=[entry["by"]]),
    "earlier": lambda entry: entry.update(t="2020-01-01T00:00:00Z"),
    "reverses itself": lambda entry: entry.update(rv=3),
    "operation": lambda entry: entry.update(id=FIRST_OPERATION),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_the_verifier_finds_what_a_rewriter_forgets(name: str, exported: Path) -> None:
    lines = exported.read_text(encoding="utf-8").splitlines()
    change(lines, 2, REWRITTEN[name])
    rehash(lines)
    exported.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert run_verifier(VERIFIER, exported)[0] == 1


def test_a_rewrite_and_a_cut_tail_are_found_with_a_slip_of_paper_only(exported: Path, books: Books) -> None:
    slip = f"6:{chain.paper_code(books.last.hash)}"
    lines = exported.read_text(encoding="utf-8").splitlines()
    for forged in (lines[:-1], lines):
        change(forged, 1, lambda entry: entry.update(by="x"))
        rehash(forged)
        exported.write_text("\n".join(forged) + "\n", encoding="utf-8")
        assert run_verifier(VERIFIER, exported)[0] == 0
        assert run_verifier(VERIFIER, exported, slip)[0] == 1


@pytest.mark.parametrize("content", ["not json\n", "[]\n", "1\n"])
def test_a_file_that_is_no_journal_cannot_be_verified(content: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text(content)
    assert run_verifier(VERIFIER, path)[0] in (1, 2)


def test_no_file_ends_with_2(tmp_path: Path) -> None:
    assert run_verifier(VERIFIER)[0] == 2
    assert run_verifier(VERIFIER, tmp_path / "none")[0] == 2


def test_an_unknown_group_is_not_exported(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("export_journal", "--group", "nowhere", "--output", str(tmp_path / "x"))
