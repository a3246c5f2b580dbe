"""A new group made in the browser, in a village that may not be on the list yet."""

from datetime import date
from uuid import UUID

from django.db import transaction

from members.models import User, Village
from membership.founding import FoundedGroup, Seat, found_group


@transaction.atomic
def found_group_in(
    *, village: Village, name: str, code: str, officers: list[Seat], founded_on: date | None, by: User, operation: UUID
) -> FoundedGroup:
    """Found a group in a village, writing the village down if it is new.

    Raises what `membership.founding.found_group` raises; nothing stands then.
    """
    known, _made = Village.objects.get_or_create(tambon=village.tambon, moo=village.moo, name=village.name)
    return found_group(
        village=known, name=name, code=code, officers=officers, founded_on=founded_on, by=by, operation=operation
    )
