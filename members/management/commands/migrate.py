from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from members.triggers import install_guards


class Command(migrate.Command):
    """Migrate; the guards are put in place first, for the check that misses them would stop the cure."""

    def check(self, *args: Any, **kwargs: Any) -> None:
        """Put this version's guards in place, then check as usual."""
        for alias in kwargs.get("databases") or []:
            install_guards(connections[alias])
        super().check(*args, **kwargs)
