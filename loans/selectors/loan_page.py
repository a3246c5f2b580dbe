"""One loan in full: where it stands, its schedules, what was paid and how much was left after it, its history."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from funds.models import Entry
from loans.models import Disbursement, Guarantee, Letter, Loan, LoanAct, Repayment, ScheduledInstalment, ScheduleVersion
from loans.schedule import build_schedule
from loans.selectors.cover import equal_part
from loans.selectors.register import WAITING, RegisterRow, loans_of, register_rows
from loans.selectors.standings import standings, terms_of
from loans.standing import InstalmentStanding, Standing
from members.models import SavingsGroup


@dataclass(frozen=True)
class RepaymentRow:
    """A payment and the principal that was left after it (satang); a reversed one changed nothing."""

    repayment: Repayment
    left: int
    is_reversed: bool

    @property
    def total(self) -> int:
        """What was paid in all."""
        repayment = self.repayment
        return repayment.principal_satang + repayment.interest_satang + repayment.fine_satang


@dataclass(frozen=True)
class GuaranteeRow:
    """A guarantor, and how much of the loan they stand for today (satang): what is held, else an equal part of it."""

    guarantee: Guarantee
    stands_for: int
    is_held: bool


@dataclass(frozen=True)
class LoanPage:
    """Everything that a loan's page shows; `standing` is None before the payout and for a void or cancelled loan."""

    row: RegisterRow
    standing: Standing | None
    planned: tuple[ScheduledInstalment, ...]
    schedules: tuple[ScheduleVersion, ...]
    repayments: tuple[RepaymentRow, ...]
    guarantees: tuple[GuaranteeRow, ...]
    former: tuple[Guarantee, ...]
    disbursement: Disbursement | None
    acts: tuple[LoanAct, ...]
    letters: tuple[Letter, ...]

    @property
    def loan(self) -> Loan:
        """The contract."""
        return self.row.loan

    @property
    def paid_interest(self) -> int:
        """Interest paid so far, satang."""
        return sum(row.repayment.interest_satang for row in self.repayments if not row.is_reversed)

    @property
    def paid_fines(self) -> int:
        """Fines paid so far, satang."""
        return sum(row.repayment.fine_satang for row in self.repayments if not row.is_reversed)

    @property
    def paid_principal(self) -> int:
        """Principal that is gone in these books so far, paid or written off, satang."""
        return sum(row.repayment.principal_satang for row in self.repayments if not row.is_reversed)

    @property
    def written_off(self) -> int:
        """Principal that was written off, satang."""
        return sum(
            row.repayment.principal_satang
            for row in self.repayments
            if not row.is_reversed and row.repayment.kind == Repayment.Kind.WRITE_OFF
        )

    @property
    def is_secured(self) -> bool:
        """Whether anybody still stands for it: it is owed, or waits for its payout."""
        return self.row.is_live or self.row.state == WAITING

    @property
    def paid_in_money(self) -> int:
        """Principal that came back, satang."""
        return self.paid_principal - self.written_off

    @property
    def recovered(self) -> int:
        """What was recovered after the write-off, satang."""
        recovered = [act for act in self.acts if act.kind == LoanAct.Kind.RECOVERY and act.entry_id is not None]
        return sum(act.satang for act in recovered if not getattr(act, "is_reversed", False))

    @property
    def paid_total(self) -> int:
        """Everything paid so far, satang."""
        return self.paid_principal + self.paid_interest + self.paid_fines

    @property
    def unpaid(self) -> tuple[InstalmentStanding, ...]:
        """The instalments of which something is owed today."""
        if self.standing is None:
            return ()
        return tuple(each for each in self.standing.instalments if each.rest and each.due_on <= self.standing.as_of)


def loan_or_none(group: SavingsGroup, loan_id: int) -> Loan | None:
    """A loan of this group, with what tells its state."""
    related = ("application__decision__resolution", "entry", "signed_with", "hold")
    return loans_of(group).select_related("group", "member", "product", *related).filter(pk=loan_id).first()


def loan_page(group: SavingsGroup, loan: Loan, on: date) -> LoanPage:
    """One loan as it stands on a day; a constant number of queries."""
    row = register_rows(group, [loan], on)[0]
    lives = loan.paid_out_on is not None and row.state not in ("void", "cancelled")
    standing = row.standing or (standings(group, on, loans=[loan]).get(loan.pk) if lives else None)
    lines = Prefetch("lines", ScheduledInstalment.objects.order_by("number"))
    schedules = tuple(loan.schedules.select_related("act__resolution").prefetch_related(lines).order_by("version"))
    former = Guarantee.objects.filter(Q(declined_at__isnull=False) | Q(released_on__isnull=False), loan=loan)
    letters = Letter.objects.filter(loan=loan).select_related("guarantee__member").order_by("number")
    disbursements = Disbursement.objects.filter(loan=loan, cancelled_at__isnull=True)
    return LoanPage(
        row=row,
        standing=standing,
        planned=_planned(loan) if not schedules else (),
        schedules=schedules,
        repayments=_repayments(loan),
        guarantees=_guarantees(row),
        former=tuple(former.select_related("member").order_by("position")),
        disbursement=disbursements.select_related("requested_by", "approved_by", "entry").first(),
        acts=tuple(_acts(loan)),
        letters=tuple(letters),
    )


def _acts(loan: Loan) -> QuerySet[LoanAct]:
    acts = LoanAct.objects.filter(loan=loan).select_related("resolution", "entry").order_by("pk")
    return acts.annotate(is_reversed=Exists(Entry.objects.filter(reverses=OuterRef("entry"))))


def _planned(loan: Loan) -> tuple[ScheduledInstalment, ...]:
    """What would fall due if the contract were paid out on its day; not kept before the payout."""
    terms = terms_of(loan)
    lines = build_schedule(
        principal=loan.satang,
        monthly_rate=terms.monthly_rate,
        instalments=loan.instalments,
        method=terms.method,
        rhythm=terms.rhythm,
        starts_on=loan.contracted_on,
        first_due_on=loan.first_due_on,
        day_count=terms.day_count,
        round_to=loan.round_to,
        grace_principal=loan.grace,
    )
    return tuple(
        ScheduledInstalment(
            number=line.number,
            due_on=line.due_on,
            principal_satang=line.principal,
            interest_satang=line.interest,
        )
        for line in lines
    )


def _repayments(loan: Loan) -> tuple[RepaymentRow, ...]:
    rows = Repayment.objects.filter(loan=loan).select_related("entry", "payer").order_by("paid_on", "entry_id")
    left = loan.satang if loan.brought_satang is None else loan.brought_satang
    found = []
    for row in rows.annotate(is_reversed=Exists(Entry.objects.filter(reverses=OuterRef("entry")))):
        left -= 0 if row.is_reversed else row.principal_satang
        found.append(RepaymentRow(row, left, row.is_reversed))
    return tuple(found)


def _guarantees(row: RegisterRow) -> tuple[GuaranteeRow, ...]:
    """What each guarantor stands for: the savings held; on paper none is, and the debt is theirs in equal parts."""
    part = equal_part(row.outstanding, len(row.guarantees)) if row.is_live else 0
    return tuple(
        GuaranteeRow(
            guarantee=each,
            stands_for=each.satang if each.hold_id else part,
            is_held=each.hold_id is not None,
        )
        for each in row.guarantees
    )
