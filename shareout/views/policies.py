"""Trying ways to divide a year's profit: percentages moved, everything reckoned anew, ways saved, changed, deleted."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from funds.models import AccountYear
from members.access import Right, group_or_404, has_right
from members.errors import DomainError
from members.models import SavingsGroup
from papers.tables import Cell, Money
from savings.views import lists
from shareout.bar import pieces
from shareout.forms.policies import PolicyForm, data_of
from shareout.forms.trying import heads_shown
from shareout.models import ShareOut, ShareOutPolicy
from shareout.percentages import format_percent
from shareout.policy import CUSTOMARY, Head, Leavers, Policy
from shareout.rule_words import in_short
from shareout.selectors.policies import is_frozen, policies_of, policy_from, policy_of
from shareout.selectors.share_outs import share_out_of
from shareout.selectors.snapshot import snapshot_of
from shareout.selectors.trial import (
    LastYear,
    MemberLine,
    Trial,
    found_numbers,
    last_year_of,
    members_by_number,
    overdue_satang,
    trial_of,
)
from shareout.services.policies import change_policy, delete_policy, save_policy, version_of
from shareout.share_out_errors import FundUnnamed

WRITES = ("save", "change", "delete")
REASONS = {
    "kind": gettext_lazy("this kind of member earns no dividend"),
    "months": gettext_lazy("too short a member to earn"),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def try_share_out(request: HttpRequest, group_code: str, year: int) -> HttpResponse:
    """Try a way to divide a year: it begins with last year's, or with the customary one. Nothing is posted."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    return _room(request, year_or_404(group, year), None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: HttpRequest, group_code: str, share_policy_id: int) -> HttpResponse:
    """Look at a saved way to divide, change or delete it, or save it under another name."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    row = policy_or_404(group, share_policy_id)
    return _room(request, row.year, row)


@require_safe
def figures(request: HttpRequest, group_code: str, year: int) -> HttpResponse:
    """What the form comes to as typed so far: the pieces of the page that follow it."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    found = year_or_404(group, year)
    form = PolicyForm(request.GET)
    form.is_valid()
    context = {"group": group, "year": found, **_figures(request, found, form, last_year_of(found))}
    return render(request, "shareout/try_live.html", context)


def year_or_404(group: SavingsGroup, name: int) -> AccountYear:
    """The group's account year."""
    found = AccountYear.objects.filter(group=group, year=name).select_related("closing").first()
    if found is None:
        raise Http404
    found.group = group
    return found


def policy_or_404(group: SavingsGroup, pk: Any) -> ShareOutPolicy:
    """The group's saved way to divide, with its year."""
    if not str(pk).isascii() or not str(pk).isdecimal():
        raise Http404
    row = ShareOutPolicy.objects.filter(group=group, pk=pk).select_related("year__closing", "saved_by").first()
    if row is None:
        raise Http404
    row.group = row.year.group = group
    return row


def _room(request: HttpRequest, year: AccountYear, row: ShareOutPolicy | None) -> HttpResponse:
    group, decided, last = year.group, share_out_of(year), last_year_of(year)
    if decided is not None and decided.posted_at is not None:
        return redirect("shareout:share-out", group.code, decided.pk)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    may_write = decided is None and has_right(lists.person(request), group, Right.KEEP_YEAR_END)
    if act in WRITES and not has_right(lists.person(request), group, Right.KEEP_YEAR_END):
        raise Http404
    form = _form(request, row, act, last)
    form.is_valid()
    if request.method == "POST" and (answer := _acted(request, year, row, form, act)) is not None:
        return answer
    context = _figures(request, year, form, last)
    if lists.wants_file(request) and context["trial"] is not None:
        return members_file(request, year, context["trial"])
    context |= {
        "group": group,
        "year": year,
        "row": row,
        "decided": decided,
        "may_write": may_write,
        "is_frozen": row is not None and is_frozen(row),
        "tabs": tabs_of(year, row),
        "live": reverse("shareout:try-figures", args=[group.code, year.year]),
    }
    return render(request, "shareout/try.html", context)


def _form(request: HttpRequest, row: ShareOutPolicy | None, act: str, last: LastYear | None) -> PolicyForm:
    """What was typed, be it sent or in the address; else the saved way, last year's, or the customary one."""
    if request.method == "POST":
        return PolicyForm(request.POST, is_saved=act in ("save", "change"))
    if "way" in request.GET:
        return PolicyForm(request.GET)
    if row is not None:
        return PolicyForm(data_of(policy_of(row), name=row.name, seen=version_of(row)))
    return PolicyForm(data_of(_customary(last.share_out if last else None)))


def _customary(share_out: ShareOut | None) -> Policy:
    return policy_from(share_out.frozen_policy) if share_out is not None else CUSTOMARY


def _acted(
    request: HttpRequest, year: AccountYear, row: ShareOutPolicy | None, form: PolicyForm, act: str
) -> HttpResponse | None:
    """Do what was asked for and go on to the page that shows it; None where the form says what is wrong."""
    group = year.group
    if act == "delete" and row is not None:
        return _deleted(request, year, row)
    if act in ("save", "change"):
        made = _kept(request, year, row if act == "change" else None, form) if form.policy is not None else None
        if made is None:
            return None
        messages.success(request, _("Saved as “%(name)s”. Nothing is posted.") % {"name": made.name})
        return redirect("shareout:policy", group.code, made.pk)
    typed = form.typed()
    if act == "fill" and form.rest_in_reserve is not None:
        typed = form.typed(**{f"share_{Head.RESERVE}": format_percent(form.rest_in_reserve)})
    return redirect(f"{request.path}?{urlencode(typed)}")


