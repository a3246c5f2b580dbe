"""The official places, for a group that is made before they were taken over."""

import geothai

Names = tuple[str, str]


def official_tambon(code: str) -> list[Names] | None:
    """Return the Thai and English names of a tambon's province, district and itself; None if there is no such code."""
    tambon, district, province = geothai.subdistrict(code), geothai.district(code[:4]), geothai.province(code[:2])
    if tambon is None or district is None or province is None:
        return None
    return [(place.name_th, place.name_en) for place in (province, district, tambon)]
