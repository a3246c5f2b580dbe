"""Money at the bank outside the meeting day: the list, a form for each kind, the second officer, cancelling."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from funds.backup import after_close
from funds.errors import InsufficientFunds
from funds.forms.bank import MOVES, MoveForm
from funds.models import BankAccount, BankMove
from funds.selectors import is_open
from funds.selectors.bank_moves import bank_moves, posted_sums
from funds.services.bank_moves import (
    approve_move,
    ask_for_move,
    cancel_move,
    post_signed_move,
    request_move,
)
from funds.services.photos import keep_photo
from funds.views.pages import file_of, one_of, page_of, person, query_of, wants_file, words_of
from members.access import Right, group_or_404, has_right
from members.cosign import live_signature
from members.errors import DomainError
from members.models import SavingsGroup
from papers.tables import Money


@require_safe
@never_cache
def moves(request: HttpRequest, group_code: str) -> HttpResponse:
    """List deposits, withdrawals and transfers at the bank."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    words, kind = words_of(request), one_of(request.GET.get("kind"), BankMove.Kind.values)
    rows = bank_moves(group, words=words, kind=kind)
    if wants_file(request):
        heads = [_("Day"), _("What"), _("From"), _("To"), _("Number of the bank slip"), _("Amount"), _("State")]
        lines = [
            (
                row.moved_on,
                str(row.get_kind_display()),
                str(row.source or _("the cash box")),
                str(row.target or _("the cash box")),
                row.slip_ref,
                Money(row.satang),
                _state(row),
            )
            for row in rows
        ]
        return file_of(request, f"{group.code}-bank-moves", heads, lines)
    sums = posted_sums(rows)
    context = {
        "group": group,
        "page": page_of(request, rows),
        "words": words,
        "kind": kind,
        "kinds": BankMove.Kind.choices,
        "sums": [(label, sums[value]) for value, label in BankMove.Kind.choices],
        "query": query_of(request),
        "kept": [("kind", kind)] if kind else [],
        "may_write": has_right(request.user, group, Right.KEEP_MEETING),
    }
    return render(request, "funds/bank_moves.html", context)


def _state(row: BankMove) -> str:
    if row.entry is not None and (undone := getattr(row, "reversed_n", None)):
        return _("Entry %(number)s, void: reversed by %(by)s") % {"number": row.entry.n, "by": undone}
    if row.entry is not None:
        return _("Posted as entry %(number)s") % {"number": row.entry.n}
    return _("Waiting for the second officer") if row.is_waiting else _("Cancelled")


@require_http_methods(["GET", "POST"])
@never_cache
def new(request: HttpRequest, group_code: str) -> HttpResponse:
    """Write a move down; `?kind=` says which."""
    group = group_or_404(request.user, group_code, Right.KEEP_MEETING)
    kind = one_of(request.GET.get("kind"), MOVES) or "bank_carry"
    count = BankAccount.objects.filter(group=group, closed_on__isnull=True).count()
    form = MOVES[kind](request.POST or None, request.FILES or None, group=group)
    if request.method == "POST" and form.is_valid() and (row := _request(request, group, form)) is not None:
        messages.success(request, _("Written down. Now the second officer approves."))
        return redirect("funds:bank-move", group.code, row.pk)
    context = {
        "group": group,
        "form": form,
        "kind": kind,
        "kinds": BankMove.Kind.choices,
        "accounts": count,
        "too_few": count < (2 if kind == "bank_transfer" else 1),
        "is_open": is_open(group),
    }
    return render(request, "funds/bank_move_form.html", context)


def _request(request: HttpRequest, group: SavingsGroup, form: MoveForm) -> BankMove | None:
    me = person(request)
    try:
        upload = form.cleaned_data["photo"]
        photo = keep_photo(group=group, by=me, upload=upload) if upload else None
        return request_move(group=group, by=me, move=form.move(photo), operation=form.cleaned_data["operation"])
    except InsufficientFunds as refusal:
        form.refuse(refusal, "satang")
    except DomainError as refusal:
        form.refuse(refusal)
    return None


@require_safe
@never_cache
def move(request: HttpRequest, group_code: str, move_id: int) -> HttpResponse:
    """Show one move: what, who asked, who approved, its photo; here it is approved."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    row = _move_or_404(group, move_id)
    context = {
        "group": group,
        "move": row,
        "signature": live_signature(row) if row.requested_by_id == person(request).pk else None,
        "is_own": row.requested_by_id == person(request).pk,
        "may_write": has_right(request.user, group, Right.KEEP_MEETING),
        "here": reverse("funds:bank-move", args=[group.code, row.pk]),
    }
    return render(request, "funds/bank_move.html", context)


@require_POST
def approve(request: HttpRequest, group_code: str, move_id: int) -> HttpResponse:
    """Approve on the own device; the one who asked spends the signature given at the same device."""
    group = group_or_404(request.user, group_code, Right.COSIGN)
    row, me = _move_or_404(group, move_id), person(request)
    try:
        if me.pk == row.requested_by_id:
            post_signed_move(move=row)
        else:
            approve_move(move=row, by=me)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        after_close()
        messages.success(request, _("Approved and posted."))
    return redirect("funds:bank-move", group.code, row.pk)


@require_POST
def ask(request: HttpRequest, group_code: str, move_id: int) -> HttpResponse:
    """Ask for the signature at this device again."""
    group = group_or_404(request.user, group_code, Right.KEEP_MEETING)
    row = _move_or_404(group, move_id)
    try:
        ask_for_move(move=row)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("funds:bank-move", group.code, row.pk)


@require_POST
def cancel(request: HttpRequest, group_code: str, move_id: int) -> HttpResponse:
    """Take a move back before it is posted."""
    group = group_or_404(request.user, group_code, Right.KEEP_MEETING)
    row = _move_or_404(group, move_id)
    try:
        cancel_move(move=row, by=person(request))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Cancelled. The money is free again."))
    return redirect("funds:bank-moves", group.code)


def _move_or_404(group: SavingsGroup, move_id: int) -> BankMove:
    row: BankMove | None = bank_moves(group).filter(pk=move_id).first()
    if row is None:
        raise Http404
    row.group = group
    return row
