"""Guards in the database: what a loan rests on is only added, or stays as it was first written."""

from loans.trouble_guards import TROUBLE_GUARDS
from members.triggers import Guards, added_only, frozen, never_deleted, refused, set_once

LOAN = "loans_loan"
OTHER_GROUPS_LOAN = "coalesce((SELECT l.group_id FROM loans_loan l WHERE l.id = NEW.loan_id), -1) <> NEW.group_id"
OTHER_GROUPS_ENTRY = "NEW.entry_id / 4294967296 <> NEW.group_id"
OTHER_GROUPS_MEMBER = (
    "coalesce((SELECT m.group_id FROM members_member m WHERE m.id = NEW.member_id), -1) <> NEW.group_id"
)
OTHER_GROUPS_PAYER = "coalesce((SELECT m.group_id FROM members_member m WHERE m.id = NEW.payer_id), -1) <> NEW.group_id"
NOT_AS_POSTED = (
    "NEW.principal_satang <> -coalesce((SELECT sum(p.amount) FROM funds_posting p"
    " JOIN funds_account a ON a.id = p.account_id"
    " JOIN loans_loan l ON l.id = NEW.loan_id AND a.group_id = l.group_id AND a.holder = l.number"
    " WHERE p.entry_id = NEW.entry_id AND a.code = 'O1300'), 0)"
)
OTHER_GROUPS_PRODUCT = (
    "coalesce((SELECT p.group_id FROM loans_loanproduct p WHERE p.id = NEW.product_id), -1) <> NEW.group_id"
)
GUARANTOR_OF_OTHER_GROUP = (
    "coalesce((SELECT m.group_id FROM members_member m WHERE m.id = NEW.member_id), -1) <> coalesce("
    "(SELECT a.group_id FROM loans_loanapplication a WHERE a.id = NEW.application_id), "
    "(SELECT l.group_id FROM loans_loan l WHERE l.id = NEW.loan_id), -2)"
)
STRANGE = "satcha:of_other_group"
OWN_BUSINESS = "satcha:own_business"

# Whoever wrote an application down, or opens the borrower's passbook, neither records nor confirms its decision.
DECIDES_OWN = (
    "EXISTS (SELECT 1 FROM loans_loanapplication a LEFT JOIN members_passbookaccess p ON p.member_id = a.member_id "
    "WHERE a.id = NEW.application_id AND (a.entered_by_id IN (NEW.recorded_by_id, NEW.confirmed_by_id) "
    "OR p.user_id IN (NEW.recorded_by_id, NEW.confirmed_by_id)))"
)
# Whoever opens the borrower's or a guarantor's passbook leaves the vote.
VOTES_OWN = (
    "NEW.vote <> 'left' AND EXISTS (SELECT 1 FROM loans_decision d "
    "JOIN loans_loanapplication a ON a.id = d.application_id "
    "JOIN members_passbookaccess p ON p.user_id = NEW.voter_id WHERE d.id = NEW.decision_id "
    "AND (p.member_id = a.member_id OR p.member_id IN (SELECT g.member_id FROM loans_guarantee g "
    "WHERE g.application_id = a.id AND g.released_on IS NULL AND g.declined_at IS NULL)))"
)
# Whoever opens the borrower's passbook neither asks for the payout nor approves it.
PAYS_OWN = (
    "EXISTS (SELECT 1 FROM loans_loan l JOIN members_passbookaccess p ON p.member_id = l.member_id "
    "WHERE l.id = NEW.loan_id AND p.user_id IN (NEW.requested_by_id, NEW.approved_by_id))"
)
# A contract is paid out once it is signed by the borrower and by each guarantor, and the spouses have consented.
_NOW_PAID = "OLD.paid_out_on IS NULL AND NEW.paid_out_on IS NOT NULL AND NEW.application_id IS NOT NULL"
_GUARANTOR_UNSIGNED = (
    "EXISTS (SELECT 1 FROM loans_guarantee g WHERE g.loan_id = NEW.id AND g.released_on IS NULL "
    "AND g.declined_at IS NULL AND (g.confirmed_at IS NULL OR g.signed_on IS NULL))"
)
_MARRIED = (
    "(m.marital_status = 'married' OR m.marital_status = '' AND (m.spouse_id IS NOT NULL OR m.spouse_name <> ''))"
)
_BORROWER = "EXISTS (SELECT 1 FROM members_member m WHERE m.id = NEW.member_id AND "
_GUARANTOR = (
    "EXISTS (SELECT 1 FROM loans_guarantee g JOIN members_member m ON m.id = g.member_id WHERE g.loan_id = NEW.id "
    "AND g.released_on IS NULL AND g.declined_at IS NULL AND g.spouse_consented_on IS NULL AND "
)
_SPOUSE_MISSING = f"(NEW.spouse_consented_on IS NULL AND {_BORROWER}{_MARRIED}) OR {_GUARANTOR}{_MARRIED}))"
PAID_UNSIGNED = (
    f"{_NOW_PAID} AND (NEW.signed_on IS NULL OR {_GUARANTOR_UNSIGNED} OR (NEW.asks_spouses AND {_SPOUSE_MISSING}))"
)
# A decision has one contract that is neither cancelled nor void.
SECOND_CONTRACT = (
    "EXISTS (SELECT 1 FROM loans_loan l WHERE l.application_id = NEW.application_id AND l.cancelled_on IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM funds_entry e WHERE e.reverses_id = l.entry_id))"
)
SECURITY_GIVEN_UP = (
    "OLD.hold_id IS NOT NULL AND coalesce(NEW.hold_id, -1) <> OLD.hold_id"
    " AND EXISTS (SELECT 1 FROM funds_hold h WHERE h.id = OLD.hold_id AND h.released_at IS NULL)"
)

