"""manage.py group_summary --group CODE --year 2568 --json: an account year in figures, to compare."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from intake.models import PaperContract
from members.models import SavingsGroup
from reports.summary import group_summary
from thai.money import format_baht


class Command(BaseCommand):
    """Print the summary of a group's account year; reads only."""

    help = "Print an account year of a group in figures (satang), from its books."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the group and the year."""
        parser.add_argument("--group", required=True, help="the group's code in addresses")
        parser.add_argument("--year", required=True, type=int, help="account year, Buddhist Era, such as 2568")
        parser.add_argument("--json", action="store_true", help="everything in JSON, in satang")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print JSON, or the totals for reading."""
        group = SavingsGroup.objects.filter(code=options["group"]).first()
        if group is None:
            raise CommandError(_("There is no group with the code %(code)s.") % {"code": options["group"]})
        contracts = PaperContract.objects.filter(group=group).values_list("number", "member__number")
        summary = group_summary(group=group, year=options["year"], borrowers=dict(contracts))
        if options["json"]:
            self.stdout.write(json.dumps(summary, ensure_ascii=False, indent=1))
            return
        self.stdout.write(f"{group} · {options['year']}")
        for name, satang in summary["totals"].items():
            shown = str(satang) if name == "missed_months" else format_baht(satang)
            self.stdout.write(f"{name:26}{shown:>20}")
