"""The group that a workbook comes into, on the command line: the one that is there, or a new one in its place."""

from datetime import date

from django.db import transaction

from funds.journal import open_book
from intake.errors import GroupCodeWrong, TambonUnknown
from intake.selectors.places import official_tambon
from members.models import District, Province, SavingsGroup, Tambon, Village

NOWHERE = "000000"
GROUP_WORDS = ("กลุ่มออมทรัพย์เพื่อการผลิต", "กลุ่มออมทรัพย์", "กลุ่มสัจจะออมทรัพย์")


@transaction.atomic
def group_for_import(
    *, code: str, name: str, tambon_code: str, village_name: str, first_year_starts_on: date
) -> SavingsGroup:
    """Return the group of a code, made with empty books if there is none.

    Without a tambon the village stands in a place called "not stated", to be corrected later. Raises TambonUnknown,
    GroupCodeWrong.
    """
    group = SavingsGroup.objects.filter(code=code).first()
    if group is not None:
        return group
    if not code or code != code.strip("-") or not code.replace("-", "").isalnum() or code != code.lower():
        raise GroupCodeWrong(code=code)
    tambon = tambon_for(tambon_code or NOWHERE)
    village, _made = Village.objects.get_or_create(tambon=tambon, moo=1, name=village_name or village_in(name))
    group = SavingsGroup.objects.create(
        code=code, name=name, village=village, first_year_starts_on=first_year_starts_on
    )
    open_book(group=group)
    return group


def village_in(name: str) -> str:
    """Take the village's name out of its group's."""
    for words in GROUP_WORDS:
        name = name.removeprefix(words).strip() or name
    return name[:100]


def tambon_for(code: str) -> Tambon:
    """Return a tambon, taken over from the official list with its district and province when first named."""
    tambon = Tambon.objects.filter(code=code).first()
    if tambon is not None:
        return tambon
    if code == NOWHERE:
        names = [("ยังไม่ระบุ", "Not stated")] * 3
    elif (found := official_tambon(code)) is not None:
        names = found
    else:
        raise TambonUnknown(code=code)
    return _place(code, names)


def _place(code: str, names: list[tuple[str, str]]) -> Tambon:
    (province_th, province_en), (district_th, district_en), (tambon_th, tambon_en) = names
    province, _made = Province.objects.get_or_create(
        code=code[:2], defaults={"name_th": province_th, "name_en": province_en}
    )
    district, _made = District.objects.get_or_create(
        code=code[:4], defaults={"province": province, "name_th": district_th, "name_en": district_en}
    )
    return Tambon.objects.create(code=code, district=district, name_th=tambon_th, name_en=tambon_en)
