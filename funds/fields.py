"""Columns of the journal that Django has no field for."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class EntryNumberField(models.BigIntegerField):
    """An entry's id. On SQLite it is the row's own key (`integer`), which saves an index and half of the look-ups."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """`integer` on SQLite (64 bits there), bigint elsewhere."""
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)


if TYPE_CHECKING:
    _TextOfCodes = models.TextField[list[str], list[str]]
else:
    _TextOfCodes = models.TextField


class CodesField(_TextOfCodes):
    """A sorted list of persons' codes, stored as text with commas so that a CHECK can look into it on every engine."""

    def from_db_value(self, value: str | None, *args: Any) -> list[str] | None:
        """The list."""
        return value if value is None else value.split(",") if value else []

    def to_python(self, value: Any) -> Any:
        """The list, whether it comes as a list or as text."""
        return value.split(",") if isinstance(value, str) and value else [] if value == "" else value

    def get_prep_value(self, value: Any) -> Any:
        """The text."""
        return ",".join(value) if isinstance(value, list | tuple) else value

    def value_to_string(self, obj: models.Model) -> str:
        """The text, for the serialisers."""
        return str(self.get_prep_value(self.value_from_object(obj)))
