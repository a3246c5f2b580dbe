from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class MeetingsConfig(AppConfig):
    """The meeting day, and the guards that keep a closed one as it is."""

    name = "meetings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tie the guards to migrations."""
        pre_migrate.connect(take_guards_off, sender=self)
        post_migrate.connect(put_guards_on, sender=self)


def take_guards_off(using: str, **kwargs: Any) -> None:
    """On SQLite a migration rebuilds tables, which triggers that name each other do not survive."""
    from meetings.guards import drop_guards  # noqa: PLC0415 - the app registry is ready only now

    if connections[using].vendor == "sqlite":
        drop_guards(connections[using])


def put_guards_on(using: str, **kwargs: Any) -> None:
    """Install the guards once the tables are there."""
    from meetings.guards import install_guards, is_guardable  # noqa: PLC0415 - the app registry is ready only now

    if is_guardable(connections[using]):
        install_guards(connections[using])
