"""The result of an activity's account year, as a page and as a paper."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from funds.act_paper import year_pdf
from funds.forms.activities import YearForm
from funds.models import AccountYear, Activity
from funds.selectors.activity_year import year_result, years_of
from funds.views.activities import activity_or_404
from members.access import Right, group_or_404


@require_safe
@never_cache
def year(request: HttpRequest, group_code: str, activity_id: int) -> HttpResponse:
    """Show an account year: income, cost, result, and what the stock did."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    row = activity_or_404(group, activity_id)
    years = years_of(row)
    chosen = _chosen(request, years)
    result = year_result(row, chosen) if chosen else None
    return render(
        request, "funds/activity_year.html", {"group": group, "activity": row, "years": years, "result": result}
    )


@require_safe
@never_cache
def paper(request: HttpRequest, group_code: str, activity_id: int) -> HttpResponse:
    """Print an account year of an activity."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    row: Activity = activity_or_404(group, activity_id)
    chosen = _chosen(request, years_of(row))
    if chosen is None:
        raise Http404
    answer = HttpResponse(year_pdf(year_result(row, chosen)), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{group_code}-activity-{row.pk}-{chosen.year}.pdf"'
    return answer


def _chosen(request: HttpRequest, years: list[AccountYear]) -> AccountYear | None:
    """The year of the address, else the latest."""
    wanted = YearForm(request.GET).chosen()
    return next((each for each in years if each.year == wanted), years[0] if years else None)
