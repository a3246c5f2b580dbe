"""Guards in the database: what was signed, adopted and paid at the year end stays as it was."""

from funds.money_guards import posted_by_own_entry
from members.triggers import Guards, added_only, frozen, never_deleted, refused, set_once

CLOSING, SHARE_OUT, HEAD = "shareout_yearclosing", "shareout_shareout", "shareout_headallotment"
SHARE, PAYMENT, POLICY = "shareout_membershare", "shareout_sharepayment", "shareout_shareoutpolicy"
FINDING = "shareout_latefinding"
OTHER_GROUPS_YEAR = (
    "coalesce((SELECT y.group_id FROM funds_accountyear y WHERE y.id = NEW.year_id), -1) <> NEW.group_id"
)
OTHER_GROUPS_MEMBER = (
    "coalesce((SELECT m.group_id FROM members_member m WHERE m.id = NEW.member_id), -1) <> NEW.group_id"
)
OTHER_GROUPS_RESOLUTION = (
    "coalesce((SELECT r.group_id FROM members_resolution r WHERE r.id = NEW.resolution_id), -1) <> NEW.group_id"
)
OTHER_GROUPS_SHARE = (
    "coalesce((SELECT m.group_id FROM members_member m WHERE m.id = NEW.member_id), -1) <> "
    "coalesce((SELECT s.group_id FROM shareout_shareout s WHERE s.id = NEW.share_out_id), -2)"
)
# What was adopted is complete: nothing is added once a second officer has approved it.
ADDED_LATER = (
    "EXISTS (SELECT 1 FROM shareout_shareout s WHERE s.id = NEW.share_out_id"
    " AND (s.approved_at IS NOT NULL OR s.cancelled_at IS NOT NULL))"
)
ADOPTED = "EXISTS (SELECT 1 FROM shareout_shareout s WHERE s.policy_id = OLD.id AND s.cancelled_at IS NULL)"
# The batch ends with the entry that carries the share-out's own operation.
NOT_ITS_BATCH = (
    "NEW.last_entry_id IS NOT NULL AND (coalesce(NEW.first_entry_id, NEW.last_entry_id + 1) > NEW.last_entry_id"
    " OR NEW.first_entry_id / 4294967296 <> NEW.group_id"
    " OR NOT EXISTS (SELECT 1 FROM funds_entry e WHERE e.id = NEW.last_entry_id AND e.operation = NEW.operation"
    " AND e.group_id = NEW.group_id AND e.kind = 'allotment'))"
)
NOT_ITS_SHARE = (
    "NEW.entry_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM funds_entry e JOIN shareout_shareout s"
    " ON s.id = NEW.share_out_id AND s.group_id = e.group_id WHERE e.id = NEW.entry_id AND e.kind = 'allotment')"
)
# Whoever opens the member's passbook, or is that member in an office, neither asks for the money nor approves it.
PAYS_OWN = (
    "NEW.cancelled_at IS NULL AND (EXISTS (SELECT 1 FROM members_passbookaccess p WHERE p.member_id = NEW.member_id"
    " AND p.user_id IN (NEW.requested_by_id, NEW.approved_by_id)) OR EXISTS (SELECT 1 FROM members_office o"
    " WHERE o.member_id = NEW.member_id AND o.user_id IN (NEW.requested_by_id, NEW.approved_by_id)))"
)
STRANGE, NOT_ITS_ENTRY = "satcha:of_other_group", "satcha:not_its_entry"
ASKED = ("approved_by_id", "approved_at", "cancelled_by_id", "cancelled_at")

GUARDS = Guards(
    "shareout",
    never_deleted(CLOSING, ("operation",), ("entry_id",)),
    frozen(
        CLOSING, "group_id", "year_id", "operation", "checklist", "fingerprint", "requested_by_id", "requested_at"
    ),
    set_once(CLOSING, *ASKED, "entry_id"),
    posted_by_own_entry(CLOSING, kind=" AND e.kind = 'year_close'"),
    refused(f"{CLOSING}_of_its_group", CLOSING, ["INSERT"], OTHER_GROUPS_YEAR, STRANGE),
    never_deleted(FINDING, ("operation",), ("entry_id",), ("hold_id",)),
    frozen(
        FINDING, "group_id", "year_id", "operation", "is_more", "account_code", "account_holder", "satang", "memo",
        "resolution_id", "hold_id", "requested_by_id", "requested_at",
    ),
    set_once(FINDING, *ASKED, "entry_id"),
    posted_by_own_entry(FINDING, kind=" AND e.kind = 'prior_year'"),
    refused(
        f"{FINDING}_of_its_group", FINDING, ["INSERT"], f"{OTHER_GROUPS_YEAR} OR {OTHER_GROUPS_RESOLUTION}", STRANGE
    ),
    refused(f"{POLICY}_of_its_group", POLICY, ["INSERT", "UPDATE"], OTHER_GROUPS_YEAR, STRANGE),
    refused(f"{POLICY}_adopted", POLICY, ["UPDATE"], ADOPTED, "satcha:frozen"),
    never_deleted(SHARE_OUT, ("operation",), ("first_entry_id",), ("last_entry_id",)),
    frozen(
        SHARE_OUT, "group_id", "year_id", "policy_id", "operation", "held_on", "resolution_id", "snapshot",
        "frozen_policy", "fingerprint", "distributable", "requested_by_id", "requested_at",
    ),
    set_once(SHARE_OUT, *ASKED, "posted_by_id", "posted_at", "first_entry_id", "last_entry_id"),
    refused(f"{SHARE_OUT}_of_its_group", SHARE_OUT, ["INSERT"], OTHER_GROUPS_YEAR, STRANGE),
    refused(f"{SHARE_OUT}_own_batch", SHARE_OUT, ["INSERT", "UPDATE"], NOT_ITS_BATCH, NOT_ITS_ENTRY),
    added_only(HEAD, ("share_out_id", "position")),
    refused(f"{HEAD}_complete", HEAD, ["INSERT"], ADDED_LATER, "satcha:adopted"),
    never_deleted(SHARE, ("share_out_id", "member_id"), ("entry_id",)),
    frozen(
        SHARE, "share_out_id", "member_id", "weight", "interest_satang", "dividend_satang", "rebate_satang"
    ),
    set_once(SHARE, "entry_id"),
    refused(f"{SHARE}_of_its_group", SHARE, ["INSERT"], OTHER_GROUPS_SHARE, STRANGE),
    refused(f"{SHARE}_complete", SHARE, ["INSERT"], ADDED_LATER, "satcha:adopted"),
    refused(f"{SHARE}_own_entry", SHARE, ["INSERT", "UPDATE"], NOT_ITS_SHARE, NOT_ITS_ENTRY),
    never_deleted(PAYMENT, ("operation",), ("entry_id",)),
    frozen(
        PAYMENT, "group_id", "member_id", "operation", "satang", "way", "bank_holder", "slip_ref", "requested_by_id",
        "requested_at",
    ),
    set_once(PAYMENT, *ASKED, "entry_id"),
    posted_by_own_entry(PAYMENT, kind=" AND e.kind = 'share_payment'"),
    refused(f"{PAYMENT}_of_its_group", PAYMENT, ["INSERT"], OTHER_GROUPS_MEMBER, STRANGE),
    refused(f"{PAYMENT}_apart", PAYMENT, ["INSERT", "UPDATE"], PAYS_OWN, "satcha:own_business"),
)  # fmt: skip
