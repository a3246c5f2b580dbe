"""The account years: the list, the checklist with the close, and the statements before and after."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from funds.models import AccountYear
from members.access import Right, group_or_404, has_right, person
from members.cosign import live_signature
from members.errors import DomainError
from members.models import SavingsGroup
from papers.statements import statements_pdf
from shareout.models import YearClosing
from shareout.selectors.checklist import checklist, missing_count
from shareout.selectors.policies import policies_of
from shareout.selectors.share_outs import share_out_of
from shareout.selectors.statements import statements
from shareout.selectors.unfetched import unfetched
from shareout.selectors.years import waiting_rows, years_of
from shareout.services.closing import (
    ask_closing_signature,
    cancel_closing,
    close_signed,
    close_year,
    request_closing,
)
from shareout.statements_paper import statements_paper

ASKERS = ("request", "ask", "signed", "cancel")


@require_safe
def home(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show the group's account years, and which of them is to be closed."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    return render(
        request, "shareout/years.html", {"group": group, "lines": years_of(group), "unpaid": unfetched(group)}
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def year(request: HttpRequest, group_code: str, year: int) -> HttpResponse:
    """Show what must be in order, let an officer ask for the close and an auditor sign it."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    found = _year_or_404(group, year)
    closing = waiting_rows(group).filter(year=found).first()
    if request.method == "POST":
        return _decide(request, found, closing)
    closed = YearClosing.objects.filter(year=found, entry__isnull=False).select_related(
        "entry", "requested_by", "approved_by"
    )
    lines = [] if found.is_closed else checklist(found, always_verify="verify" in request.GET)
    context = {
        "group": group,
        "year": found,
        "lines": lines,
        "missing": missing_count(lines),
        "pools": statements(found),
        "closing": closing,
        "share_out": share_out_of(found),
        "ways": policies_of(found).count(),
        "closed": closed.first(),
        "unpaid": unfetched(group),
        "signature": live_signature(closing) if closing else None,
        "is_own": closing is not None and closing.requested_by_id == person(request).pk,
        "may_ask": has_right(request.user, group, Right.KEEP_YEAR_END),
        "may_sign": has_right(request.user, group, Right.AUDIT),
        "operation": uuid4(),
        "here": request.path,
    }
    return render(request, "shareout/year.html", context)


@require_safe
def year_statements(request: HttpRequest, group_code: str, year: int) -> HttpResponse:
    """Show the income statement and the balance sheet of a year, each pool apart, before and after the close."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    found = _year_or_404(group, year)
    return render(request, "shareout/statements.html", {"group": group, "year": found, "pools": statements(found)})


@require_safe
def statements_file(request: HttpRequest, group_code: str, year: int) -> HttpResponse:
    """Print the statements of a year on A4, a page for each pool."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    found = _year_or_404(group, year)
    closing = YearClosing.objects.filter(year=found, entry__isnull=False)
    paper = statements_paper(
        found, statements(found), closing.select_related("entry", "requested_by", "approved_by").first()
    )
    response = HttpResponse(statements_pdf(paper), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{group.code}-statements-{found.year}.pdf"'
    return response


def _year_or_404(group: SavingsGroup, name: int) -> AccountYear:
    found = AccountYear.objects.filter(group=group, year=name).select_related("closing").first()
    if found is None:
        raise Http404
    found.group = group
    return found


def _decide(request: HttpRequest, year: AccountYear, closing: YearClosing | None) -> HttpResponse:
    group, officer, act = year.group, person(request), request.POST.get("act")
    asks, signs = (has_right(officer, group, right) for right in (Right.KEEP_YEAR_END, Right.AUDIT))
    if not (asks or signs) or (act == "approve" and not signs) or (act in ASKERS and not asks):
        raise Http404
    try:
        if act == "request":
            request_closing(year=year, operation=_operation(request), by=officer)
            messages.success(request, _("Asked for. Now the auditor looks at it and signs."))
        elif closing is not None:
            closing.group = closing.year.group = group
            _answer(request, closing, act)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("shareout:year", group.code, year.year)


def _answer(request: HttpRequest, closing: YearClosing, act: str | None) -> None:
    officer = person(request)
    if act in ("ask", "signed", "cancel") and closing.requested_by_id != officer.pk:
        raise Http404
    if act == "ask":
        ask_closing_signature(closing=closing)
    elif act == "cancel":
        cancel_closing(closing=closing, by=officer)
        messages.success(request, _("The request is taken back."))
    elif act in ("approve", "signed"):
        close_signed(closing=closing) if act == "signed" else close_year(closing=closing, by=officer)
        messages.success(request, _("The account year is closed."))


def _operation(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("operation", ""))
    except ValueError:
        return uuid4()
