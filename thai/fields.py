"""Form fields for amounts, dates, counts and national IDs. What is refused stays in the field as it was typed."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from thai.counts import parse_count
from thai.dates import DateError, DateProblem, format_date, parse_date
from thai.money import MAX_SATANG, AmountError, AmountProblem, format_baht, parse_baht
from thai.national_id import NationalIdError, parse_national_id
from thai.quantities import MAX_QUANTITY, format_quantity, parse_quantity
from thai.sentences import (
    amount_sentence,
    count_sentence,
    date_sentence,
    national_id_sentence,
    quantity_sentence,
)

DateLimit = date | Callable[[], date] | None


class _TypedField(forms.CharField):
    """A text field that parses; the widget names the keyboard a phone should open."""

    inputmode = "decimal"
    css_class = ""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput)
        kwargs.setdefault("max_length", 60)
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        attrs |= {"inputmode": self.inputmode, "autocomplete": "off"}
        if self.css_class:
            attrs["class"] = self.css_class
        return attrs

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what the two say, not how they are written: 100 and 100.00 are the same amount."""
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class MoneyField(_TypedField):
    """An amount typed in baht; cleaned to satang, None where it may be left empty."""

    css_class = "form-control--money"

    def __init__(self, *, allow_zero: bool = False, minimum: int = 0, maximum: int = MAX_SATANG, **kwargs: Any) -> None:
        self.allow_zero = allow_zero
        self.minimum = minimum
        self.maximum = maximum
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:  # type: ignore[override]
        """Return satang."""
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        try:
            return parse_baht(str(value or ""), allow_zero=self.allow_zero, minimum=self.minimum, maximum=self.maximum)
        except AmountError as error:
            if error.problem is AmountProblem.EMPTY:
                return None
            raise ValidationError(amount_sentence(error), code=error.problem.value) from None

    def validate(self, value: Any) -> None:
        """Refuse an empty field only: every other check is made while reading."""
        if value is None and self.required:
            raise ValidationError(amount_sentence(AmountError(AmountProblem.EMPTY)), code="required")

    def run_validators(self, value: Any) -> None:
        """Text validators do not apply to an amount."""

    def prepare_value(self, value: Any) -> Any:
        """Show an amount as baht; show again what was typed."""
        return format_baht(value) if isinstance(value, int) and not isinstance(value, bool) else value


class ThaiDateField(_TypedField):
    """A date typed in either era; cleaned to a date. `earliest` and `latest` may be functions, asked when needed."""

    inputmode = "text"

    def __init__(self, *, earliest: DateLimit = None, latest: DateLimit = None, **kwargs: Any) -> None:
        self.earliest = earliest
        self.latest = latest
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:  # type: ignore[override]
        """Return the date."""
        if isinstance(value, date):
            return value
        try:
            return parse_date(str(value or ""), earliest=_limit(self.earliest), latest=_limit(self.latest))
        except DateError as error:
            if error.problem is DateProblem.EMPTY:
                return None
            raise ValidationError(date_sentence(error), code=error.problem.value) from None

    def validate(self, value: Any) -> None:
        """Refuse an empty field only."""
        if value is None and self.required:
            raise ValidationError(date_sentence(DateError(DateProblem.EMPTY)), code="required")

    def run_validators(self, value: Any) -> None:
        """Text validators do not apply to a date."""

    def prepare_value(self, value: Any) -> Any:
        """Show a date as day/month/year of the Buddhist Era; show again what was typed."""
        return format_date(value, "numeric") if isinstance(value, date) else value


class CountField(_TypedField):
    """A whole number from `minimum` to `maximum`, typed in Thai or Western digits."""

    inputmode = "numeric"
    css_class = "form-control--money"

    def __init__(self, *, minimum: int = 0, maximum: int = 999_999_999, **kwargs: Any) -> None:
        self.minimum = minimum
        self.maximum = maximum
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:  # type: ignore[override]
        """Return the number."""
        typed = str(value if value is not None else "").strip()
        if not typed:
            return None
        number = parse_count(typed)
        if number is None:
            raise ValidationError(count_sentence("unreadable", typed=typed), code="unreadable")
        if number < self.minimum:
            raise ValidationError(count_sentence("too_small", limit=self.minimum), code="too_small")
        if number > self.maximum:
            raise ValidationError(count_sentence("too_large", limit=self.maximum), code="too_large")
        return number

    def validate(self, value: Any) -> None:
        """Refuse an empty field only."""
        if value is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """Text validators do not apply to a number."""

    def prepare_value(self, value: Any) -> Any:
        """Show the number without grouping; show again what was typed."""
        return value


class QuantityField(_TypedField):
    """A quantity with at most three decimals; cleaned to whole thousandths of its unit (grams of a kilogram)."""

    css_class = "form-control--money"

    def __init__(self, *, allow_zero: bool = False, **kwargs: Any) -> None:
        self.allow_zero = allow_zero
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:  # type: ignore[override]
        """Return thousandths."""
        typed = str(value if value is not None else "").strip()
        if not typed:
            return None
        found = parse_quantity(typed)
        if found is None or found > MAX_QUANTITY:
            raise ValidationError(quantity_sentence(typed), code="unreadable")
        if found == 0 and not self.allow_zero:
            raise ValidationError(amount_sentence(AmountError(AmountProblem.ZERO)), code="zero")
        return found

    def validate(self, value: Any) -> None:
        """Refuse an empty field only."""
        if value is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """Text validators do not apply to a quantity."""

    def prepare_value(self, value: Any) -> Any:
        """Show thousandths as the quantity that they are; show again what was typed."""
        return format_quantity(value) if isinstance(value, int) and not isinstance(value, bool) else value


class NationalIdField(_TypedField):
    """A national ID; cleaned to its 13 digits, "" where it may be left empty."""

    inputmode = "numeric"

    def to_python(self, value: Any) -> str:
        """Return 13 digits or ""."""
        typed = str(value or "").strip()
        if not typed:
            return ""
        try:
            return parse_national_id(typed)
        except NationalIdError as error:
            raise ValidationError(national_id_sentence(error), code=error.problem.value) from None


def _limit(limit: DateLimit) -> date | None:
    return limit() if callable(limit) else limit
