"""Dividend and rebate paid: two people, neither of them the payee; each satang once; what is unpaid stays payable."""

from dataclasses import replace
from uuid import uuid4

import pytest

from funds.errors import InsufficientFunds, OperationReused
from funds.journal import reverse_entry
from loans.models import Repayment
from members.cosign import SignerIsAsker, SignerLacksRight
from membership.obstacles import obstacles_of
from savings.models import SpecialBook
from shareout.models import SharePayment
from shareout.policy import CUSTOMARY, Arrears, Leavers
from shareout.selectors.leaving import waiting_shares
from shareout.selectors.payments import unpaid_shares, waiting_lists, waiting_payments
from shareout.services.payments import approve_payments, cancel_payments
from shareout.share_out_errors import (
    LeaverHasNoBook,
    MoreThanUnpaid,
    NobodyChosen,
    NothingInArrears,
    OwnShare,
    PaymentDone,
    SetOffFirst,
    ShareOutStays,
    ShareWithheld,
    SlipMissing,
)
from tests.funds.ledger import assert_entry
from tests.shareout.sharing import FEBRUARY_20

pytestmark = pytest.mark.django_db
Way = SharePayment.Way


def test_a_list_is_asked_for_and_approved_at_once_with_an_entry_for_each_member(sharing):
    sharing.posted()
    rows = sharing.pay("Prani", "Kasem")
    entries = sharing.entries("share_payment")
    assert [row.entry for row in rows] == entries
    assert_entry(entries[0], debits=[("O2400", "0005", 333_33)], credits=[("O1100", 333_33)])
    assert_entry(entries[1], debits=[("O2400", "0008", 166_67)], credits=[("O1100", 166_67)])
    assert (entries[0].maker, entries[0].approvers) == (sharing.village.treasurer.code, [sharing.village.auditor.code])
    assert entries[0].booked_on == FEBRUARY_20
    assert sharing.unpaid() == {"0006": 100_00}
    assert sharing.found() == []


def test_the_same_list_asked_for_and_approved_twice_is_paid_once(sharing):
    sharing.posted()
    operation = uuid4()
    rows = sharing.ask("Prani", operation=operation)
    assert sharing.ask("Prani", operation=operation) == rows
    with pytest.raises(OperationReused):
        sharing.ask("Prani", operation=operation, way=Way.SAVINGS)
    for _each in range(2):
        approve_payments(payments=rows, by=sharing.village.auditor)
    with pytest.raises(PaymentDone):
        approve_payments(payments=rows, by=sharing.village.chair)
    assert len(sharing.entries("share_payment")) == 1


def test_what_waits_is_not_asked_for_again_and_nobody_gets_more_than_is_unpaid(sharing):
    sharing.posted()
    rows = sharing.ask("Prani", satang=300_00)
    with pytest.raises(MoreThanUnpaid, match=r"33\.33"):
        sharing.ask("Prani", satang=33_34)
    cancel_payments(payments=rows, by=sharing.village.treasurer)
    with pytest.raises(PaymentDone):
        approve_payments(payments=rows, by=sharing.village.auditor)
    sharing.pay("Prani")
    with pytest.raises(MoreThanUnpaid):
        sharing.ask("Prani")
    with pytest.raises(NobodyChosen):
        sharing.ask()


def test_nobody_asks_for_or_approves_the_own_share(sharing):
    sharing.save("Somporn", 1_000_00)
    sharing.save("Wichai", 1_000_00)
    sharing.posted()
    with pytest.raises(OwnShare, match="สมพร"):
        sharing.ask("Prani", "Somporn")
    rows = sharing.ask("Prani", "Wichai")
    for officer, refusal in (
        (sharing.village.treasurer, SignerIsAsker),
        (sharing.village.auditor, OwnShare),
        (sharing.village.user("Prani"), SignerLacksRight),
    ):
        with pytest.raises(refusal):
            approve_payments(payments=rows, by=officer)
    assert len(approve_payments(payments=rows, by=sharing.village.chair)) == 2


def test_by_transfer_the_slip_is_kept_and_the_bank_falls(sharing):
    sharing.posted()
    with pytest.raises(SlipMissing):
        sharing.ask("Prani", way=Way.TRANSFER)
    [row] = sharing.pay("Prani", way=Way.TRANSFER, slip_ref="S-9")
    assert_entry(row.entry, debits=[("O2400", "0005", 333_33)], credits=[("O1200", "", 333_33)])
    with pytest.raises(InsufficientFunds):
        sharing.pay("Kasem", way=Way.TRANSFER, slip_ref="S-10", bank_holder="012-3")
    assert sharing.unpaid()["0008"] == 166_67


def test_into_special_savings_goes_to_the_first_book_opened_where_there_is_none(sharing):
    sharing.posted()
    [row] = sharing.pay("Prani", way=Way.SAVINGS)
    assert SpecialBook.objects.get(member=sharing["Prani"]).number == "0005-1"
    assert_entry(row.entry, debits=[("O2400", "0005", 333_33)], credits=[("O2200", "0005-1", 333_33)])
    assert sharing.found() == []


