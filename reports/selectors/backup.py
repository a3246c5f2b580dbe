"""What a home page says of the backup: one sentence, among the late matters or at the foot."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from funds.backup import failed_try, last_good_backup
from thai.templatetags.thai import thai_moment


@dataclass(frozen=True)
class BackupLine:
    """The sentence; `is_late` when the administrator has to be told."""

    text: str
    is_late: bool


def backup_line() -> BackupLine:
    """Say how old the last good backup is, or that the last one failed."""
    good, failed = last_good_backup(), failed_try()
    if good is None and failed is None:
        # where nobody set a place for backups there is nothing to be late with
        return _line(_("No good backup has been made yet"), is_late=settings.BACKUP_DIR is not None)
    made_at = None if good is None else good.made_at
    if failed is not None:
        return _line(_failed(failed, made_at), is_late=True)
    return _line(_age(made_at), is_late=good is not None and good.is_old)


def _line(text: str, *, is_late: bool) -> BackupLine:
    return BackupLine(_("%(sentence)s: tell the administrator") % {"sentence": text} if is_late else text, is_late)


def _age(made_at: datetime | None) -> str:
    if made_at is None:
        return _("No good backup has been made yet")
    return _("Last good backup: %(moment)s, %(age)s ago") % {"moment": thai_moment(made_at), "age": timesince(made_at)}


def _failed(begun_at: datetime, made_at: datetime | None) -> str:
    sentence = _("The backup begun on %(moment)s failed") % {"moment": thai_moment(begun_at)}
    return f"{sentence}. {_age(made_at)}"
