"""Acts on loans that go badly: each is asked for, approved by another, posted once, and undone where it can be."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from funds.errors import OperationReused, PeopleNotApart
from funds.journal import reverse_entry
from funds.selectors import balances, holds_in_force
from loans.act_errors import (
    AboveYearlyCap,
    ActBeforeSchedule,
    ActDone,
    ActWaits,
    AllowanceAgrees,
    AllowanceOnlyShown,
    FirstDueTooEarly,
    FirstDueTooLate,
    GeneralMeetingNeeded,
    InterestedOfficer,
    LoanActNeedsResolution,
    LoanMoved,
    LoanNotLive,
    NothingToSetOff,
    RecoveredSince,
    RecoveredTooMuch,
    ResolvedLater,
    SavingsTooSmall,
    ScheduleRefused,
)
from loans.models import Repayment
from loans.repayment_errors import RescheduledSince
from loans.selectors.act_plans import live_guarantees
from loans.selectors.acts import paid_by_guarantors, waiting_acts
from loans.selectors.standings import standing_of, standings
from loans.services.act_signatures import approve_signed_act, ask_signature
from loans.services.acts import approve_act, cancel_act
from members import cosign
from members.group_settings import change_setting
from members.models import PassbookAccess
from tests.loans.acting import DEC_5, NOV_22, Acting, Kind
from tests.village import PASSWORD, TestVillage


@pytest.fixture
def lending(time_machine: Any, village: TestVillage) -> Acting:
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)
    return Acting(village)


# --- a new schedule ---------------------------------------------------------------------------------------------


def test_a_new_schedule_divides_what_is_owed_carries_interest_and_keeps_the_old_one(lending: Acting) -> None:
    loan = lending.lend()
    lending.pay_instalments(loan, 1)
    act = lending.reschedule(loan)
    assert act.entry is not None
    assert (act.entry.kind, act.entry.postings.count()) == ("loan_reschedule", 0)
    old, new = loan.schedules.order_by("version")
    assert (old.version, old.lines.count()) == (1, 12)
    assert (new.satang, new.carried_interest, new.lines.count()) == (11_000_00, 220_00, 10)
    now = standing_of(loan)
    assert (now.outstanding, now.interest_owed, now.days_past_due) == (11_000_00, 220_00, 0)
    assert lending.found() == []


def test_a_new_schedule_above_15_per_cent_a_year_is_refused_naming_the_section(lending: Acting) -> None:
    loan = lending.lend(terms=lending.product(rate_bp=125, method="flat"))
    with pytest.raises(AboveYearlyCap, match="654"):
        lending.reschedule(loan)


def test_a_new_schedule_needs_its_figures_and_its_resolution(lending: Acting) -> None:
    loan = lending.lend()
    with pytest.raises(FirstDueTooEarly):
        lending.reschedule(loan, first_due_on=NOV_22)
    with pytest.raises(FirstDueTooLate):
        lending.reschedule(loan, first_due_on=date(2056, 12, 5))
    with pytest.raises(ScheduleRefused):
        lending.reschedule(loan, grace=10)
    with pytest.raises(LoanActNeedsResolution):
        lending.reschedule(loan, resolution=None)
    with pytest.raises(ResolvedLater):
        lending.reschedule(loan, resolution=lending.resolve("99/2569", on=DEC_5))
    with pytest.raises(ActBeforeSchedule):
        lending.reschedule(loan, on=date(2026, 8, 4), resolution=lending.resolve("1/2569", on=date(2026, 1, 5)))


def test_a_guarantor_who_does_not_agree_to_more_time_is_freed_with_the_savings(lending: Acting) -> None:
    lending.save("Boonmee", 20_000_00)
    lending.save("Kasem", 20_000_00)
    loan = lending.lend(guarantors=("Boonmee", "Kasem"))
    boonmee, kasem = live_guarantees(loan)
    lending.reschedule(loan, agreed=frozenset({boonmee.pk}))
    assert [each.pk for each in live_guarantees(loan)] == [boonmee.pk]
    kasem.refresh_from_db()
    assert (kasem.released_on, bool(kasem.released_reason)) == (NOV_22, True)
    assert [hold.account.holder for hold in holds_in_force(lending.group)] == [lending["Boonmee"].holder]
    assert lending.found() == []


def test_a_payment_before_a_new_schedule_stays(lending: Acting) -> None:
    loan = lending.lend()
    paid = lending.pay_instalments(loan, 1)[0]
    lending.reschedule(loan)
    with pytest.raises(RescheduledSince):
        reverse_entry(
            entry=paid.entry, by=lending.village.treasurer, ok=[lending.village.auditor], operation=uuid4(), reason="ผิด"
        )


# --- set-off ------------------------------------------------------------------------------------------------------


def test_a_set_off_pays_fine_interest_principal_from_the_borrowers_own_savings(lending: Acting) -> None:
    lending.save("Somchai", 5_000_00)
    loan = lending.lend()
    act = lending.do(Kind.SET_OFF, loan, satang=3_000_00)
    assert act.entry is not None
    lines = {(row.account.code, row.account.holder): row.amount for row in act.entry.postings.select_related("account")}
    assert lines == {
        ("O2100", loan.member.holder): 3_000_00, ("O4100", ""): -360_00, ("O1300", loan.number): -2_640_00,
    }  # fmt: skip
    loan.refresh_from_db()
    assert loan.hold is not None
    assert (loan.hold.satang, loan.hold.released_at) == (2_000_00, None)
    assert loan.repayments.get().kind == Repayment.Kind.SET_OFF
    assert lending.found() == []


def test_a_set_off_takes_no_more_than_is_owed_or_free(lending: Acting) -> None:
    lending.save("Somchai", 5_000_00)
    loan = lending.lend(satang=3_000_00)
    owed = standing_of(loan).settlement
    with pytest.raises(NothingToSetOff):
        lending.ask(Kind.SET_OFF, loan, satang=owed + 1)
    other = lending.lend(satang=9_000_00)
    with pytest.raises(SavingsTooSmall):
        lending.ask(Kind.SET_OFF, other, satang=2_000_01)
    lending.save("Somchai", 1_000_00)
    lending.do(Kind.SET_OFF, loan, satang=owed)
    assert standing_of(loan).is_closed
    assert lending.found() == []


def test_a_reversed_set_off_gives_savings_and_security_back(lending: Acting) -> None:
    lending.save("Somchai", 5_000_00)
    loan = lending.lend()
    lending.undo(lending.do(Kind.SET_OFF, loan, satang=3_000_00))
    loan.refresh_from_db()
    assert loan.hold is not None
    assert (loan.hold.satang, loan.hold.released_at) == (5_000_00, None)
    assert standing_of(loan).outstanding == 12_000_00
    assert lending.found() == []


# --- write-off, recovery, allowance -------------------------------------------------------------------------------


def test_the_general_meeting_alone_writes_off_and_guarantors_are_free(lending: Acting) -> None:
    lending.save("Boonmee", 20_000_00)
    loan = lending.lend()
    with pytest.raises(GeneralMeetingNeeded):
        lending.ask(Kind.WRITE_OFF, loan, resolution=lending.resolve())
    lending.do(Kind.WRITE_OFF, loan)
    assert lending.sums("O1300", "O5400", "O1390") == {"O1300": 0, "O5400": 12_000_00, "O1390": 0}
    assert not holds_in_force(lending.group)
    assert standings(lending.group) == {}
    with pytest.raises(LoanNotLive):
        lending.ask(Kind.WRITE_OFF, loan)
    assert lending.found() == []


def test_a_write_off_uses_the_allowance_first(lending: Acting) -> None:
    loan = lending.lend()
    book_allowance(lending)
    lending.do(Kind.ALLOWANCE, None)
    assert lending.sums("O1390", "O5400") == {"O1390": -3_000_00, "O5400": 3_000_00}
    lending.do(Kind.WRITE_OFF, loan)
    assert lending.sums("O1390", "O5400", "O1300") == {"O1390": 0, "O5400": 12_000_00, "O1300": 0}
    assert lending.found() == []


def test_what_is_recovered_after_a_write_off_is_income_and_no_more_than_was_lost(lending: Acting) -> None:
    loan = lending.lend(satang=6_000_00)
    written = lending.do(Kind.WRITE_OFF, loan)
    with pytest.raises(RecoveredTooMuch):
        lending.ask(Kind.RECOVERY, loan, satang=6_000_01, way="cash", payer="นายสมชาย")
    back = lending.do(Kind.RECOVERY, loan, satang=1_500_00, way="cash", payer="นายสมชาย")
    lending.do(Kind.RECOVERY, loan, satang=500_00, way="transfer", bank_holder="", slip_ref="S-9", payer="นายสมชาย")
    assert lending.sums("O4500", "O1100") == {"O4500": -2_000_00, "O1100": 51_500_00}
    with pytest.raises(RecoveredTooMuch):
        lending.ask(Kind.RECOVERY, loan, satang=4_000_01, way="cash", payer="นายสมชาย")
    with pytest.raises(RecoveredSince):
        lending.undo(written)
    lending.undo(back)
    assert lending.found() == []


def test_a_reversed_write_off_brings_loan_and_security_back(lending: Acting) -> None:
    lending.save("Boonmee", 20_000_00)
    loan = lending.lend()
    lending.undo(lending.do(Kind.WRITE_OFF, loan))
    assert standing_of(loan).outstanding == 12_000_00
    assert [hold.satang for hold in holds_in_force(lending.group)] == [12_000_00]
    assert lending.found() == []


def test_the_allowance_is_only_shown_unless_a_setting_says_so(lending: Acting) -> None:
    lending.lend()
    with pytest.raises(AllowanceOnlyShown):
        lending.ask(Kind.ALLOWANCE, None)


def test_the_allowance_follows_the_loans_up_and_down(lending: Acting) -> None:
    loan = lending.lend()
    book_allowance(lending)
    lending.do(Kind.ALLOWANCE, None)
    with pytest.raises(AllowanceAgrees):
        lending.ask(Kind.ALLOWANCE, None)
    lending.repay(loan, NOV_22, principal=3_000_00, interest=360_00)
    down = lending.do(Kind.ALLOWANCE, None)
    assert down.satang == -3_000_00
    assert lending.sums("O1390", "O5400") == {"O1390": 0, "O5400": 0}
    assert lending.found() == []


def book_allowance(lending: Acting) -> None:
    change_setting(group=lending.group, key="allowance_booked", value=1, valid_from=NOV_22, by=lending.village.chair)


# --- two people, once ---------------------------------------------------------------------------------------------


def test_asked_and_approved_twice_is_one_act(lending: Acting) -> None:
    loan, operation = lending.lend(), uuid4()
    act = lending.ask(Kind.WRITE_OFF, loan, operation=operation)
    assert lending.ask(Kind.WRITE_OFF, loan, operation=operation) == act
    with pytest.raises(OperationReused):
        lending.ask(Kind.WRITE_OFF, loan, operation=operation, reason="อื่น")
    with pytest.raises(ActWaits):
        lending.ask(Kind.WRITE_OFF, loan)
    once = approve_act(act=act, by=lending.village.auditor)
    assert approve_act(act=act, by=lending.village.auditor).entry == once.entry
    with pytest.raises(ActDone):
        approve_act(act=act, by=lending.village.chair)
    with pytest.raises(ActDone):
        cancel_act(act=act, by=lending.village.chair)


def test_nobody_approves_what_they_asked_for_nor_their_own_debt(lending: Acting) -> None:
    loan = lending.lend(guarantors=("Anong",))
    PassbookAccess.objects.create(member=lending["Somchai"], user=lending.village.secretary, relation="child")
    act = lending.ask(Kind.WRITE_OFF, loan)
    with pytest.raises(cosign.SignerIsAsker):
        approve_act(act=act, by=lending.village.treasurer)
    with pytest.raises(cosign.SignerLacksRight):
        approve_act(act=act, by=lending.village.user("Somchai"))
    with pytest.raises(PeopleNotApart):
        approve_act(act=act, by=lending.village.secretary)
    with pytest.raises(InterestedOfficer):
        approve_act(act=act, by=lending.village.chair)
    assert approve_act(act=act, by=lending.village.auditor).entry is not None


def test_an_act_whose_loan_has_moved_since_is_not_posted(lending: Acting) -> None:
    loan = lending.lend()
    act = lending.ask(Kind.WRITE_OFF, loan)
    assert [each.satang for each in waiting_acts(lending.group, lending.village.auditor)] == [12_000_00]
    lending.repay(loan, NOV_22, interest=100_00)
    with pytest.raises(LoanMoved):
        approve_act(act=act, by=lending.village.auditor)
    cancel_act(act=act, by=lending.village.treasurer)
    assert waiting_acts(lending.group, lending.village.auditor) == []
    assert lending.found() == []


def test_the_second_officer_signs_at_the_same_laptop_exactly_what_is_shown(lending: Acting) -> None:
    loan = lending.lend()
    act = ask_signature(act=lending.ask(Kind.WRITE_OFF, loan))
    with pytest.raises(cosign.SignatureMissing):
        approve_signed_act(act=act)
    assert act.signature is not None
    cosign.sign(signature=act.signature, username="wichai", password=PASSWORD, address="127.0.0.1")
    posted = approve_signed_act(act=act)
    assert posted.approved_by == lending.village.auditor
    assert approve_signed_act(act=act).entry == posted.entry


def test_what_guarantors_paid_is_their_claim_on_the_borrower(lending: Acting) -> None:
    loan = lending.lend()
    lending.repay(loan, NOV_22, principal=1_000_00, interest=360_00, payer=lending["Boonmee"], kind="guarantor")
    assert paid_by_guarantors(loan) == [(lending["Boonmee"], 1_360_00)]
    assert balances(lending.group, "O1300")[loan.number] == 11_000_00