GUARDS = Guards(
    "loans",
    added_only("loans_loanterms", ("product_id", "valid_from")),
    never_deleted("loans_loanproduct", ("group_id", "name")),
    never_deleted("loans_loanapplication", ("operation",), ("group_id", "number")),
    frozen("loans_loanapplication", "group_id", "number", "member_id", "operation", "by_member", "entered_by_id"),
    refused(
        "loans_loanapplication_of_its_group", "loans_loanapplication", ["INSERT"], OTHER_GROUPS_MEMBER, STRANGE
    ),
    refused(
        "loans_loanapplication_of_its_groups_product",
        "loans_loanapplication",
        ["INSERT", "UPDATE"],
        OTHER_GROUPS_PRODUCT,
        STRANGE,
    ),
    added_only("loans_decision", ("application_id",), ("operation",)),
    refused("loans_decision_apart", "loans_decision", ["INSERT"], DECIDES_OWN, OWN_BUSINESS),
    added_only("loans_committeevote", ("decision_id", "voter_id")),
    refused("loans_committeevote_apart", "loans_committeevote", ["INSERT"], VOTES_OWN, OWN_BUSINESS),
    never_deleted("loans_decisionproposal", ("operation",), ("decision_id",)),
    frozen(
        "loans_decisionproposal",
        "application_id", "operation", "terms_id", "outcome", "satang", "instalments", "grace", "reason",
        "resolution_id", "votes", "recorded_by_id", "recorded_at",
    ),
    set_once("loans_decisionproposal", "decision_id", "cancelled_by_id", "cancelled_at"),
    never_deleted(LOAN, ("operation",), ("group_id", "number"), ("entry_id",), ("hold_id",)),
    frozen(
        LOAN,
        "group_id", "number", "member_id", "application_id", "product_id", "operation", "satang", "instalments",
        "grace", "rate_bp", "rate_per", "method", "rhythm", "day_count", "round_to", "late_rate_bp", "contracted_on",
        "made_by_id", "brought_on", "brought_satang", "asks_spouses",
    ),
    set_once(LOAN, "signed_on", "signed_with_id", "paid_out_on", "entry_id", "cancelled_on"),
    refused("loans_loan_of_its_group", LOAN, ["INSERT"], OTHER_GROUPS_MEMBER, STRANGE),
    refused("loans_loan_one_of_a_decision", LOAN, ["INSERT"], SECOND_CONTRACT, "satcha:second_contract"),
    refused("loans_loan_paid_signed", LOAN, ["UPDATE"], PAID_UNSIGNED, "satcha:not_signed"),
    never_deleted("loans_guarantee", ("hold_id",)),
    frozen("loans_guarantee", "application_id", "member_id"),
    refused("loans_guarantee_of_its_group", "loans_guarantee", ["INSERT"], GUARANTOR_OF_OTHER_GROUP, STRANGE),
    set_once("loans_guarantee", "loan_id", "confirmed_at", "confirmed_by_id", "signed_on", "released_on"),
    *(
        refused(f"{table}_secured", table, ["UPDATE"], SECURITY_GIVEN_UP, "satcha:security_in_force")
        for table in (LOAN, "loans_guarantee")
    ),
    added_only("loans_scheduleversion", ("loan_id", "version"), ("act_id",)),
    added_only("loans_scheduledinstalment", ("schedule_id", "number")),
    never_deleted("loans_disbursement", ("operation",), ("entry_id",), ("hold_id",)),
    frozen("loans_disbursement", "group_id", "loan_id", "operation", "way", "requested_by_id"),
    set_once("loans_disbursement", "approved_by_id", "approved_at", "entry_id", "cancelled_by_id", "cancelled_at"),
    refused("loans_disbursement_of_its_group", "loans_disbursement", ["INSERT"], OTHER_GROUPS_LOAN, STRANGE),
    refused("loans_disbursement_apart", "loans_disbursement", ["INSERT", "UPDATE"], PAYS_OWN, OWN_BUSINESS),
    added_only("loans_repayment", ("loan_id", "entry_id")),
    refused(
        "loans_repayment_of_its_group",
        "loans_repayment",
        ["INSERT"],
        f"{OTHER_GROUPS_LOAN} OR {OTHER_GROUPS_ENTRY}",
        STRANGE,
    ),
    refused("loans_repayment_as_posted", "loans_repayment", ["INSERT"], NOT_AS_POSTED, "satcha:not_as_posted"),
    added_only("loans_loanreceipt", ("operation",), ("entry_id",)),
    refused(
        "loans_loanreceipt_of_its_group",
        "loans_loanreceipt",
        ["INSERT"],
        f"{OTHER_GROUPS_ENTRY} OR {OTHER_GROUPS_PAYER}",
        STRANGE,
    ),
    never_deleted("loans_loanact", ("operation",), ("entry_id",), ("hold_id",)),
    frozen(
        "loans_loanact",
        "group_id", "loan_id", "kind", "satang", "done_on", "content", "resolution_id", "operation", "requested_by_id",
        "hold_id",
    ),
    set_once("loans_loanact", "approved_by_id", "approved_at", "entry_id", "cancelled_by_id", "cancelled_at"),
    never_deleted("loans_letter", ("group_id", "number"), ("loan_id", "guarantee_id", "due_on")),
    frozen(
        "loans_letter",
        "group_id", "loan_id", "guarantee_id", "kind", "number", "instalment", "due_on", "owed_satang", "written_on",
        "written_by_id",
    ),
    set_once("loans_letter", "sent_on", "sent_by_id", "sent_ref"),
    *TROUBLE_GUARDS,
)  # fmt: skip
