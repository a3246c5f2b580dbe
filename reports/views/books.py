"""The books: the trial balance, an account with its lines, the journal, one entry."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from funds.chart import Head, Holder, head_of, measured
from funds.kinds import KINDS
from funds.selectors import head as head_entry
from funds.selectors.reversals import waiting_request, why_it_stays
from members.access import Right, group_or_404, has_right
from members.models import SavingsGroup
from papers.tables import Cell
from reports import lists
from reports.papers.slips import PRINTED
from reports.selectors import chart, entry_words, journal, years
from reports.tables import Table, amount, file_response, wants_file

LINES_PER_PAGE = 100


@require_safe
def books(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show the trial balance of both pools on a day."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    today = timezone.localdate()
    on = lists.day_of(request, "on", today)
    pools = chart.trial_balances(group=group, on=on)
    if wants_file(request):
        return file_response(request, _trial_table(group, pools, on))
    context = {
        "group": group,
        "on": on,
        "today": today,
        "pools": pools,
        "head": head_entry(group),
        "query": lists.query_without(request),
    }
    return render(request, "reports/books.html", context)


def _trial_table(group: SavingsGroup, pools: list[chart.TrialBalance], on: date) -> Table:
    heads = [_("Pool"), _("Code"), _("Account"), _("Debit"), _("Credit")]
    rows = [
        (pool.name, row.head.code, str(row.head.name), amount(row.debit), amount(row.credit))
        for pool in pools
        for row in pool.rows
    ]
    return Table(f"{group.code}-{on:%Y-%m-%d}", heads, rows)


@require_safe
def account(request: HttpRequest, group_code: str, code: str) -> HttpResponse:
    """Show an account: its holders with their balances, or the lines of one of them."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    try:
        head = head_of(code)
    except LookupError:
        raise Http404 from None
    holder = request.GET.get("holder")
    if head.holder is not Holder.NONE and holder is None and "lines" not in request.GET:
        return _holders(request, group, head)
    return _lines(request, group, head, holder if head.holder is not Holder.NONE else None)


def _holders(request: HttpRequest, group: SavingsGroup, head: Head) -> HttpResponse:
    on = lists.day_of(request, "on", timezone.localdate())
    words = lists.words_of(request)
    found = chart.holders(group=group, head=head, on=on)
    if words:
        found = [row for row in found if words in row.holder or words in row.name]
    total = chart.total_of(found)
    if wants_file(request):
        rows = [(row.holder, row.name, amount(row.satang)) for row in found]
        heads = [_("Holder"), _("Name"), _("Balance")]
        return file_response(
            request, Table(f"{group.code}-{head.code}", heads, [*rows, (_("Total"), "", amount(total))])
        )
    context = {
        "group": group,
        "head": head,
        "on": on,
        "rows": found,
        "total": total,
        "words": words,
        "kept": lists.kept_pairs(request, ["on"]),
        "query": lists.query_without(request),
    }
    return render(request, "reports/account_holders.html", context)


def _lines(request: HttpRequest, group: SavingsGroup, head: Head, holder: str | None) -> HttpResponse:
    today = timezone.localdate()
    since = lists.day_of(request, "since", years.year_start(group=group, on=today))
    until = lists.day_of(request, "until", today)
    rows = chart.account_lines(group=group, head=head, holder=holder, since=since, until=until)
    before = measured(head.code, chart.balance_before(group=group, head=head, holder=holder, day=since))
    debit, credit = (measured(head.code, moved) for moved in chart.movements(rows))
    side = chart.side_of(head)
    if wants_file(request):
        return file_response(request, _lines_table(group, head, holder, chart.as_lines(rows, head=head, before=before)))
    page = lists.page_of(request, rows, per_page=LINES_PER_PAGE)
    names = chart.member_names(group=group) if head.holder in (Holder.MEMBER, Holder.BOOK) else {}
    context = {
        "group": group,
        "head": head,
        "holder": holder,
        "holder_name": names.get((holder or "").partition("-")[0], ""),
        "since": since,
        "until": until,
        "page": page,
        "lines": chart.as_lines(lists.rows_of(page), head=head, before=before),
        "before": before * side,
        "debit": debit,
        "credit": credit,
        "after": (before + debit - credit) * side,
        "query": lists.query_without(request),
        "with_holders": holder is None and head.holder is not Holder.NONE,
    }
    return render(request, "reports/account.html", context)


