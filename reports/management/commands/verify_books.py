from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from funds.selectors import head
from members.models import SavingsGroup
from reports.verification import Checkpoint, damage_of, damage_of_guards

DAMAGED, COULD_NOT_RUN = 1, 2


class Command(BaseCommand):
    """Verify the books from their rows: exit 0 intact, 1 damage, 2 could not run."""

    help = (
        "Verify the books of one group or of all: every bad entry is named. Exit 0 intact, 1 damage, 2 could not run."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """--group CODE, --checkpoint N:HASH (as often as there are slips)."""
        parser.add_argument("--group", help="code of one group; without it all groups")
        parser.add_argument(
            "--checkpoint",
            action="append",
            default=[],
            metavar="N:HASH",
            help="an entry's number and hash, or its 30-digit code, from a paper; with --group",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, name what is bad, end with the number that says so."""
        checkpoints = self._checkpoints(options)
        try:
            groups = self._groups(options["group"])
            damaged = self._report(damage_of_guards())
            for group in groups:
                found = self._report(damage_of(group, checkpoints))
                last = head(group)
                state = f"{found} faults" if found else "intact"
                self.stdout.write(f"{group.code}: {last.n if last else 0} entries, {state}" + self._code(last))
                damaged += found
        except DatabaseError as problem:
            raise CommandError(f"could not run: {problem}", returncode=COULD_NOT_RUN) from problem
        if damaged:
            raise CommandError(f"damage: {damaged} faults", returncode=DAMAGED)

    def _checkpoints(self, options: dict[str, Any]) -> list[Checkpoint]:
        if options["checkpoint"] and not options["group"]:
            raise CommandError("--checkpoint needs --group", returncode=COULD_NOT_RUN)
        try:
            return [Checkpoint.parse(text) for text in options["checkpoint"]]
        except ValueError as problem:
            raise CommandError(f"not a checkpoint (N:HASH): {problem}", returncode=COULD_NOT_RUN) from problem

    def _groups(self, code: str | None) -> list[SavingsGroup]:
        groups = SavingsGroup.objects.order_by("code")
        if code is None:
            return list(groups)
        if not (found := list(groups.filter(code=code))):
            raise CommandError(f"no group {code}", returncode=COULD_NOT_RUN)
        return found

    def _report(self, found: Any) -> int:
        count = 0
        for damage in found:
            self.stderr.write(str(damage))
            count += 1
        return count

    def _code(self, last: Any) -> str:
        return f", head {last.n} {last.paper_code}" if last else ""
