"""What is done with an activity's goods: a form for each kind, one act with its approval, undoing, its slip."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from funds import activity_errors as refusals
from funds.act_paper import has_slip, slip_pdf
from funds.act_words import unit_of_act
from funds.errors import InsufficientFunds, InsufficientStock, PeopleNotApart
from funds.forms.activity_acts import ActForm, UndoForm, deed_of
from funds.models import Act, Activity
from funds.selectors import is_open
from funds.selectors.activity_lists import act_of, undone_by, worth_of
from funds.services.acts import ActInput, approve_act, approve_signed, ask_again, cancel_act, do_act
from funds.views.activities import activity_or_404
from funds.views.pages import person
from members.access import Right, group_or_404, has_right
from members.cosign import live_signature
from members.errors import DomainError

FIELD_OF: dict[type[DomainError], str] = {
    refusals.DifferenceUnexplained: "reason",
    refusals.DueTooSoon: "due_on",
    refusals.ActivityEnded: "on",
    refusals.NotABorrower: "member_number",
    PeopleNotApart: "member_number",
    refusals.AboveKindLimit: "quantity",
    refusals.ReturnTooMuch: "quantity",
    refusals.NoCostKnown: "good",
    InsufficientStock: "quantity",
    InsufficientFunds: "satang",
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest, group_code: str, activity_id: int, deed: str) -> HttpResponse:
    """Write an act down: what brings in is posted at once, the rest waits for the second officer."""
    group = group_or_404(request.user, group_code, Right.KEEP_MEETING)
    activity = activity_or_404(group, activity_id)
    asked = deed_of(deed)
    if asked is None or (asked.in_kind and not activity.unit_book):
        raise Http404
    initial = {name: request.GET[name][:20] for name in ("good", "loan", "member_number") if name in request.GET}
    form = ActForm(request.POST or None, activity=activity, deed=asked, initial=initial)
    if request.method == "POST" and form.is_valid():
        act = _do(request, activity, form)
        if act is not None:
            said = (
                _("Written down. Now the second officer approves.") if act.is_waiting else _("Written down and posted.")
            )
            messages.success(request, said)
            return redirect("funds:act", group.code, activity.pk, act.pk)
    context = {
        "group": group,
        "activity": activity,
        "deed": asked,
        "form": form,
        "is_open": is_open(group),
        "no_goods": "good" in asked.asks and not activity.goods.exists(),
        "no_loans": "loan" in asked.asks and not form.fields["loan"].queryset.exists(),  # type: ignore[attr-defined]
        "no_terms": asked.key == "kind_loan" and not activity.terms.exists(),
    }
    return render(request, "funds/activity_act_form.html", context)


def _do(request: HttpRequest, activity: Activity, form: ActForm) -> Act | None:
    operation = form.cleaned_data["operation"]
    try:
        return do_act(activity=activity, given=form.act(), operation=operation, by=person(request))
    except DomainError as refusal:
        form.refuse(refusal, next((name for kind, name in FIELD_OF.items() if isinstance(refusal, kind)), None))
    return None


@require_safe
@never_cache
def act(request: HttpRequest, group_code: str, activity_id: int, act_id: int) -> HttpResponse:
    """Show one act: what was done, who asked and approved, its entry; here it is approved."""
    found = _act_or_404(request, group_code, activity_id, act_id, Right.SEE_GROUP)
    group, me = found.activity.group, person(request)
    is_own = found.requested_by_id == me.pk
    undoing = undone_by(found)
    context = {
        "group": group,
        "activity": found.activity,
        "act": found,
        "unit": unit_of_act(found),
        "worth": worth_of(found),
        "undoing": undoing,
        "may_undo": undoing is None and found.entry_id and not found.deed.counts and found.kind != "undo",
        "has_slip": has_slip(found),
        "is_own": is_own,
        "may_write": has_right(me, group, Right.KEEP_MEETING),
        "may_approve": not is_own and has_right(me, group, Right.COSIGN),
        "signature": live_signature(found) if is_own else None,
        "here": reverse("funds:act", args=[group.code, found.activity_id, found.pk]),
    }
    return render(request, "funds/activity_act.html", context)


@require_POST
def approve(request: HttpRequest, group_code: str, activity_id: int, act_id: int) -> HttpResponse:
    """Approve on the own device; the one who asked spends the signature given at the same device."""
    found = _act_or_404(request, group_code, activity_id, act_id, Right.COSIGN)
    me = person(request)
    try:
        posted = approve_signed(act=found) if me.pk == found.requested_by_id else approve_act(act=found, by=me)
        messages.success(request, _("Approved. Entry no. %(number)s") % {"number": posted.entry})
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("funds:act", group_code, activity_id, act_id)


@require_POST
def ask(request: HttpRequest, group_code: str, activity_id: int, act_id: int) -> HttpResponse:
    """Ask for the signature at this device again."""
    found = _act_or_404(request, group_code, activity_id, act_id, Right.KEEP_MEETING)
    try:
        ask_again(act=found)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("funds:act", group_code, activity_id, act_id)


@require_POST
def cancel(request: HttpRequest, group_code: str, activity_id: int, act_id: int) -> HttpResponse:
    """Take an act back before it is posted."""
    found = _act_or_404(request, group_code, activity_id, act_id, Right.KEEP_MEETING)
    try:
        cancel_act(act=found, by=person(request))
        messages.success(request, _("Taken back. Nothing was posted."))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("funds:act", group_code, activity_id, act_id)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def undo(request: HttpRequest, group_code: str, activity_id: int, act_id: int) -> HttpResponse:
    """Undo an act that was posted by mistake: its reversal, once a second officer approves."""
    found = _act_or_404(request, group_code, activity_id, act_id, Right.KEEP_MEETING)
    group = found.activity.group
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        given = ActInput(kind="undo", done_on=data["on"], quantity=found.quantity, undoes=found, reason=data["reason"])
        try:
            asked = do_act(activity=found.activity, given=given, operation=data["operation"], by=person(request))
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Written down. Now the second officer approves."))
            return redirect("funds:act", group.code, found.activity_id, asked.pk)
    context = {"group": group, "activity": found.activity, "act": found, "form": form}
    return render(request, "funds/activity_undo.html", context)


@require_safe
@never_cache
def slip(request: HttpRequest, group_code: str, activity_id: int, act_id: int) -> HttpResponse:
    """Print the slip of what moved in kind, for the one who gave or took it to sign."""
    found = _act_or_404(request, group_code, activity_id, act_id, Right.SEE_GROUP)
    if not has_slip(found):
        raise Http404
    answer = HttpResponse(slip_pdf(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{group_code}-in-kind-{found.pk}.pdf"'
    return answer


def _act_or_404(request: HttpRequest, group_code: str, activity_id: int, act_id: int, right: Right) -> Act:
    group = group_or_404(request.user, group_code, right)
    found = act_of(activity_or_404(group, activity_id), act_id)
    if found is None:
        raise Http404
    return found
