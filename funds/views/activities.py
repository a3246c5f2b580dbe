"""The activities of a group: their list, the page of one, starting, changing and ending it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from funds.activity_errors import ActivityEnded, ActivityKnown, ActivityNotEmpty
from funds.acts import GOODS, IN_KIND
from funds.forms.activities import ChangeForm, StartForm
from funds.models import Activity
from funds.selectors import is_open
from funds.selectors.activities import acts_of, barn_of, loan_rows, stock_list, terms_on, unassigned, waiting_acts_of
from funds.selectors.activity_lists import Overview, act_rows, booked_value, overviews, owed_sums, stock_total
from funds.selectors.activity_year import year_result, years_of
from funds.services.activities import change_activity, start_activity
from funds.views.pages import file_of, person, query_of, wants_file, words_of
from members.access import Right, group_or_404, has_right
from members.errors import DomainError
from members.models import SavingsGroup
from papers.tables import Money

LATEST = 5


@require_safe
@never_cache
def activities(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show every activity with what it has."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    words = words_of(request)
    rows = overviews(group, words)
    if wants_file(request):
        return _file(request, group, rows)
    context = {
        "group": group,
        "rows": rows,
        "stock": stock_total(rows),
        "words": words,
        "query": query_of(request),
        "is_open": is_open(group),
        "may_write": has_right(request.user, group, Right.KEEP_MEETING),
    }
    return render(request, "funds/activity_list.html", context)


def _file(request: HttpRequest, group: SavingsGroup, rows: list[Overview]) -> HttpResponse:
    heads = [
        _("Activity"), _("Kind"), _("Keeper"), _("Started on"), _("Ended on"), _("Goods in stock"), _("Kept in kind"),
        _("Lying in the barn"), _("Lent out"),
    ]  # fmt: skip
    lines: list[Any] = [
        (
            row.activity.name,
            str(row.activity.get_kind_display()),
            row.activity.keeper.full_name if row.activity.keeper else "",
            row.activity.started_on,
            row.activity.ended_on,
            Money(row.stock),
            str(row.activity.goods_in_kind),
            row.barn.stored if row.barn else None,
            row.barn.lent if row.barn else None,
        )
        for row in rows
    ]
    total = (_("Total"), "", "", None, None, Money(stock_total(rows)), "", None, None)
    return file_of(request, f"{group.code}-activities", heads, [*lines, total])


@require_safe
@never_cache
def activity(request: HttpRequest, group_code: str, activity_id: int) -> HttpResponse:
    """Show one activity: what it has, what waits, how the year goes, what was done lately."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    row = activity_or_404(group, activity_id)
    years = years_of(row)
    stock, free = stock_list(row), unassigned(row)
    context = {
        "group": group,
        "activity": row,
        "stock": stock,
        "booked": booked_value(row),
        "unassigned": free,
        "result": year_result(row, years[0]) if years else None,
        "waiting": act_rows(row, waiting_acts_of(row)),
        "latest": act_rows(row, acts_of(row).filter(state="posted")[:LATEST]),
        "is_open": is_open(group),
        "may_write": has_right(request.user, group, Right.KEEP_MEETING),
        **_in_kind(row),
    }
    return render(request, "funds/activity.html", context)


def _in_kind(row: Activity) -> dict[str, Any]:
    deeds = [deed for deed in IN_KIND if row.unit_book]
    goods = [] if row.unit_book and not row.goods.exists() else list(GOODS)
    if not row.unit_book:
        return {"goods_deeds": goods, "kind_deeds": deeds}
    owing = loan_rows(row, open_only=True)
    return {
        "goods_deeds": goods,
        "kind_deeds": deeds,
        "barn": barn_of(row),
        "terms": terms_on(row, timezone.localdate()),
        "late": [each for each in owing if each.is_late],
        "owing": len(owing),
        "owed": owed_sums(owing)["owed"],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def start(request: HttpRequest, group_code: str) -> HttpResponse:
    """Write a new activity down."""
    group = group_or_404(request.user, group_code, Right.KEEP_MEETING)
    form = StartForm(request.POST or None, group=group)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("name", "kind", "unit_book", "started_on", "resolution")}
        try:
            row = start_activity(group=group, by=person(request), keeper=form.keeper, **given)
        except ActivityKnown as refusal:
            form.refuse(refusal, "name")
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("“%(name)s” is written down.") % {"name": row.name})
            return redirect("funds:activity", group.code, row.pk)
    context = {"group": group, "form": form, "is_open": is_open(group)}
    return render(request, "funds/activity_start.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def change(request: HttpRequest, group_code: str, activity_id: int) -> HttpResponse:
    """Name another keeper, or end an activity."""
    group = group_or_404(request.user, group_code, Right.KEEP_MEETING)
    row = activity_or_404(group, activity_id)
    form = ChangeForm(request.POST or None, activity=row)
    if request.method == "POST" and form.is_valid():
        try:
            change_activity(activity=row, keeper=form.keeper, ended_on=form.cleaned_data["ended_on"])
        except (ActivityEnded, ActivityNotEmpty) as refusal:
            form.refuse(refusal, "ended_on")
        else:
            messages.success(request, _("Saved."))
            return redirect("funds:activity", group.code, row.pk)
    title = _("Keeper and end")
    return render(request, "funds/activity_form.html", {"group": group, "activity": row, "form": form, "title": title})


def activity_or_404(group: SavingsGroup, activity_id: int) -> Activity:
    """An activity of the group."""
    row = Activity.objects.filter(group=group, pk=activity_id).select_related("keeper", "resolution").first()
    if row is None:
        raise Http404
    row.group = group
    return row
