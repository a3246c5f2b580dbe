from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class MembersConfig(AppConfig):
    """People and places, and the guards that keep their history."""

    name = "members"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the guards on after every migration."""
        post_migrate.connect(put_guards_on, sender=self)


def put_guards_on(using: str, **kwargs: Any) -> None:
    """Install the guards once the tables are there."""
    from members.guards import install_guards  # noqa: PLC0415 - the app registry is ready only now

    connection = connections[using]
    if "members_office" in connection.introspection.table_names():
        install_guards(connection)
