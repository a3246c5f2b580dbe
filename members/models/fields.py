"""A field that keeps itself: the key by which names sort."""

from typing import Any

from django.db import models

from thai.names import thai_sort_key


class SortKeyField(models.CharField):
    """The Thai sorting key of the row's `sort_parts`, computed at every write, bulk writes included."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["editable"] = False
        kwargs["blank"] = True
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Compute the key from the name as it stands now."""
        key = thai_sort_key(*model_instance.sort_parts)[: self.max_length]  # type: ignore[attr-defined]
        setattr(model_instance, self.attname, key)
        return key
