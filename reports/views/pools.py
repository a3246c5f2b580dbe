"""A pool's page: where its money came from, where it is, where it went; behind every figure its entries."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from funds.chart import ADMINISTRATIVE, POOLS, Holder, head_of
from funds.models import Account
from funds.selectors.advances import pool_debts
from funds.selectors.bank_confirmation import bank_confirmation
from funds.selectors.pools import CAME, WENT, PoolFlows, codes_of, figure_postings, figure_sum, flow_satang
from members.access import Right, group_or_404
from members.models import SavingsGroup
from reports import lists
from reports.pool_picture import stairs_height
from reports.selectors import chart
from reports.selectors import pool_flows as selected
from reports.selectors.journal import kind_label
from reports.tables import Table, amount, file_response, wants_file


@require_safe
def pool(request: HttpRequest, group_code: str, pool: str) -> HttpResponse:
    """Show a pool since the founding or in this account year, as a picture and as three tables."""
    group, unit = group_or_404(request.user, group_code, Right.SEE_GROUP), _unit(pool)
    today, time, words = timezone.localdate(), time_of(request), lists.words_of(request)
    flows = selected.flows_of(group, unit, time=time, on=today)
    debts = pool_debts(group)
    tables = selected.tables_of(group, flows, time=time, debts=debts, words=words)
    if wants_file(request):
        return file_response(request, _flows_table(group, flows, tables, words))
    context = {
        **pool_context(group, flows, time=time, address=reverse("reports:pool", args=[group.code, unit])),
        "other_url": reverse("reports:pool", args=[group.code, _other(unit)]) + f"?time={time}",
        "tables": tables,
        "words": words,
        "kept": lists.kept_pairs(request, ["time"]),
        "query": lists.query_without(request),
        "debts": [{"debt": debt, "days": debt.days(today)} for debt in debts],
        "confirmation": bank_confirmation(group, today),
    }
    return render(request, "reports/pool.html", context)


@require_safe
def pool_figure(request: HttpRequest, group_code: str, pool: str, side: str, head: str) -> HttpResponse:
    """Show the entries behind one figure of a pool's page; they add up to it."""
    group, unit = group_or_404(request.user, group_code, Right.SEE_GROUP), _unit(pool)
    if side not in (CAME, WENT) or head not in codes_of(unit, assets=False):
        raise Http404
    today, time, words = timezone.localdate(), time_of(request), lists.words_of(request)
    since = selected.since_of(group, time, today)
    rows = figure_postings(group, unit, side=side, code=head, since=since, until=today)
    names = chart.member_names(group=group) if head_of(head).holder in (Holder.MEMBER, Holder.BOOK) else {}
    if words:
        rows = rows.filter(_wanted(group, head, words, names))
    total = figure_sum(rows, side)
    if wants_file(request):
        return file_response(request, _lines_table(group, head, lines_of(rows, side, names), total))
    page = lists.page_of(request, rows)
    name = str(head_of(head).name)
    context = {
        "group": group,
        "pool_name": selected.pool_name(unit),
        "back": reverse("reports:pool", args=[group.code, unit]) + f"?time={time}",
        "title": selected.label_of(side, head, name),
        "code": head,
        "since": since,
        "until": today,
        "page": page,
        "lines": lines_of(page.object_list, side, names),
        "total": total,
        "words": words,
        "kept": lists.kept_pairs(request, ["time"]),
        "query": lists.query_without(request),
    }
    return render(request, "reports/pool_figure.html", context)


def time_of(request: HttpRequest) -> str:
    """The time that the switch stands on: since the founding unless told."""
    return selected.YEAR if request.GET.get("time") == selected.YEAR else selected.FOUNDING


def pool_context(group: SavingsGroup, flows: PoolFlows, *, time: str, address: str) -> dict[str, Any]:
    """What the page of a pool shows officers and members alike: the switch, the sums, the picture."""
    labels = {selected.FOUNDING: _("Since the founding"), selected.YEAR: _("This account year")}
    picture = selected.picture_of(flows)
    return {
        "group": group,
        "unit": flows.unit,
        "is_admin": flows.unit == ADMINISTRATIVE,
        "pool_name": selected.pool_name(flows.unit),
        "flows": flows,
        "went": -flows.went_satang,
        "tabs": [
            {"url": f"{address}?time={key}", "label": label, "is_current": key == time} for key, label in labels.items()
        ],
        "picture": picture | {"height": stairs_height(picture["bars"])},
    }


def lines_of(rows: Iterable[Any], side: str, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Postings as a list prints them."""
    return [
        {
            "n": row.entry.n,
            "on": row.booked_on,
            "kind": str(kind_label(row.entry.kind)),
            "holder": row.account.holder,
            "name": names.get(row.account.holder.partition("-")[0], ""),
            "satang": flow_satang(row.amount, side),
        }
        for row in rows
    ]


def _wanted(group: SavingsGroup, code: str, words: str, names: Mapping[str, str]) -> Q:
    """An entry's number, a holder, or part of a member's name."""
    holders = Account.objects.filter(group=group, code=code).values_list("holder", flat=True)
    named = [holder for holder in holders if words in names.get(holder.partition("-")[0], "")]
    wanted = Q(account__holder__icontains=words) | Q(account__holder__in=named)
    is_number = words.isascii() and words.isdigit() and len(words) < 10
    return wanted | Q(entry__n=int(words)) if is_number else wanted


def _unit(pool: str) -> str:
    if pool not in POOLS:
        raise Http404
    return pool


def _other(unit: str) -> str:
    return next(each for each in POOLS if each != unit)


def _flows_table(group: SavingsGroup, flows: PoolFlows, tables: tuple[selected.FlowTable, ...], words: str) -> Table:
    heads = [_("Part"), _("Code"), _("Account"), _("Amount")]
    rows: list[tuple[Any, ...]] = []
    if flows.since is not None and not words:
        rows.append((_("Brought forward"), "", "", amount(flows.brought)))
    for table in tables:
        rows += [(table.title, row.code, row.label, amount(row.satang)) for row in table.rows]
        rows.append((table.title, "", _("Total"), amount(table.total)))
    since: date | str = flows.since or "all"
    return Table(f"{group.code}-{flows.unit}-{since}-{flows.until}", heads, rows)


def _lines_table(group: SavingsGroup, code: str, lines: list[dict[str, Any]], total: int) -> Table:
    heads = [_("No."), _("Date"), _("Kind"), _("Holder"), _("Name"), _("Amount")]
    rows = [
        (line["n"], line["on"], line["kind"], line["holder"], line["name"], amount(line["satang"])) for line in lines
    ]
    return Table(f"{group.code}-{code}", heads, [*rows, (None, None, _("Total"), "", "", amount(total))])
