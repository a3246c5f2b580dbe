"""Load Thailand's provinces, districts and tambons with their official codes."""

from typing import Any

import geothai
from django.core.management.base import BaseCommand
from django.db import transaction

from members.models import District, Province, Tambon


class Command(BaseCommand):
    """Load or refresh the places; what exists is renamed, nothing is deleted."""

    help = "Load Thailand's provinces, districts and tambons (codes of the Ministry of Interior; data: GeoThai, CC-BY)."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Write all of them in one transaction."""
        provinces = geothai.provinces()
        districts = [district for province in provinces for district in geothai.districts(province.code)]
        tambons = [tambon for district in districts for tambon in geothai.subdistricts(district.code)]
        _write(Province, [Province(code=str(one.code), **_names(one)) for one in provinces], [])
        _write(
            District,
            [District(code=str(one.code), province_id=str(one.code)[:2], **_names(one)) for one in districts],
            ["province"],
        )
        _write(
            Tambon,
            [Tambon(code=str(one.code), district_id=str(one.code)[:4], **_names(one)) for one in tambons],
            ["district"],
        )
        counts = f"{len(provinces)} provinces, {len(districts)} districts, {len(tambons)} tambons"
        self.stdout.write(self.style.SUCCESS(counts))


def _names(place: Any) -> dict[str, str]:
    return {"name_th": place.name_th, "name_en": place.name_en}


def _write(model: Any, rows: list[Any], parents: list[str]) -> None:
    fields = ["name_th", "name_en", *parents]
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=fields)
