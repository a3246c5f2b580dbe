"""Two saved ways to divide side by side, and the paper on which they are laid before the general meeting."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from funds.models import AccountYear
from members.access import Right, group_or_404
from papers.share_out_proposal import proposal_pdf
from papers.tables import Cell, Money
from savings.views import lists
from shareout.bar import pieces
from shareout.meeting_paper import meeting_paper
from shareout.models import ShareOutPolicy
from shareout.rule_words import rule_lines
from shareout.selectors.comparison import Comparison, MemberPair, compared
from shareout.selectors.policies import policies_of, policy_of
from shareout.selectors.share_outs import share_out_of
from shareout.selectors.trial import (
    Trial,
    found_numbers,
    last_year_of,
    members_by_number,
    snapshots_by_rule,
    trial_of,
)
from shareout.views.policies import policy_or_404, tabs_of, year_or_404


@never_cache
@require_safe
def compare(request: HttpRequest, group_code: str, year: int) -> HttpResponse:
    """Show two ways side by side: what each purpose and each member gets, and the difference."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    found = year_or_404(group, year)
    decided = share_out_of(found)
    if decided is not None and decided.posted_at is not None:
        return redirect("shareout:share-out", group.code, decided.pk)
    saved = list(policies_of(found))
    context: dict[str, Any] = {
        "group": group,
        "year": found,
        "saved": saved,
        "tabs": tabs_of(found, None, is_comparing=True),
    }
    if len(saved) < 2:
        return render(request, "shareout/compare.html", context)
    first, second = _chosen(request, saved)
    comparison = compared(*trials_of(found, [first, second]))
    words = lists.words_of(request)
    numbers = found_numbers(group, words)
    pairs = [pair for pair in comparison.members if numbers is None or pair.number in numbers]
    if lists.wants_file(request):
        return _file(request, found, (first, second), pairs)
    page = lists.page_of(request, pairs)
    members = members_by_number(group, [pair.number for pair in page])
    chosen = {"a": str(first.pk), "b": str(second.pk)}
    context |= {
        "first": first,
        "second": second,
        "comparison": comparison,
        "rules": _rules(comparison),
        "bars": [
            (name, trial, pieces((line.head, line.satang) for line in trial.heads))
            for name, trial in ((first.name, comparison.first), (second.name, comparison.second))
        ],
        "page": page,
        "shown": [(pair, members[pair.number]) for pair in page],
        "words": words,
        "kept": list(chosen.items()),
        "query": urlencode(chosen | ({"q": words} if words else {})),
    }
    return render(request, "shareout/compare.html", context)


@never_cache
@require_safe
def policy_paper(request: HttpRequest, group_code: str, share_policy_id: int) -> HttpResponse:
    """Print a way, or two (`?with=`), for the general meeting."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    row = policy_or_404(group, share_policy_id)
    rows = [row]
    if "with" in request.GET:
        rows.append(policy_or_404(group, request.GET["with"]))
    if rows[-1].year_id != row.year_id:
        raise Http404
    decided = share_out_of(row.year)
    if decided is not None and decided.posted_at is not None:
        return redirect("shareout:share-out", group.code, decided.pk)
    trials = trials_of(row.year, rows)
    paper = meeting_paper(row.year, list(zip((each.name for each in rows), trials, strict=True)))
    response = HttpResponse(proposal_pdf(paper), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{group.code}-{row.year.year}-proposal.pdf"'
    return response


def trials_of(year: AccountYear, rows: list[ShareOutPolicy]) -> list[Trial]:
    """The year by each of some saved ways; the books are read once for each leavers' rule."""
    policies, last = [policy_of(row) for row in rows], last_year_of(year)
    read = snapshots_by_rule(year, (each.leavers for each in policies))
    return [trial_of(year, each, last=last, snapshot=read[each.leavers]) for each in policies]


def _chosen(request: HttpRequest, saved: list[ShareOutPolicy]) -> tuple[ShareOutPolicy, ShareOutPolicy]:
    """The two that the address names, of those of this year; the first two unless told."""
    by_pk = {str(row.pk): row for row in saved}
    first = by_pk.get(request.GET.get("a", ""), saved[0])
    others = [row for row in saved if row.pk != first.pk]
    return first, by_pk.get(request.GET.get("b", ""), others[0])


def _rules(comparison: Comparison) -> list[tuple[str, str, str]]:
    """Rule by rule what both say."""
    first, second = (rule_lines(trial.plan.policy) for trial in (comparison.first, comparison.second))
    return [(label, said, other) for (label, said), (_label, other) in zip(first, second, strict=True)]


def _file(
    request: HttpRequest, year: AccountYear, rows: tuple[ShareOutPolicy, ShareOutPolicy], pairs: list[MemberPair]
) -> HttpResponse:
    """The officers' own list, with names: for the desk, not to be handed round."""
    members = members_by_number(year.group, [pair.number for pair in pairs])
    heads = [_("Member no."), _("Name"), rows[0].name, rows[1].name, _("Difference")]
    lines: list[list[Cell]] = [
        [pair.number, members[pair.number].full_name, Money(pair.first), Money(pair.second), Money(pair.change)]
        for pair in pairs
    ]
    return lists.file_of(request, f"{year.group.code}-compare-{year.year}", heads, lines)
