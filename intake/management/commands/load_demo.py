"""manage.py load_demo: the demo district; with --logins only who can sign in."""

from argparse import ArgumentParser
from typing import IO, Any, cast

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from intake.demo.cast import LOGINS, PASSWORD, VILLAGES
from intake.demo.load import load_district
from members.models import SavingsGroup, User


class Command(BaseCommand):
    """Load the demo into an empty database; a second time prints the logins only."""

    help = "Load the demo district (three made-up villages) and print who can sign in. DEBUG only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Only the logins, if wanted."""
        parser.add_argument("--logins", action="store_true", help="print who can sign in, load nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse where real people may be."""
        if not settings.DEBUG:
            raise CommandError(_("The demo loads with DEBUG on only: its passwords are known to everybody."))
        if not options["logins"] and not is_loaded():
            if SavingsGroup.objects.exists():
                raise CommandError(_("There are groups already. The demo loads into a database without any."))
            load_district()
        self._print()

    def _print(self) -> None:
        present = {
            user.username: user for user in User.objects.filter(username__in=[login.username for login in LOGINS])
        }
        if not present:
            self.stdout.write(_("The demo is not loaded here."))
            return
        console = Console(file=cast(IO[str], self.stdout), highlight=False)
        table = Table(_("User name"), _("Who"), _("Village"), _("What it shows"))
        for login in LOGINS:
            if login.username in present:
                table.add_row(login.username, str(login.who), login.where, str(login.shows))
        console.print(_("Demo logins, everything synthetic. Password of all: %(password)s") % {"password": PASSWORD})
        console.print(table)


def is_loaded() -> bool:
    """Whether the demo's groups are all there."""
    codes = [village.code for village in VILLAGES]
    return SavingsGroup.objects.filter(code__in=codes).count() == len(codes)
