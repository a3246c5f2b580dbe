"""A share-out that was adopted: approved by a second officer, posted; its heads and members to look at."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from funds.selectors import paper_code
from members.access import Right, group_or_404, has_right
from members.cosign import usable
from members.errors import DomainError
from members.models import SavingsGroup
from papers.tables import Cell, Money
from savings.views import lists
from shareout.forms.share_outs import PlaceForm
from shareout.models import MemberShare, ShareOut
from shareout.selectors.share_outs import RELATED, head_entry, heads_of, shares_of, state_of, totals_of
from shareout.services.share_outs import approve_adoption, cancel_adoption, has_moved
from shareout.services.share_posting import administration_of, post_share_out, posting_day
from shareout.services.signatures import approve_signed_adoption, ask_adoption_signature


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def share_out(request: HttpRequest, group_code: str, share_out_id: int) -> HttpResponse:
    """Show a share-out with its heads and members; approve, post or take it back."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    row = share_out_or_404(group, share_out_id)
    form = PlaceForm(request.POST if request.POST.get("act") == "post" else None, group=group)
    if request.method == "POST":
        return _decide(request, row, form)
    words = lists.words_of(request)
    shares = shares_of(row, words)
    if lists.wants_file(request):
        return lists.file_of(request, f"{group.code}-share-out-{row.year.year}", _heads(), [_line(x) for x in shares])
    totals, heads = totals_of(row), list(heads_of(row))
    user = lists.person(request)
    context = {
        "group": group,
        "row": row,
        "state": state_of(row, totals),
        "heads": heads,
        "heads_entry": head_entry(row, "heads"),
        "administration_entry": head_entry(row, "administration"),
        "totals": totals,
        "profit": row.snapshot["profit"],
        "code": paper_code(row.fingerprint).split(" "),
        "has_moved": row.state in ("simulated", "adopted") and has_moved(row),
        "page": lists.page_of(request, shares),
        "words": words,
        "query": lists.query_without(request),
        "form": form if administration_of(heads) else None,
        "posts_on": posting_day(row, touches_cash=False),
        "is_own": row.requested_by_id == user.pk,
        "may_approve": row.requested_by_id != user.pk and has_right(user, group, Right.COSIGN),
        "may_write": has_right(user, group, Right.KEEP_YEAR_END),
        "signature": usable(row.signature),
        "here": request.path,
    }
    return render(request, "shareout/share_out.html", context)


def share_out_or_404(group: SavingsGroup, pk: int) -> ShareOut:
    """The group's share-out, with what its page shows."""
    row = ShareOut.objects.filter(group=group, pk=pk).select_related(*RELATED).first()
    if row is None:
        raise Http404
    row.group = row.year.group = row.policy.group = group
    row.policy.year = row.year
    return row


def _decide(request: HttpRequest, row: ShareOut, form: PlaceForm) -> HttpResponse:
    officer, act = lists.person(request), request.POST.get("act")
    if act in ("ask", "signed", "cancel", "post") and not has_right(officer, row.group, Right.KEEP_YEAR_END):
        raise Http404
    if act in ("ask", "signed") and row.requested_by_id != officer.pk:
        raise Http404
    try:
        if act == "ask":
            ask_adoption_signature(share_out=row)
        elif act in ("approve", "signed"):
            approve_signed_adoption(share_out=row) if act == "signed" else approve_adoption(share_out=row, by=officer)
            messages.success(request, _("Approved. Now it can be posted."))
        elif act == "cancel":
            cancel_adoption(share_out=row, by=officer)
            messages.success(request, _("Taken back. Nothing was posted."))
        elif act == "post" and form.is_valid():
            done = post_share_out(share_out=row, by=officer, place=form.place)
            messages.success(
                request, _("Posted: every share stands in the books of %(year)s.") % {"year": done.year.year}
            )
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("shareout:share-out", row.group.code, row.pk)


def _heads() -> list[str]:
    return [
        _("Member no."),
        _("Name"),
        _("Weight"),
        _("Interest paid"),
        _("Dividend"),
        _("Rebate"),
        _("Together"),
        _("Entry"),
    ]


def _line(row: MemberShare) -> list[Cell]:
    numbers: list[Any] = [Money(each) for each in (row.dividend_satang, row.rebate_satang, row.satang)]
    return [
        row.member.number, row.member.full_name, row.weight, Money(row.interest_satang), *numbers,
        row.entry.n if row.entry else None,
    ]  # fmt: skip
