"""One member's dividend and rebate, whole or in parts; and a list that waits, approved at once or taken back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from members.access import Right, group_or_404, has_right
from members.cosign import live_signature
from members.errors import DomainError
from members.models import Member, SavingsGroup
from savings.views import lists
from shareout.errors import ListMoved
from shareout.forms.payments import PartForm
from shareout.models import SharePayment
from shareout.selectors.payees import own_members, parts_of
from shareout.selectors.payments import (
    WaitingList,
    decided_list,
    overdue_loans,
    payments_of,
    shares_by_year,
    unpaid_shares,
    waiting_list,
)
from shareout.selectors.share_outs import share_outs_of
from shareout.services.payments import approve_payments, cancel_payments, request_payments
from shareout.services.signatures import approve_signed_payments, ask_payments_signature

Way = SharePayment.Way


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: HttpRequest, group_code: str, number: int) -> HttpResponse:
    """Show what one member is still to be paid and was paid; ask for all or a part of it, this way or that."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    member = Member.objects.filter(group=group, number=number).select_related("parent").first()
    if member is None:
        raise Http404
    member.group = group
    user = lists.person(request)
    may_write = has_right(user, group, Right.KEEP_YEAR_END)
    latest = share_outs_of(group).filter(posted_at__isnull=False).first()
    [each] = unpaid_shares(group, officer=user, of=latest, only=[member.pk])
    is_barred = each.is_set_off_first or each.is_withheld
    first = {
        "satang": each.set_off if is_barred else each.free,
        "way": Way.SET_OFF if is_barred else Way.CASH,
    }
    form = PartForm(request.POST or None, group=group, initial=first)
    if request.method == "POST":
        if not may_write:
            raise Http404
        if form.is_valid() and _asked(request, group, member, form):
            messages.success(request, _("Written down. Now a second officer looks at it and approves."))
            return redirect("shareout:pay", group.code, member.number)
    context = {
        "group": group,
        "member": member,
        "each": each,
        "form": form,
        "may_write": may_write,
        "loans": overdue_loans(group, [member], timezone.localdate()).get(member.pk, []),
        "heirs": parts_of(member, each.free),
        "is_dead": member.status == Member.Status.DECEASED,
        "payments": payments_of(member),
        "years": shares_by_year(member),
    }
    return render(request, "shareout/pay_member.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def payment(request: HttpRequest, group_code: str, share_payment_id: int) -> HttpResponse:
    """Show a list of payments that waits; approve it at once, or take it back."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    found = waiting_list(group, share_payment_id) or decided_list(group, share_payment_id)
    if found is None:
        raise Http404
    if request.method == "POST":
        return _decide(request, group, found)
    user = lists.person(request)
    own = own_members(user, [row.member for row in found.rows])
    context = {
        "group": group,
        "list": found,
        "first": found.first,
        "is_own": found.first.requested_by_id == user.pk,
        "is_payee": any(row.member_id in own for row in found.rows),
        "may_approve": found.first.requested_by_id != user.pk and has_right(user, group, Right.COSIGN),
        "may_write": has_right(user, group, Right.KEEP_YEAR_END),
        "signature": live_signature(found.first),
        "here": request.path,
    }
    return render(request, "shareout/payment.html", context)


def _asked(request: HttpRequest, group: SavingsGroup, member: Member, form: PartForm) -> bool:
    try:
        request_payments(
            group=group,
            asked=form.asked_of(member),
            operation=form.cleaned_data["operation"],
            by=lists.person(request),
        )
    except DomainError as refusal:
        form.refuse(refusal)
        return False
    return True


def _decide(request: HttpRequest, group: SavingsGroup, found: WaitingList) -> HttpResponse:
    officer, act, rows = lists.person(request), request.POST.get("act"), found.rows
    if act in ("ask", "signed", "cancel") and not has_right(officer, group, Right.KEEP_YEAR_END):
        raise Http404
    if act in ("ask", "signed") and found.first.requested_by_id != officer.pk:
        raise Http404
    try:
        if act == "approve" and found.first.is_waiting and request.POST.get("seen") != found.code:
            raise ListMoved
        if act == "ask":
            ask_payments_signature(rows=rows)
        elif act in ("approve", "signed"):
            approve_signed_payments(rows=rows) if act == "signed" else approve_payments(payments=rows, by=officer)
            messages.success(request, _("Paid and posted, an entry for each member."))
        elif act == "cancel":
            cancel_payments(payments=rows, by=officer)
            messages.success(request, _("Taken back. Nothing was posted."))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("shareout:payment", group.code, found.first.pk)
