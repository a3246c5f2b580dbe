from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate, pre_migrate


class MembersConfig(AppConfig):
    """People and places; and, since every app stands above this one, the guards of all of them."""

    name = "members"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tie the guards to migrations and to the check at start-up."""
        from members.triggers import check_guards, put_guards_on, take_guards_off  # noqa: PLC0415 - checks import models

        pre_migrate.connect(take_guards_off, sender=self)
        post_migrate.connect(put_guards_on, sender=self)
        checks.register(checks.Tags.database)(check_guards)
