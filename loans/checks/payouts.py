"""I9, I11: a decision has one contract that stands; a loan is paid out by two people, neither of them the borrower."""

from collections.abc import Iterator

from django.db.models import Count

from loans.checks.rows import loans_of
from loans.models import Disbursement
from members.models import Office, PassbookAccess, SavingsGroup

Finding = tuple[str, int, str]


def check_payouts(group: SavingsGroup) -> Iterator[Finding]:
    """I11: the payout's entry is made and approved by those whom its row names; none of them is the borrower."""
    rows = Disbursement.objects.filter(group=group, entry__isnull=False)
    owners = _owners(group)
    for row in rows.select_related("entry", "loan", "requested_by", "approved_by").order_by("pk"):
        assert row.entry is not None
        assert row.approved_by is not None
        n, said = row.entry.n, f"contract {row.loan.number}"
        asker, approver = row.requested_by.code, row.approved_by.code
        if asker == approver:
            yield "I11", n, f"{said}: one person asked for the payout and approved it"
        if {asker, approver} - {row.entry.maker, *row.entry.approvers}:
            yield "I11", n, f"{said}: the payout's row names others than the entry"
        if owners.get(row.loan.member_id, set()) & {asker, approver, row.entry.maker, *row.entry.approvers}:
            yield "I11", n, f"{said}: the borrower took part in the payout"
        if row.loan.entry_id != row.entry_id:
            yield "I11", n, f"{said}: the loan names another entry as its payout"
    paid = rows.values("entry")
    lent = loans_of(group).filter(application__isnull=False, entry__isnull=False).exclude(entry__in=paid)
    for loan in lent:
        assert loan.entry is not None
        yield "I11", loan.entry.n, f"contract {loan.number} was paid out without having been asked for"


def check_contracts(group: SavingsGroup) -> Iterator[Finding]:
    """I9: a decision is carried out by one contract that is neither cancelled nor void."""
    standing = loans_of(group).filter(application__isnull=False, cancelled_on__isnull=True)
    rows = standing.exclude(entry__reversals__isnull=False).select_related(None).order_by()
    for number, count in rows.values_list("application__number").annotate(count=Count("pk")).filter(count__gt=1):
        yield "I9", 0, f"application {number}: {count} contracts stand for one decision"


def _owners(group: SavingsGroup) -> dict[int, set[str]]:
    """The codes of each member's own user: by the own passbook, or by an office held as that member."""
    found: dict[int, set[str]] = {}
    own = PassbookAccess.objects.filter(member__group=group, relation=PassbookAccess.Relation.OWN)
    held = Office.objects.filter(group=group, member__isnull=False)
    for member, code in [*own.values_list("member_id", "user__code"), *held.values_list("member_id", "user__code")]:
        found.setdefault(member, set()).add(code)
    return found
