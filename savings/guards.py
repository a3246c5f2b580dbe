"""Guards in the database: vows and paid months are rows that are only added, each of its member's group."""

from collections.abc import Iterator

from members.triggers import PREFIX, Guards, added_only, postgresql_guard, refusal, refused, sqlite_trigger

PERIODS, MONTHS = "savings_pledgeperiod", "savings_pledgemonth"
WORDS = f"satcha:of_other_group ({MONTHS})"
OTHER_GROUPS_MEMBER = (
    "coalesce((SELECT m.group_id FROM members_member m WHERE m.id = {row}.member_id), -1) <> {row}.group_id"
)
OTHER_GROUPS_ENTRY = "{row}.entry_id / 4294967296 <> {row}.group_id"


def _months_of_their_group(vendor: str) -> Iterator[str]:
    """A paid month belongs to the group of its member and of its receipt; PostgreSQL looks once a statement, since a
    close writes hundreds. An entry's id begins with its group's.
    """
    strange = f"{OTHER_GROUPS_MEMBER} OR {OTHER_GROUPS_ENTRY}"
    name = f"{MONTHS}_of_its_group"
    if vendor == "sqlite":
        yield sqlite_trigger(name, "INSERT", MONTHS, strange.format(row="NEW"), WORDS)
        return
    found = f"EXISTS (SELECT FROM come WHERE {strange.format(row='come')})"
    body = f"IF {found} THEN {refusal(WORDS)} END IF; RETURN NULL;"
    trigger = f"{PREFIX}{name} AFTER INSERT ON public.{MONTHS} REFERENCING NEW TABLE AS come FOR EACH STATEMENT"
    yield postgresql_guard(name, body, trigger)


GUARDS = Guards(
    "savings",
    added_only(PERIODS, ("member_id", "starts_on")),
    added_only(MONTHS, ("entry_id", "member_id", "month")),
    refused(
        f"{PERIODS}_of_its_group",
        PERIODS,
        ["INSERT"],
        OTHER_GROUPS_MEMBER.format(row="NEW"),
        "satcha:of_other_group",
    ),
    _months_of_their_group,
)