def test_who_has_left_is_paid_but_not_into_savings(sharing):
    kasem = sharing["Kasem"]
    kasem.status, kasem.left_on = "resigned", sharing.year.ends_on
    kasem.save(update_fields=["status", "left_on"])
    sharing.posted(replace(CUSTOMARY, leavers=Leavers.INCLUDED))
    with pytest.raises(LeaverHasNoBook):
        sharing.ask("Kasem", way=Way.SAVINGS)
    assert sharing.pay("Kasem")[0].satang == 166_67


def test_a_set_off_pays_the_borrowers_loan_as_a_repayment_does(sharing):
    sharing.posted()
    [row] = sharing.pay("Somchai", way=Way.SET_OFF)
    [part] = Repayment.objects.filter(entry=row.entry)
    assert (part.loan, part.kind, part.payer) == (sharing.loan, "set_off", sharing["Somchai"])
    assert part.fine_satang + part.interest_satang + part.principal_satang == row.satang == 100_00
    assert_entry(row.entry, debits=[("O2400", "0006", 100_00)], credits=[("O4100", 100_00)])
    with pytest.raises(NothingInArrears):
        sharing.ask("Prani", way=Way.SET_OFF)
    assert sharing.found() == []


@pytest.mark.parametrize(("rule", "refusal"), [(Arrears.WITHHOLD, ShareWithheld), (Arrears.SET_OFF, SetOffFirst)])
def test_a_borrower_in_arrears_gets_nothing_out_where_the_meeting_says_so(sharing, rule, refusal):
    sharing.posted(replace(CUSTOMARY, arrears=rule))
    for way in (Way.CASH, Way.SAVINGS):
        with pytest.raises(refusal):
            sharing.ask("Somchai", "Prani", way=way)
    assert sharing.pay("Prani")
    assert sharing.pay("Somchai", way=Way.SET_OFF)


def test_a_borrower_in_arrears_is_paid_where_the_meeting_says_nothing(sharing):
    sharing.posted()
    assert sharing.pay("Somchai")[0].satang == 100_00


def test_unpaid_shares_stay_and_are_told_from_this_years(sharing):
    sharing.post("allotment", ("O3900", "", 5_00), ("O2400", "0005", -5_00), on=sharing.year.ends_on)
    sharing.post("prior_year", ("O1200", "", 5_00), ("O3900", "", -5_00), on=sharing.year.ends_on)
    done = sharing.posted()
    sharing.ask("Kasem", satang=66_67)
    shown = {row.member.number: row for row in unpaid_shares(sharing.group, officer=sharing.village.auditor, of=done)}
    assert [(row.unpaid, row.of_this, row.earlier) for row in shown.values()] == [
        (338_33, 333_33, 5_00), (100_00, 100_00, 0), (166_67, 166_67, 0),
    ]  # fmt: skip
    assert (shown[8].waiting, shown[8].free) == (66_67, 100_00)
    assert shown[6].overdue > 0
    assert not any(row.is_own for row in shown.values())


def test_a_waiting_list_is_one_thing_to_approve(sharing):
    sharing.posted()
    sharing.ask("Prani", "Kasem")
    sharing.ask("Somchai", way=Way.SAVINGS)
    assert [(len(each.rows), each.satang) for each in waiting_lists(sharing.group)] == [(2, 500_00), (1, 100_00)]
    assert [each.satang for each in waiting_payments(sharing.group, sharing.village.auditor)] == [500_00, 100_00]


def test_a_payment_may_be_reversed_and_is_payable_again_a_posted_share_out_not(sharing):
    done = sharing.posted()
    [row] = sharing.pay("Prani")
    people = {"by": sharing.village.treasurer, "ok": [sharing.village.auditor], "reason": "ผิดคน"}
    reverse_entry(entry=row.entry, operation=uuid4(), **people)
    assert sharing.unpaid()["0005"] == 333_33
    assert sharing.found() == []
    with pytest.raises(ShareOutStays):
        reverse_entry(entry=done.first_entry, operation=uuid4(), **people)


def test_a_special_book_pays_a_reversal_back_only_as_far_as_it_has_the_money(sharing):
    sharing.posted()
    [row] = sharing.pay("Prani", way=Way.SAVINGS)
    sharing.post("withdrawal", ("O2200", "0005-1", 300_00), ("O1100", "", -300_00), on=FEBRUARY_20)
    with pytest.raises(InsufficientFunds):
        reverse_entry(
            entry=row.entry, by=sharing.village.treasurer, ok=[sharing.village.auditor], operation=uuid4(), reason="ผิด"
        )


def test_a_share_that_waits_stands_in_the_way_of_leaving(sharing):
    sharing.posted()
    kasem, today = sharing["Kasem"], FEBRUARY_20
    assert waiting_shares(kasem, today, for_update=True) == []
    rows = sharing.ask("Prani", "Kasem")
    [found] = waiting_shares(kasem, today, for_update=True)
    assert found.satang == 166_67
    assert found in obstacles_of(kasem, today)
    cancel_payments(payments=rows, by=sharing.village.treasurer)
    assert waiting_shares(kasem, today, for_update=False) == []
