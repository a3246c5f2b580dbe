"""A group's journal as a file that outlives the program: JSON Lines, one canonical entry with its hash a line."""

import shutil
from pathlib import Path
from typing import BinaryIO

from funds import chain
from funds.checks.rows import read_journal
from members.models import SavingsGroup

VERIFIER = Path(__file__).parent / "standalone" / "verify_journal.py"


def write_journal(group: SavingsGroup, file: BinaryIO) -> int:
    """Write every entry of a group in order of number, rebuilt from the rows; returns how many."""
    count = 0
    for entry, postings in read_journal(group):
        form = entry.canonical_form(str(group.uuid), postings)
        file.write(chain.canonical(form | {"hash": entry.hash}) + b"\n")
        count += 1
    return count


def export_journal(group: SavingsGroup, path: Path) -> int:
    """Write a group's journal to a file, and the verifier that needs only Python beside it; returns the entries."""
    with path.open("wb") as file:
        count = write_journal(group, file)
    shutil.copyfile(VERIFIER, path.with_name(VERIFIER.name))
    return count
