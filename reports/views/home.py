"""The first page of an officer: the two pools, the next step, the last meeting, what needs attention."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from funds.selectors.bank_confirmation import bank_confirmation
from members.access import Right, group_or_404, rights_of_roles, roles_of
from members.models import SavingsGroup
from reports import charts
from reports.selectors import home as group_home
from reports.selectors import meetings, steps, years
from reports.selectors.backup import backup_line
from reports.selectors.owing import count_owing
from reports.selectors.pools import Pool, cash, code_totals, pools
from reports.words import say_month, short_baht
from thai.money import format_baht


@require_safe
def home(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show the group's home."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    today = timezone.localdate()
    register = group_home.register(group=group)
    meeting = meetings.open_meeting(group=group)
    last = meetings.last_closed(group=group, active=register.members)
    entered = None if meeting is None else meetings.attendance(meeting=meeting, active=register.members)
    now = code_totals(group=group, on=today)
    both = pools(group=group, on=today, now=now)
    backup = backup_line()
    due = meetings.due_on(group=group, after=last.meeting.held_on if last else today)
    context = {
        "group": group,
        "today": today,
        "register": register,
        "last": last,
        "pools": both,
        "confirmation": bank_confirmation(group, today),
        "as_of": last.meeting.held_on if last else today,
        "step": steps.next_step(
            group=group,
            rights=rights_of_roles(roles_of(request.user, group)),
            meeting=meeting,
            entered=entered,
            last=last,
            due=due,
            today=today,
            members=register.members,
        ),
        "matters": steps.matters(
            group=group,
            cash=cash(now),
            meeting=meeting,
            last=last,
            owing=count_owing(group=group, on=today),
            backup=backup,
            today=today,
        ),
        "backup": backup,
        **_places(both[0]),
        **savings_chart(group=group, until=last.meeting.held_on if last else today, now=-now.get("O2100", 0)),
    }
    return render(request, "reports/home.html", context)


def _places(pool: Pool) -> dict[str, Any]:
    fills = ("f-operating", "f-gold", "f-was", "f-operating-2", "f-gold-2", "f-operating-3")
    drawn = charts.parts([(row.label, row.satang) for row in pool.rows], fills)
    claims = charts.bars(pool.claims, say=format_baht, fills=("f-operating", "f-operating-2", "f-gold"))
    return {
        "places": drawn,
        "places_sentence": ", ".join(f"{part.label} {part.percent}" for part in drawn),
        "claims": claims,
        "claims_height": charts.bars_height(claims),
        "claims_sentence": ", ".join(f"{bar.label} {bar.amount}" for bar in claims),
    }


def savings_chart(*, group: SavingsGroup, until: date, now: int) -> dict[str, Any]:
    """The pledge savings of the account year up to a day: the drawing, its sentence and its table.

    now: what they are today (satang).
    """
    start = years.year_start(group=group, on=until)
    points = group_home.savings_by_month(group=group, since=start, until=until, now=now)
    year = years.year_of(group=group, on=until)
    chart = charts.area_chart([(say_month(month), satang) for month, satang in points], say=short_baht)
    sentence = _("From %(first)s baht in %(from)s to %(last)s baht in %(to)s")
    return {
        "chart": chart,
        "chart_title": _("Pledge savings, year %(year)s") % {"year": year},
        "chart_points": [(say_month(month, "long"), satang) for month, satang in points],
        "chart_sentence": sentence
        % {
            "first": format_baht(points[0][1]),
            "from": say_month(points[0][0], "long"),
            "last": format_baht(points[-1][1]),
            "to": say_month(points[-1][0], "long"),
        },
    }
