"""The list of applicants as a file: who waits, who was refused and why."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from members.models import Member
from papers.tables import Cell


def applicant_heads() -> list[str]:
    """The columns."""
    return [
        _("Member no."), _("Name"), _("Kind of member"), _("Applied on"),
        _("Units"), _("State"), _("Refused on"), _("Reason"),
    ]  # fmt: skip


def applicant_lines(waiting: Sequence[Member], refused: Sequence[Member]) -> list[list[Cell]]:
    """One line each, then how many."""
    lines = [_line(member, _("Waiting for the committee")) for member in waiting]
    lines += [_line(member, _("Refused")) for member in refused]
    return [*lines, [len(lines), _("applicants together"), None, None, None, None, None, None]]


def _line(member: Member, state: str) -> list[Cell]:
    return [
        member.number, member.full_name, str(member.get_kind_display()), member.applied_on, member.pledge_units, state,
        member.refused_on, member.refusal_reason,
    ]  # fmt: skip
