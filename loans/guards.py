"""Guards in the database: what a loan rests on is only added, or stays as it was first written."""

from members.triggers import Guards, added_only, frozen, never_deleted, refused, set_once

LOAN = "loans_loan"
OTHER_GROUPS_LOAN = "coalesce((SELECT l.group_id FROM loans_loan l WHERE l.id = NEW.loan_id), -1) <> NEW.group_id"
OTHER_GROUPS_ENTRY = "NEW.entry_id / 4294967296 <> NEW.group_id"
OTHER_GROUPS_MEMBER = (
    "coalesce((SELECT m.group_id FROM members_member m WHERE m.id = NEW.member_id), -1) <> NEW.group_id"
)
STRANGE = "satcha:of_other_group"

GUARDS = Guards(
    "loans",
    added_only("loans_loanterms", ("product_id", "valid_from")),
    never_deleted("loans_loanproduct", ("group_id", "name")),
    never_deleted("loans_loanapplication", ("operation",), ("group_id", "number")),
    frozen("loans_loanapplication", "group_id", "number", "member_id", "operation", "by_member", "entered_by_id"),
    refused(
        "loans_loanapplication_of_its_group", "loans_loanapplication", ["INSERT"], OTHER_GROUPS_MEMBER, STRANGE
    ),
    added_only("loans_decision", ("application_id",), ("operation",)),
    added_only("loans_committeevote", ("decision_id", "voter_id")),
    never_deleted(LOAN, ("operation",), ("group_id", "number"), ("application_id",), ("entry_id",), ("hold_id",)),
    frozen(
        LOAN,
        "group_id", "number", "member_id", "application_id", "product_id", "operation", "satang", "instalments",
        "grace", "rate_bp", "rate_per", "method", "rhythm", "day_count", "round_to", "late_rate_bp", "contracted_on",
        "made_by_id", "brought_on", "brought_satang",
    ),
    set_once(LOAN, "signed_on", "signed_with_id", "paid_out_on", "entry_id", "cancelled_on"),
    refused("loans_loan_of_its_group", LOAN, ["INSERT"], OTHER_GROUPS_MEMBER, STRANGE),
    never_deleted("loans_guarantee", ("hold_id",)),
    frozen("loans_guarantee", "application_id", "member_id"),
    set_once("loans_guarantee", "loan_id", "confirmed_at", "confirmed_by_id", "signed_on", "hold_id", "released_on"),
    added_only("loans_scheduleversion", ("loan_id", "version"), ("act_id",)),
    added_only("loans_scheduledinstalment", ("schedule_id", "number")),
    never_deleted("loans_disbursement", ("operation",), ("entry_id",)),
    frozen("loans_disbursement", "group_id", "loan_id", "operation", "way", "requested_by_id"),
    set_once("loans_disbursement", "approved_by_id", "approved_at", "entry_id", "cancelled_by_id", "cancelled_at"),
    refused("loans_disbursement_of_its_group", "loans_disbursement", ["INSERT"], OTHER_GROUPS_LOAN, STRANGE),
    added_only("loans_repayment", ("loan_id", "entry_id")),
    refused(
        "loans_repayment_of_its_group",
        "loans_repayment",
        ["INSERT"],
        f"{OTHER_GROUPS_LOAN} OR {OTHER_GROUPS_ENTRY}",
        STRANGE,
    ),
    added_only("loans_loanreceipt", ("operation",), ("entry_id",)),
    never_deleted("loans_loanact", ("operation",), ("entry_id",)),
    frozen(
        "loans_loanact",
        "group_id", "loan_id", "kind", "satang", "done_on", "content", "resolution_id", "operation", "requested_by_id",
    ),
    set_once("loans_loanact", "approved_by_id", "approved_at", "entry_id", "cancelled_by_id", "cancelled_at"),
    never_deleted("loans_letter", ("group_id", "number"), ("loan_id", "guarantee_id", "due_on")),
    frozen(
        "loans_letter",
        "group_id", "loan_id", "guarantee_id", "kind", "number", "instalment", "due_on", "owed_satang", "written_on",
        "written_by_id",
    ),
    set_once("loans_letter", "sent_on", "sent_by_id", "sent_ref"),
)  # fmt: skip
