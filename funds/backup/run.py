"""Make a backup that proves itself, and bring one back."""

import logging
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from funds.backup import folder as places
from funds.backup import sealed
from funds.backup.engines import Engine, engine_of, live_heads
from funds.backup.errors import BackupDamaged, BackupFailed, BackupNotConfigured, PlaceNotEmpty
from funds.backup.folder import GoodBackup
from funds.backup.manifest import Manifest, digest
from members.triggers import missing_guards

logger = logging.getLogger(__name__)


def make_backup() -> GoodBackup:
    """Copy the live database, encrypt the copy, put it into both places, read it back, note it as good.

    Raises BackupNotConfigured, BackupFailed. A second place that cannot be written is a failure, said once the first
    place is good.
    """
    if settings.BACKUP_DIR is None:
        raise BackupNotConfigured("SATCHA_BACKUP_DIR must be set")
    key = _key()
    engine = engine_of(connection)
    try:
        with places.workroom(settings.BACKUP_DIR) as work:
            made_at = timezone.now()
            places.note_try(settings.BACKUP_DIR, made_at)
            target = places.path_of(settings.BACKUP_DIR, made_at)
            heads = engine.dump(work / "dump")
            dump = work / "dump"
            manifest = Manifest(made_at, engine.name, digest(dump), dump.stat().st_size, heads)
            sealed.seal(key=key, head=manifest.encode(), body=dump, target=target)
            _read_back(target, manifest, engine, work / "again")
            trouble = _copy_to_second(target)
            is_twice = settings.BACKUP_SECOND is not None and not trouble
            good = GoodBackup(target, made_at, len(heads), target.stat().st_size, is_twice)
            places.note_good(good)
            places.drop_old(settings.BACKUP_DIR, settings.BACKUP_KEEP)
    except OSError as problem:
        raise BackupFailed(str(problem)) from problem
    if trouble:
        raise BackupFailed(f"{target} is good, but the second place is not: {trouble}")
    return good


def _key() -> bytes:
    if settings.BACKUP_KEY is None:
        raise BackupNotConfigured(
            "SATCHA_BACKUP_KEY must be set, for a restore to the key that the backup was made with"
        )
    return settings.BACKUP_KEY


def _read_back(target: Path, manifest: Manifest, engine: Engine, again: Path) -> None:
    """Open what was just written and hold it to what was copied."""
    found, dump = _open(target, again)
    if found != manifest:
        raise BackupFailed(f"{target} does not read back as it was written")
    heads = engine.inspect(dump)
    if heads is not None and heads != manifest.heads:
        raise BackupFailed(f"{target} holds other books than were copied")


def _open(source: Path, body: Path) -> tuple[Manifest, Path]:
    """Decrypt a backup and compare its checksum; raises BackupDamaged."""
    manifest = Manifest.decode(sealed.unseal(key=_key(), source=source, body=body))
    if (body.stat().st_size, digest(body)) != (manifest.size, manifest.sha256):
        raise BackupDamaged(f"{source}: the checksum does not match")
    return manifest, body


def _copy_to_second(target: Path) -> str:
    """Copy to the second place and compare; return what went wrong, or nothing."""
    second = settings.BACKUP_SECOND
    if second is None:
        return ""
    try:
        copy = second / target.name
        part = copy.with_suffix(".part")
        part.touch(mode=0o600)
        shutil.copyfile(target, part)
        part.rename(copy)
        if digest(copy) != digest(target):
            return f"{copy} differs from {target}"
        places.drop_old(second, settings.BACKUP_KEEP)
    except OSError as problem:
        return str(problem)
    return ""


def restore_backup(source: Path) -> Manifest:
    """Fill the empty live database from a backup and hold every group's head to the manifest.

    Raises BackupNotConfigured, PlaceNotEmpty, BackupDamaged, BackupFailed; before the last check nothing was written.
    """
    _key()
    if connection.introspection.table_names():
        raise PlaceNotEmpty("the database holds tables already; restore into an empty one")
    if not source.is_file():
        raise BackupFailed(f"there is no file {source}")
    engine = engine_of(connection)
    with tempfile.TemporaryDirectory() as work:
        manifest, dump = _open(source, Path(work) / "dump")
        if manifest.engine != engine.name:
            raise BackupFailed(f"this backup is of {manifest.engine}, the database is {engine.name}")
        heads = engine.inspect(dump)
        if heads is not None and heads != manifest.heads:
            raise BackupDamaged(f"{source} holds other books than its manifest says")
        engine.load(dump)
    if live_heads() != manifest.heads:
        raise BackupDamaged("the restored books do not end where the manifest says; throw this database away")
    if missing := missing_guards(connection):
        raise BackupFailed(f"the restored books are not guarded: {', '.join(missing)}; run migrate, then verify_books")
    return manifest


def after_close() -> None:
    """Start a backup once the close of a meeting is committed, apart from it and unable to disturb it."""
    if settings.BACKUP_DIR is not None and settings.BACKUP_KEY is not None:
        transaction.on_commit(_start_detached, robust=True)


def _start_detached() -> None:
    """The same settings as here; what it has to say goes where this server's errors go."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "backup", "--quiet"]
    try:
        if settings.BACKUP_DIR is not None:
            places.note_try(settings.BACKUP_DIR, timezone.now())
        subprocess.Popen(
            command,
            env=os.environ | _same_settings(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        logger.exception("the backup after the close could not be started")


def _same_settings() -> dict[str, str]:
    """What a server decides for itself after its start, or without a word in the environment."""
    return {"DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE, "DEBUG": "on" if settings.DEBUG else "off"}
