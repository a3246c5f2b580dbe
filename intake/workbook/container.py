"""Look at an XLSX file from the outside: size, packing and kind, before anything parses it."""

import io
import zipfile

from intake.workbook.problems import Unreadable

MAX_FILE_BYTES = 8 * 1024 * 1024
MAX_UNPACKED_BYTES = 20 * 1024 * 1024
MAX_RATIO = 50
MAX_PARTS = 500
OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP_MAGIC = b"PK\x03\x04"
CHUNK = 64 * 1024


def check_container(content: bytes) -> None:
    """Refuse what is no workbook or would unpack to more than it may. Raises Unreadable.

    The unpacked size is counted by unpacking in chunks and thrown away, not only read from the zip's own directory.
    """
    if not content:
        raise Unreadable("file_empty")
    if len(content) > MAX_FILE_BYTES:
        raise Unreadable("file_too_large", megabytes=MAX_FILE_BYTES // 1024 // 1024)
    if content.startswith(OLE_MAGIC):
        raise Unreadable("file_old_or_locked")
    if not content.startswith(ZIP_MAGIC):
        raise Unreadable("file_not_workbook")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_parts(archive, len(content))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable("file_damaged") from error


def _check_parts(archive: zipfile.ZipFile, packed: int) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if len(parts) > MAX_PARTS or len(names) != len(parts):
        raise Unreadable("file_damaged")
    if any(part.flag_bits & 0x1 for part in parts):
        raise Unreadable("file_old_or_locked")
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise Unreadable("file_not_workbook")
    limit = min(MAX_UNPACKED_BYTES, packed * MAX_RATIO)
    if sum(part.file_size for part in parts) > limit:
        raise Unreadable("file_unpacks_too_large", megabytes=MAX_UNPACKED_BYTES // 1024 // 1024)
    unpacked = 0
    for part in parts:
        unpacked += _check_part(archive, part, limit - unpacked)


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, room: int) -> int:
    """Unpack one part within the room that is left; no part may declare a document type (entities are a bomb)."""
    seen, tail = 0, b""
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            seen += len(chunk)
            if seen > room:
                raise Unreadable("file_unpacks_too_large", megabytes=MAX_UNPACKED_BYTES // 1024 // 1024)
            if b"<!DOCTYPE" in tail + chunk or b"<!ENTITY" in tail + chunk:
                raise Unreadable("file_damaged")
            tail = chunk[-16:]
    return seen
