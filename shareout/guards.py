"""Guards in the database: what was signed, adopted and paid at the year end stays as it was."""

from members.triggers import Guards, added_only, frozen, never_deleted, refused, set_once

OTHER_GROUPS_YEAR = (
    "coalesce((SELECT y.group_id FROM funds_accountyear y WHERE y.id = NEW.year_id), -1) <> NEW.group_id"
)
OTHER_GROUPS_MEMBER = (
    "coalesce((SELECT m.group_id FROM members_member m WHERE m.id = NEW.member_id), -1) <> NEW.group_id"
)
STRANGE = "satcha:of_other_group"
ASKED = ("approved_by_id", "approved_at", "cancelled_by_id", "cancelled_at")

GUARDS = Guards(
    "shareout",
    never_deleted("shareout_yearclosing", ("operation",), ("entry_id",)),
    frozen("shareout_yearclosing", "group_id", "year_id", "operation", "checklist", "fingerprint", "requested_by_id"),
    set_once("shareout_yearclosing", *ASKED, "entry_id"),
    refused("shareout_yearclosing_of_its_group", "shareout_yearclosing", ["INSERT"], OTHER_GROUPS_YEAR, STRANGE),
    never_deleted("shareout_shareout", ("operation",), ("first_entry_id",), ("last_entry_id",)),
    frozen(
        "shareout_shareout",
        "group_id",
        "year_id",
        "policy_id",
        "operation",
        "held_on",
        "resolution_id",
        "snapshot",
        "frozen_policy",
        "fingerprint",
        "distributable",
        "requested_by_id",
    ),
    set_once("shareout_shareout", *ASKED, "posted_by_id", "posted_at", "first_entry_id", "last_entry_id"),
    refused("shareout_shareout_of_its_group", "shareout_shareout", ["INSERT"], OTHER_GROUPS_YEAR, STRANGE),
    added_only("shareout_headallotment", ("share_out_id", "position")),
    never_deleted("shareout_membershare", ("share_out_id", "member_id"), ("entry_id",)),
    frozen(
        "shareout_membershare",
        "share_out_id",
        "member_id",
        "weight",
        "interest_satang",
        "dividend_satang",
        "rebate_satang",
    ),
    set_once("shareout_membershare", "entry_id"),
    never_deleted("shareout_sharepayment", ("operation",), ("entry_id",)),
    frozen(
        "shareout_sharepayment",
        "group_id",
        "member_id",
        "operation",
        "satang",
        "way",
        "bank_holder",
        "slip_ref",
        "requested_by_id",
    ),
    set_once("shareout_sharepayment", *ASKED, "entry_id"),
    refused("shareout_sharepayment_of_its_group", "shareout_sharepayment", ["INSERT"], OTHER_GROUPS_MEMBER, STRANGE),
)
