"""Put right beside the meeting: why an entry is wrong, the second officer's approval, the entry that undoes it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse as url_of
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from funds.backup import after_close
from funds.forms.reversals import ReversalForm
from funds.models import Entry, ReversalRequest
from funds.reversal_errors import YearNeedsResolution
from funds.selectors import entry_by_number
from funds.selectors.reversals import ReversalState, latest_request, member_of, reversal_state
from funds.services.reversals import (
    approve_reversal,
    approve_signed_reversal,
    ask_for_reversal,
    cancel_reversal,
    request_reversal,
)
from funds.views.pages import person
from members.access import Right, group_or_404, has_right
from members.cosign import live_signature
from members.errors import DomainError


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def reverse(request: HttpRequest, group_code: str, n: int) -> HttpResponse:
    """Show what a reversal undoes; take the reason; once asked for, the ways to approve it."""
    entry = _entry_or_404(request, group_code, n, Right.KEEP_MEETING if request.method == "POST" else Right.SEE_GROUP)
    state = reversal_state(entry)
    form = ReversalForm(request.POST or None, group=entry.group, needs_resolution=state.needs_resolution)
    if request.method == "POST" and form.is_valid() and _asked(request, entry, form):
        messages.success(request, _("Written down. Now the second officer approves."))
        return redirect("funds:reverse", group_code, n)
    return render(request, "funds/reverse.html", {**_context(request, state), "form": form})


def _asked(request: HttpRequest, entry: Entry, form: ReversalForm) -> bool:
    cleaned = form.cleaned_data
    try:
        request_reversal(
            entry=entry,
            reason=cleaned["reason"],
            resolution=cleaned.get("resolution"),
            operation=cleaned["operation"],
            by=person(request),
        )
    except YearNeedsResolution as refusal:
        form.refuse(refusal, "resolution" if "resolution" in form.fields else None)
    except DomainError as refusal:
        form.refuse(refusal)
    else:
        return True
    return False


def _context(request: HttpRequest, state: ReversalState) -> dict[str, object]:
    me, group, waiting = person(request), state.entry.group, state.request
    is_own = waiting is not None and waiting.requested_by_id == me.pk
    return {
        "group": group,
        "entry": state.entry,
        "state": state,
        "member": member_of(state.entry),
        "waiting": waiting,
        "signature": live_signature(waiting) if waiting and is_own else None,
        "is_own": is_own,
        "may_write": has_right(me, group, Right.KEEP_MEETING),
        "may_approve": waiting is not None and not is_own and has_right(me, group, Right.COSIGN),
        "here": url_of("funds:reverse", args=[group.code, state.entry.n]),
    }


@require_POST
def approve(request: HttpRequest, group_code: str, n: int) -> HttpResponse:
    """Approve on the own device; the one who asked spends the signature given at the same device."""
    waiting = _waiting_or_404(request, group_code, n, Right.COSIGN)
    me = person(request)
    try:
        if me.pk == waiting.requested_by_id:
            done = approve_signed_reversal(request=waiting)
        else:
            done = approve_reversal(request=waiting, by=me)
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return redirect("funds:reverse", group_code, n)
    after_close()
    assert done.reversal is not None
    said = _("Entry %(old)s is reversed by entry %(new)s.") % {"old": n, "new": done.reversal.n}
    messages.success(request, said)
    return redirect("reports:entry", group_code, n)


@require_POST
def ask(request: HttpRequest, group_code: str, n: int) -> HttpResponse:
    """Ask for the signature at this device again."""
    waiting = _waiting_or_404(request, group_code, n, Right.KEEP_MEETING)
    try:
        ask_for_reversal(request=waiting)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("funds:reverse", group_code, n)


@require_POST
def cancel(request: HttpRequest, group_code: str, n: int) -> HttpResponse:
    """Take the request back; the entry stands."""
    waiting = _waiting_or_404(request, group_code, n, Right.KEEP_MEETING)
    try:
        cancel_reversal(request=waiting, by=person(request))
        messages.success(request, _("Taken back. Entry %(number)s stands.") % {"number": n})
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("funds:reverse", group_code, n)


def _entry_or_404(request: HttpRequest, group_code: str, n: int, right: Right) -> Entry:
    group = group_or_404(request.user, group_code, right)
    entry = entry_by_number(group, n)
    if entry is None:
        raise Http404
    entry.group = group
    return entry


def _waiting_or_404(request: HttpRequest, group_code: str, n: int, right: Right) -> ReversalRequest:
    entry = _entry_or_404(request, group_code, n, right)
    waiting = latest_request(entry)
    if waiting is None:
        raise Http404
    waiting.group = entry.group
    waiting.entry = entry
    return waiting
