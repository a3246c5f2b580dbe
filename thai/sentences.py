"""What is refused, said in a sentence: what was typed, why it cannot be taken, what to type instead."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thai.dates import DateError, DateProblem, format_date
from thai.language import active_language
from thai.money import AmountError, AmountProblem, format_baht
from thai.months import format_month
from thai.national_id import NationalIdError, NationalIdProblem

_TYPED_SHOWN = 24


def amount_sentence(error: AmountError, *, name: str = "") -> str:
    """Say why an amount was refused; `name` is what the amount is for, where no label stands beside the field."""
    numbers = {"name": name, "typed": _shown(error.typed), "limit": format_baht(error.limit)}
    match error.problem:
        case AmountProblem.EMPTY:
            return _("Type the amount in baht.")
        case AmountProblem.NEGATIVE:
            return _("An amount cannot be below zero.")
        case AmountProblem.ZERO:
            return _("The amount must be more than 0.")
        case AmountProblem.TOO_LARGE:
            return _("The amount must not be more than %(limit)s baht.") % numbers
        case AmountProblem.TOO_SMALL:
            return _("The amount must be at least %(limit)s baht.") % numbers
    return _unreadable_amount(error, numbers)


def _unreadable_amount(error: AmountError, numbers: dict[str, str]) -> str:
    readings = [format_baht(reading, satang_shown=False) for reading in error.readings]
    numbers["first"] = readings[0] if readings else "1,500"
    if len(readings) == 1:
        if numbers["name"]:
            return _("Cannot read “%(typed)s” for %(name)s; type %(first)s.") % numbers
        return _("Cannot read “%(typed)s”; type %(first)s.") % numbers
    numbers["second"] = readings[1] if readings else "1.50"
    if numbers["name"]:
        return _("Cannot read “%(typed)s” for %(name)s; type %(first)s or %(second)s.") % numbers
    if not readings:
        return _("Cannot read “%(typed)s”; type figures such as %(first)s or %(second)s.") % numbers
    return _("Cannot read “%(typed)s”; type %(first)s or %(second)s.") % numbers


def quantity_sentence(typed: str) -> str:
    """Say that a quantity cannot be read."""
    return _("Cannot read “%(typed)s”; type figures such as 1,500 or 12.5.") % {"typed": _shown(typed)}


def date_sentence(error: DateError) -> str:
    """Say why a date was refused."""
    language = active_language()
    numbers = {"typed": _shown(error.typed), "number": error.number}
    if error.month is not None:
        numbers["month"] = format_month(error.month, "long", language)
    if error.limit is not None:
        numbers["limit"] = format_date(error.limit, "long", language)
    match error.problem:
        case DateProblem.EMPTY:
            return _("Type the date.")
        case DateProblem.MONTH:
            return _("There is no month %(number)s; check the date.") % numbers
        case DateProblem.DAY:
            return (
                ngettext(
                    "%(month)s has %(number)s day; check the date.",
                    "%(month)s has %(number)s days; check the date.",
                    error.number,
                )
                % numbers
            )
        case DateProblem.YEAR:
            return _("Cannot take the year %(number)s; type the Buddhist-Era year, such as 2569.") % numbers
        case DateProblem.TOO_EARLY:
            return _("The date must not be before %(limit)s.") % numbers
        case DateProblem.TOO_LATE:
            return _("The date must not be after %(limit)s.") % numbers
    return _("Cannot read “%(typed)s” as a date; type day/month/year, such as 5/1/2569.") % numbers


def national_id_sentence(error: NationalIdError) -> str:
    """Say why a national ID was refused, without repeating it."""
    match error.problem:
        case NationalIdProblem.LENGTH:
            return _("A national ID has 13 digits; %(count)s were typed.") % {"count": error.count}
        case NationalIdProblem.CHARACTERS:
            return _("A national ID has digits only.")
    return _("The national ID does not add up; check it against the card.")


def count_sentence(problem: str, *, typed: str = "", limit: int = 0) -> str:
    """Say why a whole number was refused: `unreadable`, `too_small` or `too_large`."""
    numbers = {"typed": _shown(typed), "limit": limit}
    if problem == "too_small":
        return _("The number must be at least %(limit)s.") % numbers
    if problem == "too_large":
        return _("The number must not be more than %(limit)s.") % numbers
    return _("Cannot read “%(typed)s” as a number; type digits only, such as 12.") % numbers


def _shown(typed: str) -> str:
    return typed if len(typed) <= _TYPED_SHOWN else f"{typed[:_TYPED_SHOWN]}…"
