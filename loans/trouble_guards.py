"""Guards of acts on loans and of letters: of their own group, by people apart, posted as they say."""

from members.triggers import refused

ACT, LETTER = "loans_loanact", "loans_letter"
STRANGE, OWN_BUSINESS = "satcha:of_other_group", "satcha:own_business"
_OTHER_LOAN = "coalesce((SELECT l.group_id FROM loans_loan l WHERE l.id = NEW.loan_id), -1) <> NEW.group_id"
_OTHER_RESOLUTION = (
    "coalesce((SELECT r.group_id FROM members_resolution r WHERE r.id = NEW.resolution_id), -1) <> NEW.group_id"
)
OF_OTHER_GROUP = (
    f"(NEW.loan_id IS NOT NULL AND {_OTHER_LOAN}) OR (NEW.resolution_id IS NOT NULL AND {_OTHER_RESOLUTION})"
)
# Whoever opens the borrower's or a guarantor's passbook neither asks for the act nor approves it.
ACTS_ON_OWN = (
    "EXISTS (SELECT 1 FROM members_passbookaccess p WHERE p.user_id IN (NEW.requested_by_id, NEW.approved_by_id) "
    "AND (p.member_id IN (SELECT l.member_id FROM loans_loan l WHERE l.id = NEW.loan_id) "
    "OR p.member_id IN (SELECT g.member_id FROM loans_guarantee g WHERE g.loan_id = NEW.loan_id "
    "AND g.released_on IS NULL AND g.declined_at IS NULL)))"
)
# A debt is given up by the general meeting alone.
NOT_BY_GENERAL_MEETING = (
    "NEW.kind = 'write_off' AND coalesce((SELECT r.body FROM members_resolution r WHERE r.id = NEW.resolution_id), '') "
    "<> 'general'"
)
POSTED_OTHERWISE = (
    "NEW.entry_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM funds_entry e WHERE e.id = NEW.entry_id "
    "AND e.id / 4294967296 = NEW.group_id AND e.kind = 'loan_' || NEW.kind AND e.booked_on = NEW.done_on)"
)
# The guarantee that a notice is about is the loan's.
_OTHER_GUARANTEE = (
    "(NEW.guarantee_id IS NOT NULL AND "
    "coalesce((SELECT g.loan_id FROM loans_guarantee g WHERE g.id = NEW.guarantee_id), -1) <> NEW.loan_id)"
)
OF_OTHER_LOAN = f"{_OTHER_LOAN} OR {_OTHER_GUARANTEE}"
SENT_BEFORE_WRITTEN = "NEW.sent_on IS NOT NULL AND NEW.sent_on < NEW.written_on"

TROUBLE_GUARDS = (
    refused("loans_loanact_of_its_group", ACT, ["INSERT"], OF_OTHER_GROUP, STRANGE),
    refused("loans_loanact_apart", ACT, ["INSERT", "UPDATE"], ACTS_ON_OWN, OWN_BUSINESS),
    refused("loans_loanact_general_meeting", ACT, ["INSERT"], NOT_BY_GENERAL_MEETING, "satcha:not_by_general_meeting"),
    refused("loans_loanact_as_posted", ACT, ["INSERT", "UPDATE"], POSTED_OTHERWISE, "satcha:not_as_posted"),
    refused("loans_letter_of_its_loan", LETTER, ["INSERT"], OF_OTHER_LOAN, STRANGE),
    refused("loans_letter_sent_after", LETTER, ["INSERT", "UPDATE"], SENT_BEFORE_WRITTEN, "satcha:sent_before_written"),
)
