"""Leavers: the list with days left, totals and files; admitting somebody again who left."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from funds.views.pages import file_of, one_of, page_of, person, query_of, wants_file, words_of
from members.access import Right, group_or_404
from members.errors import DomainError
from members.models import Member, SavingsGroup
from members.selectors.people import member_of_number
from membership import errors
from membership.forms.leaving import ReadmissionForm
from membership.selectors.leaving import SHOWS, LeavingRow, LeavingTotals, leaving_row, leaving_totals, leavings
from membership.selectors.readmission import readmission_of
from membership.services import readmit_member
from papers.tables import Cell, Money

FIELDS: dict[type[DomainError], str] = {
    errors.LeavingDayWrong: "admitted_on",
    errors.ResolutionMissing: "resolution",
    errors.ReadmissionTooEarly: "admitted_on",
    errors.ReadmissionByGeneralMeeting: "resolution",
}


@require_safe
@never_cache
def leaving_list(request: HttpRequest, group_code: str) -> HttpResponse:
    """Who leaves: days left, settlements, totals, files."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    words, show = words_of(request), one_of(request.GET.get("show"), SHOWS) or SHOWS[0]
    today = timezone.localdate()
    rows = [leaving_row(each, today) for each in leavings(group, q=words, show=show)]
    if wants_file(request):
        return file_of(request, f"{group.code}-leavers", _heads(), _lines(rows, leaving_totals(rows)))
    context = {
        "group": group,
        "page": page_of(request, rows),
        "totals": leaving_totals(rows),
        "words": words,
        "show": show,
        "shows": _shows(),
        "kept": [("show", show)],
        "query": query_of(request),
    }
    return render(request, "membership/leaving_list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def readmit(request: HttpRequest, group_code: str, number: int) -> HttpResponse:
    """Admit a person again who left."""
    group, member = member_or_404(request, group_code, number, Right.KEEP_PEOPLE)
    form = ReadmissionForm(request.POST if request.method == "POST" else None, group=group)
    if request.method == "POST" and form.is_valid():
        try:
            back = readmit_member(former=member, readmission=form.readmission(), by=person(request))
        except DomainError as refusal:
            form.refuse(refusal, FIELDS.get(type(refusal)))
        else:
            words = {"number": back.number, "name": back.full_name}
            messages.success(request, _("Entered as member number %(number)s: %(name)s") % words)
            return redirect("savings:pledge", group.code, back.number)
    context = {"group": group, "member": member, "form": form, "readmission": readmission_of(member)}
    return render(request, "membership/leaving_readmit.html", context)


def member_or_404(request: HttpRequest, group_code: str, number: int, right: Right) -> tuple[SavingsGroup, Member]:
    """A member of an own group by number, for someone who has the right."""
    group = group_or_404(request.user, group_code, right)
    member = member_of_number(group, number)
    if member is None:
        raise Http404
    member.group = group
    return group, member


def _shows() -> list[tuple[str, str]]:
    return [("under_way", _("Under way")), ("settled", _("Settled")), ("cancelled", _("Taken back")), ("all", _("All"))]


def _heads() -> list[str]:
    return [
        _("Member no."), _("Name"), _("Reason for leaving"), _("Since"), _("To be settled by"), _("Days left"),
        _("Owed to the member"), _("Set off"), _("Paid"), _("Voucher"), _("State"),
    ]  # fmt: skip


def _lines(rows: list[LeavingRow], totals: LeavingTotals) -> list[list[Cell]]:
    lines: list[list[Cell]] = []
    for row in rows:
        each, paid = row.leaving, row.settlement
        state = _("Settled") if each.settled_at else _("Taken back") if each.cancelled_at else _("Under way")
        lines.append(
            [
                each.member.number, each.member.full_name, str(each.get_reason_display()), each.begun_on, each.due_on,
                row.days_left, Money(paid.owed_satang) if paid else None,
                Money(paid.set_off_satang) if paid else None, Money(paid.paid_satang) if paid else None,
                paid.entry.n if paid and paid.entry else None, state,
            ]
        )  # fmt: skip
    sums: list[Cell] = [Money(totals.owed), Money(totals.set_off), Money(totals.paid)]
    return [*lines, [None, _("Total"), None, None, None, None, *sums, None, None]]
