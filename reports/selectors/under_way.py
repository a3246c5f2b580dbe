"""The next step while a meeting is under way: enter, count, have it signed, close."""

from collections.abc import Set

from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.models import CashCount, Meeting
from meetings.selectors.meetings import valid_count
from members.access import Right
from members.cosign import usable
from members.models import CoSignature
from reports.selectors.meetings import Attendance
from reports.selectors.next_step import NextStep


def step_under_way(*, meeting: Meeting, rights: Set[Right], entered: Attendance) -> NextStep:
    """Say what comes next in a meeting that is not closed, with a button to where this officer may do it."""
    if meeting.is_counting:
        count = valid_count(meeting)
        return _to_count(meeting, rights) if count is None else _counted(meeting, rights, count)
    if entered.left == 0 and entered.of:
        text = _("Meeting %(number)s: everyone is entered. Count the cash, then close the meeting.")
        return _step(meeting, _("Count the cash"), text, "count" if Right.KEEP_MEETING in rights else "")
    title = _("%(entered)s of %(of)s members are entered") % {"entered": entered.entered, "of": entered.of}
    text = _("Meeting %(number)s is open, %(left)s members are left. When all are entered, count the cash and close.")
    text = text % {"number": meeting, "left": entered.left}
    if Right.KEEP_MEETING not in rights:
        return NextStep(title, text)
    return NextStep(title, text, _("Go on entering"), _url(meeting, "sheet"))


def _to_count(meeting: Meeting, rights: Set[Right]) -> NextStep:
    text = _("Meeting %(number)s: the entering has ended and the cash is not counted yet.")
    return _step(meeting, _("Count the cash"), text, "count" if Right.KEEP_MEETING in rights else "")


def _counted(meeting: Meeting, rights: Set[Right], count: CashCount) -> NextStep:
    if count.difference_satang and not count.reason:
        text = _("Meeting %(number)s: the cash counted differs from the books and the reason is not written yet.")
        return _step(meeting, _("Write the reason"), text, "count" if Right.KEEP_MEETING in rights else "")
    if Right.CLOSE_MEETING in rights:
        text = _("Meeting %(number)s is counted and waits for its close by two officers.")
        return _step(meeting, _("Close the meeting"), text, "close")
    if Right.AUDIT in rights:
        return _for_the_auditor(meeting, usable(meeting.signature))
    return _step(meeting, _("Close the meeting"), _("Meeting %(number)s is counted and waits for its close."), "")


def _for_the_auditor(meeting: Meeting, signature: CoSignature | None) -> NextStep:
    if signature is None:
        text = _("Meeting %(number)s is counted. The treasurer will ask for your signature.")
        return _step(meeting, _("Look at the count"), text, "detail")
    if signature.signed_at is not None:
        text = _("Meeting %(number)s is counted and signed; the treasurer closes it.")
        return _step(meeting, _("Look at the count"), text, "detail")
    text = _("The treasurer asks for your signature to close meeting %(number)s.") % {"number": meeting}
    return NextStep(_("Sign the close"), text, _("What waits for my signature"), reverse("members:cosign-list"))


def _step(meeting: Meeting, title: str, text: str, page: str) -> NextStep:
    """A step whose button says its title, or has none."""
    url = _url(meeting, page) if page else ""
    return NextStep(title, text % {"number": meeting}, title if page else "", url)


def _url(meeting: Meeting, page: str) -> str:
    return reverse(f"meetings:{page}", args=[meeting.group.code, meeting.pk])
