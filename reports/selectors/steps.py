"""The one next step of a group's home, and the matters that need attention."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from funds.chart import ADMINISTRATIVE, OPERATING
from funds.selectors import is_open
from funds.selectors.advances import pool_debts
from funds.selectors.cash_limit import next_working_day
from loans.demand import Stage
from loans.selectors.letters import notices, pressing
from loans.selectors.portfolio import money_card
from meetings.models import Meeting
from members.access import Right
from members.group_settings import settings_on
from members.models import Office, SavingsGroup
from members.selectors.terms import terms_due
from membership.coming_of_age import come_of_age
from reports.selectors.backup import BackupLine
from reports.selectors.meetings import Attendance, ClosedMeeting
from reports.selectors.next_step import NextStep
from reports.selectors.under_way import step_under_way
from reports.words import say_date
from thai.money import format_baht
from thai.months import add_months

LONG_AGO = 27  # days after which a missed meeting day is no longer worth naming
SOON = 3  # days before the meeting day in which opening it is the next step


@dataclass(frozen=True)
class Matter:
    """Something to attend to; `level` is late, next or empty."""

    text: str
    when: str = ""
    level: str = ""
    label: str = ""
    url: str = ""


def next_step(
    *,
    group: SavingsGroup,
    rights: Set[Right],
    meeting: Meeting | None,
    entered: Attendance | None,
    last: ClosedMeeting | None,
    due: date,
    today: date,
    members: int,
) -> NextStep:
    """Say what comes next: enter, count and close, open, or begin a new group's books and register."""
    if meeting is not None and entered is not None:
        return step_under_way(meeting=meeting, rights=rights, entered=entered)
    if last is None and not is_open(group):
        return _first_of_all(group, rights)
    if members == 0:
        return _first_members(group, rights)
    may_open = Right.CLOSE_MEETING in rights
    open_url = reverse("meetings:open", args=[group.code]) if may_open else ""
    if last is None:
        return NextStep(
            _("No meeting yet"),
            _("Once the first meeting is opened, the members stand on its sheet."),
            _("Open a meeting") if may_open else "",
            open_url,
        )
    if due - today <= timedelta(days=SOON):
        title = _("Open the meeting of %(day)s") % {"day": say_date(due, "long")}
        if (today - due).days > LONG_AGO:
            title = _("Open the next meeting")
        text = _("The last meeting, %(number)s of %(day)s, is closed.")
        text %= {"number": last.meeting, "day": say_date(last.meeting.held_on, "long")}
        return NextStep(title, text, _("Open a meeting") if may_open else "", open_url)
    return NextStep(
        _("Meeting %(number)s is closed") % {"number": last.meeting},
        _("The next meeting is due on %(day)s.") % {"day": say_date(due, "long")},
        _("Look at the meeting's papers"),
        reverse("meetings:list", args=[group.code]),
    )


def _first_of_all(group: SavingsGroup, rights: Set[Right]) -> NextStep:
    if Right.IMPORT_WORKBOOK in rights:
        return NextStep(
            _("Bring the group's books in"),
            _("A workbook as the village keeps it brings members, balances and the past year in at once."),
            _("Take a workbook"),
            reverse("intake:import", args=[group.code]),
            _("Other ways to begin"),
            reverse("funds:start", args=[group.code]),
        )
    text = _("The treasurer brings the group's workbook in, or opens empty books for a new group.")
    return NextStep(_("The books are not open yet"), text)


def _first_members(group: SavingsGroup, rights: Set[Right]) -> NextStep:
    if Right.KEEP_PEOPLE in rights:
        text = _("Members are admitted one by one. Then the first meeting can be opened.")
        return NextStep(_("No members yet"), text, _("Go to the register"), reverse("people:list", args=[group.code]))
    return NextStep(_("No members yet"), _("The secretary or the treasurer admits them one by one."))


def matters(
    *,
    group: SavingsGroup,
    cash: int,
    meeting: Meeting | None,
    last: ClosedMeeting | None,
    owing: int,
    backup: BackupLine,
    today: date,
) -> list[Matter]:
    """What needs attention today, the late ones first."""
    rules = settings_on(group, today)
    due = _was_due_on(rules["meeting_day"], today)
    found = [
        *_meeting_matters(meeting, last, due, today),
        *_pool_matters(group),
        *_cash_matters(group, cash, rules["cash_limit_satang"], today),
        *_office_matters(group),
        *_term_matters(group, today),
        *_notice_matters(group, today),
        *_overdue_matters(group, today),
        *_grown_matters(group, today),
        *([Matter(backup.text, level="late")] if backup.is_late else []),
    ]
    if owing:
        text = ngettext("%(count)s member owes pledge months", "%(count)s members owe pledge months", owing) % {
            "count": owing
        }
        found.append(Matter(text, label=_("See the members"), url=reverse("reports:owing", args=[group.code])))
    return sorted(found, key=lambda matter: {"late": 0, "next": 1}.get(matter.level, 2))


def _was_due_on(day: int, today: date) -> date:
    this_month = today.replace(day=day)
    return this_month if this_month <= today else add_months(today, -1).replace(day=day)