def _kept(
    request: HttpRequest, year: AccountYear, row: ShareOutPolicy | None, form: PolicyForm
) -> ShareOutPolicy | None:
    assert form.policy is not None
    name, by = form.cleaned_data["name"], lists.person(request)
    try:
        if row is None:
            return save_policy(year=year, name=name, policy=form.policy, by=by)
        return change_policy(row=row, name=name, policy=form.policy, seen=form.cleaned_data["seen"], by=by)
    except FundUnnamed as refusal:
        form.refuse(refusal)
    except DomainError as refusal:
        form.refuse(refusal, "name")
    return None


def _deleted(request: HttpRequest, year: AccountYear, row: ShareOutPolicy) -> HttpResponse:
    try:
        delete_policy(row=row)
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return redirect("shareout:policy", year.group.code, row.pk)
    messages.success(request, _("“%(name)s” is deleted. Nothing had been posted by it.") % {"name": row.name})
    return redirect("shareout:try", year.group.code, year.year)


def tabs_of(year: AccountYear, row: ShareOutPolicy | None, *, is_comparing: bool = False) -> list[dict[str, Any]]:
    """The saved ways, a new one, and the comparison."""
    code, saved = year.group.code, list(policies_of(year))
    tabs: list[dict[str, Any]] = [_tab(each, reverse("shareout:policy", args=[code, each.pk]), row) for each in saved]
    new = {"label": _("A new way"), "url": reverse("shareout:try", args=[code, year.year])}
    tabs.append(new | {"is_current": row is None and not is_comparing})
    if len(saved) > 1:
        url = reverse("shareout:compare", args=[code, year.year])
        tabs.append({"label": _("Compare two"), "url": url, "is_current": is_comparing})
    return tabs


def ways_said(year: AccountYear, saved: list[ShareOutPolicy], chosen: ShareOutPolicy | None) -> list[dict[str, Any]]:
    """The saved ways as they are chosen from for the adoption."""
    address = reverse("shareout:adopt", args=[year.group.code, year.year])
    return [_tab(each, f"{address}?policy={each.pk}", chosen) for each in saved]


def _tab(each: ShareOutPolicy, url: str, row: ShareOutPolicy | None) -> dict[str, Any]:
    is_current = row is not None and each.pk == row.pk
    return {"label": each.name, "url": url, "is_current": is_current, "note": in_short(policy_of(each))}


def _figures(request: HttpRequest, year: AccountYear, form: PolicyForm, last: LastYear | None) -> dict[str, Any]:
    """Everything that follows what is typed; without a policy only about what the purposes would get."""
    snapshot = snapshot_of(year, leavers=form.policy.leavers if form.policy else Leavers.NONE)
    trial = trial_of(year, form.policy, last=last, snapshot=snapshot) if form.policy is not None else None
    words = lists.words_of(request)
    heads, funds = heads_shown(form, trial, last, snapshot.distributable)
    return {
        "form": form,
        "trial": trial,
        "snapshot": snapshot,
        "last": last,
        "heads": heads,
        "funds": funds,
        "pieces": pieces((line.head, line.satang) for line in trial.heads) if trial else (),
        "last_pieces": pieces((each.head, each.satang) for each in last.heads) if last else (),
        **(members_shown(request, year.group, trial) if trial else {}),
        "query": urlencode(form.typed() | ({"q": words} if words else {})),
        "kept": list(form.typed().items()),
    }


def members_shown(request: HttpRequest, group: SavingsGroup, trial: Trial) -> dict[str, Any]:
    """The page of members that the address asks for, those who fit its search."""
    words = lists.words_of(request)
    page = lists.page_of(request, _fitting(trial, group, words))
    members = members_by_number(group, [line.number for line in page])
    overdue = overdue_satang(group, members.values(), trial.plan.policy)
    shown = [(line, members[line.number], REASONS.get(line.reason, ""), overdue.get(line.number, 0)) for line in page]
    return {"page": page, "shown": shown, "words": words}


def _fitting(trial: Trial, group: SavingsGroup, words: str) -> list[MemberLine]:
    found = found_numbers(group, words)
    return [line for line in trial.members if found is None or line.number in found]


def members_file(request: HttpRequest, year: AccountYear, trial: Trial) -> HttpResponse:
    """The officers' own list, with names: for the desk, not to be handed round."""
    lines = _fitting(trial, year.group, lists.words_of(request))
    members = members_by_number(year.group, [line.number for line in lines])
    heads = [
        _("Member no."), _("Name"), _("Weight"), _("Interest paid"), _("Dividend"), _("Rebate"), _("Together"),
        _("Last year"), _("Difference"),
    ]  # fmt: skip
    rows = [_cells(line, members[line.number].full_name) for line in lines]
    return lists.file_of(request, f"{year.group.code}-trial-{year.year}", heads, rows)


def _cells(line: MemberLine, name: str) -> list[Cell]:
    sums = (line.weight, line.interest, line.dividend, line.rebate, line.total)
    last = (line.last, line.change)
    return [
        line.number, name, *(Money(satang) for satang in sums),
        *(None if satang is None else Money(satang) for satang in last),
    ]  # fmt: skip
