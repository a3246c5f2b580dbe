"""Applications for loans: the list, one of them with everything about it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum
from django.utils import timezone

from loans.models import Guarantee, Loan, LoanApplication, LoanTerms
from loans.selectors.asking import Asked, asked_for
from loans.selectors.contracts import former_contracts
from loans.selectors.cover import ASKED, Cover, cover_of, standing_guarantees
from loans.selectors.guarantors import is_spouse, rings_of, stood_for_elsewhere
from loans.selectors.terms import day_of_terms, terms_of_application
from members.models import Member, SavingsGroup
from members.selectors.people import PeopleFilter, people

Status = LoanApplication.Status
SHOWS = ("open", *Status.values, "all")
OPEN = (Status.DRAFT, Status.SUBMITTED, Status.READY, Status.APPROVED)
MAY_BE_WITHDRAWN = OPEN


@dataclass(frozen=True)
class GuarantorLine:
    """One who is named; `others`: count and amount (satang) of the live guarantees besides this one."""

    guarantee: Guarantee
    others: tuple[int, int]
    is_spouse: bool
    part: int

    @property
    def may_act(self) -> bool:
        """Whether an officer may still do something about it here."""
        return self.guarantee.application is not None and self.guarantee.application.status in OPEN

    @property
    def may_confirm(self) -> bool:
        """Whether the word may be recorded: once the application is handed in."""
        status = self.guarantee.application.status if self.guarantee.application else ""
        return self.guarantee.confirmed_at is None and status in ASKED

    @property
    def may_decline(self) -> bool:
        """Whether the guarantor may still say no: once the committee has approved, a given word stands."""
        status = self.guarantee.application.status if self.guarantee.application else ""
        return status != Status.APPROVED or self.guarantee.confirmed_at is None


@dataclass(frozen=True)
class ApplicationView:
    """An application with what it asks, how it is secured, and the rings it would close."""

    application: LoanApplication
    terms: LoanTerms | None
    asked: Asked
    cover: Cover
    lines: list[GuarantorLine]
    former: list[Guarantee]
    ended: list[Loan]
    rings: list[tuple[Member, ...]]

    @property
    def is_draft(self) -> bool:
        """Whether it is still being written."""
        return self.application.status == Status.DRAFT

    @property
    def is_open(self) -> bool:
        """Whether it has not come to an end yet."""
        return self.application.status in OPEN

    @property
    def is_spouse_alone(self) -> bool:
        """Whether only the spouse has been named."""
        return bool(self.lines) and all(line.is_spouse for line in self.lines)


@dataclass(frozen=True, slots=True)
class ApplicationTotals:
    """A list of applications in figures (satang)."""

    count: int
    satang: int


def applications(
    group: SavingsGroup, *, q: str = "", show: str = "open", product: int | None = None
) -> QuerySet[LoanApplication]:
    """The applications of a group, the latest first; `show`: open ones, one state, or all."""
    found = LoanApplication.objects.filter(group=group).select_related("member", "product", "entered_by", "decision")
    if show == "open":
        found = found.filter(status__in=OPEN)
    elif show != "all":
        found = found.filter(status=show)
    if product is not None:
        found = found.filter(product=product)
    if q:
        found = found.filter(member__in=people(group=group, by=PeopleFilter(q=q)).values("pk"))
    return found.order_by("-number")


def application_totals(found: QuerySet[LoanApplication]) -> ApplicationTotals:
    """How many, and how much they ask for together; one query."""
    return ApplicationTotals(**found.order_by().aggregate(count=Count("pk"), satang=Sum("satang", default=0)))


def applications_of(member: Member) -> QuerySet[LoanApplication]:
    """Everything that one member asked for, the latest first."""
    found = LoanApplication.objects.filter(member=member).select_related("product", "decision")
    return found.order_by("-number")


def application_view(application: LoanApplication) -> ApplicationView:
    """Everything that the page of an application shows."""
    standing = list(standing_guarantees(application))
    for guarantee in standing:
        guarantee.application = application
    cover = cover_of(application)
    return ApplicationView(
        application=application,
        terms=terms_of_application(application),
        asked=asked_for(
            application.member, application.product, satang=application.satang, months=application.instalments,
            income=application.income_satang, on=_day(application), without=application,
        ),
        cover=cover,
        lines=[
            GuarantorLine(
                guarantee=each,
                others=stood_for_elsewhere(each.member, without=application),
                is_spouse=is_spouse(each.member, application.member),
                part=each.satang or cover.part,
            )
            for each in standing
        ],
        former=list(
            Guarantee.objects.filter(application=application).exclude(pk__in=[each.pk for each in standing])
            .select_related("member").order_by("pk")
        ),
        ended=former_contracts(application),
        rings=rings_of(application, [each.member for each in standing]),
    )  # fmt: skip


def _day(application: LoanApplication) -> date:
    """Today while it is open, else the day whose terms held."""
    return timezone.localdate() if application.status in OPEN else day_of_terms(application)
