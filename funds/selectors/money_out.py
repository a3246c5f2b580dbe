"""Vouchers: what waits for a second officer, the list, its totals."""

from datetime import date

from django.db.models import Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from funds.models import Voucher
from funds.purposes import BY_KEY
from funds.selectors.reversals import with_reversal
from funds.waiting import Waiting
from members.models import SavingsGroup, User

STATES = ("waiting", "posted", "cancelled", "void")


def purpose_of(voucher: Voucher) -> str:
    """What a voucher is for, in the reader's language."""
    if voucher.kind == Voucher.Kind.EXPENSE and voucher.purpose in BY_KEY:
        return str(BY_KEY[voucher.purpose].label)
    if voucher.kind == Voucher.Kind.POOL_ADVANCE:
        return {
            "lend_o": _("The operating pool lends to the administrative pool"),
            "lend_a": _("The administrative pool lends to the operating pool"),
            "return_o": _("The administrative pool gives back to the operating pool"),
            "return_a": _("The operating pool gives back to the administrative pool"),
        }[voucher.purpose]
    return str(voucher.get_kind_display())


def waiting_vouchers(group: SavingsGroup, user: User) -> list[Waiting]:
    """The vouchers that a second officer has to approve."""
    return [
        Waiting(
            title=purpose_of(voucher),
            satang=voucher.satang,
            to=voucher.payee,
            asked_by=voucher.requested_by,
            asked_at=voucher.requested_at,
            url=reverse("funds:voucher", args=[group.code, voucher.pk]),
            text=voucher.memo,
        )
        for voucher in vouchers(group, state="waiting")
    ]


def vouchers(
    group: SavingsGroup,
    *,
    words: str = "",
    kind: str = "",
    state: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Voucher]:
    """The vouchers of a group, the latest first; words are looked for in payee, memo, slip and number."""
    found = with_reversal(Voucher.objects.filter(group=group)).select_related(
        "requested_by", "approved_by", "cancelled_by", "member", "resolution", "entry", "signature__signed_by"
    )
    if words:
        wanted = Q(payee__icontains=words) | Q(memo__icontains=words) | Q(slip_ref__icontains=words)
        found = found.filter(wanted | Q(entry__n=int(words)) if _is_number(words) else wanted)
    if kind:
        found = found.filter(kind=kind)
    by_state = {
        "waiting": Q(entry__isnull=True, cancelled_at__isnull=True),
        "posted": Q(entry__isnull=False, is_void=False),
        "void": Q(is_void=True),
        "cancelled": Q(cancelled_at__isnull=False),
    }
    if state in by_state:
        found = found.filter(by_state[state])
    if since is not None:
        found = found.filter(paid_on__gte=since)
    if until is not None:
        found = found.filter(paid_on__lte=until)
    return found.order_by("-paid_on", "-id")


def voucher_totals(found: QuerySet[Voucher]) -> dict[str, int]:
    """How many vouchers and how much: posted, waiting; satang. Cancelled and void ones count in neither sum."""
    posted, waiting = Q(entry__isnull=False, is_void=False), Q(entry__isnull=True, cancelled_at__isnull=True)
    sums = found.order_by().aggregate(posted=Sum("satang", filter=posted), waiting=Sum("satang", filter=waiting))
    return {"count": found.count(), "posted": sums["posted"] or 0, "waiting": sums["waiting"] or 0}


def _is_number(words: str) -> bool:
    return words.isascii() and words.isdigit() and len(words) < 10
