"""What a member may borrow today, and why not more: every reason with its figures."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from funds.selectors import balances
from loans.models import Loan, LoanApplication, LoanProduct, LoanTerms
from loans.selectors.cover import ASKED, free_savings_of, pledge_savings_of
from loans.selectors.products import terms_in_force
from loans.selectors.standings import LOANS, standings
from loans.standing import Standing
from members.models import Member
from members.switches import switches_of_member
from thai.dates import format_date
from thai.language import active_language
from thai.money import format_baht

HUNDREDTHS = 100


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule with its figures; `satang`: how much it would let the member borrow; None: it is no matter of amount."""

    text: str
    satang: int | None
    is_met: bool


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that a member may borrow now (satang; 0 where a rule is not met) and every rule that was asked."""

    most_satang: int
    reasons: list[Reason]

    @property
    def unmet(self) -> list[Reason]:
        """The rules that no smaller amount would keep."""
        return [reason for reason in self.reasons if not reason.is_met]

    @property
    def binding(self) -> Reason:
        """The rule that decides: one that is not met, else the one that allows least."""
        amounts = [reason for reason in self.reasons if reason.satang is not None]
        return (self.unmet or sorted(amounts, key=lambda reason: reason.satang or 0))[0]


@dataclass(frozen=True)
class Owing:
    """A member's own loans (satang): each with its principal owed, what was asked for besides, where they stand."""

    loans: tuple[tuple[Loan, int], ...]
    asked: int
    asked_of_product: int
    standings: dict[int, Standing]

    @property
    def outstanding(self) -> int:
        """Principal owed in all."""
        return sum(satang for _loan, satang in self.loans)

    def outstanding_of(self, product: LoanProduct) -> int:
        """Principal owed on loans of one product."""
        return sum(satang for loan, satang in self.loans if loan.product_id == product.pk)

    @property
    def monthly(self) -> int:
        """What falls due next on the loans that are still being repaid."""
        return sum(standing.next_due_satang for standing in self.standings.values())


def may_borrow(
    member: Member, product: LoanProduct, on: date | None = None, *, without: LoanApplication | None = None
) -> Limit:
    """What a member may borrow of a product on a day; `without`: the application that asks for it. Constant queries."""
    day = on or timezone.localdate()
    terms = terms_in_force(product, day)
    if terms is None or (product.closed_on is not None and product.closed_on <= day):
        return Limit(0, [Reason(_("%(product)s is not given now.") % {"product": product.name}, None, is_met=False)])
    owing = owing_of(member, product, day, without=without)
    reasons = [
        *_about_the_person(member, terms, day),
        *_about_arrears(owing),
        *_about_amounts(member, terms, owing),
        _about_cover(member, terms),
    ]
    amounts = [reason.satang for reason in reasons if reason.satang is not None]
    return Limit(max(0, min(amounts)) if all(reason.is_met for reason in reasons) else 0, reasons)


def owing_of(member: Member, product: LoanProduct | None, on: date, *, without: LoanApplication | None = None) -> Owing:
    """A member's own loans on a day, and what is asked for or contracted and not paid out yet; constant queries."""
    owed = {number: satang for number, satang in balances(member.group, LOANS, on).items() if satang > 0}
    live = list(Loan.objects.filter(member=member, number__in=owed, paid_out_on__isnull=False).select_related("group"))
    asked = LoanApplication.objects.filter(member=member, status__in=ASKED)
    if without is not None:
        asked = asked.exclude(pk=without.pk)
    unpaid = Loan.objects.filter(member=member, paid_out_on__isnull=True, cancelled_on__isnull=True)
    waiting = [
        dict(asked.order_by().values_list("product").annotate(total=Sum(Coalesce("decision__satang", "satang")))),
        dict(unpaid.order_by().values_list("product").annotate(Sum("satang"))),
    ]
    return Owing(
        loans=tuple((loan, owed[loan.number]) for loan in live),
        asked=sum(satang for rows in waiting for satang in rows.values()),
        asked_of_product=sum(rows.get(product.pk, 0) for rows in waiting) if product else 0,
        standings=standings(member.group, on, loans=live),
    )


