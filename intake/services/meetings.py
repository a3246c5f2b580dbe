"""The meetings of a year on paper, as closed meetings over the entries that they brought."""

from uuid import UUID, uuid5

from funds.models import Entry
from intake.workbook.plan import PlannedEntry
from intake.workbook.village import VillageYear
from meetings.models import Meeting
from members.models import SavingsGroup


def write_meetings(
    *,
    group: SavingsGroup,
    village: VillageYear,
    plan: tuple[PlannedEntry, ...],
    entries: list[Entry],
    operation: UUID,
) -> list[Meeting]:
    """Write a closed meeting for every close among the entries; nothing was counted here, paper says what lay there."""
    first: dict[object, Entry] = {}
    meetings: list[Meeting] = []
    for planned, entry in zip(plan, entries, strict=True):
        if planned.meeting is None:
            continue
        first.setdefault(planned.meeting, entry)
        if planned.kind == "meeting_close":
            number = len(meetings) + 1
            meetings.append(
                Meeting(
                    group=group,
                    year=village.year.name,
                    number=number,
                    held_on=planned.on,
                    status=Meeting.Status.CLOSED,
                    from_paper=True,
                    operation=uuid5(operation, f"meeting {number}"),
                    opened_at=entry.recorded_at,
                    closed_at=entry.recorded_at,
                    first_entry=first[planned.meeting],
                    close_entry=entry,
                )
            )
    return Meeting.objects.bulk_create(meetings)
