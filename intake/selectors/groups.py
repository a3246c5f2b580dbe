"""Whether a group can take a year on paper in."""

from funds import kinds
from funds.models import Entry
from intake.workbook.problems import Place, Problem
from intake.workbook.village import VillageYear, named_alike
from meetings.models import Meeting
from members.models import Member, SavingsGroup

DECISIONS = kinds.names_where(lines=kinds.Lines.NONE, declares=False)


def problems_of_group(group: SavingsGroup, village: VillageYear) -> list[Problem]:
    """Everything in the group that stands against the workbook: books begun, a meeting, other people's numbers."""
    if has_begun(group):
        return [Problem(Place(), "group_has_entries")]
    rows = {member.number: member for member in village.members}
    problems = []
    for member in Member.objects.filter(group=group).order_by("number"):
        row = rows.get(member.number)
        if row is not None and not named_alike(_name(member), row.name):
            values: dict[str, str | int] = {"number": member.number, "name": member.full_name, "typed": row.name}
            problems.append(Problem(row.row.place("number"), "group_has_members", values))
    return problems


def has_begun(group: SavingsGroup) -> bool:
    """Whether a group's books hold more than decisions, or a meeting was opened."""
    posted = Entry.objects.filter(group=group).exclude(kind__in=DECISIONS)
    return posted.exists() or Meeting.objects.filter(group=group).exists()


def _name(member: Member) -> str:
    return member.body_name or f"{member.first_name} {member.last_name}"
