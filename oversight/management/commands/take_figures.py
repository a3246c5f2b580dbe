"""Take the figures of groups for the district pages; meant for the night, so that no officer waits in the morning."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from members.models import District
from oversight.services import refresh_figures


class Command(BaseCommand):
    """`manage.py take_figures [--district CODE]`"""

    help = "Take the figures of all groups whose copy is old, of one district or of all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the district's code."""
        parser.add_argument("--district", metavar="CODE", help="four-digit code of the district")

    def handle(self, *args: Any, district: str | None = None, **options: Any) -> None:
        """Refresh district by district, each group in a transaction of its batch."""
        districts = District.objects.filter(tambons__villages__groups__isnull=False).distinct().order_by("code")
        if district is not None:
            districts = districts.filter(code=district)
            if not districts:
                raise CommandError(f"No group in a district {district}.")
        taken = sum(refresh_figures(district=one) for one in districts)
        self.stdout.write(f"Figures of {taken} groups taken.")
