"""A photo as it is kept: decoded, turned upright, shrunk, and written anew as a JPEG without anything else in it."""

import io
import warnings
from dataclasses import dataclass
from typing import IO, Any

from PIL import Image, ImageOps, UnidentifiedImageError

from funds.money_errors import PhotoTooLarge, PhotoUnreadable

LONGEST_SIDE = 1600
BYTES_MOST = 8 * 1024 * 1024
PIXELS_MOST = 50_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 80


@dataclass(frozen=True)
class Picture:
    """A JPEG that this program made."""

    jpeg: bytes
    width: int
    height: int


def read_picture(upload: IO[bytes]) -> Picture:
    """Read what was sent. Raises PhotoTooLarge (bytes or pixels), PhotoUnreadable (no JPEG, PNG, WebP; broken)."""
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
            written = io.BytesIO()
            picture.save(written, "JPEG", quality=QUALITY, optimize=True)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise PhotoTooLarge from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, MemoryError, EOFError, OverflowError):
        raise PhotoUnreadable from None
    return Picture(written.getvalue(), picture.width, picture.height)


def _upright_and_small(picture: Any) -> Any:
    """The picture as it is looked at, on white where it is transparent, without what else the file says."""
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
