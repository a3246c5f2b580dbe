"""How a member's share came about, as officers look at it; the paper of it, and the file that recomputes it all."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from members.access import Right, group_or_404
from members.models import Member, SavingsGroup
from members.services import record_access
from members.views.lists import pdf_of
from savings.views import lists
from shareout.explanation_paper import explanation_file, explanations_file
from shareout.explanation_text import shown
from shareout.export import SCRIPT, as_text
from shareout.models import ShareOut
from shareout.selectors.explanation import (
    MemberExplanation,
    explanation_of,
    explanations_of,
    export_of_share_out,
    paid_share,
)
from shareout.views.share_outs import share_out_or_404


@never_cache
@require_safe
def explanation(request: HttpRequest, group_code: str, share_out_id: int, number: int) -> HttpResponse:
    """Show how one member's dividend and rebate came about, as the member reads it."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    view = explanation_of(share_out_or_404(group, share_out_id), _member_or_404(group, number))
    record_access(user=lists.person(request), members=[view.member], page="shareout:explanation")
    return render(request, "shareout/explanation.html", {"group": group, **explained(view)})


@require_safe
def explanation_paper(request: HttpRequest, group_code: str, share_out_id: int, number: int) -> HttpResponse:
    """Print it for one member."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    view = explanation_of(share_out_or_404(group, share_out_id), _member_or_404(group, number))
    record_access(user=lists.person(request), members=[view.member], page="shareout:explanation-paper")
    return pdf_of(explanation_file(view), paper_name(view.share_out, view.member))


@require_safe
def explanations_paper(request: HttpRequest, group_code: str, share_out_id: int) -> HttpResponse:
    """Print it for everybody who gets something, a sheet each."""
    group = group_or_404(request.user, group_code, Right.KEEP_YEAR_END)
    share_out = share_out_or_404(group, share_out_id)
    views = explanations_of(share_out)
    record_access(
        user=lists.person(request), members=[view.member for view in views], page="shareout:explanations-paper"
    )
    return pdf_of(explanations_file(views), f"{group.code}-explanations-{share_out.year.year}")


@require_safe
def export(request: HttpRequest, group_code: str, share_out_id: int) -> HttpResponse:
    """Send the file with which anyone recomputes the share-out: member numbers, no names."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    share_out = share_out_or_404(group, share_out_id)
    response = HttpResponse(as_text(export_of_share_out(share_out)), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{group.code}-share-out-{share_out.year.year}.json"'
    return response


@require_safe
def script(request: HttpRequest, group_code: str) -> HttpResponse:
    """Send the script that recomputes such a file with Python alone."""
    group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    response = HttpResponse(SCRIPT.read_bytes(), content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{SCRIPT.name}"'
    return response


def explained(view: MemberExplanation) -> dict[str, Any]:
    """What the pages of an explanation print, here and in the own window."""
    share_out = view.share_out
    return {
        "row": share_out,
        "member": view.member,
        "share": view.share,
        "found": view.found,
        "shown": shown(view),
        "profit": view.plan.snapshot.distributable,
        "paid": paid_share(share_out, view.member) if share_out.posted_at else None,
    }


def paper_name(share_out: ShareOut, member: Member) -> str:
    """The file name of a member's paper."""
    return f"{share_out.group.code}-dividend-{share_out.year.year}-{member.number}"


def _member_or_404(group: SavingsGroup, number: int) -> Member:
    member = Member.objects.filter(group=group, number=number).first()
    if member is None:
        raise Http404
    member.group = group
    return member
