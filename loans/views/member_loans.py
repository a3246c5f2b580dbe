"""The tab of a member's loans: own ones, guarantees, what may still be borrowed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from loans.register_words import state_words
from loans.selectors.member_loans import borrowings, member_loans
from members.access import Right, group_or_404, has_right
from members.models import Member
from members.services import record_access
from members.views.people import member_tabs
from savings.views import lists


@require_safe
@never_cache
def member(request: HttpRequest, group_code: str, number: int) -> HttpResponse:
    """Show a member's loans and guarantees as they stand today; the look is recorded."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    found = Member.objects.filter(group=group, number=number).first()
    if found is None:
        raise Http404
    found.group = group
    record_access(user=lists.person(request), members=[found], page="loans:member")
    today = timezone.localdate()
    loans = member_loans(found, today)
    context = {
        "group": group,
        "member": found,
        "tabs": member_tabs(group, found, "loans:member"),
        "today": today,
        "loans": loans,
        "live": [{"row": row, "state": state_words(row.state)} for row in loans.live],
        "ended": [{"row": row, "state": state_words(row.state)} for row in loans.ended],
        "borrowings": borrowings(found, today) if found.status == Member.Status.ACTIVE else [],
        "may_keep": has_right(request.user, group, Right.KEEP_LOANS),
    }
    return render(request, "loans/member.html", context)
