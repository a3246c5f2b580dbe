"""The access record: who looked at whose page."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from members.models import AccessRecord, Member, User

ONE_LOOK = timedelta(minutes=10)


def record_access(*, user: User, members: Iterable[Member], page: str) -> None:
    """Remember that a user opened these members' pages; looks within ten minutes at the same page count once."""
    found = list(members)
    since = timezone.now() - ONE_LOOK
    recent = set(
        AccessRecord.objects.filter(user=user, member__in=found, page=page[:60], seen_at__gt=since).values_list(
            "member_id", flat=True
        )
    )
    AccessRecord.objects.bulk_create(
        AccessRecord(group_id=member.group_id, member=member, user=user, page=page[:60])
        for member in found
        if member.pk not in recent
    )
