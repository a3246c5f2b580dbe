"""The bank's own rows: the register, money moved there, a typed month, its comparison with the ledger."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from funds.bank_errors import (
    AccountKnown,
    LineWrong,
    MatcherIsTreasurer,
    MatchSealed,
    MatchTaken,
    MatchUneven,
    MoneyStillThere,
    MonthStillRuns,
    MoveDone,
    MoveTaken,
    PageMissing,
    TypistIsTreasurer,
)
from funds.errors import InsufficientFunds, PeopleNotApart
from funds.journal import reverse_entry
from funds.models import BankAccount, BankLine, BankMatch, BankMove, BankPage, Reconciliation
from funds.reversal_errors import BankAccountClosed
from funds.selectors import bank_accounts, trial_balance
from funds.selectors.bank_book import changes_since, compare, proposals
from funds.selectors.bank_confirmation import bank_confirmation
from funds.selectors.pools import figure_postings, figure_sum, pool_flows
from funds.services.bank_accounts import AccountInput, change_account, close_account, register_account
from funds.services.bank_matches import ask_to_reconcile, finish_reconciliation, match, note_earlier, unmatch
from funds.services.bank_moves import MoveInput, approve_move, request_move
from funds.services.bank_pages import finish_page, save_draft, set_page_aside
from members import cosign
from members.models import Office
from tests.funds.conftest import Books, make_group
from tests.funds.ledger import assert_entry, assert_ledger_row
from tests.village import TestVillage

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)
BOOK = AccountInput(
    "ธ.ก.ส.", "012-3-45678-9", "กลุ่มออมทรัพย์บ้านหนอง", False, True, True, JANUARY, promptpay_id="0812345678"
)
NOON = time_machine.travel("2026-02-20T12:00:00+07:00", tick=False)


@dataclass
class Bank:
    """A group with 1,000 + 100 baht in one account, and officers who are four people."""

    books: Books
    account: BankAccount
    village: TestVillage

    @property
    def group(self) -> Any:
        return self.books.group

    def carry(self, satang: int = 300_00, **how: Any) -> BankMove:
        move = MoveInput(**{
            "kind": "bank_carry", "pool": "O", "satang": satang, "moved_on": date(2026, 1, 20), "slip_ref": "S-777",
            "target": self.account, **how,
        })  # fmt: skip
        return request_move(group=self.group, by=self.village.treasurer, move=move, operation=uuid.uuid4())

    def type(self, month: date, opening: str, *rows: tuple[str, str, str, str, str]) -> BankPage:
        cells = [dict(zip(("on", "words", "in", "out", "balance"), row, strict=True)) for row in rows]
        by = self.village.secretary
        save_draft(account=self.account, month=month, by=by, opening=opening, rows=cells)
        return finish_page(account=self.account, month=month, by=by)

    def sign(self, month: date = JANUARY) -> Reconciliation:
        signature = ask_to_reconcile(account=self.account, month=month, by=self.village.secretary)
        cosign.sign_as(signature=signature, user=self.village.auditor)
        return finish_reconciliation(account=self.account, month=month, by=self.village.secretary)


@pytest.fixture
def bank(village: TestVillage) -> Any:
    with NOON:
        group = make_group("ban-bank")
        for role, user in (
            ("treasurer", village.treasurer), ("secretary", village.secretary), ("audit", village.auditor),
        ):  # fmt: skip
            Office.objects.create(group=group, role=role, user=user, starts_on=JANUARY)
        books = Books(group)
        books.open(lines=books.lines(
            ("O1100", "", 500_00), ("O1200", BOOK.number, 1000_00), ("O3100", "", -1500_00),
            ("A1200", BOOK.number, 100_00), ("A3100", "", -100_00),
        ))  # fmt: skip
        account = register_account(group=group, by=village.secretary, account=BOOK)
        yield Bank(books, account, village)


def test_the_register_and_holders_of_the_ledger_stand_in_one_list(bank: Bank) -> None:
    bank.books.post("income", ("O1200", "other", 5_00), ("O4300", "", -5_00))
    assert [(each.holder, each.satang) for each in bank_accounts(bank.group)] == [
        (BOOK.number, 1100_00),
        ("other", 5_00),
    ]


def test_an_account_is_registered_once_and_a_change_keeps_what_stood_before(bank: Bank) -> None:
    with pytest.raises(AccountKnown):
        register_account(group=bank.group, by=bank.village.secretary, account=BOOK)
    other = AccountInput(**{**vars(BOOK), "promptpay_id": "0898765432"})
    change_account(account=bank.account, by=bank.village.secretary, to=other)
    assert bank.account.changes.get().changed == {"promptpay_id": ["0812345678", "0898765432"]}


def test_an_account_with_money_is_not_closed(bank: Bank) -> None:
    with pytest.raises(MoneyStillThere):
        close_account(account=bank.account, by=bank.village.secretary, on=FEBRUARY)


def test_money_goes_to_the_bank_by_two_people_once(bank: Bank) -> None:
    move = bank.carry()
    with pytest.raises(PeopleNotApart):
        approve_move(move=move, by=bank.village.treasurer)
    entry = approve_move(move=move, by=bank.village.auditor).entry
    assert entry is not None
    assert_entry(entry, debits=[("O1200", BOOK.number, 300_00)], credits=[("O1100", 300_00)])
    assert_ledger_row("money of a pool is brought to the bank between meetings", entry)
    with pytest.raises(MoveDone):
        approve_move(move=move, by=bank.village.auditor)


def test_what_waits_is_held_and_an_operation_means_one_move(bank: Bank) -> None:
    first = bank.carry(400_00)
    with pytest.raises(InsufficientFunds):
        bank.carry(200_00)
    other = MoveInput("bank_carry", "O", 1_00, date(2026, 1, 20), "S", target=bank.account)
    with pytest.raises(MoveTaken):
        request_move(group=bank.group, by=bank.village.treasurer, move=other, operation=first.operation)


def test_the_treasurer_does_not_type_the_bank_book_nor_by_going_past_the_program(bank: Bank) -> None:
    with pytest.raises(TypistIsTreasurer):
        save_draft(account=bank.account, month=JANUARY, by=bank.village.treasurer, opening="1", rows=[])
    with pytest.raises(IntegrityError), transaction.atomic():
        BankPage.objects.create(
            group=bank.group, account=bank.account, month=JANUARY, typed_by=bank.village.treasurer,
            typed_on=date(2026, 2, 20), typed_at="2026-02-20T12:00+07:00",
        )  # fmt: skip


def test_the_line_that_does_not_add_up_is_named(bank: Bank) -> None:
    with pytest.raises(LineWrong) as refusal:
        bank.type(JANUARY, "1,100", ("5", "ฝาก", "10", "", "1110"), ("6", "ถอน", "", "20", "1100"))
    assert "1,090.00" in str(refusal.value.message)
    assert BankPage.objects.get().draft["rows"][1]["balance"] == "1100"
    assert not BankLine.objects.exists()


def test_months_follow_one_another_and_a_wrong_one_is_set_aside(bank: Bank) -> None:
    page = bank.type(JANUARY, "1,100", ("20", "ฝาก S-777", "300", "", "1400"))
    with pytest.raises(PageMissing):
        bank.type(date(2025, 12, 1), "1")
    fresh = set_page_aside(page=page, by=bank.village.secretary)
    assert fresh.draft == page.draft
    assert compare(bank.account, JANUARY) is None


def test_one_line_may_be_postings_of_both_pools_and_is_matched_once(bank: Bank) -> None:
    bank.books.post(
        "receipt", ("O1200", BOOK.number, 200_00), ("O2100", "0001", -200_00), ("A1200", BOOK.number, 30_00),
        ("A4100", "", -30_00),
    )  # fmt: skip
    bank.type(JANUARY, "1,100", ("5", "โอน", "230", "", "1330"))
    found = compare(bank.account, JANUARY)
    assert found is not None
    [proposal] = proposals(found)
    keys = [posting.key for posting in proposal.postings]
    assert len(keys) == 2
    lines = [line.pk for line in proposal.lines]
    with pytest.raises(MatchUneven):
        match(account=bank.account, by=bank.village.chair, lines=lines, postings=keys[:1])
    match(account=bank.account, by=bank.village.chair, lines=lines, postings=keys)
    with pytest.raises(MatchTaken):
        match(account=bank.account, by=bank.village.secretary, lines=lines, postings=keys)


def test_open_items_explain_the_difference_and_a_signed_month_stays(bank: Bank) -> None:
    approve_move(move=bank.carry(), by=bank.village.auditor)
    bank.books.post("income", ("O1200", BOOK.number, 7_00), ("O4300", "", -7_00), on=date(2026, 1, 31))
    bank.type(JANUARY, "1,100", ("21", "ฝาก S-777", "300", "", "1400"), ("25", "ค่าธรรมเนียม", "", "2", "1398"))
    found = compare(bank.account, JANUARY)
    assert found is not None
    [proposal] = proposals(found)
    assert proposal.by_slip
    made = match(
        account=bank.account, by=bank.village.chair, lines=[proposal.lines[0].pk], postings=[proposal.postings[0].key]
    )
    done = bank.sign()
    assert (done.book_satang, done.ledger_satang) == (1398_00, 1407_00)
    assert (done.open_lines_satang, done.open_postings_satang, done.beginning_satang) == (-2_00, 7_00, 0)
    assert_ledger_row("bank book and ledger of a month are compared and signed", done.entry)
    with pytest.raises(MatchSealed):
        unmatch(found=made, by=bank.village.secretary)
    changes = (made.delete, lambda: Reconciliation.objects.update(book_satang=1))
    for change in changes:
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_what_is_recorded_later_into_a_signed_month_is_shown_as_a_change(bank: Bank) -> None:
    bank.type(JANUARY, "1,100")
    done = bank.sign()
    late = bank.books.post("income", ("O1200", BOOK.number, 7_00), ("O4300", "", -7_00), on=date(2026, 1, 31))
    assert [item.n for item in changes_since(done)] == [late.n]


def test_days_without_confirmation_are_counted_from_the_last_signature(
    bank: Bank, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(3):
        before = bank_confirmation(bank.group)
    assert before is not None
    assert (before.days, before.is_late, before.through) == (50, True, None)
    bank.type(JANUARY, "1,100")
    bank.sign()
    after = bank_confirmation(bank.group, date(2026, 3, 1))
    assert after is not None
    assert (after.days, after.is_late, after.through) == (9, False, date(2026, 1, 31))


@pytest.mark.parametrize("unit", ["O", "A"])
@pytest.mark.parametrize("since", [None, date(2026, 1, 10)])
def test_where_a_pool_came_from_and_went_is_what_the_trial_balance_says_it_holds(
    bank: Bank, unit: str, since: Any
) -> None:
    bank.books.receive(200_00)
    bank.books.pay_back(50_00, on=date(2026, 1, 12))
    bank.books.post(
        "expense", ("A5100", "", 10_00), ("A1200", BOOK.number, -10_00), on=date(2026, 1, 12), ok=["wichai"]
    )
    flows = pool_flows(bank.group, unit, since=since, until=date(2026, 2, 20))
    held = sum(line.balance for line in trial_balance(bank.group) if line.code[:2] == f"{unit}1")
    assert flows.now_satang == held == flows.brought + flows.came_satang - flows.went_satang
    for side, found in (("came", flows.came), ("went", flows.went)):
        for flow in found:
            rows = figure_postings(bank.group, unit, side=side, code=flow.code, since=since, until=date(2026, 2, 20))
            assert figure_sum(rows, side) == flow.satang


def test_a_reversal_gives_the_bank_books_line_free_until_its_month_is_signed(bank: Bank) -> None:
    row = approve_move(move=bank.carry(), by=bank.village.auditor)
    assert row.entry is not None
    bank.type(JANUARY, "1,100", ("2026-01-20", "ฝาก", "300", "", "1,400"))
    line = BankLine.objects.get(page__account=bank.account, words="ฝาก")
    posting = row.entry.postings.get(account__code="O1200")
    match(account=bank.account, by=bank.village.secretary, lines=[line.pk], postings=[(row.entry.pk, posting.line)])
    how: dict[str, Any] = {"by": bank.village.treasurer, "ok": [bank.village.auditor], "reason": "ลงซ้ำ"}
    reversal = reverse_entry(entry=row.entry, operation=uuid.uuid4(), **how)
    [pair] = BankMatch.objects.filter(account=bank.account)
    assert not pair.lines.exists()
    assert {each.entry_id for each in pair.postings.all()} == {row.entry.pk, reversal.pk}
    found = compare(bank.account, JANUARY)
    assert found is not None
    assert [item.line.pk for item in found.lines] == [line.pk]
    assert found.explained == found.difference


def test_what_a_signed_month_rests_on_stays_matched_when_the_entry_is_reversed(bank: Bank) -> None:
    row = approve_move(move=bank.carry(), by=bank.village.auditor)
    assert row.entry is not None
    bank.type(JANUARY, "1,100", ("2026-01-20", "ฝาก", "300", "", "1,400"))
    line = BankLine.objects.get(page__account=bank.account, words="ฝาก")
    posting = row.entry.postings.get(account__code="O1200")
    match(account=bank.account, by=bank.village.secretary, lines=[line.pk], postings=[(row.entry.pk, posting.line)])
    bank.sign()
    how: dict[str, Any] = {"by": bank.village.treasurer, "ok": [bank.village.auditor], "reason": "ลงซ้ำ"}
    reverse_entry(entry=row.entry, operation=uuid.uuid4(), **how)
    [kept] = BankMatch.objects.filter(account=bank.account)
    assert kept.lines.get().line == line


def test_what_went_through_a_closed_bank_account_is_not_reversed(bank: Bank) -> None:
    row = approve_move(move=bank.carry(), by=bank.village.auditor)
    assert row.entry is not None
    BankAccount.objects.filter(pk=bank.account.pk).update(closed_on=date(2026, 2, 1))
    with pytest.raises(BankAccountClosed):
        reverse_entry(
            entry=row.entry, operation=uuid.uuid4(), by=bank.village.treasurer, ok=[bank.village.auditor], reason="ซ้ำ"
        )


def test_a_month_is_finished_only_when_it_has_ended(bank: Bank) -> None:
    bank.type(JANUARY, "1,100")
    with pytest.raises(MonthStillRuns):
        bank.type(FEBRUARY, "1,100")
    assert BankPage.objects.get(month=FEBRUARY).is_draft
    with time_machine.travel("2026-03-01T00:30:00+07:00", tick=False):
        assert finish_page(account=bank.account, month=FEBRUARY, by=bank.village.secretary).state == "typed"


def test_the_treasurer_neither_matches_nor_asks_for_the_signature(bank: Bank) -> None:
    bank.type(JANUARY, "1,100", ("2026-01-20", "ฝาก", "300", "", "1,400"), ("2026-01-21", "แก้", "", "300", "1,100"))
    lines = list(BankLine.objects.values_list("pk", flat=True))
    how: dict[str, Any] = {"account": bank.account, "by": bank.village.treasurer}
    with pytest.raises(MatcherIsTreasurer):
        match(lines=lines, postings=[], **how)
    with pytest.raises(MatcherIsTreasurer):
        note_earlier(postings=[], **how)
    with pytest.raises(MatcherIsTreasurer):
        ask_to_reconcile(month=JANUARY, **how)
    made = match(account=bank.account, by=bank.village.secretary, lines=lines, postings=[])
    with pytest.raises(MatcherIsTreasurer):
        unmatch(found=made, by=bank.village.treasurer)
