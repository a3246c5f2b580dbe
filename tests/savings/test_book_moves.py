"""A book goes over to another product by a resolution, between interest periods only."""

from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from funds.journal import reverse_entry
from members.models import Resolution
from savings.errors import InterestWaits, NotBetweenPeriods
from savings.models import BookMove, InterestRun, SpecialBook
from savings.selectors.products import next_preview, preview, product_totals
from savings.selectors.to_the_day import interest_to_the_day
from savings.services.book_moves import move_book
from savings.services.products import approve_interest, cancel_interest
from tests.savings.asked import interest_of_june, product_of


@pytest.fixture(autouse=True)
def _in_july():
    with time_machine.travel("2026-07-10 12:00+07:00", tick=False):
        yield


@pytest.fixture
def run(savers):
    """Half a year's interest of the first product waits."""
    return interest_of_june(savers, "Prani")


@pytest.fixture
def credited(savers, run):
    """It is credited up to June; beside it stands a product at 6 per cent from July on."""
    approve_interest(run=run, by=savers.village.auditor)
    dear = product_of(savers, "รับฝาก", rate=6_00)
    dear.terms.update(valid_from=date(2026, 7, 1))
    return run.product, dear


def move(savers, product):
    return move_book(
        book=SpecialBook.objects.select_related("group").get(),
        product=product,
        resolution=Resolution.objects.filter(group=savers.group).last(),
        by=savers.village.chair,
    )


def test_from_the_move_on_the_book_earns_by_the_other_product_alone(savers, credited):
    plain, dear = credited
    for _click in range(2):
        assert move(savers, dear).product == dear
    assert BookMove.objects.get().starts_on == date(2026, 7, 1)
    assert next_preview(plain).books == ()
    earned = next_preview(dear)
    assert (earned.starts_on, earned.total) == (date(2026, 7, 1), 304_50)
    totals = product_totals(savers.group)
    assert plain.pk not in totals
    assert (totals[dear.pk].books, totals[dear.pk].satang) == (1, 10_150_00)


def test_a_book_does_not_move_within_a_period_of_either_product(savers, credited):
    plain, dear = credited
    dear.terms.update(valid_from=date(2026, 1, 1))
    with pytest.raises(NotBetweenPeriods) as refused:
        move(savers, dear)
    assert "2569" in refused.value.message
    assert SpecialBook.objects.get().product == plain


def test_a_book_does_not_move_while_interest_waits(savers, run):
    other = product_of(savers, "รับฝาก")
    with pytest.raises(InterestWaits):
        move(savers, other)
    cancel_interest(run=run, by=savers.village.treasurer)
    assert move(savers, other).product == other


def test_interest_of_a_period_before_the_move_is_still_the_former_products(savers, credited):
    plain, dear = credited
    move(savers, dear)
    entry = InterestRun.objects.get().entry
    reverse_entry(
        entry=entry, by=savers.village.treasurer, ok=[savers.village.auditor], operation=uuid4(), reason="ผิดงวด"
    )
    again = next_preview(plain)
    assert (again.starts_on, again.total) == (date(2026, 1, 1), 150_00)
    assert preview(dear, date(2026, 1, 1), date(2026, 6, 30)).books == ()


def test_the_database_keeps_a_move_to_another_product_from_a_first(savers, credited):
    move(savers, credited[1])
    row = BookMove.objects.get()
    for wrong in ({"starts_on": date(2026, 7, 2)}, {"from_product": row.to_product}):
        with pytest.raises(IntegrityError), transaction.atomic():
            BookMove.objects.update(**wrong)


def test_the_chair_moves_a_book_in_the_browser(savers, credited, client):
    book, dear = SpecialBook.objects.get(), credited[1]
    url = reverse("savings:book-product", args=[savers.group.code, book.pk])
    client.force_login(savers.village.treasurer)
    assert client.get(url).status_code == 404
    client.force_login(savers.village.chair)
    assert client.get(url).status_code == 200
    typed = {"product": str(dear.pk), "resolution": str(Resolution.objects.filter(group=savers.group).last().pk)}
    assert client.post(url, typed | {"product": str(credited[0].pk)}).context["form"].errors["product"]
    assert client.post(url, typed)["Location"] == reverse("savings:product", args=[savers.group.code, dear.pk])
    assert SpecialBook.objects.get().product == dear
    assert dear.name in client.get(url).content.decode()
    listed = client.get(reverse("savings:products", args=[savers.group.code]))
    assert listed.context["total"] == 10_150_00


def test_interest_to_the_day_reads_the_product_of_its_time(savers, credited):
    _plain, dear = credited
    move(savers, dear)
    book = SpecialBook.objects.select_related("group").get()
    assert interest_to_the_day(book, date(2026, 7, 10)).satang == 0
    savers.void(InterestRun.objects.get().entry)
    assert interest_to_the_day(book, date(2026, 7, 10)).satang == 150_00
    assert interest_to_the_day(book, date(2026, 8, 1)).satang == 150_00 + 50_00
    assert interest_to_the_day(book, date(2026, 6, 30)).satang == 125_00
