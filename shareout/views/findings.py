"""What is found of a closed year: the list, a new finding, its approval by a second officer."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from funds.selectors import entry_by_number
from members.access import Right, group_or_404, has_right
from members.cosign import live_signature
from members.errors import DomainError
from members.models import SavingsGroup
from papers.tables import Cell, Money
from savings.views import lists
from shareout.forms.findings import FindingForm
from shareout.models import LateFinding
from shareout.selectors.findings import closed_years, corrections_of, finding_total, findings_of
from shareout.services.findings import (
    approve_finding,
    approve_signed_finding,
    ask_finding_signature,
    cancel_finding,
    request_finding,
)
from thai.dates import format_date
from thai.language import active_language


@require_safe
def findings(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show what was found of closed years, and the two ways to correct one."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    if number := request.GET.get("entry", "").strip():
        entry = entry_by_number(group, int(number)) if number.isascii() and number.isdecimal() else None
        if entry is not None:
            return redirect("funds:reverse", group.code, entry.n)
        messages.error(request, _("There is no entry with this number."))
    words = lists.words_of(request)
    rows = findings_of(group, words)
    if lists.wants_file(request):
        return lists.file_of(request, f"{group.code}-findings", _heads(), [_line(row) for row in rows])
    context = {
        "group": group,
        "rows": rows,
        "total": finding_total(rows),
        "corrections": corrections_of(group),
        "has_closed": closed_years(group).exists(),
        "may_write": has_right(request.user, group, Right.KEEP_YEAR_END),
        "words": words,
        "query": lists.query_without(request),
    }
    return render(request, "shareout/findings.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def finding_new(request: HttpRequest, group_code: str) -> HttpResponse:
    """Write down what was found of a closed year."""
    group = group_or_404(request.user, group_code, Right.KEEP_YEAR_END)
    form = FindingForm(request.POST or None, group=group)
    if request.method == "POST" and form.is_valid() and (made := _asked(request, group, form)) is not None:
        messages.success(request, _("Written down. Now a second officer looks at it and approves."))
        return redirect("shareout:finding", group.code, made.pk)
    context = {"group": group, "form": form, "has_closed": closed_years(group).exists()}
    return render(request, "shareout/finding_new.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def finding(request: HttpRequest, group_code: str, late_finding_id: int) -> HttpResponse:
    """Show a finding; approve it or take it back."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    row = findings_of(group).filter(pk=late_finding_id).first()
    if row is None:
        raise Http404
    row.group = row.year.group = group
    if request.method == "POST":
        return _decide(request, row)
    me = lists.person(request)
    is_own = row.requested_by_id == me.pk
    context = {
        "group": group,
        "row": row,
        "is_own": is_own,
        "may_approve": not is_own and has_right(me, group, Right.COSIGN),
        "may_write": has_right(me, group, Right.KEEP_YEAR_END),
        "signature": live_signature(row) if is_own else None,
        "here": request.path,
    }
    return render(request, "shareout/finding.html", context)


def _asked(request: HttpRequest, group: SavingsGroup, form: FindingForm) -> LateFinding | None:
    try:
        return request_finding(
            group=group, finding=form.finding, operation=form.cleaned_data["operation"], by=lists.person(request)
        )
    except DomainError as refusal:
        form.refuse(refusal)
    return None


def _decide(request: HttpRequest, row: LateFinding) -> HttpResponse:
    officer, act = lists.person(request), request.POST.get("act")
    if act in ("ask", "signed", "cancel") and not has_right(officer, row.group, Right.KEEP_YEAR_END):
        raise Http404
    if act in ("ask", "signed") and row.requested_by_id != officer.pk:
        raise Http404
    try:
        if act == "ask":
            ask_finding_signature(finding=row)
        elif act in ("approve", "signed"):
            approve_signed_finding(finding=row) if act == "signed" else approve_finding(finding=row, by=officer)
            messages.success(request, _("Approved and posted. The closed year stays as it was."))
        elif act == "cancel":
            cancel_finding(finding=row, by=officer)
            messages.success(request, _("Taken back. Nothing was posted."))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("shareout:finding", row.group.code, row.pk)


def _heads() -> list[str]:
    return [
        _("Account year"),
        _("What was found"),
        _("Amount"),
        _("Resolution"),
        _("Asked for by"),
        _("Entry"),
        _("Day"),
    ]


def _line(row: LateFinding) -> list[Cell]:
    entry = row.entry
    return [
        row.year.year, row.memo, Money(row.satang if row.is_more else -row.satang), row.resolution.number,
        row.requested_by.display_name, entry.n if entry else None,
        format_date(entry.booked_on, language=active_language()) if entry else None,
    ]  # fmt: skip
