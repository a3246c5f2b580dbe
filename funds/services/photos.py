"""Keep a photo of a slip: decoded, turned upright, shrunk, and written anew as a JPEG without anything else in it."""

import hashlib
import io
import warnings
from typing import IO, Any

from django.db import transaction
from django.utils import timezone
from PIL import Image, ImageOps, UnidentifiedImageError

from funds.models import Photo
from funds.models.photos import LONGEST_SIDE
from funds.money_errors import PhotoTooLarge, PhotoUnreadable
from members.models import SavingsGroup, User

BYTES_MOST = 8 * 1024 * 1024
PIXELS_MOST = 50_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 80


def keep_photo(*, group: SavingsGroup, by: User, upload: IO[bytes]) -> Photo:
    """Keep a picture with the books; the same picture again is the same row.

    Raises PhotoTooLarge (bytes or pixels), PhotoUnreadable (not a JPEG, PNG or WebP, or a broken one).
    """
    jpeg, width, height = _as_jpeg(upload)
    digest = hashlib.sha256(jpeg).hexdigest()
    with transaction.atomic():
        known = Photo.objects.filter(group=group, sha256=digest).first()
        return known or Photo.objects.create(
            group=group,
            jpeg=jpeg,
            sha256=digest,
            width=width,
            height=height,
            kept_by=by,
            kept_at=timezone.now(),
        )


def _as_jpeg(upload: IO[bytes]) -> tuple[bytes, int, int]:
    content = upload.read(BYTES_MOST + 1)
    if len(content) > BYTES_MOST:
        raise PhotoTooLarge
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture: Any = Image.open(io.BytesIO(content), formats=FORMATS)
            if picture.width * picture.height > PIXELS_MOST:
                raise PhotoTooLarge
            picture = _upright_and_small(picture)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise PhotoTooLarge from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, MemoryError, EOFError, OverflowError):
        raise PhotoUnreadable from None
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue(), picture.width, picture.height


def _upright_and_small(picture: Any) -> Any:
    """The picture as it is looked at, on white where it is transparent."""
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    picture.load()
    picture = ImageOps.exif_transpose(picture)
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        picture = Image.new("RGB", seen.size, "white")
        picture.paste(seen, mask=seen.getchannel("A"))
    picture = picture.convert("RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    return bare
