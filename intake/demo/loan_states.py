"""Today's committee and its desk in the demo: every state that an application or a loan can be in."""

from datetime import date
from uuid import uuid4

from funds.selectors.bank import bank_accounts
from intake.demo.history import Table
from intake.demo.loans import EMERGENCY, Lender
from loans.models import LoanAct
from loans.selectors.act_plans import ActAsked
from loans.selectors.due import loans_due
from loans.selectors.standings import live_loans
from loans.services.acts import approve_act, request_act
from loans.services.letters import note_sent, write_notices, write_reminder
from loans.services.payouts import PayoutInput, approve_payout, request_payout
from loans.services.queue import rank_application
from loans.services.receipts import LoanMoney, record_loan_receipt
from members.models import Member, Resolution
from thai.months import add_months

NOTICE_SENT = "EF 1234 5678 9 TH"
NEW_MONTHS = 6


def show_every_state(lender: Lender, today: date) -> None:
    """Today's committee and its desk: asked, ready, queued, refused, contracted, paid out, late, rescheduled, ended."""
    table = lender.table
    lender.apply(today, is_draft=True)
    lender.apply(today, is_ready=False)
    lender.apply(today)
    refused = lender.apply(today, product=EMERGENCY)
    if refused is not None:
        lender.decide([refused], today, refused="ขอให้ชำระเงินกู้นอกระบบรายเดิมก่อน")
    approved = [each for each in (lender.apply(today) for _count in range(4)) if each is not None]
    if approved:
        lender.decide(approved, today)
    contracts = [lender.contract(each, today) for each in approved[:2]]
    for rank, each in enumerate(approved[2:], 1):
        reason = "เงินไม่พอในเดือนนี้ ขอก่อนได้ก่อน"
        rank_application(application=each, rank=rank, reason=reason, by=table.officers["chair"])
    for loan in contracts[:1]:
        payout = PayoutInput(way="transfer", bank_holder=_bank(table), slip_ref=f"L{today:%y%m%d}")
        asked = request_payout(loan=loan, payout=payout, operation=uuid4(), by=table.treasurer)
        approve_payout(disbursement=asked, by=table.officers["audit"])
    _transfers(lender, today)
    _chase(lender, today)


def _bank(table: Table) -> str:
    return next((bank.holder for bank in bank_accounts(table.group) if bank.satang > 0), "")


def _transfers(lender: Lender, today: date) -> None:
    """Most borrowers send by transfer what fell due since the last meeting; one waits for tonight's."""
    table = lender.table
    silent = lender.defaulters | {lender.new_defaulter}
    due = {member: loans for member, loans in loans_due(table.group, today).items() if member not in silent}
    for member in Member.objects.filter(pk__in=due).order_by("number")[1:]:
        money = LoanMoney(
            payer=member,
            received_on=today,
            amounts={loan.loan_id: loan.due_satang for loan in due[member.pk] if loan.due_satang},
            way="transfer",
            bank_holder=_bank(table),
            slip_ref=f"R{today:%y%m%d}{member.number:04d}",
        )
        if money.satang:
            record_loan_receipt(group=table.group, money=money, operation=uuid4(), by=table.treasurer)


def _chase(lender: Lender, today: date) -> None:
    """Letters to whoever is late; one loan gets a new schedule, one is written off by the general meeting."""
    treasurer = lender.table.treasurer
    live = list(live_loans(lender.table.group).select_related("group", "member"))
    for loan in live:
        if loan.member_id == lender.new_defaulter:
            write_reminder(loan=loan, by=treasurer)
            for letter in write_notices(loan=loan, by=treasurer)[:1]:
                note_sent(letter=letter, sent_on=today, sent_ref=NOTICE_SENT, by=treasurer)
    late = [loan for loan in live if loan.member_id in lender.defaulters]
    for loan in late[:1]:
        asked = ActAsked(
            kind=LoanAct.Kind.RESCHEDULE,
            loan=loan,
            on=today,
            instalments=NEW_MONTHS,
            first_due_on=add_months(today, 1).replace(day=loan.first_due_on.day),
            agreed=frozenset(loan.guarantees.values_list("pk", flat=True)),
        )
        _act(lender, asked, lender.resolve("ปรับโครงสร้างหนี้", today), "ผลผลิตเสียหายจากน้ำท่วม")
    for loan in late[1:2]:
        asked = ActAsked(kind=LoanAct.Kind.WRITE_OFF, loan=loan, on=today)
        general = lender.resolve("ตัดหนี้สูญ", today, body=Resolution.Body.GENERAL)
        _act(lender, asked, general, "ผู้กู้ย้ายออกจากหมู่บ้าน ติดตามไม่ได้")


def _act(lender: Lender, asked: ActAsked, resolution: Resolution, reason: str) -> None:
    """Asked for by the treasurer, approved by the auditor."""
    table = lender.table
    act = request_act(
        group=table.group, asked=asked, reason=reason, resolution=resolution, operation=uuid4(), by=table.treasurer
    )
    approve_act(act=act, by=table.officers["audit"])
