"""Keep a photo of a slip or of a page of the bank book with the books, so that a backup holds it."""

import hashlib
from typing import IO

from django.db import transaction
from django.utils import timezone

from funds.models import Photo
from funds.pictures import Picture, read_picture
from members.models import SavingsGroup, User


def keep_photo(*, group: SavingsGroup, by: User, upload: IO[bytes] | Picture) -> Photo:
    """Keep a picture, as it was sent or as a PhotoField has read it; the same picture again is the same row.

    Raises PhotoTooLarge, PhotoUnreadable.
    """
    picture = upload if isinstance(upload, Picture) else read_picture(upload)
    digest = hashlib.sha256(picture.jpeg).hexdigest()
    with transaction.atomic():
        known = Photo.objects.filter(group=group, sha256=digest).first()
        return known or Photo.objects.create(
            group=group,
            jpeg=picture.jpeg,
            sha256=digest,
            width=picture.width,
            height=picture.height,
            kept_by=by,
            kept_at=timezone.now(),
        )
