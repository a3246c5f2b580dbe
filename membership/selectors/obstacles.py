"""What the books and the register themselves put in a leaver's way, and what they set off."""

from datetime import date

from django.db.models import Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from funds.chart import Holder, head_of, is_in_kind
from funds.models import Account, Hold, Posting, Voucher
from loans.models import Guarantee
from members.models import Member, Office
from membership.models import SettlementLine
from membership.obstacles import Obstacle
from membership.selectors.loans import own_loans
from membership.selectors.settlement import SETTLED_CODES
from membership.settlement import Debt
from savings.models import SpecialBook, Withdrawal
from savings.selectors.due import open_pledge_months
from savings.selectors.months import FINES, rate_on, rates_of
from thai.money import format_baht
from thai.months import add_months
from thai.quantities import format_kg

ADVANCE, ADMINISTRATIVE_ADVANCE = "O1500", "A1500"


def offices(member: Member, on: date, for_update: bool) -> list[Obstacle]:
    """An office that is still held is handed over first."""
    held = Office.objects.held_on(on).filter(
        Q(member=member) | Q(user__passbooks__member=member, user__passbooks__relation="own"), group=member.group_id
    )
    url = reverse("people:offices", args=[member.group.code])
    return [
        Obstacle(_("Holds an office: %(office)s") % {"office": office.get_role_display()}, url)
        for office in held.distinct()
    ]


def children(member: Member, on: date, for_update: bool) -> list[Obstacle]:
    """Children who save through this parent get another parent first, or leave with them."""
    rows = member.children.filter(status__in=[Member.Status.ACTIVE, Member.Status.APPLICANT]).order_by("number")
    return [
        Obstacle(
            _("A child saves through this member: %(number)s %(name)s")
            % {"number": child.number, "name": child.full_name},
            reverse("people:edit", args=[member.group.code, child.number]),
        )
        for child in rows
    ]


def withdrawals(member: Member, on: date, for_update: bool) -> list[Obstacle]:
    """A withdrawal that waits is paid or taken back first."""
    rows = Withdrawal.objects.filter(member=member, entry__isnull=True, cancelled_at__isnull=True)
    return [
        Obstacle(
            _("A withdrawal from book %(book)s waits for approval") % {"book": row.book.number},
            reverse("savings:withdrawal", args=[member.group.code, row.pk]),
            row.satang,
        )
        for row in rows.select_related("book")
    ]


def vouchers(member: Member, on: date, for_update: bool) -> list[Obstacle]:
    """Money on its way to the member, or an advance being accounted for, is finished first."""
    rows = Voucher.objects.filter(member=member, entry__isnull=True, cancelled_at__isnull=True)
    return [
        Obstacle(
            _("A voucher waits for approval: %(what)s") % {"what": row.memo},
            reverse("funds:voucher", args=[member.group.code, row.pk]),
            row.satang,
        )
        for row in rows
    ]


def holds(member: Member, on: date, for_update: bool) -> list[Obstacle]:
    """Savings that secure something, or are promised elsewhere, are freed first."""
    own = SettlementLine.objects.filter(settlement__leaving__member=member, hold__isnull=False).values("hold")
    asked = Withdrawal.objects.filter(member=member, hold__isnull=False).values("hold")
    secured = [loan.hold_id for loan in own_loans(member, on) if loan.hold_id]
    stood = Guarantee.objects.filter(member=member, hold__isnull=False).values("hold")  # named by its own obstacle
    rows = Hold.objects.filter(
        group=member.group_id, account__in=_accounts(member).values("pk"), released_at__isnull=True
    ).exclude(Q(pk__in=secured) | Q(pk__in=stood))
    return [
        Obstacle(
            _("Money of this account is held: %(code)s %(holder)s")
            % {"code": row.account.code, "holder": row.account.holder},
            _account_url(member, row.account.code, row.account.holder),
            row.satang,
        )
        for row in rows.exclude(Q(pk__in=own) | Q(pk__in=asked)).select_related("account").order_by("pk")
    ]


def other_accounts(member: Member, on: date, for_update: bool) -> list[Obstacle]:
    """An account of the member that no settlement pays out: administrative money taken along, paddy in the barn."""
    found = []
    for code, holder, amount in _balances(member):
        if code in SETTLED_CODES or code == ADVANCE or not amount:
            continue
        url = _account_url(member, code, holder)
        if code == ADMINISTRATIVE_ADVANCE:
            found.append(Obstacle(_("An advance of the administrative pool is not accounted for"), url, amount))
        elif is_in_kind(code):
            words = {"account": head_of(code).name, "amount": format_kg(abs(amount))}
            found.append(Obstacle(_("%(account)s: %(amount)s kg are not settled yet") % words, url))
        else:
            words = {"account": head_of(code).name, "amount": format_baht(abs(amount))}
            found.append(Obstacle(_("%(account)s: %(amount)s baht are not settled yet") % words, url))
    return found


def advances(member: Member, on: date) -> list[Debt]:
    """Operating money that the member has taken along is set off; the other pool's cannot be, money keeps its pool."""
    return [Debt(code, holder, amount) for code, holder, amount in _balances(member) if code == ADVANCE and amount > 0]


def fines(member: Member, on: date) -> list[Debt]:
    """The fines for months missed before the membership ended; they lapse where the savings do not reach."""
    leaving = member.leavings.filter(cancelled_at__isnull=True).first()
    until = min(on, leaving.ended_on) if leaving else on
    rate = rate_on(rates_of(member.group), until)
    if not rate:
        return []
    months = open_pledge_months(member.group, add_months(until, -1), ahead=0, members=[member.pk]).get(member.pk, [])
    return [Debt(FINES, "", rate * len(months), may_lapse=True)] if months else []


def _accounts(member: Member):  # type: ignore[no-untyped-def]
    books = SpecialBook.objects.filter(member=member).values("number")
    return Account.objects.filter(
        Q(holder=member.holder, code__in=_member_codes(member)) | Q(code="O2200", holder__in=books),
        group=member.group_id,
    )


def _member_codes(member: Member) -> list[str]:
    codes = Account.objects.filter(group=member.group_id, holder=member.holder).values_list("code", flat=True)
    return [code for code in codes if head_of(code).holder is Holder.MEMBER]


def _balances(member: Member) -> list[tuple[str, str, int]]:
    rows = Posting.objects.filter(group=member.group_id, account__in=list(_accounts(member))).order_by()
    sums = rows.values_list("account__code", "account__holder").annotate(total=Sum("amount"))
    return sorted(sums)


def _account_url(member: Member, code: str, holder: str) -> str:
    return f"{reverse('reports:account', args=[member.group.code, code])}?holder={holder}"
