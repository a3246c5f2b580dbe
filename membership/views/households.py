"""A member moves to another household."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from members.access import Right, group_or_404, person
from members.errors import DomainError
from members.forms.households import MoveForm
from members.selectors.people import member_of_number
from membership.admission import correct_member


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, group_code: str, number: int) -> HttpResponse:
    """Let a member belong to another household, a new one, or to none."""
    group = group_or_404(request.user, group_code, Right.KEEP_PEOPLE)
    member = member_of_number(group, number)
    if member is None:
        raise Http404
    form = MoveForm(request.POST if request.method == "POST" else None, group=group, member=member)
    if form.is_valid():
        try:
            correct_member(member=member, by=person(request), **form.cleaned_data)
        except DomainError as refusal:
            form.refuse(refusal, "household_code")
        else:
            messages.success(request, _("Saved"))
            return redirect("people:member", group.code, member.number)
    return render(request, "members/move.html", {"group": group, "member": member, "form": form})
