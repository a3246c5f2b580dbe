"""Adopting a way to divide: what it gives to whom is looked at once more, then it is frozen on a resolution."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from funds.models import AccountYear
from funds.selectors import paper_code
from members.access import Right, group_or_404
from members.errors import DomainError
from savings.views import lists
from shareout.bar import pieces
from shareout.forms.share_outs import AdoptForm
from shareout.models import ShareOut, ShareOutPolicy
from shareout.policy import CUSTOMARY
from shareout.rule_words import rule_lines
from shareout.selectors.policies import policies_of, policy_of
from shareout.selectors.share_outs import share_out_of
from shareout.selectors.trial import Trial, last_year_of, trial_of
from shareout.services.policies import save_policy
from shareout.services.share_outs import adopt_share_out
from shareout.share_out_errors import BooksMovedSinceShown
from shareout.views.policies import members_file, members_shown, ways_said, year_or_404


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: HttpRequest, group_code: str, year: int) -> HttpResponse:
    """Show what a way gives to every purpose and member, and write down that the general meeting adopted it."""
    group = group_or_404(request.user, group_code, Right.KEEP_YEAR_END)
    found = year_or_404(group, year)
    if (standing := share_out_of(found)) is not None:
        return redirect("shareout:share-out", group.code, standing.pk)
    if request.method == "POST" and request.POST.get("act") == "customary":
        return _save_customary(request, found)
    saved = list(policies_of(found))
    chosen = _chosen(request, saved)
    form = AdoptForm(request.POST or None, year=found)
    if request.method == "POST" and form.is_valid() and (made := _adopted(request, found, form)) is not None:
        messages.success(request, _("Written down. Now a second officer looks at it and approves."))
        return redirect("shareout:share-out", group.code, made.pk)
    context: dict[str, Any] = {"group": group, "year": found, "form": form, "ways": ways_said(found, saved, chosen)}
    if chosen is not None and found.is_closed:
        trial = trial_of(found, policy_of(chosen), last=last_year_of(found))
        if lists.wants_file(request):
            return members_file(request, found, trial)
        context |= _looked_at(request, chosen, trial)
    return render(request, "shareout/adopt.html", context)


def _looked_at(request: HttpRequest, chosen: ShareOutPolicy, trial: Trial) -> dict[str, Any]:
    """What the chosen way comes to, with the page of members that the address asks for."""
    kept, words = {"policy": str(chosen.pk)}, lists.words_of(request)
    return {
        **members_shown(request, chosen.group, trial),
        "chosen": chosen,
        "trial": trial,
        "last": trial.last,
        "snapshot": trial.plan.snapshot,
        "pieces": pieces((line.head, line.satang) for line in trial.heads),
        "last_pieces": pieces((each.head, each.satang) for each in trial.last.heads) if trial.last else (),
        "code": paper_code(trial.fingerprint).split(" "),
        "rules": rule_lines(trial.plan.policy),
        "kept": list(kept.items()),
        "query": urlencode({**kept, "q": words} if words else kept),
    }


def _chosen(request: HttpRequest, saved: list[ShareOutPolicy]) -> ShareOutPolicy | None:
    """The way that is looked at; the only one by itself."""
    asked = request.POST.get("policy") or request.GET.get("policy") or ""
    named = next((row for row in saved if str(row.pk) == asked), None)
    return named or (saved[0] if len(saved) == 1 else None)


def _save_customary(request: HttpRequest, year: AccountYear) -> HttpResponse:
    try:
        save_policy(year=year, name=_("The customary way"), policy=CUSTOMARY, by=lists.person(request))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("shareout:adopt", year.group.code, year.year)


def _adopted(request: HttpRequest, year: AccountYear, form: AdoptForm) -> ShareOut | None:
    cleaned = form.cleaned_data
    policy = cleaned["policy"]
    policy.group, policy.year = year.group, year
    try:
        return adopt_share_out(
            policy=policy,
            held_on=cleaned["resolution"].decided_on,
            resolution=cleaned["resolution"],
            operation=cleaned["operation"],
            by=lists.person(request),
            shown=cleaned["shown"],
        )
    except BooksMovedSinceShown as refusal:
        form.refuse(refusal)
    except DomainError as refusal:
        form.refuse(refusal, "resolution" if form.is_about_resolution(refusal) else None)
    return None
