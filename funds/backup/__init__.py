"""Backups that prove themselves: encrypted, read back, held to the head hash of every group.

The whole database is copied, the keys of the national IDs are not in it, and neither is the backup's own key.
"""

from funds.backup.errors import BackupError
from funds.backup.folder import GoodBackup, failed_try, last_good_backup
from funds.backup.run import after_close, make_backup, restore_backup

__all__ = [
    "BackupError",
    "GoodBackup",
    "after_close",
    "failed_try",
    "last_good_backup",
    "make_backup",
    "restore_backup",
]
