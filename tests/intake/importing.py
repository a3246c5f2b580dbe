"""A workbook brought in for a test, and its books verified."""

import io

from django.core.management import call_command

from intake.services import post_year
from intake.services.groups import group_for_import
from members.models import SavingsGroup
from tests.intake.workbooks import read

NAME = "กลุ่มออมทรัพย์เพื่อการผลิตบ้านหนองรวงข้าว"


def bring_in(content: bytes, code: str = "village-a") -> SavingsGroup:
    """Import a workbook as the command does."""
    found = read(content)
    assert found.village is not None
    group = group_for_import(
        code=code, name=NAME, tambon_code="", village_name="", first_year_starts_on=found.village.year.starts_on
    )
    return post_year(group=group, read=found, by="import").group


def verified(group: SavingsGroup) -> int:
    """The exit code of verify_books for a group."""
    try:
        call_command("verify_books", "--group", group.code, stdout=io.StringIO())
    except SystemExit as end:
        return int(end.code or 0)
    return 0
