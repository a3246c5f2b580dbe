"""Resolutions, and what rests on each: every row of any app that points at it, found through the registry of models.

Which words, day, amount and page such a row has stands in the settings (RESTS_ON_RESOLUTION), as upper apps are not
known here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, ForeignKey, Model, Q, QuerySet
from django.urls import reverse
from django.utils.module_loading import import_string

from members.models import Resolution, SavingsGroup

MOST = 100


@dataclass(frozen=True)
class Resting:
    """One row that rests on a resolution."""

    words: str
    on: date | None
    satang: int | None
    url: str


@dataclass(frozen=True)
class Ground:
    """All rows of one kind that rest on a resolution; at most a hundred are shown."""

    label: str
    count: int
    rows: tuple[Resting, ...]


def resolutions(group: SavingsGroup, *, q: str = "", body: str = "", year: int | None = None) -> QuerySet[Resolution]:
    """The resolutions that fit, the latest first; `year` is of the Buddhist Era."""
    found = Resolution.objects.filter(group=group).select_related("recorded_by")
    if body:
        found = found.filter(body=body)
    if year is not None:
        found = found.filter(decided_on__year=year - 543)
    for word in q.split():
        found = found.filter(Q(number__icontains=word) | Q(subject__icontains=word) | Q(text__icontains=word))
    return found


def resolution_years(group: SavingsGroup) -> list[int]:
    """The years (B.E.) in which something was decided, the latest first."""
    days = Resolution.objects.filter(group=group).order_by().dates("decided_on", "year", order="DESC")
    return [day.year + 543 for day in days]


def bodies_count(found: QuerySet[Resolution]) -> dict[str, int]:
    """How many resolutions each body made; one query."""
    rows = found.order_by().values_list("body").annotate(count=Count("pk"))
    return dict(rows)


def pointing_fields() -> list[ForeignKey[Any, Any]]:
    """Every foreign key of any installed app that names a resolution."""
    relations = Resolution._meta.get_fields(include_hidden=True)
    fields = [one.field for one in relations if one.auto_created and not one.concrete and hasattr(one, "field")]
    return [field for field in fields if isinstance(field, ForeignKey)]


def key_of(field: ForeignKey[Any, Any]) -> str:
    """How the settings name a foreign key: `members.Member.admission`."""
    return f"{field.model._meta.label}.{field.name}"


def what_rests_on(resolution: Resolution) -> list[Ground]:
    """Everything that names this resolution, kind by kind; a query or two for each kind."""
    found = []
    for field in pointing_fields():
        told = settings.RESTS_ON_RESOLUTION.get(key_of(field), {})
        rows = field.model._default_manager.filter(**{field.name: resolution}).order_by("pk")
        rows = rows.select_related(*_related(field.model, told))
        shown = list(rows[: MOST + 1])
        if shown:
            label = str(told.get("label") or field.model._meta.verbose_name)
            count = len(shown) if len(shown) <= MOST else rows.count()
            resting = tuple(_resting(resolution, row, told) for row in shown[:MOST])
            found.append(Ground(label, count, resting))
    return found


def _related(model: type[Model], told: Mapping[str, Any]) -> list[str]:
    words = told.get("words", ())
    paths = [
        *(() if isinstance(words, str) else words),
        *told.get("url", ("",))[1:],
        told.get("day", ""),
        told.get("satang", ""),
    ]
    heads = {"__".join(path.split(".")[:-1]) for path in paths if "." in path}
    fields = {field.name for field in model._meta.get_fields() if field.many_to_one or field.one_to_one}
    return sorted(head for head in heads if head.split("__")[0] in fields)


def _resting(resolution: Resolution, row: Model, told: Mapping[str, Any]) -> Resting:
    told_by = told.get("words", ())
    if isinstance(told_by, str):
        words = str(import_string(told_by)(row))
    else:
        words = " · ".join(str(said) for path in told_by if (said := _read(row, path)))
    url = ""
    if told.get("url"):
        name, *paths = told["url"]
        values = [_read(row, path) for path in paths]
        url = reverse(name, args=[resolution.group.code, *values]) if None not in values else ""
    return Resting(
        words=words or str(row),
        on=_read(row, told["day"]) if "day" in told else None,
        satang=_read(row, told["satang"]) if "satang" in told else None,
        url=url,
    )


def _read(row: Any, path: str) -> Any:
    """Follow a path of names, stopping where there is nothing; what can be called is called."""
    value = row
    for name in path.split("."):
        if value is None:
            return None
        value = getattr(value, name)
        value = value() if callable(value) else value
    return value
