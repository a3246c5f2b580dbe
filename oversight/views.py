"""The district officer's pages: the villages of a district, one village in figures. Read only."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from loans.selectors.portfolio import portfolio
from loans.words import percent_text
from members.access import GROUP_RELATED, Right, district_or_404
from members.models import District, SavingsGroup
from oversight import selectors
from oversight.models import GroupFigures
from oversight.services import refresh_figures
from papers.tables import Cell
from reports import lists
from reports.selectors import home as group_home
from reports.selectors import meetings
from reports.selectors.pools import code_totals, pools
from reports.tables import Table, amount, file_response, wants_file
from reports.views.home import savings_chart

SHOWN = {"not-met": False, "met": True}
MEETINGS_SHOWN = 12


@require_safe
def home(request: HttpRequest, district_code: str) -> HttpResponse:
    """Show the villages of a district: those that did not meet first, then all with their figures."""
    district = district_or_404(request.user, district_code, Right.REVIEW_DISTRICT)
    today = timezone.localdate()
    refresh_figures(district=district)
    words, shown = lists.words_of(request), request.GET.get("show", "")
    rows = selectors.figures_of(district=district, words=words, met=SHOWN.get(shown), today=today)
    if wants_file(request):
        return file_response(request, _table(district, rows, today))
    page = lists.page_of(request, rows)
    context = {
        "district": district,
        "today": today,
        "all": selectors.totals(GroupFigures.objects.filter(district=district)),
        "missing": selectors.longest_not_met(district=district, today=today),
        "missing_count": GroupFigures.objects.filter(selectors.not_met(today), district=district).count(),
        "page": page,
        "tambons": selectors.by_tambon(list(page.object_list), selectors.totals_by_tambon(rows), today),
        "totals": selectors.totals(rows),
        "words": words,
        "show": shown,
        "kept": lists.kept_pairs(request, ["show"]),
        "query": lists.query_without(request),
        "search": lists.query_without(request, "show"),
    }
    return render(request, "oversight/home.html", context)


def _table(district: District, rows: selectors.Rows, today: date) -> Table:
    heads = [_("Tambon"), _("Village"), _("Moo"), _("Group"), _("Members"), _("Households"), _("Pledge savings")]
    heads += [
        pgettext("in full", "Special savings"),
        _("Loans still out"),
        _("Operating pool"),
        _("Administrative pool"),
    ]
    heads += [_("Loans in arrears"), _("Principal at risk"), _("PAR30"), _("Last met"), _("This month")]
    found = [(*_who(row), *_figures(row), row.last_met_on, _met(row, today)) for row in rows]
    sums = selectors.totals(rows)
    last = (_("Total"), "", None, "", sums.members, sums.households, *_figures(sums), None, "")
    return Table(f"district-{district.pk}", heads, [*found, last])


def _figures(row: GroupFigures | selectors.Totals) -> tuple[Cell, ...]:
    return *(amount(each) for each in row.amounts), row.late_loans, amount(row.at_risk_satang), row.par30


def _who(row: GroupFigures) -> tuple[Cell, ...]:
    return str(row.tambon), row.name, row.moo, row.group.name, row.members, row.households


def _met(row: GroupFigures, today: date) -> str:
    return _("met") if row.has_met(today) else _("not met")


@require_safe
def group(request: HttpRequest, district_code: str, group_code: str) -> HttpResponse:
    """Show one village in figures, without names of members."""
    district = district_or_404(request.user, district_code, Right.REVIEW_DISTRICT)
    mine = SavingsGroup.objects.select_related(*GROUP_RELATED).filter(village__tambon__district=district)
    one = mine.filter(code=group_code).first()
    if one is None:
        raise Http404
    today = timezone.localdate()
    closed = list(meetings.closed_meetings(group=one)[:MEETINGS_SHOWN])
    register = group_home.register(group=one)
    last = meetings.closed_in_figures(meeting=closed[0], active=register.members) if closed else None
    now = code_totals(group=one, on=today)
    loans = portfolio(one, today)
    context = {
        "district": district,
        "group": one,
        "today": today,
        "register": register,
        "kinds": selectors.members_by_kind(group=one),
        "officers": selectors.officers(group=one),
        "pools": pools(group=one, on=today, now=now),
        "loans": loans,
        "par30": percent_text(loans.par30) if loans.par30 is not None else "",
        "last": last,
        "open": meetings.open_meeting(group=one),
        "meetings": selectors.meeting_rows(closed),
        **savings_chart(group=one, until=closed[0].held_on if closed else today, now=-now.get("O2100", 0)),
    }
    return render(request, "oversight/group.html", context)
