"""The folder of the backups: names, what stays, the note of the last good one, and one backup at a time."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

NOTE = "last-good.json"
TRY = "last-try.json"
PATTERN = "satcha-*.backup"
WORK = ".in-progress"
OLD = timedelta(hours=36)  # a night that was missed, and half a day to notice it
PATIENCE = timedelta(minutes=10)  # what a backup may take before it counts as failed


@dataclass(frozen=True)
class GoodBackup:
    """A backup that was read back and held to the books. groups: how many heads it carries."""

    path: Path
    made_at: datetime
    groups: int
    size: int
    in_second_place: bool

    @property
    def is_old(self) -> bool:
        """Whether at least one night went by without a good backup."""
        return timezone.now() - self.made_at > OLD


def last_good_backup() -> GoodBackup | None:
    """Return the last backup that proved good and is still there; None without a folder or a backup."""
    if settings.BACKUP_DIR is None:
        return None
    try:
        found = json.loads((settings.BACKUP_DIR / NOTE).read_text())
        path = settings.BACKUP_DIR / str(found["file"])
        if path.stat().st_size != found["size"]:
            return None
        made_at = datetime.fromisoformat(found["made_at"])
        return GoodBackup(path, made_at, int(found["groups"]), int(found["size"]), bool(found["in_second_place"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None  # no note, no file, or not ours: there is no backup to speak of


def note_good(backup: GoodBackup) -> None:
    """Write down that a backup is good."""
    found = {
        "file": backup.path.name,
        "made_at": backup.made_at.isoformat(),
        "groups": backup.groups,
        "size": backup.size,
        "in_second_place": backup.in_second_place,
    }
    _write_note(backup.path.parent / NOTE, found)


def note_try(folder: Path, begun_at: datetime) -> None:
    """Write down that a backup is begun, before anything can go wrong with it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write_note(folder / TRY, {"begun_at": begun_at.isoformat()})


def failed_try() -> datetime | None:
    """Return when the last backup was begun, if it had its time and no good one came of it."""
    if settings.BACKUP_DIR is None:
        return None
    try:
        begun_at = datetime.fromisoformat(json.loads((settings.BACKUP_DIR / TRY).read_text())["begun_at"])
        if timezone.now() - begun_at < PATIENCE:
            return None
    except (OSError, ValueError, KeyError, TypeError):
        return None  # nothing was tried yet
    good = last_good_backup()
    return None if good is not None and good.made_at >= begun_at else begun_at


def _write_note(note: Path, found: dict[str, Any]) -> None:
    part = note.with_name(f"{note.name}.{os.getpid()}.part")
    part.write_text(json.dumps(found))
    part.chmod(0o600)
    part.rename(note)


def path_of(folder: Path, made_at: datetime) -> Path:
    """Return the path for a backup of this moment, to the microsecond: the names sort by time."""
    return folder / f"satcha-{made_at:%Y%m%dT%H%M%S.%fZ}.backup"


def drop_old(folder: Path, keep: int) -> None:
    """Remove all but the newest."""
    for path in sorted(folder.glob(PATTERN), reverse=True)[keep:]:
        path.unlink()


@contextmanager
def workroom(folder: Path) -> Iterator[Path]:
    """Lock the folder and give an empty place in it for plain copies, which is gone afterwards, also after a kill."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        work = folder / WORK
        shutil.rmtree(work, ignore_errors=True)  # what a killed backup left
        work.mkdir(mode=0o700)
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)
    finally:
        os.close(descriptor)
