"""`manage.py backup`"""

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from funds.backup import BackupError, last_good_backup, make_backup

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Back the whole database up, encrypted and verified."""

    help = "Back the database up, encrypted, into both places, and verify the backup by reading it back."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --check and --quiet."""
        parser.add_argument(
            "--check", action="store_true", help="say how old the last good backup is; exit 1 if too old"
        )
        parser.add_argument("--quiet", action="store_true", help="say nothing when it went well")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it; a failure goes to the log as well, since a timer has no reader."""
        if options["check"]:
            return self.check_age()
        try:
            good = make_backup()
        except BackupError as problem:
            logger.error("backup failed: %s", problem)
            raise CommandError(str(problem)) from problem
        if not options["quiet"]:
            places = "in both places" if good.in_second_place else "in one place"
            self.stdout.write(f"{good.path}: {good.groups} groups, {good.size} bytes, {places}, read back")
        return None

    def check_age(self) -> None:
        """Say how old the last good backup is."""
        good = last_good_backup()
        if good is None:
            raise CommandError("there is no good backup")
        hours = int((timezone.now() - good.made_at).total_seconds()) // 3600
        sentence = f"the last good backup, {good.path}, is {hours} hours old"
        if good.is_old:
            raise CommandError(sentence)
        self.stdout.write(sentence)
