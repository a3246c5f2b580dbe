"""Printing in templates: {% load thai %}, then |money, |baht, |thai_date, |thai_month, |thai_digits and their kin."""

import re
from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from thai import dates, months
from thai.digits import to_thai
from thai.language import active_language
from thai.money import baht_in_words, format_baht
from thai.quantities import Grams, format_kg, format_quantity, kilogram

register = template.Library()

_VARIANTS = frozenset({"big", "hero", "total", "late", "debit", "credit", "zero"})
_EXTRAS = frozenset({"strong"})
_OPTIONS = frozenset({"signed", "unit"})
NOTHING = "–"
_WITHIN_A_WORD = re.compile(r"(?<=[\u0e01-\u0e4e])(?=[\u0e01-\u0e2f\u0e40-\u0e44])")


@register.filter
def money(satang: int | None, options: str = "") -> SafeString:
    """Print satang as the look's amount: {{ balance|money:"big late" }}.

    Variants: big hero total late debit credit zero strong; `signed` puts + before a gain, `unit` adds "baht".
    Nought is muted by itself; None prints a dash; grams of a unit book print as kilograms.
    """
    wanted = set(options.split())
    if unknown := wanted - _VARIANTS - _EXTRAS - _OPTIONS:
        raise template.TemplateSyntaxError(f"unknown option of |money: {', '.join(sorted(unknown))}")
    if satang is None:
        return format_html('<span class="money">{}</span>', NOTHING)
    if satang == 0 and not wanted & {"big", "hero", "total"}:
        wanted.add("zero")
    classes = ["money", *(f"money--{name}" for name in sorted(wanted & _VARIANTS)), *sorted(wanted & _EXTRAS)]
    if isinstance(satang, Grams):
        figure = format_quantity(satang, signed="signed" in wanted)
        return format_html(
            '<span class="{}">{}<span class="money__unit">{}</span></span>', " ".join(classes), figure, kilogram()
        )
    baht, _, rest = format_baht(satang, signed="signed" in wanted).partition(".")
    unit = format_html('<span class="money__unit">{}</span>', gettext("baht")) if "unit" in wanted else ""
    return format_html(
        '<span class="{}">{}<span class="money__satang">.{}</span>{}</span>', " ".join(classes), baht, rest, unit
    )


@register.filter
def baht(satang: int | None, options: str = "") -> str:
    """Print satang as plain text, for sentences, labels and attributes: "1,234.56"; `short` leaves .00 out."""
    wanted = set(options.split())
    if satang is None:
        return NOTHING
    if isinstance(satang, Grams):
        return format_kg(satang, signed="signed" in wanted)
    return format_baht(satang, signed="signed" in wanted, satang_shown="short" not in wanted)


@register.filter
def quantity(thousandths: int | None, unit: str = "") -> str:
    """Print a quantity with its unit: {{ line.quantity|quantity:good.unit }}."""
    if thousandths is None:
        return NOTHING
    return f"{format_quantity(thousandths)}\u00a0{unit}" if unit else format_quantity(thousandths)


@register.filter
def whole(name: object) -> str:
    """Keep a Thai name from being torn: browsers guess at words and break a surname in the middle, {{ name|whole }}."""
    return _WITHIN_A_WORD.sub("\u2060", str(name))


@register.filter
def baht_words(satang: int) -> str:
    """Say an amount in words in the active language."""
    return baht_in_words(satang, active_language())


@register.filter
def thai_date(on: date | datetime | None, style: str = "short") -> str:
    """Print a date in the Buddhist Era: long, short, passbook, weekday or numeric; None prints a dash."""
    if on is None or on == "":
        return NOTHING
    return dates.format_date(_local_date(on), style, active_language())


@register.filter
def thai_time(at: datetime | None) -> str:
    """Print the time of day in Bangkok: "19.42 น." or "19:42"."""
    if at is None:
        return NOTHING
    local = timezone.localtime(at)
    return f"{local:%H.%M}\u00a0น." if active_language() == "th" else f"{local:%H:%M}"


@register.filter
def thai_moment(at: datetime | None, style: str = "short") -> str:
    """Print day and time: "5 ม.ค. 2569 19.42 น."."""
    return NOTHING if at is None else f"{thai_date(at, style)}\u00a0{thai_time(at)}"


@register.filter
def thai_month(month: date | None, style: str = "long") -> str:
    """Name a month: long, short, passbook, name or name_short."""
    return NOTHING if month is None else months.format_month(month, style, active_language())


@register.filter
def buddhist_year(on: date) -> int:
    """Return the Buddhist-Era year of a date."""
    return months.buddhist_year(on)


@register.filter
def thai_digits(value: object) -> str:
    """Print digits as Thai digits where Thai is active; tables and fields keep 0-9."""
    return to_thai(value) if active_language() == "th" else str(value)


def _local_date(on: date | datetime) -> date:
    if isinstance(on, datetime):
        return timezone.localtime(on).date() if timezone.is_aware(on) else on.date()
    return on
