"""The root of every refusal that reaches a person as a sentence."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """Refuse an act and say why, in the reader's language.

    A subclass gives `sentence`, a lazily translated string with named places (`%(limit)s`), and is raised with their
    values: `TooMany(limit=5)`. `message` is the finished sentence.
    """

    sentence: str | Promise = _("This cannot be done now.")

    def __init__(self, **values: Any) -> None:
        self.values = values
        super().__init__(values)

    @property
    def message(self) -> str:
        """The sentence in the language active when it is read."""
        text = str(self.sentence)
        return text % self.values if self.values else text

    def __str__(self) -> str:
        return self.message
