"""Read settings from the environment: typed, and refusing what is not plainly meant.

A variable that is absent or empty counts as not set. A value that cannot be read stops the start with the variable's
name in the message: a typing error in `DEBUG` or in a key must never turn into a silent default.
"""

import base64
import binascii
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

REQUIRED: Final = "\0required"
_YES = {"1", "on", "true", "yes"}
_NO = {"0", "off", "false", "no"}
_KEY_BYTES = 32


class BadSetting(ImproperlyConfigured):
    """An environment variable is missing or cannot be read; the message names it and says what is expected."""

    def __init__(self, name: str, expected: str) -> None:
        super().__init__(f"{name}: {expected} (docs/OPERATIONS.md describes every setting)")


def is_set(*names: str) -> bool:
    """Say whether any of the variables carries a value."""
    return any(os.environ.get(name, "").strip() for name in names)


def text(name: str, default: str = REQUIRED) -> str:
    """Return the value without surrounding blanks; without a default it is required."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default == REQUIRED:
        raise BadSetting(name, "is required when DEBUG is off")
    return default


def boolean(name: str, *, default: bool) -> bool:
    """Return on/off; 1, on, true, yes and 0, off, false, no are understood in any case."""
    value = text(name, "").lower()
    if not value:
        return default
    if value in _YES | _NO:
        return value in _YES
    raise BadSetting(name, f"must be on or off, not {value!r}")


def integer(name: str, *, default: int, least: int, most: int) -> int:
    """Return a whole number within its bounds, ASCII digits only."""
    value = text(name, "")
    if not value:
        return default
    if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
        raise BadSetting(name, f"must be a whole number from {least} to {most}, not {value!r}")
    return int(value)


def choice(name: str, allowed: Iterable[str], *, default: str) -> str:
    """Return one of the allowed words."""
    words_allowed = list(allowed)
    value = text(name, default)
    if value not in words_allowed:
        raise BadSetting(name, f"must be one of {', '.join(words_allowed)}, not {value!r}")
    return value


def words(name: str, default: str = REQUIRED) -> list[str]:
    """Return a list written with commas; an empty place in it is refused."""
    value = text(name, default)
    if not value:
        return []
    parts = [part.strip() for part in value.split(",")]
    if not all(parts):
        raise BadSetting(name, "has an empty place between its commas")
    return parts


def secret(name: str, default: str = REQUIRED) -> str:
    """Return a secret of a length that nobody guesses; a default copied from some example is refused."""
    value = text(name, default)
    if len(value) < 50 or len(set(value)) < 10 or value.startswith("django-insecure"):
        raise BadSetting(name, "must be at least 50 random characters; tools/keys.py makes one")
    return value


def hosts(name: str, default: str = REQUIRED) -> list[str]:
    """Return the host names that may be asked for; a lone star would let any name pass and is refused."""
    found = words(name, default)
    if "*" in found or any("/" in host or " " in host for host in found):
        raise BadSetting(
            name, "must be a list of host names such as satcha.example.org, without * and without https://"
        )
    return found


def folder(name: str) -> Path | None:
    """Return an absolute folder, or None when not set; whether it can be written is seen by who writes there."""
    value = text(name, "")
    if not value:
        return None
    path = Path(value)
    if not path.is_absolute():
        raise BadSetting(name, f"must be an absolute path, not {value!r}")
    return path


def origin(name: str, default: str = REQUIRED) -> str:
    """Return an address of the form https://name[:port], without a path and without a slash at the end."""
    value = text(name, default)
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or value != f"{parts.scheme}://{parts.netloc}":
        raise BadSetting(name, f"must look like https://satcha.example.org, not {value!r}")
    return value


def key(name: str, default: str = REQUIRED) -> bytes:
    """Return a key of 32 bytes, written in base64."""
    return _decode_key(name, text(name, default))


def keys(name: str, default: str = REQUIRED) -> list[bytes]:
    """Return a list of different keys of 32 bytes, each in base64, separated by commas; the first one is in use."""
    found = [_decode_key(name, part) for part in words(name, default)]
    if len(set(found)) != len(found):
        raise BadSetting(name, "names the same key twice")
    return found


def _decode_key(name: str, value: str) -> bytes:
    try:
        found = base64.b64decode(value.replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError):
        found = b""
    if len(found) != _KEY_BYTES:  # the value itself stays out of the message: messages end in logs
        raise BadSetting(name, f"must be {_KEY_BYTES} bytes in base64; tools/keys.py makes one")
    return found
