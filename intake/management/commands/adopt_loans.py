"""manage.py adopt_loans [--group CODE]: loans that were brought in before there were rows for them get theirs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intake.models import PaperContract
from intake.services.loans import adopt_paper_contracts
from members.errors import DomainError
from members.models import SavingsGroup


class Command(BaseCommand):
    """Adopt the contracts of every group, or of one; a second time finds nothing to do."""

    help = "Give the loans that came from paper their contract, schedule, guarantors and repayments. Posts nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name one group, if not all."""
        parser.add_argument("--group", default="", help="the group's code in addresses; all groups if left out")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many loans each group got; a group whose loans are refused stops nobody else."""
        groups = SavingsGroup.objects.filter(pk__in=PaperContract.objects.order_by().values("group"))
        if options["group"]:
            groups = SavingsGroup.objects.filter(code=options["group"])
            if not groups:
                raise CommandError(_("There is no group with the code %(code)s.") % {"code": options["group"]})
        refused = []
        for group in groups.order_by("code"):
            try:
                count = len(adopt_paper_contracts(group))
            except DomainError as error:
                refused.append(f"{group.code}: {error.message}")
                continue
            text = ngettext("%(count)d loan adopted", "%(count)d loans adopted", count) % {"count": count}
            self.stdout.write(f"{group.code}: {text}")
        if refused:
            raise CommandError("\n".join(refused))
