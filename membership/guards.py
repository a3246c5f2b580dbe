"""Guards in the database: what was computed, asked for and posted of a leaver's settlement stays as it was."""

from members.triggers import Guards, added_only, frozen, never_deleted, set_once

LEAVING, SETTLEMENT = "membership_leaving", "membership_settlement"

GUARDS = Guards(
    "membership",
    never_deleted(LEAVING, ("operation",)),
    frozen(LEAVING, "group_id", "member_id", "operation", "reason", "begun_on", "ended_on", "due_on", "recorded_by_id"),
    set_once(LEAVING, "settled_at", "cancelled_at"),
    never_deleted(SETTLEMENT, ("operation",)),
    frozen(
        SETTLEMENT, "group_id", "leaving_id", "operation", "paid_on", "owed_satang", "interest_satang",
        "set_off_satang", "lapsed_satang", "paid_satang", "way", "bank_holder", "slip_ref", "resolution_id",
        "requested_by_id",
    ),
    set_once(SETTLEMENT, "entry_id", "approved_by_id", "cancelled_at"),
    added_only("membership_settlementline", ("settlement_id", "place")),
    added_only("membership_settlementpayee", ("settlement_id", "position")),
)  # fmt: skip
