"""Guards in the database: vows, paid months and deposits are rows that are only added; what was asked for stays."""

from collections.abc import Iterator

from funds.money_guards import posted_by_own_entry
from members.triggers import (
    PREFIX,
    Guards,
    added_only,
    frozen,
    never_deleted,
    postgresql_guard,
    refusal,
    refused,
    set_once,
    sqlite_trigger,
)

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
    added_only("savings_deposit", ("operation",), ("entry_id",)),
    posted_by_own_entry("savings_deposit", kind=" AND e.kind = 'receipt' AND e.booked_on = NEW.received_on"),
    frozen(
        "savings_withdrawal", "group_id", "member_id", "book_id", "operation", "satang", "way", "bank_holder",
        "slip_ref", "pay_from", "requested_by_id", "requested_at", "hold_id",
    ),
    set_once("savings_withdrawal", "entry_id", "approved_by_id", "approved_at", "cancelled_by_id", "cancelled_at"),
    posted_by_own_entry("savings_withdrawal", kind=" AND e.kind = 'withdrawal'"),
    never_deleted("savings_withdrawal", ("operation",)),
    frozen(
        "savings_interestrun", "group_id", "product_id", "operation", "starts_on", "ends_on", "credited_on",
        "total_satang", "fingerprint", "requested_by_id", "requested_at",
    ),
    set_once(
        "savings_interestrun", "entry_id", "approved_by_id", "approved_at", "cancelled_by_id", "cancelled_at",
        "voided_at",
    ),
    posted_by_own_entry("savings_interestrun", kind=" AND e.kind = 'special_interest'"),
    never_deleted("savings_interestrun", ("operation",)),
    added_only("savings_interestline", ("run_id", "book_id")),
    refused(
        "savings_interestline_of_waiting", "savings_interestline", ["INSERT"],
        "EXISTS (SELECT 1 FROM savings_interestrun r WHERE r.id = NEW.run_id AND r.entry_id IS NOT NULL)",
        "satcha:posted",
    ),
)  # fmt: skip
