"""Secrets at rest: sealed with AES-GCM under the first of a list of keys, found again through a keyed hash.

Whoever holds the index key can guess a national ID by trying all of them (13 digits are few); that is why both keys
live in the environment only, never in the database, a backup or an archive.
"""

import base64
import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE_BYTES = 12
_KEY_ID_BYTES = 4


class SealBroken(Exception):
    """What was sealed cannot be opened with any key of this installation."""


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"satcha key id" + key).digest()[:_KEY_ID_BYTES]


def seal(plain: str, *, purpose: str) -> str:
    """Encrypt a text under the first key; `purpose` must be given again to open it."""
    key = settings.SATCHA_ID_KEYS[0]
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, plain.encode(), purpose.encode())
    return base64.urlsafe_b64encode(_key_id(key) + nonce + sealed).decode()


def unseal(sealed: str, *, purpose: str) -> str:
    """Open what `seal` closed, under whichever key of the list it was; raises SealBroken."""
    raw = base64.urlsafe_b64decode(sealed.encode())
    key_id, nonce = raw[:_KEY_ID_BYTES], raw[_KEY_ID_BYTES : _KEY_ID_BYTES + _NONCE_BYTES]
    for key in settings.SATCHA_ID_KEYS:
        if _key_id(key) == key_id:
            try:
                return AESGCM(key).decrypt(nonce, raw[_KEY_ID_BYTES + _NONCE_BYTES :], purpose.encode()).decode()
            except InvalidTag:
                break
    raise SealBroken


def is_current(sealed: str) -> bool:
    """Whether a seal is under the first key already."""
    return base64.urlsafe_b64decode(sealed.encode())[:_KEY_ID_BYTES] == _key_id(settings.SATCHA_ID_KEYS[0])


def blind_index(value: str, *, purpose: str) -> str:
    """A keyed hash by which a value is found without being readable; it differs from purpose to purpose."""
    return hmac.new(settings.SATCHA_ID_INDEX_KEY, f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()
