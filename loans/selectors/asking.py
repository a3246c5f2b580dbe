"""What an application comes to while it is being written: the limit, the instalment, the part of each guarantor."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from loans.models import LoanApplication, LoanProduct, LoanTerms
from loans.quotes import Quote, quote
from loans.selectors.cover import equal_part, free_savings_of
from loans.selectors.limits import Limit, may_borrow, owing_of
from loans.selectors.products import terms_in_force
from members.models import Member
from thai.money import format_baht

PER_CENT = 100
HEAVY_PER_CENT = 33  # advice only: what lenders call a heavy burden


@dataclass(frozen=True)
class Asked:
    """What is asked for, as it stands (satang). `trouble`: why no plan can be shown."""

    product: LoanProduct
    terms: LoanTerms | None
    limit: Limit
    satang: int | None = None
    quote: Quote | None = None
    trouble: str | Promise = ""
    income: int | None = None
    other_monthly: int = 0
    own_cover: int = 0
    part: int = 0

    @property
    def is_too_much(self) -> bool:
        """Whether more is asked for than may be borrowed."""
        return self.satang is not None and self.satang > self.limit.most_satang

    @property
    def monthly(self) -> int:
        """What the member would pay in a month at most, with the loans there are."""
        return self.other_monthly + (self.quote.highest if self.quote else 0)

    @property
    def burden(self) -> int | None:
        """That in per cent of the income; None where no income is stated."""
        return self.monthly * PER_CENT // self.income if self.income and self.quote else None

    @property
    def is_heavy(self) -> bool:
        """Advice: whether more than a third of the income would go into loans."""
        return self.burden is not None and self.burden > HEAVY_PER_CENT


def asked_for(
    member: Member,
    product: LoanProduct,
    *,
    satang: int | None,
    months: int | None,
    income: int | None = None,
    on: date | None = None,
    without: LoanApplication | None = None,
) -> Asked:
    """Everything an application shows at once; constant queries."""
    day = on or timezone.localdate()
    terms, limit = terms_in_force(product, day), may_borrow(member, product, day, without=without)
    if terms is None or not satang or not months:
        return Asked(product, terms, limit, satang, income=income)
    if months > terms.instalments_max:
        words = {"product": product.name, "longest": terms.instalments_max}
        trouble = _("%(product)s is paid back within %(longest)s months at most.") % words
        return Asked(product, terms, limit, satang, trouble=trouble, income=income)
    try:
        plan = quote(terms, principal=satang, months=months, starts_on=day)
    except ValueError:
        return Asked(product, terms, limit, satang, trouble=_too_coarse(satang, months, terms), income=income)
    own = min(satang, free_savings_of(member.group, [member])[member.pk])
    return Asked(
        product=product,
        terms=terms,
        limit=limit,
        satang=satang,
        quote=plan,
        trouble=_above_the_cap(plan) if plan.is_above_cap else "",
        income=income,
        other_monthly=owing_of(member, product, day, without=without).monthly,
        own_cover=own,
        part=equal_part(satang - own, terms.guarantors),
    )


def _too_coarse(satang: int, months: int, terms: LoanTerms) -> str:
    words = {"amount": format_baht(satang), "months": months, "step": format_baht(terms.round_to)}
    return (
        _(
            "%(amount)s baht cannot be divided over %(months)s months in instalments rounded to %(step)s baht. "
            "Ask for more, or for fewer months."
        )
        % words
    )


def _above_the_cap(plan: Quote) -> str:
    return _(
        "With these terms a loan of %(months)s months costs %(apr)s per cent a year. "
        "The law (Civil and Commercial Code, section 654) allows at most 15 per cent. Choose a lower rate."
    ) % {"months": len(plan.instalments), "apr": plan.apr}
