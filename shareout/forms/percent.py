"""A percentage as it is typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from shareout.percentages import WHOLE, PercentError, PercentProblem, format_percent, parse_percent
from thai.fields import CountField


class PercentField(CountField):
    """A percentage; cleaned to basis points, 0 where nothing is typed."""

    inputmode = "decimal"

    def __init__(self, *, most: int = WHOLE, **kwargs: Any) -> None:
        self.most = most
        super().__init__(required=False, **kwargs)

    def to_python(self, value: Any) -> int:  # type: ignore[override]
        """Return basis points."""
        try:
            points = parse_percent(str(value or ""))
        except PercentError as error:
            raise forms.ValidationError(_sentence(error), code=error.problem.value) from None
        if points > self.most:
            words = {"most": format_percent(self.most)}
            raise forms.ValidationError(_("At most %(most)s%%.") % words, code="too_large")
        return points


def _sentence(error: PercentError) -> str:
    match error.problem:
        case PercentProblem.NEGATIVE:
            return _("A percentage cannot be below zero.")
        case PercentProblem.TOO_LARGE:
            return _("A percentage is at most 100.")
    return _("Cannot read “%(typed)s”; type a percentage such as 50 or 12.5.") % {"typed": error.typed[:24]}
