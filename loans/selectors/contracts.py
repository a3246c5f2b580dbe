"""Contracts: the number that comes next, the days that fit, what is still missing before the payout."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from funds.models import Account
from loans.contract_numbers import next_number
from loans.due_days import SOONEST, due_day_at_payout, first_due_day
from loans.models import Guarantee, Loan, LoanApplication
from loans.quotes import Quote, quote
from loans.schedule import Rhythm, due_date
from members.group_settings import setting
from members.models import Member, SavingsGroup
from thai.months import buddhist_year

LOANS = "O1300"


@dataclass(frozen=True)
class Signer:
    """One who signs: the borrower, a guarantor, or the spouse of either; `is_needed` before the payout."""

    role: str | Promise
    name: str
    signed_on: date | None
    is_needed: bool
    guarantee: Guarantee | None = None
    is_spouse: bool = False

    @property
    def field(self) -> str:
        """The name of its field in a form."""
        whose = f"guarantor_{self.guarantee.pk}" if self.guarantee else "borrower"
        return f"{whose}_spouse" if self.is_spouse else whose


def numbers_in_use(group: SavingsGroup) -> set[str]:
    """Every contract number of a group: of its loans, and of the books, where older contracts stand; two queries."""
    made = Loan.objects.filter(group=group).values_list("number", flat=True)
    booked = Account.objects.filter(group=group, code=LOANS).values_list("holder", flat=True)
    return set(made) | set(booked)


def next_contract_number(group: SavingsGroup, on: date | None = None) -> str:
    """The number of the next contract, in the form of the one made last."""
    latest = Loan.objects.filter(group=group, application__isnull=False).order_by("-pk").first()
    paper = None if latest else Loan.objects.filter(group=group).order_by("-contracted_on", "-pk").first()
    form = latest or paper
    year = buddhist_year(on or timezone.localdate())
    return next_number(numbers_in_use(group), latest=form.number if form else "", year=year)


def earliest_due(contracted_on: date) -> date:
    """The first day on which a first instalment may fall due."""
    return contracted_on + SOONEST


def latest_due(loan: Loan) -> date:
    """The last day on which the first instalment may fall due: three months, a single payment's term and one month."""
    months = loan.instalments + 1 if loan.rhythm == Rhythm.SINGLE_PAYMENT else 3
    return due_date(loan.contracted_on, months)


def usual_due_day(application: LoanApplication, on: date) -> date:
    """The first due day of a contract made on a day: a meeting day of the group."""
    decision = application.decision
    return first_due_day(
        paid_on=on,
        meeting_day=setting(application.group, "meeting_day", on),
        rhythm=decision.terms.rhythm,
        instalments=decision.instalments,
    )


def first_due_if_paid(loan: Loan, paid_on: date) -> date:
    """The first due day of a loan that is paid out on a day."""
    return due_day_at_payout(
        agreed=loan.first_due_on,
        paid_on=paid_on,
        meeting_day=setting(loan.group, "meeting_day", paid_on),
        rhythm=loan.rhythm,
        instalments=loan.instalments,
    )


def contract_of(application: LoanApplication) -> Loan | None:
    """The contract by which a decision is carried out: neither cancelled nor void by an undone payout."""
    rows = Loan.objects.filter(application=application, cancelled_on__isnull=True)
    return rows.exclude(entry__reversals__isnull=False).first()


def is_approved(loan: Loan) -> bool:
    """Whether the decision behind a contract waits to be carried out (again)."""
    return loan.application is not None and loan.application.status == LoanApplication.Status.APPROVED


def former_contracts(application: LoanApplication) -> list[Loan]:
    """The contracts of a decision that came to nothing: cancelled, or their payout undone."""
    over = Q(cancelled_on__isnull=False) | Q(entry__reversals__isnull=False)
    return list(Loan.objects.filter(over, application=application).order_by("pk"))


def contracts(group: SavingsGroup) -> QuerySet[Loan]:
    """The contracts of a group with what their pages say."""
    related = ("member__household", "member__spouse", "product", "application__decision__resolution", "made_by", "hold")
    return Loan.objects.filter(group=group).select_related(*related, "signed_with", "photo", "entry", "group")


def guarantees_of(loan: Loan) -> list[Guarantee]:
    """Those who stand surety for a contract now."""
    rows = loan.guarantees.filter(released_on__isnull=True, declined_at__isnull=True)
    return list(rows.select_related("member__spouse", "hold").order_by("position", "pk"))


def signers_of(loan: Loan) -> list[Signer]:
    """Everybody who signs for a contract, in the order of the papers; a spouse where the group's rule asks for it."""
    spouses = loan.asks_spouses
    found = [Signer(pgettext_lazy("loan", "Borrower"), loan.member.full_name, loan.signed_on, is_needed=True)]
    if is_married(loan.member):
        name = spouse_name(loan.member)
        found.append(Signer(_("Borrower's spouse"), name, loan.spouse_consented_on, spouses, is_spouse=True))
    for one in guarantees_of(loan):
        found.append(Signer(_("Guarantor"), one.member.full_name, one.signed_on, is_needed=True, guarantee=one))
        if is_married(one.member):
            consent, name = one.spouse_consented_on, spouse_name(one.member)
            found.append(Signer(_("Guarantor's spouse"), name, consent, spouses, guarantee=one, is_spouse=True))
    return found


def missing_signatures(loan: Loan) -> list[str]:
    """Who must still sign or consent before the payout, as it is read."""
    missing = [signer for signer in signers_of(loan) if signer.is_needed and not signer.signed_on]
    return [f"{signer.role} {signer.name}".strip() for signer in missing]


def spouses_missing(loan: Loan) -> list[Member]:
    """The members whose spouses have yet to consent before the payout."""
    missing = [one for one in signers_of(loan) if one.is_needed and one.is_spouse and not one.signed_on]
    return [one.guarantee.member if one.guarantee else loan.member for one in missing]


def unconfirmed(loan: Loan) -> list[str]:
    """The guarantors of a contract who have not given their word."""
    return [one.member.full_name for one in guarantees_of(loan) if one.confirmed_at is None]


def is_married(member: Member) -> bool:
    """Whether the papers ask for a spouse's consent: married, or nothing said but a spouse is on file."""
    is_named = bool(member.spouse_id or member.spouse_name)
    return member.marital_status == Member.Marital.MARRIED or (not member.marital_status and is_named)


def spouse_name(member: Member) -> str:
    """The spouse's name as far as it is on file."""
    return member.spouse_name or (member.spouse.full_name if member.spouse else "")


def quote_of(loan: Loan, paid_on: date | None = None) -> Quote:
    """What a contract costs and when it falls due, paid out on its real day, or on the day given or of the contract."""
    starts_on = loan.paid_out_on or paid_on or loan.contracted_on
    due = loan.first_due_on if loan.paid_out_on or not paid_on else first_due_if_paid(loan, paid_on)
    return quote(
        loan,
        principal=loan.satang,
        months=loan.instalments,
        starts_on=starts_on,
        first_due_on=due,
        grace=loan.grace,
    )
