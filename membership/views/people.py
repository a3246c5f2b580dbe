"""Entering and correcting a person; who is admitted is given the first pledge at once."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from members.access import Right, group_or_404, person
from members.errors import DomainError
from members.forms.people import MemberForm
from members.models import Member
from members.national_ids import NationalIdTaken
from members.selectors.history import ShownChange, changes_since
from members.selectors.people import member_of_number
from members.services.households import HouseholdFull
from members.services.people import BeneficiaryUnnamed, ChangedMeanwhile, NumberTaken, SharesNotWhole
from membership.admission import correct_member, enter_member
from membership.admission_errors import MinorNeedsParent, ParentUnfit
from savings.errors import HouseholdPledgesFull, PledgeOutOfBounds

FIELDS: dict[type[DomainError], str] = {
    NumberTaken: "number",
    NationalIdTaken: "national_id",
    SharesNotWhole: "percent_1",
    BeneficiaryUnnamed: "beneficiary_1",
    MinorNeedsParent: "parent",
    ParentUnfit: "parent",
    PledgeOutOfBounds: "pledge_units",
    HouseholdFull: "household_code",
    HouseholdPledgesFull: "pledge_units",
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def member_new(request: HttpRequest, group_code: str) -> HttpResponse:
    """Enter an application, or a member who is one already."""
    group = group_or_404(request.user, group_code, Right.KEEP_PEOPLE)
    form = MemberForm(request.POST if request.method == "POST" else None, group=group)
    if form.is_valid():
        try:
            member = enter_member(group=group, by=person(request), **form.values())
        except DomainError as refusal:
            form.refuse(refusal, FIELDS.get(type(refusal)))
        else:
            words = {"number": member.number, "name": member.full_name}
            messages.success(request, _("Entered as member number %(number)s: %(name)s") % words)
            return _after(member, admitted=True)
    return render(request, "members/member_form.html", {"group": group, "form": form, "member": None})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def member_edit(request: HttpRequest, group_code: str, number: int) -> HttpResponse:
    """Correct a person's particulars. Who saves after somebody else sees what that was, and what they typed stays."""
    group = group_or_404(request.user, group_code, Right.KEEP_PEOPLE)
    member = member_of_number(group, number)
    if member is None:
        raise Http404
    form = MemberForm(request.POST if request.method == "POST" else None, group=group, member=member)
    meanwhile: list[ShownChange] = []
    if form.is_valid():
        try:
            changed = correct_member(member=member, by=person(request), **form.values())
        except ChangedMeanwhile as refusal:
            meanwhile = changes_since(member, form.cleaned_data["version"] or 0)
            form.refuse(refusal)
            form.meet(member.version)
        except DomainError as refusal:
            form.refuse(refusal, FIELDS.get(type(refusal)))
        else:
            messages.success(request, _("Saved"))
            return _after(changed, admitted=False)
    context = {"group": group, "form": form, "member": member, "meanwhile": meanwhile}
    return render(request, "members/member_form.html", context)


def _after(member: Member, *, admitted: bool) -> HttpResponse:
    """To the person; whoever was just admitted goes on to the pledge: to see it, or to set it where no units stood."""
    to_pledge = admitted and member.status == Member.Status.ACTIVE
    return redirect("savings:pledge" if to_pledge else "people:member", member.group.code, member.number)
