"""manage.py share_out --group CODE --year 2568 --plan --json: how a year's profit would be divided. Posts nothing."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from funds.models import AccountYear
from shareout.plan import Plan, plan_share_out
from shareout.policy import CUSTOMARY
from shareout.selectors.snapshot import snapshot_of
from thai.money import format_baht


class Command(BaseCommand):
    """Plan the share-out of an account year by the customary policy; reads only."""

    help = "Plan how an account year's profit is divided (satang), as if the year were closed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the group and the year."""
        parser.add_argument("--group", required=True, help="the group's code in addresses")
        parser.add_argument("--year", required=True, type=int, help="account year, Buddhist Era, such as 2568")
        parser.add_argument("--plan", action="store_true", required=True, help="plan only: nothing is posted")
        parser.add_argument("--json", action="store_true", help="everything in JSON, in satang")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print JSON, or the heads for reading."""
        found = AccountYear.objects.filter(group__code=options["group"], year=options["year"])
        year = found.select_related("group").first()
        if year is None:
            words = {"code": options["group"], "year": options["year"]}
            raise CommandError(_("There is no account year %(year)s of a group with the code %(code)s.") % words)
        plan = plan_share_out(snapshot_of(year), CUSTOMARY)
        if options["json"]:
            self.stdout.write(json.dumps(as_figures(plan), ensure_ascii=False, indent=1))
            return
        self.stdout.write(f"{year.group} · {year.year} · {format_baht(plan.snapshot.distributable)}")
        for head, satang in plan.by_head.items():
            self.stdout.write(f"{head:26}{format_baht(satang):>20}")


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
