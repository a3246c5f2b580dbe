"""What must hold of slips besides the journal itself; the command that verifies the books runs these.

Each check yields (name of the rule, journal number or 0, what is wrong).
"""

from collections.abc import Iterator

from funds.models import Entry
from members.models import ActivationSlip, SavingsGroup, User

Finding = tuple[str, int, str]
ISSUED = ("slip_issue", "slip_reissue")


def check_slips_are_decided(group: SavingsGroup) -> Iterator[Finding]:
    """Every slip has its entry (the first officers' the founding), every use has one, and no entry lacks its slip."""
    decided = {
        operation: (n, kind)
        for operation, n, kind in Entry.objects.filter(group=group, kind__startswith="slip_").values_list(
            "operation", "n", "kind"
        )
    }
    founders = set(Entry.objects.filter(group=group, kind="group_founding").values_list("maker", flat=True))
    known = set()
    for slip in ActivationSlip.objects.filter(group=group).select_related("issued_by"):
        known |= {slip.operation, slip.use_operation}
        _n, kind = decided.get(slip.operation, (0, ""))
        if kind not in ISSUED and slip.issued_by.code not in founders:
            yield "slip-decided", 0, f"slip {slip.operation} was issued without an entry"
        _n, kind = decided.get(slip.use_operation, (0, ""))
        if (slip.used_at is not None) != (kind == "slip_use"):
            yield "slip-used", 0, f"slip {slip.operation} and the journal disagree about its use"
    for operation, (n, _kind) in decided.items():
        if operation not in known:
            yield "slip-decided", n, "no slip belongs to this entry"


def check_passwords_came_by_slip(group: SavingsGroup) -> Iterator[Finding]:
    """Whoever set a password with a slip of this group is the person the slip was for."""
    used = ActivationSlip.objects.filter(group=group, used_at__isnull=False)
    for code in User.objects.filter(pk__in=used.values("user"), activated_on__isnull=True).values_list(
        "code", flat=True
    ):
        yield "slip-used", 0, f"{code} has used a slip and has set no password"


CHECKS = (check_slips_are_decided, check_passwords_came_by_slip)
