"""Guards of the bank's own rows: who types, what stays as it was typed, what a signed reconciliation keeps."""

from members.triggers import Texts, added_only, frozen, never_deleted, refused, set_once

TREASURER_TYPES = (
    "EXISTS (SELECT 1 FROM members_office o WHERE o.group_id = NEW.group_id AND o.user_id = NEW.typed_by_id"
    " AND o.role = 'treasurer' AND o.starts_on <= NEW.typed_on AND (o.ends_on IS NULL OR o.ends_on > NEW.typed_on))"
)
TYPED_AND_CHANGED = (
    "OLD.state = 'set_aside' OR (OLD.state = 'typed' AND (NEW.state <> 'set_aside'"
    " OR EXISTS (SELECT 1 FROM funds_reconciliation r WHERE r.page_id = OLD.id)))"
)
LINE_OF_TYPED = "EXISTS (SELECT 1 FROM funds_bankpage p WHERE p.id = NEW.page_id AND p.state <> 'typed')"
SEALED_MATCH = "EXISTS (SELECT 1 FROM funds_bankmatch m WHERE m.id = {row}.match_id AND m.sealed_id IS NOT NULL)"

BANK_GUARDS: tuple[Texts, ...] = (
    frozen("funds_bankaccount", "group_id", "holder", "registered_by_id"),
    never_deleted("funds_bankaccount", ("group_id", "holder")),
    added_only("funds_bankaccountchange"),
    frozen(
        "funds_bankmove", "group_id", "operation", "kind", "pool", "satang", "moved_on", "source_id", "target_id",
        "slip_ref", "memo", "requested_by_id", "requested_at",
    ),
    set_once("funds_bankmove", "entry_id", "approved_by_id", "approved_at", "cancelled_by_id", "cancelled_at"),
    never_deleted("funds_bankmove", ("operation",)),
    refused("funds_bankpage_typist", "funds_bankpage", ["INSERT", "UPDATE"], TREASURER_TYPES, "satcha:treasurer_types"),
    refused("funds_bankpage_typed", "funds_bankpage", ["UPDATE"], TYPED_AND_CHANGED, "satcha:typed"),
    frozen("funds_bankpage", "group_id", "account_id", "month"),
    never_deleted("funds_bankpage"),
    refused("funds_bankline_of_typed", "funds_bankline", ["INSERT"], LINE_OF_TYPED, "satcha:not_typed"),
    added_only("funds_bankline", ("page_id", "place")),
    added_only("funds_reconciliation", ("account_id", "month"), ("page_id",), ("entry_id",)),
    set_once("funds_bankmatch", "sealed_id"),
    refused("funds_bankmatch_sealed", "funds_bankmatch", ["DELETE"], "OLD.sealed_id IS NOT NULL", "satcha:sealed"),
    refused(
        "funds_matchedline_sealed", "funds_matchedline", ["DELETE"], SEALED_MATCH.format(row="OLD"), "satcha:sealed"
    ),
    refused(
        "funds_matchedposting_sealed", "funds_matchedposting", ["DELETE"], SEALED_MATCH.format(row="OLD"),
        "satcha:sealed",
    ),
)  # fmt: skip
