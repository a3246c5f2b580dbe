"""The group's dated settings."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members.access import Right, group_or_404, has_right
from members.errors import DomainError
from members.forms.offices import SettingForm, setting_or_none
from members.group_settings import SETTINGS, change_setting, settings_on
from members.models import GroupSetting, User


@require_safe
def settings_page(request: HttpRequest, group_code: str) -> HttpResponse:
    """Every setting as it holds today, and what begins later."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    today = settings_on(group)
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
    ]
    context = {"group": group, "found": found, "may_keep": has_right(request.user, group, Right.KEEP_OFFICES)}
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
        assert isinstance(request.user, User)
        value, valid_from = form.taken()
        try:
            change_setting(
                group=group,
                key=key,
                value=value,
                valid_from=valid_from,
                by=request.user,
                resolution=form.cleaned_data["resolution"],
            )
        except DomainError as refusal:
            form.refuse(refusal, "valid_from")
        else:
            messages.success(request, _("Saved"))
            return redirect("people:settings", group.code)
    return render(request, "members/setting_form.html", {"group": group, "entry": entry, "form": form})
