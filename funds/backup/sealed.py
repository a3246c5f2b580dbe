"""A backup as a file: encrypted in chunks with AES-256-GCM, each bound to its place and the last one marked as such.

Layout: the tag, 16 random bytes, then the chunks, each with its length before it. The key of a file comes from the
backup key and the random bytes; a chunk's nonce is its number. So a chunk that was changed, moved, repeated, left out,
or taken from another file does not open, and a file that was cut does not end. Inside: the length of the manifest, the
manifest as JSON, the dump of the database.
"""

import io
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from funds.backup.errors import BackupDamaged

TAG = b"SATCHA-BACKUP-1\n"
SALT = 16
CHUNK = 1024 * 1024
OVERHEAD = 16
LENGTH = 4
DAMAGED = "the file is damaged, was changed, or was made with another key"


def seal(*, key: bytes, head: bytes, body: Path, target: Path) -> None:
    """Write head and body encrypted into a new file of mode 0600; the file appears whole or not at all."""
    part = target.with_suffix(".part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as output, body.open("rb") as source:
            salt = secrets.token_bytes(SALT)
            output.write(TAG + salt)
            cipher = _cipher(key, salt)
            for number, last, chunk in _plain_chunks(head, source):
                sealed = cipher.encrypt(_nonce(number), chunk, _place(last))
                output.write(len(sealed).to_bytes(LENGTH) + sealed)
            output.flush()
            os.fsync(output.fileno())
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)


def unseal(*, key: bytes, source: Path, body: Path) -> bytes:
    """Decrypt a file: write its body to a new file and return its head. Raises BackupDamaged."""
    with source.open("rb") as sealed:
        chunks = _opened_chunks(key, sealed)
        first = next(chunks)
        size = int.from_bytes(first[:LENGTH])
        while len(first) < LENGTH + size:
            try:
                first += next(chunks)
            except StopIteration:
                raise BackupDamaged(DAMAGED) from None
        with open(os.open(body, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as output:  # noqa: PTH123 - the mode
            output.write(first[LENGTH + size :])
            output.writelines(chunks)
    return first[LENGTH : LENGTH + size]


def _plain_chunks(head: bytes, body: io.BufferedReader) -> Iterator[tuple[int, bool, bytes]]:
    """Yield number, whether it is the last, and bytes; every chunk but the last is full."""
    chunk = len(head).to_bytes(LENGTH) + head
    chunk += body.read(max(CHUNK - len(chunk), 0))
    number = 0
    while chunk_after := body.read(CHUNK):
        yield number, False, chunk
        chunk = chunk_after
        number += 1
    yield number, True, chunk


def _opened_chunks(key: bytes, sealed: io.BufferedReader) -> Iterator[bytes]:
    if sealed.read(len(TAG)) != TAG:
        raise BackupDamaged("this is not a backup of Satcha")
    cipher = _cipher(key, sealed.read(SALT))
    number, ended = 0, False
    while length := sealed.read(LENGTH):
        chunk = sealed.read(int.from_bytes(length))
        if len(chunk) != int.from_bytes(length):  # a longer length would read the same last chunk
            raise BackupDamaged(DAMAGED)
        is_last = not sealed.peek(1)
        try:
            yield cipher.decrypt(_nonce(number), chunk, _place(is_last))
        except InvalidTag:
            raise BackupDamaged(DAMAGED) from None
        number, ended = number + 1, is_last
    if not ended:
        raise BackupDamaged(DAMAGED)


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=salt, info=TAG).derive(key))


def _nonce(number: int) -> bytes:
    return number.to_bytes(12)


def _place(last: bool) -> bytes:
    return b"last" if last else b"more"
