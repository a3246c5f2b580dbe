"""The group's dated settings."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members.access import Right, group_or_404, has_right, person
from members.errors import DomainError
from members.forms.offices import SettingForm, setting_or_none
from members.group_settings import SETTINGS, Setting, change_setting, settings_on
from members.models import GroupSetting, SavingsGroup
from members.views import lists
from papers.tables import Cell, Money


@require_safe
def settings_page(request: HttpRequest, group_code: str) -> HttpResponse:
    """Every setting as it holds today, and what begins later."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    today, words = settings_on(group), lists.words_of(request)
    rows: dict[str, list[GroupSetting]] = {}
    for row in GroupSetting.objects.filter(group=group).select_related("resolution", "set_by"):
        rows.setdefault(row.key, []).append(row)
    found = [
        {
            "entry": entry,
            "value": today[key],
            "rows": [{"row": row, "value": entry.read(row.value)} for row in rows.get(key, [])],
        }
        for key, entry in SETTINGS.items()
        if words.lower() in str(entry.label).lower()
    ]
    if lists.wants_file(request):
        return _file(request, group, found)
    context = {
        "group": group,
        "found": found,
        "words": words,
        "query": lists.query_without(request),
        "may_keep": has_right(request.user, group, Right.KEEP_OFFICES),
    }
    return render(request, "members/settings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def setting_change(request: HttpRequest, group_code: str, key: str) -> HttpResponse:
    """Let one setting have another value from a day on."""
    group = group_or_404(request.user, group_code, Right.KEEP_OFFICES)
    entry = setting_or_none(key)
    if entry is None:
        raise Http404
    initial = {"value": settings_on(group)[key], "valid_from": timezone.localdate()}
    form = SettingForm(request.POST if request.method == "POST" else None, group=group, entry=entry, initial=initial)
    if form.is_valid():
        value, valid_from = form.taken()
        try:
            change_setting(
                group=group,
                key=key,
                value=value,
                valid_from=valid_from,
                by=person(request),
                resolution=form.cleaned_data["resolution"],
            )
        except DomainError as refusal:
            form.refuse(refusal, "valid_from")
        else:
            messages.success(request, _("Saved"))
            return redirect("people:settings", group.code)
    return render(request, "members/setting_form.html", {"group": group, "entry": entry, "form": form})


def _file(request: HttpRequest, group: SavingsGroup, found: list[dict[str, Any]]) -> HttpResponse:
    """Each value of each setting: what holds today first, then every dated row."""
    heads = [_("Setting"), _("Value"), _("Valid from"), _("Resolution"), _("Recorded by")]
    cells: list[list[Cell]] = []
    for one in found:
        entry = one["entry"]
        cells.append([str(entry.label), _value(entry, one["value"]), _("Today"), "", ""])
        for each in one["rows"]:
            row = each["row"]
            number = row.resolution.number if row.resolution else ""
            cells.append(
                [str(entry.label), _value(entry, each["value"]), row.valid_from, number, row.set_by.display_name]
            )
    return lists.file_of(request, f"{group.code}-settings", _("Settings"), heads, cells)


def _value(entry: Setting, value: int | str) -> Cell:
    return Money(value) if entry.kind == "money" and isinstance(value, int) else value
