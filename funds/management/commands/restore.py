"""`manage.py restore FILE`"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from funds.backup import BackupError, restore_backup


class Command(BaseCommand):
    """Bring a backup into an empty database."""

    help = "Bring a backup into an empty database, and hold every group's head to the backup's manifest."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path, help="the backup, a file satcha-....backup")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore, then list what stands in the books."""
        try:
            manifest = restore_backup(options["file"].resolve())
        except BackupError as problem:
            raise CommandError(str(problem)) from problem
        for head in sorted(manifest.heads.values(), key=lambda head: head.code):
            self.stdout.write(f"{head.code}: {head.n} entries, head {head.hash}")
        self.stdout.write(f"{len(manifest.heads)} groups as of {manifest.made_at.isoformat()}; now run verify_books")
