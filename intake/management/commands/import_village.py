"""manage.py import_village FILE --group CODE --name NAME: a village's year on paper becomes living books."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from intake.errors import WorkbookRefused
from intake.selectors.uploads import BANK
from intake.services import post_year
from intake.services.groups import group_for_import
from intake.wording import COUNT_NAMES, sentence, severity_name
from intake.workbook.problems import Problem
from intake.workbook.reading import YearRead, read_year
from members.errors import DomainError

BY_COMMAND = "import"


class Command(BaseCommand):
    """Read a workbook and, unless something is wrong or only tried, post it."""

    help = "Bring a village's workbook (.xlsx) into the books of a group: all of it, or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the file, the group and its place."""
        parser.add_argument("file", help="the village's workbook, .xlsx")
        parser.add_argument("--group", required=True, help="the group's code in addresses, such as nong-bua")
        parser.add_argument("--name", default="", help="the group's name, if it is new")
        parser.add_argument("--tambon", default="", help="six-digit code of the tambon, if the group is new")
        parser.add_argument("--village", default="", help="name of the village, if the group is new")
        parser.add_argument("--dry-run", action="store_true", help="do everything, then take it back")
        parser.add_argument("--json", action="store_true", help="answer {ok, problems, counts} in JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer with every problem and what came out; exit code 1 if the workbook did not come in."""
        try:
            content = Path(options["file"]).read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        read = read_year(content, today=timezone.localdate(), bank=BANK)
        problems = read.problems
        if read.ok:
            try:
                self._post(read, options)
            except WorkbookRefused as refused:
                problems = (*problems, *refused.problems)
            except DomainError as refused:
                raise CommandError(refused.message) from refused
        ok = not any(problem.is_error for problem in problems)
        answer = self._json if options["json"] else self._print
        answer(ok, problems, read, dry_run=options["dry_run"])
        if not ok:
            sys.exit(1)

    def _post(self, read: YearRead, options: dict[str, Any]) -> None:
        assert read.village is not None
        with transaction.atomic():
            group = group_for_import(
                code=options["group"],
                name=options["name"] or options["group"],
                tambon_code=options["tambon"],
                village_name=options["village"],
                first_year_starts_on=read.village.year.starts_on,
            )
            post_year(group=group, read=read, by=BY_COMMAND)
            if options["dry_run"]:
                transaction.set_rollback(True)

    def _json(self, ok: bool, problems: tuple[Problem, ...], read: YearRead, *, dry_run: bool) -> None:
        listed = [
            {
                "sheet": problem.place.sheet,
                "row": problem.place.row,
                "column": problem.place.column,
                "severity": problem.severity,
                "message": sentence(problem),
            }
            for problem in problems
        ]
        self.stdout.write(json.dumps({"ok": ok, "problems": listed, "counts": dict(read.counts)}, ensure_ascii=False))

    def _print(self, ok: bool, problems: tuple[Problem, ...], read: YearRead, *, dry_run: bool) -> None:
        console = Console(file=cast(IO[str], self.stdout), highlight=False)
        if problems:
            table = Table(_("Sheet"), _("Row"), _("Column"), "", _("What is wrong, and what to do"))
            for problem in problems:
                place = problem.place
                where = (place.sheet, str(place.row or ""), place.column or "")
                table.add_row(*where, severity_name(problem), sentence(problem))
            console.print(table)
        if read.counts:
            table = Table(_("In the workbook"), "")
            for key, count in read.counts.items():
                table.add_row(str(COUNT_NAMES[key]), str(count))
            console.print(table)
        if not ok:
            console.print(_("Nothing has come in. Correct the workbook, then try again."))
        elif dry_run:
            console.print(_("Everything would come in. This was only tried."))
        else:
            console.print(_("The year has come in."))
