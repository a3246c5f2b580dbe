from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class FundsConfig(AppConfig):
    """The books, and the guards that come and go with a migration."""

    name = "funds"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tie the guards to migrations and to the check at start-up."""
        from funds.guards import check_guards  # noqa: PLC0415 - the app registry is ready only now

        pre_migrate.connect(take_guards_off, sender=self)
        post_migrate.connect(put_guards_on, sender=self)
        checks.register(checks.Tags.database)(check_guards)


def take_guards_off(using: str, **kwargs: Any) -> None:
    """On SQLite a migration rebuilds tables, which triggers that name each other do not survive."""
    from funds.guards import drop_guards, is_guardable  # noqa: PLC0415 - the app registry is ready only now

    connection = connections[using]
    if connection.vendor == "sqlite" and is_guardable(connection):
        drop_guards(connection)


def put_guards_on(using: str, **kwargs: Any) -> None:
    """After every migration the guards are those of this version."""
    from funds.guards import install_guards, is_guardable  # noqa: PLC0415 - the app registry is ready only now

    connection = connections[using]
    if is_guardable(connection):
        install_guards(connection)
