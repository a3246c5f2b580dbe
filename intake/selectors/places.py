"""The official places, for a group that is made before they were taken over, and those in which one may be founded."""

import geothai
from django.db.models import Q, QuerySet

from members.access import districts_of
from members.models import Tambon, User

MOST_TAMBONS = 60
Names = tuple[str, str]


def official_tambon(code: str) -> list[Names] | None:
    """Return the Thai and English names of a tambon's province, district and itself; None if there is no such code."""
    tambon, district, province = geothai.subdistrict(code), geothai.district(code[:4]), geothai.province(code[:2])
    if tambon is None or district is None or province is None:
        return None
    return [(place.name_th, place.name_en) for place in (province, district, tambon)]


def tambons_to_found_in(user: User, wanted: str) -> QuerySet[Tambon]:
    """The tambons in which a user may found a group: a district officer's own, an administrator's by part of a name."""
    tambons = Tambon.objects.select_related("district__province").order_by("code")
    if not user.is_administrator:
        tambons = tambons.filter(district__in=districts_of(user))
    elif not wanted:
        return tambons.none()
    if wanted:
        named = Q(name_th__contains=wanted) | Q(name_en__icontains=wanted) | Q(code__startswith=wanted)
        by_district = Q(district__name_th__contains=wanted) | Q(district__name_en__icontains=wanted)
        tambons = tambons.filter(named | by_district)
    return tambons[:MOST_TAMBONS]
