"""Products with dated terms; interest credited once a period, by two, as one entry; withdrawals by the terms."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from funds import selectors as books
from funds.accounts import account_for
from funds.errors import PeopleNotApart
from funds.models import Entry, Hold
from funds.money_errors import CashBusy
from funds.services import place_hold
from members.cosign import SignerIsAsker
from members.services import record_resolution
from savings.checks import check_interest, check_products
from savings.errors import (
    BooksMoved,
    InterestWaits,
    MinimumStays,
    NotEnoughFree,
    NothingToCredit,
    NoticeNotOver,
    PeriodNotOver,
    RequestDone,
    TermsBackdated,
    WithdrawalsUsed,
)
from savings.guards import GUARDS
from savings.models import InterestLine, InterestRun, ProductTerms, SpecialBook, SpecialProduct, Withdrawal
from savings.selectors.products import next_preview, run_preview
from savings.services import open_special_book
from savings.services.products import (
    TermsInput,
    approve_interest,
    cancel_interest,
    open_product,
    request_interest,
    set_terms,
)
from savings.services.withdrawals import (
    WithdrawalInput,
    approve_withdrawal,
    cancel_withdrawal,
    request_withdrawal,
)
from tests.funds.ledger import assert_entry, assert_ledger_row
from tests.meetings.evening import Evening

JANUARY, JULY = date(2026, 1, 1), date(2026, 7, 1)
TODAY = date(2026, 7, 10)


@pytest.fixture(autouse=True)
def _in_july():
    with time_machine.travel("2026-07-10 12:00+07:00", tick=False):
        yield


def terms(**fields):
    return TermsInput(**{"valid_from": JANUARY, "rate": 3_00, "method": "monthly", "first_credit_month": 6,
                         "second_credit_month": 12, **fields})  # fmt: skip


def decide(savers, number="9/2569"):
    return record_resolution(
        group=savers.group, number=number, decided_on=date(2026, 1, 1), subject="ดอกเบี้ย", by=savers.village.secretary
    )


def offer(savers, **fields):
    chair = savers.village.chair
    return open_product(group=savers.group, name="สัจจะพิเศษ", terms=terms(**fields), resolution=decide(savers), by=chair)


@pytest.fixture
def saved(savers):
    """Prani has 10,000 baht since New Year, Kasem 1,000 since 1 March, of one product."""
    for name in ("Prani", "Kasem"):
        open_special_book(member=savers[name], by=None)
    savers.pay("Prani", date(2026, 1, 1), special=10_000_00)
    savers.pay("Kasem", date(2026, 3, 1), special=1_000_00)
    savers.product = offer(savers)
    return savers


def ask(savers, by=None, **fields):
    found = next_preview(savers.product)
    values = {"starts_on": found.starts_on, "ends_on": found.ends_on, "fingerprint": found.fingerprint, **fields}
    return request_interest(
        product=savers.product, by=by or savers.village.treasurer, **{"operation": uuid4(), **values}
    )


def take(savers, satang, name="Prani", by=None, operation=None, **fields):
    book = SpecialBook.objects.select_related("member", "group").get(member=savers[name])
    return request_withdrawal(
        book=book,
        withdrawal=WithdrawalInput(satang=satang, **fields),
        operation=operation or uuid4(),
        by=by or savers.village.treasurer,
    )


def test_the_first_product_takes_the_books_that_have_none_and_new_books_are_of_it(saved):
    assert set(SpecialBook.objects.values_list("product__name", flat=True)) == {"สัจจะพิเศษ"}
    assert open_special_book(member=saved["Noi"], by=None).product == saved.product


def test_terms_follow_each_other_and_the_same_again_is_what_stands(saved):
    resolution = ProductTerms.objects.get().resolution
    again = set_terms(product=saved.product, terms=terms(), resolution=resolution, by=saved.village.chair)
    assert again == ProductTerms.objects.get()
    with pytest.raises(TermsBackdated):
        set_terms(product=saved.product, terms=terms(rate=4_00), resolution=resolution, by=saved.village.chair)
    set_terms(
        product=saved.product,
        terms=terms(rate=4_00, valid_from=JULY),
        resolution=resolution,
        by=saved.village.chair,
    )
    assert ProductTerms.objects.count() == 2


def test_a_preview_shows_each_book_and_the_crediting_posts_it_as_one_entry(saved):
    found = next_preview(saved.product)
    assert (found.starts_on, found.ends_on) == (JANUARY, date(2026, 6, 30))
    assert [each.satang for each in found.books] == [150_00, 10_00]
    run = approve_interest(run=ask(saved), by=saved.village.auditor)
    assert_entry(
        run.entry,
        debits=[("O5200", 160_00)],
        credits=[
            ("O2200", f"{saved[name].holder}-1", satang) for name, satang in (("Prani", 150_00), ("Kasem", 10_00))
        ],
    )
    assert_ledger_row("a product's interest for a period, all books in one entry", run.entry)
    assert run.entry.booked_on == date(2026, 6, 30)
    assert list(InterestLine.objects.values_list("satang", flat=True)) == [150_00, 10_00]
    assert next_preview(saved.product).starts_on == JULY
    assert [each.satang for each in run_preview(run).books] == [150_00, 10_00]
    assert list(check_interest(saved.group)) == list(check_products(saved.group)) == []


def test_interest_is_asked_for_once_a_period_and_again_after_cancelling_or_reversing(saved):
    run = ask(saved)
    with pytest.raises(InterestWaits):
        ask(saved)
    cancel_interest(run=run, by=saved.village.treasurer)
    with pytest.raises(RequestDone):
        approve_interest(run=run, by=saved.village.auditor)
    posted = approve_interest(run=ask(saved), by=saved.village.auditor)
    with pytest.raises(InterestWaits):
        request_interest(
            product=saved.product,
            starts_on=JANUARY,
            ends_on=date(2026, 6, 30),
            fingerprint=next_preview_of(saved).fingerprint,
            operation=uuid4(),
            by=saved.village.treasurer,
        )
    saved.void(posted.entry)
    again = ask(saved)
    assert again.starts_on == JANUARY
    approve_interest(run=again, by=saved.village.auditor)
    posted.refresh_from_db()
    assert posted.voided_at is not None


def next_preview_of(saved):
    from savings.selectors.products import preview

    return preview(saved.product, JANUARY, date(2026, 6, 30))


def test_the_asker_cannot_approve_and_two_clicks_are_one_entry(saved):
    operation = uuid4()
    run = ask(saved, operation=operation)
    assert ask(saved, operation=operation) == run
    with pytest.raises(SignerIsAsker):
        approve_interest(run=run, by=saved.village.treasurer)
    first = approve_interest(run=run, by=saved.village.auditor)
    assert approve_interest(run=run, by=saved.village.auditor).entry == first.entry
    assert Entry.objects.filter(kind="special_interest").count() == 1


def test_books_that_moved_since_the_preview_are_refused(saved):
    found = next_preview(saved.product)
    run = ask(saved)
    saved.pay("Kasem", date(2026, 6, 2), special=100_00)
    saved.pay("Prani", date(2026, 6, 1), special=100_00)
    with pytest.raises(BooksMoved):
        approve_interest(run=run, by=saved.village.auditor)
    cancel_interest(run=run, by=saved.village.treasurer)
    with pytest.raises(BooksMoved):
        ask(saved, fingerprint=found.fingerprint)
    assert not InterestLine.objects.exists()


def test_a_crediting_that_breaks_off_leaves_nothing(saved, monkeypatch):
    run = ask(saved)

    def break_off(*args, **kwargs):
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(InterestLine.objects, "bulk_create", break_off)
        with pytest.raises(RuntimeError):
            approve_interest(run=run, by=saved.village.auditor)
    assert not Entry.objects.filter(kind="special_interest").exists()
    approve_interest(run=InterestRun.objects.get(pk=run.pk), by=saved.village.auditor)


def test_a_period_that_is_not_over_or_without_interest_is_refused(saved):
    approve_interest(run=ask(saved), by=saved.village.auditor)
    with pytest.raises(PeriodNotOver):
        ask(saved)
    empty = open_product(
        group=saved.group, name="เงินรับฝาก", terms=terms(), resolution=decide(saved, "8/2569"), by=saved.village.chair
    )
    assert not empty.is_default
    saved.product = empty
    with pytest.raises(NothingToCredit):
        ask(saved)


def test_the_checks_name_interest_that_does_not_come_out(saved):
    approve_interest(run=ask(saved), by=saved.village.auditor)
    GUARDS.drop(connection)
    InterestLine.objects.filter(satang=10_00).update(satang=11_00)
    assert [rule for rule, *_rest in check_interest(saved.group)] == ["interest", "interest"]
    run = InterestRun.objects.get()
    ProductTerms.objects.update(valid_from=JULY)
    assert "product-terms" in {rule for rule, *_rest in check_products(saved.group)}
    assert run.entry is not None


def test_a_withdrawal_is_held_approved_by_another_and_paid_once(saved):
    row = take(saved, 500_00)
    account = account_for(saved.group, "O2200", row.book.number)
    assert books.available(account) == 9_500_00
    with pytest.raises(SignerIsAsker):
        approve_withdrawal(withdrawal=row, by=saved.village.treasurer)
    paid = approve_withdrawal(withdrawal=row, by=saved.village.auditor)
    assert approve_withdrawal(withdrawal=row, by=saved.village.auditor).entry == paid.entry
    assert_entry(paid.entry, debits=[("O2200", row.book.number, 500_00)], credits=[("O1100", 500_00)])
    assert_ledger_row("special savings paid out in cash beside the meeting", paid.entry)
    assert not Hold.objects.filter(released_at__isnull=True).exists()
    with pytest.raises(RequestDone):
        cancel_withdrawal(withdrawal=row, by=saved.village.treasurer)


def test_a_cancelled_withdrawal_frees_its_money(saved):
    row = take(saved, 500_00)
    cancel_withdrawal(withdrawal=row, by=saved.village.treasurer)
    with pytest.raises(RequestDone):
        approve_withdrawal(withdrawal=row, by=saved.village.auditor)
    take(saved, 10_000_00)


def test_what_is_held_cannot_leave(saved):
    account = account_for(saved.group, "O2200", f"{saved['Prani'].holder}-1")
    place_hold(account=account, satang=9_900_00, reason="loan", by=saved.village.treasurer)
    with pytest.raises(NotEnoughFree):
        take(saved, 200_00)
    take(saved, 100_00)


def test_the_terms_bind_lowest_balance_number_and_notice(savers):
    open_special_book(member=savers["Prani"], by=None)
    savers.pay("Prani", date(2026, 1, 1), special=1_000_00)
    offer(savers, minimum=100_00, withdrawals_a_month=2, notice_days=7)
    with pytest.raises(MinimumStays) as refused:
        take(savers, 901_00)
    assert "900" in refused.value.message
    row = take(savers, 400_00)
    with pytest.raises(MinimumStays):
        take(savers, 501_00)
    take(savers, 10_00)
    with pytest.raises(WithdrawalsUsed):
        take(savers, 10_00)
    with pytest.raises(NoticeNotOver):
        approve_withdrawal(withdrawal=row, by=savers.village.auditor)
    with time_machine.travel("2026-07-17 12:00+07:00", tick=False):
        assert row.pay_from == TODAY + timedelta(days=7)
        approve_withdrawal(withdrawal=row, by=savers.village.auditor)
        evening = Evening(savers.village, held_on=date(2026, 7, 17))
        with pytest.raises(WithdrawalsUsed):
            evening.ask_payment(
                kind="withdrawal", satang=5_00, code="O2200", holder=row.book.number, member=savers["Prani"]
            )


def test_nobody_asks_for_or_approves_the_own_money(saved):
    with pytest.raises(PeopleNotApart):
        take(saved, 5_00, by=saved.village.users["Prani"])


def test_cash_waits_while_a_meeting_is_open_and_a_transfer_need_not(saved):
    cash = take(saved, 5_00)
    saved.pay("Kasem", date(2026, 7, 1), special=1_00)
    Evening(saved.village, held_on=TODAY)
    with pytest.raises(CashBusy):
        approve_withdrawal(withdrawal=cash, by=saved.village.auditor)


@pytest.mark.parametrize("wrong", [{"satang": 0}, {"way": "transfer"}, {"approved_at": "2026-07-10T00:00:00Z"}])
def test_the_database_itself_refuses_a_wrong_withdrawal(saved, wrong):
    row = take(saved, 5_00)
    with pytest.raises(IntegrityError), transaction.atomic():
        Withdrawal.objects.filter(pk=row.pk).update(**wrong)


def test_the_database_itself_keeps_one_crediting_a_period_and_two_people(saved):
    run = ask(saved)
    with pytest.raises(IntegrityError), transaction.atomic():
        InterestRun.objects.create(
            group=run.group, product=run.product, operation=uuid4(), starts_on=run.starts_on, ends_on=run.ends_on,
            credited_on=run.credited_on, total_satang=1, fingerprint="x", requested_by=run.requested_by,
            requested_at=run.requested_at,
        )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        InterestRun.objects.filter(pk=run.pk).update(approved_by=run.requested_by)
    with pytest.raises(IntegrityError), transaction.atomic():
        SpecialProduct.objects.create(
            group=saved.group, name="อีกประเภท", is_default=True, opened_by=saved.village.chair
        )
