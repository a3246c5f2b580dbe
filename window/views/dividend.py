"""The own dividend and rebate: what was posted, how it came about, what was paid. Own passbooks only."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from members.models import Member
from members.views.lists import pdf_of
from shareout.explanation_paper import explanation_file
from shareout.models import ShareOut
from shareout.selectors.explanation import explanation_of, posted_share_outs
from shareout.views.explanation import explained, paper_name
from window.views.passbooks import common, opened


@require_safe
@never_cache
def dividend(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show how the own share came about; of the year that the address names, the last one unless told."""
    member, books = opened(request, group_code)
    share_outs = _posted(member)
    context: dict[str, Any] = {**common(member, books), "years": [each.year.year for each in share_outs]}
    if share_outs:
        context |= explained(explanation_of(_chosen(request, share_outs), member))
    return render(request, "window/dividend.html", context)


@require_safe
@never_cache
def dividend_paper(request: HttpRequest, group_code: str) -> HttpResponse:
    """Print it; where nothing was shared out yet, the page says so."""
    member, _books = opened(request, group_code)
    share_outs = _posted(member)
    if not share_outs:
        return redirect("window:dividend", member.group.code)
    view = explanation_of(_chosen(request, share_outs), member)
    return pdf_of(explanation_file(view), paper_name(view.share_out, view.member))


def _posted(member: Member) -> list[ShareOut]:
    """Only what stands in the books: what is adopted or tried is the committee's until then."""
    found = list(posted_share_outs(member.group))
    for each in found:
        each.group = each.year.group = member.group
    return found


def _chosen(request: HttpRequest, share_outs: Sequence[ShareOut]) -> ShareOut:
    typed = request.GET.get("year")
    for each in share_outs:
        if typed is None or typed == str(each.year.year):
            return each
    raise Http404
