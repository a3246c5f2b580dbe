"""manage.py share_out --group CODE --year 2568 --plan [--json]: how a year's profit would be divided. Posts nothing.

With --district CODE instead: the same for every group of a district, a line each.

With --export FILE: the share-out that was adopted or posted, or else that plan, as a file with which anyone recomputes
it, and beside it the script that does (docs/SHARE_OUT.md).
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from funds.models import AccountYear
from shareout.export import export_of_plan, write_export
from shareout.plan import Plan, plan_share_out
from shareout.policy import CUSTOMARY
from shareout.selectors.explanation import export_of_share_out
from shareout.selectors.many_groups import GroupPlan, customary_plans
from shareout.selectors.share_outs import share_out_of
from shareout.selectors.snapshot import snapshot_of
from thai.money import format_baht


class Command(BaseCommand):
    """Plan the share-out of an account year by the customary policy; reads only."""

    help = "Plan how an account year's profit is divided (satang), as if the year were closed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the group, or the district, and the year."""
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--group", help="the group's code in addresses")
        whose.add_argument("--district", help="the district's code: a line for each of its groups")
        parser.add_argument("--year", required=True, type=int, help="account year, Buddhist Era, such as 2568")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--plan", action="store_true", help="plan only: nothing is posted")
        what.add_argument("--export", type=Path, metavar="FILE", help="what anyone recomputes, and the script for it")
        parser.add_argument("--json", action="store_true", help="everything in JSON, in satang")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print JSON, or the heads for reading."""
        if options["district"]:
            self._district(options)
            return
        found = AccountYear.objects.filter(group__code=options["group"], year=options["year"])
        year = found.select_related("group").first()
        if year is None:
            words = {"code": options["group"], "year": options["year"]}
            raise CommandError(_("There is no account year %(year)s of a group with the code %(code)s.") % words)
        if options["export"]:
            self._export(year, options["export"])
            return
        plan = plan_share_out(snapshot_of(year), CUSTOMARY)
        if options["json"]:
            self.stdout.write(json.dumps(as_figures(plan), ensure_ascii=False, indent=1))
            return
        self.stdout.write(f"{year.group} · {year.year} · {format_baht(plan.snapshot.distributable)}")
        for head, satang in plan.by_head.items():
            self.stdout.write(f"{head:26}{format_baht(satang):>20}")

    def _district(self, options: dict[str, Any]) -> None:
        if options["export"]:
            raise CommandError(_("A file is written for one group: name it with --group."))
        place = {"group__village__tambon__district": options["district"], "year": options["year"]}
        plans = customary_plans(AccountYear.objects.filter(**place).order_by("group__code"))
        if options["json"]:
            self.stdout.write(json.dumps([as_line(plan) for plan in plans], ensure_ascii=False, indent=1))
            return
        for plan in plans:
            line = as_line(plan)
            sums = [format_baht(line[name]) for name in ("distributable", "dividend", "rebate", "dividend_of_100")]
            self.stdout.write(f"{plan.year.group.code:24}" + "".join(f"{each:>18}" for each in sums))

    def _export(self, year: AccountYear, path: Path) -> None:
        standing = share_out_of(year)
        if standing is not None:
            standing.group = year.group
            export = export_of_share_out(standing)
        else:
            plan = plan_share_out(snapshot_of(year), CUSTOMARY)
            export = export_of_plan(plan, group=year.group.code, state="planned")
        try:
            script = write_export(export, path)
        except OSError as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{export['state']}: {path}; python3 {script} {path}")


def as_line(plan: GroupPlan) -> dict[str, Any]:
    """A group's plan in one line, satang; dividend_of_100: on a hundred baht that lay the whole year."""
    return {
        "group": plan.year.group.code,
        "distributable": plan.distributable,
        "dividend": sum(plan.divided.dividend.shares.values()),
        "rebate": sum(plan.divided.rebate.shares.values()),
        "dividend_of_100": plan.dividend_of_100,
    }


def as_figures(plan: Plan) -> dict[str, Any]:
    """A plan in satang: the year's profit, the heads, and by member weights, interest paid, dividend and rebate."""
    snapshot = plan.snapshot
    return {
        "unit": "satang",
        "account_year": snapshot.year,
        "totals": {
            "profit": snapshot.profit,
            "distributable": snapshot.distributable,
            "baht_months": sum(plan.weights.values()),
        },
        "allotment": {str(head): satang for head, satang in plan.by_head.items()},
        "baht_months": _texts(plan.weights),
        "interest_paid": _texts(snapshot.interest),
        "dividend": _texts(plan.dividend.shares),
        "rebate": _texts(plan.rebate.shares),
    }


def _texts(by_number: Any) -> dict[str, int]:
    return {str(number): by_number[number] for number in sorted(by_number)}
