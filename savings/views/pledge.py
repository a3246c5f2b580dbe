"""The pledge of a member: every vow with its months, and a new one; none is ever overwritten."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from members.access import Right, group_or_404, has_right, person
from members.errors import DomainError
from members.group_settings import settings_on
from members.models import Member, SavingsGroup, User
from members.services import record_access
from members.views.people import member_tabs
from savings.errors import NotAMember, PledgeMonthPaid, PledgeMonthTaken, PledgeOutOfBounds, PledgeWindowClosed
from savings.forms.pledge import PledgeForm
from savings.models import PledgePeriod
from savings.selectors import applied_pledge, first_pledge_month, possible_pledge_months, vows
from savings.selectors.window import pledge_window, window_months
from savings.services import set_pledge
from savings.wording import window_sentence
from thai.language import active_language
from thai.money import format_baht
from thai.months import format_month, month_of

FIELDS: dict[type[DomainError], str] = {
    PledgeOutOfBounds: "satang",
    PledgeMonthTaken: "month",
    PledgeMonthPaid: "month",
    PledgeWindowClosed: "month",
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pledge(request: HttpRequest, group_code: str, number: int) -> HttpResponse:
    """Show the vows of a member; let one begin in a later month. The look is recorded."""
    right = Right.KEEP_PEOPLE if request.method == "POST" else Right.SEE_PEOPLE
    group = group_or_404(request.user, group_code, right)
    member = Member.objects.filter(group=group, number=number).first()
    if member is None:
        raise Http404
    member.group = group
    known = vows(member)
    form = None
    if has_right(request.user, group, Right.KEEP_PEOPLE) and member.status == Member.Status.ACTIVE:
        form = _form(request, group, member, known)
    if request.method == "POST":
        if form is None:
            messages.error(request, NotAMember(name=member.full_name).message)
            return redirect("savings:pledge", group.code, member.number)
        if form.is_valid() and _set(form, member, person(request)):
            messages.success(request, _("Saved: %(pledge)s") % {"pledge": pledge_words(form.cleaned_data)})
            return redirect("savings:pledge", group.code, member.number)
    else:
        record_access(user=person(request), members=[member], page="savings:pledge")
    this_month = month_of(timezone.localdate())
    context = {
        "group": group,
        "member": member,
        "tabs": member_tabs(group, member, "savings:pledge"),
        "vows": [{"vow": vow, "month": format_month(vow.starts_on, "long", active_language())} for vow in known],
        "current": next((vow for vow in known if vow.starts_on <= this_month), None),
        "form": form,
        "window": window_sentence(pledge_window(group, timezone.localdate()), active_language()) if known else "",
    }
    return render(request, "savings/pledge.html", context)


def pledge_words(values: dict[str, Any]) -> str:
    """A vow in one phrase: how much, from when."""
    words = {"baht": format_baht(values["satang"]), "month": format_month(values["month"], "long", active_language())}
    return _("%(baht)s baht a month from %(month)s") % words


def _form(request: HttpRequest, group: SavingsGroup, member: Member, known: Sequence[PledgePeriod]) -> PledgeForm:
    values = settings_on(group)
    unit, months = values["pledge_unit_satang"], possible_pledge_months(member)
    begins = _beginning(member, months) if not known else next(iter(window_months(group, months)), months[0])
    initial: dict[str, Any] = {"month": begins.isoformat()}
    if not known:
        initial["satang"] = applied_pledge(member, begins)
    if request.method == "POST" and known and known[0].starts_on not in months:
        months.insert(0, known[0].starts_on)  # a second click is told that the vow stands, not that the month is odd
    data = request.POST if request.method == "POST" else None
    return PledgeForm(data, group=group, months=months, unit=unit, units=values["pledge_units_max"], initial=initial)


def _beginning(member: Member, months: Sequence[date]) -> date:
    wanted = first_pledge_month(member)
    return wanted if wanted in months else months[0]


def _set(form: PledgeForm, member: Member, by: User) -> bool:
    data = form.cleaned_data
    try:
        set_pledge(member=member, satang=data["satang"], starts_on=data["month"], by=by, resolution=data["resolution"])
    except DomainError as refusal:
        form.refuse(refusal, FIELDS.get(type(refusal)))
        return False
    return True
