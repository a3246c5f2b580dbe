"""Guards in the database for what no constraint can say: frozen columns, rows only added, terms that do not overlap."""

from members.triggers import Guards, added_only, frozen, refused

OVERLAP = """EXISTS (SELECT 1 FROM members_office o WHERE o.group_id = NEW.group_id AND o.id <> coalesce(NEW.id, -1)
 AND (o.ends_on IS NULL OR (o.ends_on > NEW.starts_on AND o.ends_on > o.starts_on))
 AND (NEW.ends_on IS NULL OR (o.starts_on < NEW.ends_on AND NEW.ends_on > NEW.starts_on))
 AND ((o.role = NEW.role AND (o.user_id = NEW.user_id OR NEW.role IN ('chair', 'secretary', 'treasurer')))
  OR (o.user_id = NEW.user_id AND ('audit' IN (o.role, NEW.role) AND o.role <> NEW.role))
  OR (o.user_id = NEW.user_id AND o.role IN ('treasurer', 'loan') AND NEW.role IN ('treasurer', 'loan')
   AND o.role <> NEW.role)))"""

SHARES = """(SELECT coalesce(sum(b.percent), 0) FROM members_beneficiary b
 WHERE b.member_id = NEW.member_id AND b.id <> coalesce(NEW.id, -1)) + NEW.percent > 100"""

DECIDED = """EXISTS (SELECT 1 FROM members_admissiondecision d
 WHERE d.member_id = NEW.member_id AND d.outcome = 'admitted')"""

GUARDS = Guards(
    "members",
    frozen("members_user", "code"),
    frozen("members_savingsgroup", "uuid", "code"),
    frozen("members_member", "group_id", "number"),
    frozen("members_office", "group_id", "user_id", "role", "starts_on"),
    frozen("members_passbookaccess", "user_id", "member_id"),
    frozen("members_activationslip", "group_id", "user_id", "code_hash", "operation", "use_operation", "issued_by_id"),
    frozen("members_cosignature", "group_id", "content_hash", "asked_by_id"),
    frozen(
        "members_resolution",
        "group_id",
        "number",
        "body",
        "decided_on",
        "present",
        "quorum",
        "votes_for",
        "votes_against",
        "votes_abstained",
    ),
    frozen("members_household", "group_id"),
    added_only("members_accessrecord"),
    added_only("members_groupsetting"),
    added_only("members_admissiondecision", ("member_id", "resolution_id")),
    refused("members_admission_final", "members_admissiondecision", ["INSERT"], DECIDED, "satcha:admitted"),
    added_only("members_memberchange"),
    refused("members_beneficiary_shares", "members_beneficiary", ["INSERT", "UPDATE"], SHARES, "satcha:shares"),
    refused("members_office_terms", "members_office", ["INSERT", "UPDATE"], OVERLAP, "satcha:terms"),
)
