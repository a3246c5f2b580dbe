"""Guards of money in and out and of an activity's acts: what was asked for stays, what was posted is its entry's.

A row is posted by the entry that carries its own operation; it is void only once that entry is reversed.
"""

from members.triggers import Texts, added_only, frozen, never_deleted, refused, set_once

OWN_ENTRY = (
    "EXISTS (SELECT 1 FROM funds_entry e WHERE e.id = NEW.entry_id AND e.operation = NEW.operation"
    " AND e.group_id = {group}{kind})"
)
OF_ROW, OF_ACTIVITY = "NEW.group_id", "(SELECT a.group_id FROM funds_activity a WHERE a.id = NEW.activity_id)"
REVERSED = "EXISTS (SELECT 1 FROM funds_entry r WHERE r.reverses_id = {entry})"
BROUGHT_BY = "(SELECT m.entry_id FROM funds_moneyin m WHERE m.id = NEW.received_id)"


def posted_by_own_entry(table: str, *, group: str = OF_ROW, kind: str = "") -> Texts:
    """Refuse a row that names an entry which is not its own: of another operation, group or kind."""
    stranger = f"NEW.entry_id IS NOT NULL AND NOT {OWN_ENTRY.format(group=group, kind=kind)}"
    return refused(f"{table}_own_entry", table, ["INSERT", "UPDATE"], stranger, "satcha:not_its_entry")


def void_when_reversed(table: str, entry: str) -> Texts:
    """Refuse a row that says it is void while its entry stands."""
    stands = f"NEW.is_void AND NOT {REVERSED.format(entry=entry)}"
    return refused(f"{table}_void", table, ["INSERT", "UPDATE"], stands, "satcha:not_reversed")


def stays_void(table: str) -> Texts:
    """Refuse that a void row stands again."""
    return refused(f"{table}_stays_void", table, ["UPDATE"], "OLD.is_void AND NOT NEW.is_void", "satcha:void")


MONEY_GUARDS: tuple[Texts, ...] = (
    frozen(
        "funds_voucher", "group_id", "operation", "kind", "purpose", "satang", "way", "bank_holder", "slip_ref",
        "payee", "member_id", "memo", "resolution_id", "photo_id", "instalment_id", "requested_by_id", "requested_at",
    ),
    set_once("funds_voucher", "entry_id", "approved_by_id", "approved_at", "cancelled_by_id", "cancelled_at"),
    refused(
        "funds_voucher_day", "funds_voucher", ["UPDATE"], "OLD.entry_id IS NOT NULL AND NEW.paid_on <> OLD.paid_on",
        "satcha:posted",
    ),
    posted_by_own_entry("funds_voucher", kind=" AND e.kind = NEW.kind AND e.booked_on = NEW.paid_on"),
    void_when_reversed("funds_voucher", "NEW.entry_id"),
    stays_void("funds_voucher"),
    never_deleted("funds_voucher", ("operation",)),
    added_only("funds_voucherline", ("voucher_id", "place")),
    refused(
        "funds_voucherline_of_waiting", "funds_voucherline", ["INSERT"],
        "EXISTS (SELECT 1 FROM funds_voucher v WHERE v.id = NEW.voucher_id AND v.entry_id IS NOT NULL)",
        "satcha:posted",
    ),
    added_only("funds_moneyin", ("operation",), ("entry_id",)),
    posted_by_own_entry("funds_moneyin", kind=" AND e.booked_on = NEW.received_on"),
    frozen("funds_bankloan", "group_id", "number", "principal_satang", "received_on", "received_id"),
    void_when_reversed("funds_bankloan", BROUGHT_BY),
    stays_void("funds_bankloan"),
    never_deleted("funds_bankloan"),
    posted_by_own_entry("funds_bankmove", kind=" AND e.kind = NEW.kind AND e.booked_on = NEW.moved_on"),
)  # fmt: skip

ACTIVITY_GUARDS: tuple[Texts, ...] = (
    frozen("funds_activity", "group_id", "name", "kind", "unit_book", "started_on"),
    never_deleted("funds_activity", ("group_id", "name")),
    frozen("funds_good", "activity_id", "name", "unit", "brought_quantity", "brought_satang"),
    never_deleted("funds_good", ("activity_id", "name")),
    added_only("funds_kindterms"),
    added_only("funds_kindloan", ("activity_id", "number")),
    frozen(
        "funds_act", "activity_id", "operation", "kind", "done_on", "good_id", "quantity", "satang", "way",
        "bank_holder", "slip_ref", "member_id", "party", "due_on", "loan_id", "undoes_id", "reason", "resolution_id",
        "requested_by_id", "requested_at",
    ),
    set_once(
        "funds_act", "entry_id", "approved_by_id", "approved_at", "cancelled_by_id", "cancelled_at", "made_loan_id"
    ),
    refused(
        "funds_act_posted", "funds_act", ["UPDATE"],
        "OLD.entry_id IS NOT NULL AND (NEW.cost <> OLD.cost OR NEW.change <> OLD.change OR NEW.interest <> OLD.interest"
        " OR NEW.state <> OLD.state)", "satcha:posted",
    ),
    posted_by_own_entry("funds_act", group=OF_ACTIVITY),
    never_deleted("funds_act", ("operation",)),
)  # fmt: skip
