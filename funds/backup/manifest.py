"""What a backup says of itself: when, of which engine, the dump's checksum, and the head of every group's journal."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from funds.backup.errors import BackupDamaged

FORM = 1


@dataclass(frozen=True)
class Head:
    """The last entry of a group: its number and its hash, which commits to all before it."""

    code: str
    n: int
    hash: str


@dataclass(frozen=True)
class Manifest:
    """The first thing inside a backup. heads: by the group's UUID."""

    made_at: datetime
    engine: str
    sha256: str
    size: int
    heads: dict[str, Head]

    def encode(self) -> bytes:
        """Return it as JSON."""
        return json.dumps(asdict(self) | {"form": FORM, "made_at": self.made_at.isoformat()}, sort_keys=True).encode()

    @classmethod
    def decode(cls, text: bytes) -> "Manifest":
        """Read it; raises BackupDamaged."""
        try:
            found: dict[str, Any] = json.loads(text)
            if found.pop("form") != FORM:
                raise BackupDamaged("this backup was made by another version of Satcha")
            heads = {group: Head(**head) for group, head in found.pop("heads").items()}
            return cls(made_at=datetime.fromisoformat(found.pop("made_at")), heads=heads, **found)
        except (ValueError, KeyError, TypeError, AttributeError):
            raise BackupDamaged("the manifest of this backup cannot be read") from None


def digest(path: Path) -> str:
    """Return a file's SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
