"""What must hold of slips besides the journal itself; the command that verifies the books runs these.

Each check yields (name of the rule, journal number or 0, what is wrong).
"""

from collections.abc import Iterator

from django.db.models import Min

from funds.models import Entry
from members.models import ActivationSlip, SavingsGroup, User
from membership.first_slips import FOUNDING
from membership.leaving_checks import LEAVING_CHECKS

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
    foundings = dict(Entry.objects.filter(group=group, kind=FOUNDING).values_list("operation", "maker"))
    known = set()
    for slip in ActivationSlip.objects.filter(group=group).select_related("issued_by"):
        known |= {slip.operation, slip.use_operation}
        _n, kind = decided.get(slip.operation, (0, ""))
        by_founder = slip.founding is not None and foundings.get(slip.founding) == slip.issued_by.code
        if by_founder == (kind in ISSUED):
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


def check_founders_stop_at_the_first_password(group: SavingsGroup) -> Iterator[Finding]:
    """No founding decision stands after the first use of a slip, nor without slips of its own."""
    first_use = Entry.objects.filter(group=group, kind="slip_use").aggregate(n=Min("n"))["n"]
    decisions = dict(Entry.objects.filter(group=group, kind=FOUNDING).order_by("n").values_list("n", "operation"))
    printed = set(ActivationSlip.objects.filter(group=group).values_list("founding", flat=True))
    first = min(decisions, default=0)
    for n, operation in decisions.items():
        if first_use is not None and n > first_use:
            yield "founding-late", n, "the founder printed slips after an officer had set a password"
        if n > first and operation not in printed:
            yield "founding-late", n, "the founding was repeated without slips"


CHECKS = (
    check_slips_are_decided,
    check_passwords_came_by_slip,
    check_founders_stop_at_the_first_password,
    *LEAVING_CHECKS,
)
