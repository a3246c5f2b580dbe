"""Why a backup or a restore did not happen. Read by whoever keeps the machine, so the sentences are plain English."""


class BackupError(Exception):
    """Root of all of them."""


class BackupNotConfigured(BackupError):
    """No folder or no key is set."""


class BackupFailed(BackupError):
    """The copy could not be made, or is not what stands in the books."""


class BackupDamaged(BackupError):
    """The file is not a backup, was changed, or belongs to another key."""


class PlaceNotEmpty(BackupError):
    """The database to restore into holds something already."""
