"""The year end: 500 members planned, explained, posted and paid; two thousand groups weighed and planned at once."""

import uuid
from collections.abc import Iterator
from datetime import date
from functools import cache, partial

from django.db import connection
from django.db.models import Sum
from django.urls import reverse

from bench import stage
from bench.browsing import PAGE_LIMIT, fetch, queries, signed_in
from bench.history import MEMBERS, Home, make_home
from bench.lending import lend_to
from bench.nation import DAY, GROUPS, PAYERS, year_of_nation
from bench.table import Row, at_most, milliseconds, p95_ms, told, typical_ms
from bench.table import measurement as measured
from funds.models import AccountYear, Posting
from funds.voucher_lines import Place
from members.models import Resolution
from members.services import record_resolution
from shareout.explanation import Explainer
from shareout.models import ShareOut
from shareout.plan import plan_share_out
from shareout.policy import CUSTOMARY
from shareout.selectors.explanation import export_of_share_out
from shareout.selectors.many_groups import customary_plans, raw_weights
from shareout.selectors.snapshot import snapshot_of
from shareout.services.policies import save_policy
from shareout.services.share_outs import adopt_share_out, approve_adoption
from shareout.services.share_posting import post_share_out

YEAR, MEETING_DAY = 2025, date(2026, 2, 14)
BORROWERS = {20: 5, MEMBERS: 150}
BANK = Place("transfer", "")


@cache
def year_to_share(members: int) -> tuple[Home, AccountYear]:
    """A group after a year: everyone has saved each month, some have paid interest on a loan; the year is closed."""
    home = make_home(f"bench-share-{members}", members=members, since=date(YEAR, 1, 1))
    cashier = stage.Cashier(home.group, members)
    for month in range(1, 13):
        cashier.meeting(date(YEAR, month, 5))
    lend_to(home.group, BORROWERS[members], on=date(YEAR, 7, 6), paid=5)
    stage.close_year(home.group, YEAR)
    stage.analyse()
    year = AccountYear.objects.get(group=home.group, year=YEAR + 543)
    year.group = home.group
    return home, year


@cache
def adopted(members: int) -> tuple[Home, ShareOut]:
    """Its share-out by the customary policy, adopted and approved."""
    home, year = year_to_share(members)
    policy = save_policy(year=year, name="แบบปกติ", policy=CUSTOMARY, by=home.treasurer)
    general = Resolution.Body.GENERAL
    resolution = record_resolution(
        group=home.group, number="G1", decided_on=MEETING_DAY, subject="จัดสรรกำไร", by=home.treasurer, body=general
    )
    made = adopt_share_out(
        policy=policy, held_on=MEETING_DAY, resolution=resolution, operation=uuid.uuid4(), by=home.treasurer
    )
    return home, approve_adoption(share_out=made, by=home.auditor)


@measured
def planned_and_explained() -> Iterator[Row]:
    """From the books to every member's explanation."""
    _home, year = year_to_share(MEMBERS)
    work = f"share-out of {MEMBERS} members read from the books, planned and explained to each"
    yield at_most(work, typical_ms(partial(_explain, year)), 100, "ms")
    taken = snapshot_of(year)
    yield told("  of it reading", typical_ms(partial(snapshot_of, year)), "ms")
    yield told("  of it planning", typical_ms(partial(plan_share_out, taken, CUSTOMARY)), "ms")


def _explain(year: AccountYear) -> None:
    Explainer(plan_share_out(snapshot_of(year), CUSTOMARY)).explain_all()


@measured
def posted_and_paid() -> Iterator[Row]:
    """The posting of an adopted share-out, committed; then the pages that people open."""
    small, small_row = adopted(20)
    post_share_out(share_out=small_row, by=small.treasurer, place=BANK)
    home, row = adopted(MEMBERS)
    seconds = milliseconds(partial(post_share_out, share_out=row, by=home.treasurer, place=BANK)) / 1000
    work = f"share-out of {MEMBERS} members posted, an entry for each"
    yield at_most(work, seconds, 1, "s") if connection.vendor == "postgresql" else told(work, seconds, "s")
    yield told("  its file for recomputing", typical_ms(partial(export_of_share_out, row)), "ms")
    stage.analyse()
    few = _pages(small, small_row)
    for name, (is_saver, address) in _pages(home, row).items():
        client = signed_in(home.saver if is_saver else home.treasurer)
        small_client = signed_in(small.saver if is_saver else small.treasurer)
        yield at_most(f"{name}, {MEMBERS} members, p95", p95_ms(partial(fetch, client, address)), PAGE_LIMIT, "ms")
        many, least = queries(client, address), queries(small_client, few[name][1])
        yield Row("  its queries, against a group of 20", f"{many} : {least}", "constant", many <= least)


def _pages(home: Home, row: ShareOut) -> dict[str, tuple[bool, str]]:
    """The pages after a posting, and whether a member opens them or an officer."""
    code, number = home.group.code, home.saver_number
    return {
        "the sheet of what is to be paid": (False, reverse("shareout:payments", args=[code, row.pk])),
        "the share-out": (False, reverse("shareout:share-out", args=[code, row.pk])),
        "a member's explanation": (False, reverse("shareout:explanation", args=[code, row.pk, number])),
        "the member's own dividend": (True, reverse("window:dividend", args=[code])),
    }


@measured
def a_nation_at_the_year_end() -> Iterator[Row]:
    """Every group's weights in one statement against one scan of the same table; then every group's plan."""
    year_of_nation()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0")  # a worker's time would not be counted
    years = AccountYear.objects.filter(group__code__startswith="nation-", year=DAY.year + 543)
    to_the_end = Posting.objects.filter(booked_on__lte=date(DAY.year, 12, 31))
    scan = min(milliseconds(lambda: to_the_end.aggregate(Sum("amount"))) for _ in range(5))
    weights = min(milliseconds(lambda: list(raw_weights(years, stage.FIRST_DAY))) for _ in range(5))
    yield told(f"one scan of {to_the_end.count():,} postings to the year's end, summed", scan / 1000, "s")
    work = f"weights of {GROUPS:,} groups x {PAYERS} members in one statement, against that scan"
    yield at_most(work, weights / scan, 3, "x")
    seconds = milliseconds(lambda: customary_plans(years)) / 1000
    yield at_most(f"the share-outs of {GROUPS:,} groups x {PAYERS} members planned", seconds, 10, "s")
