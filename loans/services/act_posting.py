"""What each act posts, and what it changes beside the ledger. Called behind the book's lock by `services.acts`."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils import timezone

from funds.accounts import account_for, accounts_for
from funds.balances import available_of, held_amounts, raw_balances
from funds.journal import Line, credit, debit, post_entry
from funds.models import Entry, Hold, Way
from funds.services.keeping import place_hold, release_hold
from loans.models import Guarantee, Loan, LoanAct, Repayment, ScheduledInstalment, ScheduleVersion
from loans.models.loans import NOT_AGREED
from loans.selectors.act_plans import ALLOWANCE_ACCOUNT, LOAN_ACCOUNT, PLEDGE_SAVINGS, planned_instalments
from loans.services.held import REASON
from loans.services.repayments import RepaidPart, record_repayments
from members.models import User

INTEREST, FINES, RECOVERIES, LOSS = "O4100", "O4200", "O4500", "O5400"
Kind = LoanAct.Kind


def post_act(*, act: LoanAct, by: User) -> Entry:
    """Post an act, by who asked, ok = [who approves], and do what follows from it."""
    return _POSTS[act.kind](act, by)


def _reschedule(act: LoanAct, by: User) -> Entry:
    """A decision without lines; the new version of the schedule; guarantors who did not agree are free (s.700)."""
    loan, content = _loan(act), act.content
    entry = _post(act, by, "loan_reschedule", (), {"contract": loan.number})
    last = ScheduleVersion.objects.filter(loan=loan).order_by("-version").values_list("version", flat=True).first() or 0
    version = ScheduleVersion.objects.create(
        loan=loan,
        version=last + 1,
        starts_on=act.done_on,
        first_due_on=content["first_due_on"],
        satang=act.satang,
        instalments_count=content["instalments"],
        grace=content["grace"],
        carried_interest=content["interest"],
        carried_fine=content["fine"],
        act=act,
        made_at=timezone.now(),
    )
    ScheduledInstalment.objects.bulk_create(
        ScheduledInstalment(
            schedule=version,
            number=line.number,
            due_on=line.due_on,
            principal_satang=line.principal,
            interest_satang=line.interest,
        )
        for line in planned_instalments(content)
    )
    for guarantee in Guarantee.objects.filter(pk__in=content["freed"]).select_related("hold"):
        if guarantee.hold is not None and guarantee.hold.released_at is None:
            release_hold(hold=guarantee.hold, by=by)
        guarantee.released_on, guarantee.released_reason = act.done_on, NOT_AGREED
        guarantee.save(update_fields=["released_on", "released_reason"])
    return entry


def _set_off(act: LoanAct, by: User) -> Entry:
    """Debit O2100 the borrower; credit O4200 fines, O4100 interest, O1300 the loan. The own hold gives way to it."""
    loan, content = _loan(act), act.content
    savings, owed = (PLEDGE_SAVINGS, loan.member.holder), (LOAN_ACCOUNT, loan.number)
    accounts = accounts_for(act.group, [savings, owed, (INTEREST, ""), (FINES, "")])
    parts = [((FINES, ""), content["fine"]), ((INTEREST, ""), content["interest"]), (owed, content["principal"])]
    lines = [debit(accounts[savings], act.satang), *(credit(accounts[key], satang) for key, satang in parts if satang)]
    if content["held"] and loan.hold is not None:
        release_hold(hold=loan.hold, by=by)
    entry = _post(act, by, "loan_set_off", lines, {"contract": loan.number, "member": loan.member.holder})
    if content["held"] and content["left"]:
        hold_own_savings(loan=loan, satang=min(content["held"], content["left"]), by=by)
    _record(act, entry, Repayment.Kind.SET_OFF, content)
    return entry


def _write_off(act: LoanAct, by: User) -> Entry:
    """Debit O1390 as far as an allowance was booked, O5400 the rest; credit O1300 the loan."""
    loan, content = _loan(act), act.content
    owed = (LOAN_ACCOUNT, loan.number)
    accounts = accounts_for(act.group, [(ALLOWANCE_ACCOUNT, ""), (LOSS, ""), owed])
    parts = [((ALLOWANCE_ACCOUNT, ""), content["allowance"]), ((LOSS, ""), content["cost"])]
    lines = [*(debit(accounts[key], satang) for key, satang in parts if satang), credit(accounts[owed], act.satang)]
    entry = _post(act, by, "loan_write_off", lines, {"contract": loan.number, "member": loan.member.holder})
    _record(act, entry, Repayment.Kind.WRITE_OFF, {"principal": act.satang})
    return entry


def _recovery(act: LoanAct, by: User) -> Entry:
    """Debit cash or the bank; credit O4500."""
    loan, content = _loan(act), act.content
    place = ("O1100", "") if content["way"] == Way.CASH else ("O1200", content["bank"])
    accounts = accounts_for(act.group, [place, (RECOVERIES, "")])
    lines = [debit(accounts[place], act.satang), credit(accounts[RECOVERIES, ""], act.satang)]
    details = {"payer": content["payer"], "method": content["way"], "contract": loan.number}
    return _post(act, by, "loan_recovery", lines, details | ({"slip": content["slip"]} if content["slip"] else {}))


def _allowance(act: LoanAct, by: User) -> Entry:
    """More is needed: debit O5400, credit O1390; less: the other way round."""
    accounts = accounts_for(act.group, [(ALLOWANCE_ACCOUNT, ""), (LOSS, "")])
    booked, cost = accounts[ALLOWANCE_ACCOUNT, ""], accounts[LOSS, ""]
    up, down = (cost, booked) if act.satang > 0 else (booked, cost)
    return _post(act, by, "loan_allowance", [debit(up, abs(act.satang)), credit(down, abs(act.satang))], {})


_POSTS: dict[str, Callable[[LoanAct, User], Entry]] = {
    Kind.RESCHEDULE: _reschedule,
    Kind.SET_OFF: _set_off,
    Kind.WRITE_OFF: _write_off,
    Kind.RECOVERY: _recovery,
    Kind.ALLOWANCE: _allowance,
}


def hold_own_savings(*, loan: Loan, satang: int, by: User) -> Hold | None:
    """Hold the borrower's pledge savings for the loan anew, as far as they are free."""
    account = account_for(loan.group, PLEDGE_SAVINGS, loan.member.holder)
    balance = raw_balances(loan.group, [account])[account.pk]
    free = available_of(account, balance, held_amounts(loan.group, [account]).get(account.pk, 0))
    loan.hold = place_hold(account=account, satang=min(satang, free), reason=REASON, by=by) if free > 0 else None
    loan.save(update_fields=["hold"])
    return loan.hold


def _loan(act: LoanAct) -> Loan:
    assert act.loan is not None
    return act.loan


def _post(act: LoanAct, by: User, kind: str, lines: Sequence[Line], details: Mapping[str, Any]) -> Entry:
    resolution = {"resolution": act.resolution.number} if act.resolution is not None else {}
    return post_entry(
        group=act.group,
        kind=kind,
        on=act.done_on,
        by=act.requested_by,
        ok=[by],
        lines=lines,
        operation=act.operation,
        details={"memo": act.reason, **details, **resolution},
        payee=act.loan.member if act.loan is not None and kind != "loan_recovery" else None,
    )


def _record(act: LoanAct, entry: Entry, kind: str, parts: Mapping[str, int]) -> None:
    loan = _loan(act)
    part = RepaidPart(
        loan=loan,
        entry_id=entry.pk,
        kind=kind,
        paid_on=act.done_on,
        fine=parts.get("fine", 0),
        interest=parts.get("interest", 0),
        principal=parts["principal"],
        payer=loan.member,
    )
    record_repayments(group=act.group, parts=[part])