def months_of_membership(member: Member, on: date) -> int:
    """Full months since the admission."""
    since = member.admitted_on
    if since is None or since > on:
        return 0
    return (on.year - since.year) * 12 + on.month - since.month - (on.day < since.day)


def _about_the_person(member: Member, terms: LoanTerms, on: date) -> list[Reason]:
    if member.status != Member.Status.ACTIVE:
        return [Reason(_("%(name)s is not an active member.") % {"name": member.full_name}, None, is_met=False)]
    months, minimum = months_of_membership(member, on), terms.minimum_months
    since = format_date(member.admitted_on, language=active_language()) if member.admitted_on else ""
    words = {"months": months, "minimum": minimum, "since": since}
    return [
        Reason(_may_borrow_words(member), None, is_met=switches_of_member(member, on).may_borrow),
        Reason(
            ngettext(
                "Member for %(months)d month, since %(since)s; this loan asks for at least %(minimum)d.",
                "Member for %(months)d months, since %(since)s; this loan asks for at least %(minimum)d.",
                months,
            )
            % words,
            None,
            is_met=months >= minimum,
        ),
    ]


def _may_borrow_words(member: Member) -> str:
    kind: str | Promise = member.get_kind_display()
    return _("Loans are for members of full age whose kind may borrow; this member's kind: %(kind)s.") % {"kind": kind}


def _about_arrears(owing: Owing) -> list[Reason]:
    late = [(loan, owing.standings.get(loan.pk)) for loan, _satang in owing.loans]
    found = [
        Reason(
            _("Contract %(number)s is overdue since %(day)s: %(amount)s baht to pay first.")
            % {
                "number": loan.number,
                "day": format_date(standing.oldest_unpaid_on, language=active_language()),
                "amount": format_baht(standing.due_satang),
            },
            None,
            is_met=False,
        )
        for loan, standing in late
        if standing is not None and standing.days_past_due > 0 and standing.oldest_unpaid_on is not None
    ]
    return found or [Reason(_("No own loan is overdue."), None, is_met=True)]


def _about_amounts(member: Member, terms: LoanTerms, owing: Owing) -> list[Reason]:
    product = terms.product
    found = []
    if terms.savings_times:
        savings = pledge_savings_of(member.group, [member]).get(member.pk, 0)
        times = savings * terms.savings_times // HUNDREDTHS
        text = _(
            "%(times)s times the own pledge savings of %(savings)s baht is %(product)s baht, less own loans of "
            "%(loans)s baht and %(asked)s baht asked for already: %(rest)s baht."
        )
        rest = max(0, times - owing.outstanding - owing.asked)
        words = _baht(savings=savings, product=times, loans=owing.outstanding, asked=owing.asked, rest=rest)
        found.append(Reason(text % (words | {"times": said_times(terms.savings_times)}), rest, is_met=rest > 0))
    taken = owing.outstanding_of(product) + owing.asked_of_product
    rest = max(0, terms.cap_satang - taken)
    text = _("At most %(cap)s baht of %(name)s; %(taken)s baht of it owed or asked for already: %(rest)s baht.")
    words = _baht(cap=terms.cap_satang, taken=taken, rest=rest) | {"name": product.name}
    return [*found, Reason(text % words, rest, is_met=rest > 0)]


def _about_cover(member: Member, terms: LoanTerms) -> Reason:
    free = free_savings_of(member.group, [member])[member.pk]
    if not terms.guarantors:
        text = _("No guarantor is needed; own free pledge savings of %(free)s baht secure the loan.")
        return Reason(text % _baht(free=free), None, is_met=True)
    text = ngettext(
        "Own free pledge savings of %(free)s baht secure the loan first; %(count)d guarantor stands for the rest.",
        "Own free pledge savings of %(free)s baht secure the loan first; %(count)d guarantors divide the rest.",
        terms.guarantors,
    )
    return Reason(text % (_baht(free=free) | {"count": terms.guarantors}), None, is_met=True)


def said_times(hundredths: int) -> str:
    """How many times, without needless noughts: 300 is "3", 250 is "2.5"."""
    whole, part = divmod(hundredths, HUNDREDTHS)
    return f"{whole}.{part:02d}".rstrip("0").rstrip(".")


def _baht(**satang: int) -> dict[str, str]:
    return {name: format_baht(value) for name, value in satang.items()}
