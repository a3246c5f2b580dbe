"""Advances: between the pools, and to officers with their settlement."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from funds.chart import ADMINISTRATIVE, OPERATING
from funds.forms.settlements import SettlementForm
from funds.models import Voucher
from funds.selectors.advances import advances_total, officer_advances, pool_debts
from funds.selectors.money_out import purpose_of, vouchers
from funds.views.pages import file_of, page_of, query_of, wants_file, words_of
from funds.views.vouchers import answer_form
from members.access import Right, group_or_404, has_right
from members.models import Member
from papers.tables import Cell, Money


@require_safe
@never_cache
def advances(request: HttpRequest, group_code: str) -> HttpResponse:
    """The open advances to officers, the oldest first, with their age."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    words = words_of(request)
    found = officer_advances(group, timezone.localdate(), words=words)
    if wants_file(request):
        heads = [_("Member no."), _("Officer"), _("Pool"), _("Since"), _("Days"), _("Amount")]
        pools = {OPERATING: _("Operating pool"), ADMINISTRATIVE: _("Administrative pool")}
        rows: list[list[Cell]] = [
            [each.holder, each.name, pools[each.pool], each.since, each.days, Money(each.satang)] for each in found
        ]
        rows.append([None, _("Together"), None, None, None, Money(advances_total(found))])
        return file_of(request, _("Advances to officers"), heads, rows)
    context = {
        "group": group,
        "rows": found,
        "total": advances_total(found),
        "words": words,
        "query": query_of(request),
        "may_write": has_right(request.user, group, Right.KEEP_MEETING),
    }
    return render(request, "funds/advances.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def settle(request: HttpRequest, group_code: str, pool: str, number: int) -> HttpResponse:
    """Account for an advance: what was spent, what is given back."""
    group = group_or_404(request.user, group_code, Right.KEEP_MEETING)
    member = Member.objects.filter(group=group, number=number).first()
    open_ones = officer_advances(group, timezone.localdate())
    advance = next((each for each in open_ones if member and (each.pool, each.holder) == (pool, member.holder)), None)
    if member is None or advance is None:
        raise Http404
    form = SettlementForm(request.POST or None, request.FILES or None, group=group, advance=advance, member=member)
    return answer_form(
        request, group, form, title=_("Settle an advance"), advance=advance, template="funds/settlement_form.html"
    )


@require_safe
@never_cache
def pool_advances(request: HttpRequest, group_code: str) -> HttpResponse:
    """What the pools owe each other, and every advance and return so far."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    today = timezone.localdate()
    words = words_of(request)
    found = vouchers(group, kind=Voucher.Kind.POOL_ADVANCE, words=words)
    if wants_file(request):
        heads = [_("No."), _("Date"), _("What for"), _("For what exactly"), _("Resolution"), _("Amount")]
        rows: list[list[Cell]] = [
            [
                each.entry.n if each.entry else None,
                each.paid_on,
                purpose_of(each),
                each.memo,
                each.resolution.number if each.resolution else "",
                Money(each.satang),
            ]
            for each in found
        ]
        return file_of(request, _("Advances between the pools"), heads, rows)
    page = page_of(request, found)
    context = {
        "group": group,
        "debts": [{"debt": debt, "days": debt.days(today)} for debt in pool_debts(group)],
        "page": page,
        "rows": [{"voucher": each, "purpose": purpose_of(each)} for each in page],
        "words": words,
        "query": query_of(request),
        "may_write": has_right(request.user, group, Right.KEEP_MEETING),
    }
    return render(request, "funds/pool_advances.html", context)