def _lines_table(group: SavingsGroup, head: Head, holder: str | None, lines: list[chart.AccountLine]) -> Table:
    heads = [_("Date"), _("No."), _("Kind"), _("Holder"), _("Debit"), _("Credit"), _("Balance")]
    rows = [(*_moved(line), amount(line.debit), amount(line.credit), amount(line.balance)) for line in lines]
    name = f"{group.code}-{head.code}" + (f"-{holder.replace('/', '-')}" if holder else "")
    return Table(name, heads, rows)


def _moved(line: chart.AccountLine) -> tuple[Cell, ...]:
    return line.booked_on, line.n, str(line.label), line.holder


@require_safe
def entries(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show the journal, found by day, kind, number or word."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    today = timezone.localdate()
    since = lists.day_of(request, "since", years.year_start(group=group, on=today))
    until = lists.day_of(request, "until", today)
    kind = request.GET.get("kind", "")
    words = lists.words_of(request)
    rows = journal.found_entries(group=group, words=words, kind=kind, since=since, until=until)
    if wants_file(request):
        return file_response(request, _journal_table(group, journal.journal_rows(list(rows.select_related("details")))))
    page = lists.page_of(request, rows.select_related("details"))
    context = {
        "group": group,
        "since": since,
        "until": until,
        "words": words,
        "kind": kind,
        "kinds": sorted(KINDS, key=lambda each: str(each.label)),
        "page": page,
        "rows": journal.journal_rows(list(page.object_list)),
        "totals": journal.totals(rows),
        "query": lists.query_without(request),
    }
    return render(request, "reports/entries.html", context)


def _journal_table(group: SavingsGroup, rows: list[journal.JournalRow]) -> Table:
    heads = [_("No."), _("Date"), _("Kind"), _("What it says"), _("Code"), _("Account"), _("Holder")]
    flat = [
        (*_said(row), line.account_code, line.account_name, line.holder, amount(line.debit), amount(line.credit))
        for row in rows
        for line in row.lines or (journal.NO_LINE,)
    ]
    return Table(f"{group.code}-journal", [*heads, _("Debit"), _("Credit")], flat)


def _said(row: journal.JournalRow) -> tuple[Cell, ...]:
    return row.entry.n, row.entry.booked_on, str(row.kind), row.says


@require_safe
def entry(request: HttpRequest, group_code: str, n: int) -> HttpResponse:
    """Show one entry: its lines, the people, its code, what it reverses or was reversed by."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    found = journal.entry_of(group=group, n=n)
    if found is None:
        raise Http404
    row = journal.journal_rows([found])[0]
    names = chart.member_names(group=group) if any(line.holder for line in row.lines) else {}
    context = {
        "group": group,
        "entry": found,
        "row": row,
        "lines": [(line, names.get(line.holder.partition("-")[0], "")) for line in row.lines],
        "people": journal.people_of(found),
        "details": entry_words.details_in_words(found),
        "blocks": journal.code_blocks(found),
        "has_paper": found.plain_kind in PRINTED,
        "reversed_by": journal.reversal_of(found),
        "put_right": journal.put_right(group, n),
        "waiting": waiting_request(found),
        "may_reverse": not why_it_stays(found) and has_right(request.user, group, Right.KEEP_MEETING),
        "meeting": journal.meeting_of(found),
        "declared": [(head_of(code).name, satang) for code, satang in sorted(found.declared.items())],
    }
    return render(request, "reports/entry.html", context)
