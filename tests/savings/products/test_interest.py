"""Interest of a product: previewed, asked for, approved by another, credited once as one entry."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection

from funds.models import Entry
from members.cosign import SignerIsAsker
from savings.checks import check_interest, check_products
from savings.errors import (
    BooksMoved,
    InterestWaits,
    NothingToCredit,
    PeriodNotOver,
    RequestDone,
    TermsBackdated,
)
from savings.guards import GUARDS
from savings.models import InterestLine, InterestRun, ProductTerms, SpecialBook
from savings.selectors.products import next_preview, run_preview
from savings.services import open_special_book
from savings.services.products import (
    approve_interest,
    cancel_interest,
    open_product,
    request_interest,
    set_terms,
)
from tests.funds.ledger import assert_entry, assert_ledger_row
from tests.savings.products.conftest import JANUARY, JULY, ask, decide, terms


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
