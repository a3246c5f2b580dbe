from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from funds.export import VERIFIER, export_journal
from members.models import SavingsGroup


class Command(BaseCommand):
    """Write a group's journal to a file, with its stand-alone verifier beside it."""

    help = "Write a group's journal (docs/JOURNAL.md, format version 1), and a verifier that needs only Python."

    def add_arguments(self, parser: CommandParser) -> None:
        """--group CODE --output FILE [--format jsonl]."""
        parser.add_argument("--group", required=True, help="code of the group")
        parser.add_argument("--format", choices=["jsonl"], default="jsonl")
        parser.add_argument("--output", required=True, type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file. Entries are only ever added, so what is read in pieces is the books as of the last one."""
        group = SavingsGroup.objects.filter(code=options["group"]).first()
        if group is None:
            raise CommandError(f"no group {options['group']}")
        path: Path = options["output"]
        try:
            count = export_journal(group, path)
        except OSError as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"{count} entries in {path}; verify them with: python3 {path.with_name(VERIFIER.name)} {path}"
        )
