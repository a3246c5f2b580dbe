"""What a member sees of the group: each pool's coming and going, and the QR code by which a deposit is sent."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from funds.chart import POOLS
from funds.forms.promptpay import DepositCodeForm
from funds.selectors.advances import pool_debts
from funds.selectors.bank_confirmation import bank_confirmation
from funds.selectors.promptpay import promptpay_accounts
from members.models import Member
from papers.qr import qr_png
from reports.selectors import pool_flows
from reports.views.deposits import code_context
from reports.views.pools import pool_context, time_of
from window.views.passbooks import common, opened


@require_safe
def pool(request: HttpRequest, group_code: str, pool: str) -> HttpResponse:
    """Show a pool as officers see it, in sums: the entries behind them name other people."""
    member, books = opened(request, group_code)
    if pool not in POOLS:
        raise Http404
    today, time = timezone.localdate(), time_of(request)
    flows = pool_flows.flows_of(member.group, pool, time=time, on=today)
    debts = pool_debts(member.group)
    context = {
        **common(member, books),
        **pool_context(member.group, flows, time=time, address=reverse("window:pool", args=[group_code, pool])),
        "tables": pool_flows.tables_of(member.group, flows, time=time, debts=debts),
        "debts": [{"debt": debt, "days": debt.days(today)} for debt in debts],
        "confirmation": bank_confirmation(member.group, today),
        "other": next(unit for unit in POOLS if unit != pool),
    }
    return render(request, "window/pool.html", context)


@require_safe
def deposit(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show the QR code by which the member sends a deposit, and when it counts."""
    member, books = opened(request, group_code)
    form = _form(request, member)
    context = {
        **common(member, books),
        "form": form,
        "has_accounts": bool(form.accounts),
        **code_context(form.code()),
        "query": request.GET.urlencode(),
    }
    return render(request, "window/deposit.html", context)


@require_safe
def deposit_picture(request: HttpRequest, group_code: str) -> HttpResponse:
    """Send the code as a picture to keep: a telephone cannot photograph its own screen."""
    member, _books = opened(request, group_code)
    code = _form(request, member).code()
    if code is None:
        raise Http404
    response = HttpResponse(qr_png(code.text), content_type="image/png")
    response["Content-Disposition"] = f'attachment; filename="{member.group.code}-promptpay.png"'
    return response


def _form(request: HttpRequest, member: Member) -> DepositCodeForm:
    is_typed = any(name in request.GET for name in ("account", "satang"))
    return DepositCodeForm(request.GET if is_typed else None, accounts=promptpay_accounts(member.group))