def _meeting_matters(meeting: Meeting | None, last: ClosedMeeting | None, due: date, today: date) -> list[Matter]:
    if meeting is not None:
        if meeting.held_on >= today:
            return []
        text = _("Meeting %(number)s of that day is not closed yet") % {"number": meeting}
        return [Matter(text, when=say_date(meeting.held_on, "long"), level="late")]
    if last is not None and last.meeting.held_on < due.replace(day=1):
        text = _("The group should have met and no meeting was opened")
        return [Matter(text, when=say_date(due, "long"), level="late")]
    return []


def _overdue_matters(group: SavingsGroup, today: date) -> list[Matter]:
    """How many loans are overdue, and by how much in all."""
    loans = money_card(group, today)
    if not loans["late"]:
        return []
    text = ngettext(
        "%(count)s loan is overdue: %(amount)s baht", "%(count)s loans are overdue: %(amount)s baht", loans["late"]
    )
    said = text % {"count": loans["late"], "amount": format_baht(loans["overdue"])}
    return [Matter(said, level="late", label=_("See the arrears"), url=reverse("loans:arrears", args=[group.code]))]


def _cash_matters(group: SavingsGroup, cash: int, limit: int, today: date) -> list[Matter]:
    if cash <= limit:
        return []
    text = _("Cash on hand is %(cash)s baht, above the limit of %(limit)s baht: carry what is above it to the bank")
    when = _("by %(day)s") % {"day": say_date(next_working_day(today), "long")}
    url = reverse("funds:money", args=[group.code])
    said = text % {"cash": format_baht(cash), "limit": format_baht(limit)}
    return [Matter(said, when=when, level="next", label=_("How much of which pool"), url=url)]


def _pool_matters(group: SavingsGroup) -> list[Matter]:
    """What one pool owes the other stands in red until it is given back."""
    texts = {
        OPERATING: _("The administrative pool owes the operating pool %(amount)s baht"),
        ADMINISTRATIVE: _("The operating pool owes the administrative pool %(amount)s baht"),
    }
    url = reverse("funds:pool-advances", args=[group.code])
    return [
        Matter(
            texts[debt.lender] % {"amount": format_baht(debt.satang)},
            when=_("since %(day)s") % {"day": say_date(debt.since, "long")},
            level="late",
            label=_("See the advance"),
            url=url,
        )
        for debt in pool_debts(group)
    ]


def _grown_matters(group: SavingsGroup, today: date) -> list[Matter]:
    """Children who have come of age save on their own from now on."""
    grown = come_of_age(group, today)
    if not grown:
        return []
    text = ngettext(
        "%(count)s child has come of age and still saves through a parent",
        "%(count)s children have come of age and still save through a parent",
        len(grown),
    )
    url = reverse("people:applicants", args=[group.code])
    return [Matter(text % {"count": len(grown)}, level="next", label=_("See who"), url=url)]


def _office_matters(group: SavingsGroup) -> list[Matter]:
    held = set(Office.objects.held_on().filter(group=group).values_list("role", flat=True))
    wanted = (Office.Role.CHAIR, Office.Role.SECRETARY, Office.Role.TREASURER, Office.Role.AUDIT)
    missing = [str(role.label) for role in wanted if role not in held]
    if not missing:
        return []
    text = _("Nobody holds the office of: %(offices)s") % {"offices": ", ".join(missing)}
    url = reverse("people:offices", args=[group.code])
    return [Matter(text, level="next", label=_("See the offices"), url=url)]


def _term_matters(group: SavingsGroup, today: date) -> list[Matter]:
    url = reverse("people:offices", args=[group.code])
    found = []
    for due in terms_due(group, today):
        words = {"office": due.office.get_role_display(), "name": due.office.user.display_name}
        if due.is_over:
            text = _("The term of %(name)s, %(office)s, is over") % words
        else:
            text = _("The term of %(name)s, %(office)s, runs out") % words
        level = "late" if due.is_over else "next"
        found.append(Matter(text, when=say_date(due.due_on, "long"), level=level, label=_("See the offices"), url=url))
    return found


def _notice_matters(group: SavingsGroup, today: date) -> list[Matter]:
    """Notices to guarantors whose 60 days run out or have passed (Civil and Commercial Code s.686)."""
    found = notices(group, today)
    missed = [each for each in found if each.stage == Stage.MISSED]
    near = pressing(found)
    url, label = reverse("loans:letters", args=[group.code]), _("See the notices")
    matters = []
    if missed:
        text = ngettext(
            "The 60 days of %(count)s notice to a guarantor have passed",
            "The 60 days of %(count)s notices to guarantors have passed",
            len(missed),
        )
        matters.append(Matter(text % {"count": len(missed)}, level="late", label=label, url=url))
    if near:
        text = ngettext(
            "%(count)s notice to a guarantor has to be sent",
            "%(count)s notices to guarantors have to be sent",
            len(near),
        )
        when = _("by %(day)s") % {"day": say_date(near[0].deadline, "long")}
        level = "late" if any(each.stage == Stage.LAST_DAYS for each in near) else "next"
        matters.append(Matter(text % {"count": len(near)}, when=when, level=level, label=label, url=url))
    return matters
