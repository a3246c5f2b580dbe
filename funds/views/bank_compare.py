"""Compare a typed month with the ledger: proposals confirmed, the rest by hand, signed by the audit part, printed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from funds.bank_paper import reconciliation_paper
from funds.matching import Proposal
from funds.models import BankMatch, MatchedPosting
from funds.selectors.bank_book import (
    Comparison,
    changes_since,
    compare,
    earlier_candidates,
    first_page,
    matches_in,
    proposals,
    reconciled,
)
from funds.selectors.bank_compare import figures_of, frozen_rows, match_rows
from funds.services.bank_matches import (
    Key,
    ask_to_reconcile,
    finish_reconciliation,
    match,
    match_all,
    note_earlier,
    reconciliation_signature,
    unmatch,
)
from funds.services.bank_pages import is_treasurer
from funds.views.bank import account_or_404, month_or_404
from funds.views.pages import person
from members.access import Right, group_or_404
from members.errors import DomainError
from papers.reconciliation import reconciliation_pdf


@require_safe
@never_cache
def comparison(request: HttpRequest, group_code: str, account_id: int, month: str) -> HttpResponse:
    """Show both sides of a month: what agrees, what is proposed, what is open, and how that explains the difference."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    account, first_day = account_or_404(group, account_id), month_or_404(month)
    done = reconciled(account, first_day)
    found = compare(account, first_day)
    if found is None:
        return redirect("funds:bank-book", group.code, account.pk, month)
    begin = first_page(account)
    at_first = begin is not None and begin.month == first_day and done is None
    proposed = [] if done else proposals(found)
    context = {
        "group": group,
        "account": account,
        "month": first_day,
        "done": done,
        "frozen": frozen_rows(done.items) if done else [],
        "changes": changes_since(done) if done else [],
        "found": found,
        "figures": figures_of(found, done),
        "proposed": [
            {"proposal": each, "value": _value(each), "items": _items(found, each), "satang": each.satang}
            for each in proposed
        ],
        "matches": match_rows(matches_in(account, first_day)),
        "earlier": earlier_candidates(account, first_day) if at_first else [],
        "noted": [item for item in found.postings if item.posting.on < first_day] if at_first else [],
        "signature": None if done else reconciliation_signature(account=account, month=first_day, by=person(request)),
        "may_compare": done is None and not is_treasurer(person(request), group),
        "here": reverse("funds:bank-compare", args=[group.code, account.pk, month]),
    }
    return render(request, "funds/bank_compare.html", context)


def _items(found: Comparison, proposal: Proposal) -> list[Any]:
    keys = {posting.key for posting in proposal.postings}
    return [item for item in found.postings if item.posting.key in keys]


def _value(proposal: Proposal) -> str:
    """A proposal as a form sends it: lines, then postings."""
    lines = ",".join(str(line.pk) for line in proposal.lines)
    return f"{lines};{','.join(f'{entry}-{line}' for entry, line in (each.key for each in proposal.postings))}"


@require_POST
def confirm(request: HttpRequest, group_code: str, account_id: int, month: str) -> HttpResponse:
    """Confirm the proposals that are ticked."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    account = account_or_404(group, account_id)
    pairs = [_pair(value) for value in request.POST.getlist("proposal")]
    try:
        count = match_all(account=account, by=person(request), pairs=pairs)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        said = ngettext("%(count)s pair is confirmed.", "%(count)s pairs are confirmed.", count)
        messages.success(request, said % {"count": count})
    return redirect("funds:bank-compare", group.code, account.pk, month)


def _pair(value: str) -> tuple[list[int], list[Key]]:
    lines, _semicolon, postings = value.partition(";")
    return [_number(each) for each in lines.split(",") if each], [_key(each) for each in postings.split(",") if each]


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise Http404
    return int(text)


def _key(text: str) -> Key:
    entry, _dash, line = text.partition("-")
    return _number(entry), _number(line)


@require_POST
def by_hand(request: HttpRequest, group_code: str, account_id: int, month: str) -> HttpResponse:
    """Put the ticked lines and entries together; or note entries that the book did not have when it begins."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    account = account_or_404(group, account_id)
    postings = [_key(each) for each in request.POST.getlist("posting")]
    try:
        if "earlier" in request.POST or "not-earlier" in request.POST:
            note_earlier(account=account, by=person(request), postings=postings, there="earlier" in request.POST)
        else:
            lines = [_number(each) for each in request.POST.getlist("line")]
            match(account=account, by=person(request), lines=lines, postings=postings)
            messages.success(request, _("Put together."))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("funds:bank-compare", group.code, account.pk, month)


@require_POST
def apart(request: HttpRequest, group_code: str, account_id: int, month: str, match_id: int) -> HttpResponse:
    """Take a match apart."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    account = account_or_404(group, account_id)
    found = BankMatch.objects.filter(account=account, pk=match_id).select_related("group", "account__group").first()
    if found is None:
        raise Http404
    try:
        unmatch(found=found, by=person(request))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("funds:bank-compare", group.code, account.pk, month)


@require_POST
def ask(request: HttpRequest, group_code: str, account_id: int, month: str) -> HttpResponse:
    """Ask the audit part to sign the month."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    account = account_or_404(group, account_id)
    try:
        ask_to_reconcile(account=account, month=month_or_404(month), by=person(request))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("funds:bank-compare", group.code, account.pk, month)


@require_POST
def finish(request: HttpRequest, group_code: str, account_id: int, month: str) -> HttpResponse:
    """Freeze the month, signed."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    account = account_or_404(group, account_id)
    try:
        finish_reconciliation(account=account, month=month_or_404(month), by=person(request))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The month is signed. Print it and keep it with the bank book."))
    return redirect("funds:bank-compare", group.code, account.pk, month)


@require_safe
def paper(request: HttpRequest, group_code: str, account_id: int, month: str) -> HttpResponse:
    """The signed month as a paper."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    done = reconciled(account_or_404(group, account_id), month_or_404(month))
    if done is None:
        raise Http404
    matched = MatchedPosting.objects.filter(match__sealed=done).values("entry").distinct().count()
    response = HttpResponse(
        reconciliation_pdf(reconciliation_paper(done, entries=matched)), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'inline; filename="{group.code}-bank-{done.month:%Y-%m}.pdf"'
    return response
