"""Seal everything anew under the first key, so that a later one can be taken away."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from members.door import reseal_totp
from members.models import Member, User
from members.national_ids import reseal_national_id
from members.sealing import SealBroken, is_current

BATCH = 500


class Command(BaseCommand):
    """Go through national IDs and codes from the phone in batches; interrupted, it can simply run again."""

    help = "Seal national IDs and authenticator secrets anew under the first key of SATCHA_ID_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        """Reseal what is not under the first key yet."""
        try:
            members = _reseal(Member, "national_id_sealed", reseal_national_id)
            users = _reseal(User, "totp_sealed", reseal_totp)
        except SealBroken:
            raise CommandError("Something is sealed under a key that SATCHA_ID_KEYS does not name.") from None
        self.stdout.write(self.style.SUCCESS(f"{members} national IDs, {users} authenticator secrets"))


def _reseal(model: Any, field: str, reseal: Any) -> int:
    sealed = model.objects.exclude(**{field: ""}).values_list("pk", field).order_by("pk")
    stale = [pk for pk, seal in sealed.iterator() if not is_current(seal)]
    for start in range(0, len(stale), BATCH):
        with transaction.atomic():
            rows = list(model.objects.select_for_update().filter(pk__in=stale[start : start + BATCH]))
            for row in rows:
                reseal(row)
            model.objects.bulk_update(rows, [field])
    return len(stale)
