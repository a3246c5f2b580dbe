"""Many groups: a month of a nation through one client, and the district's page over two thousand of them."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from bench import stage
from bench.browsing import fetch, signed_in
from bench.nation import GROUPS, PAYERS, month_of_nation, nation
from bench.table import Row, at_least, at_most, milliseconds, p95_ms, told, typical_ms
from bench.table import measurement as measured
from funds.models import Posting
from members.models import District
from members.services import appoint_district_officer
from oversight import selectors
from oversight.models import GroupFigures
from oversight.services import take_figures
from tests.village import make_user


@measured
def month_of_a_nation() -> Iterator[Row]:
    """Every group closes one meeting of a hundred deposits, one after the other through one client."""
    seconds, clock = month_of_nation()
    yield at_most(f"a month of a nation: {GROUPS:,} meetings x {PAYERS} deposits, one client", seconds, 30, "s")
    yield told("  by the clock, with every wait for the disk", clock, "s")


@measured
def district_report() -> Iterator[Row]:
    """The figures of a district of two thousand groups: from the copies, and from the postings themselves."""
    district = nation()[0].village.tambon.district
    taken = milliseconds(lambda: take_figures(groups=nation()))
    stage.analyse()
    yield told(f"the nightly copies of {GROUPS:,} groups", taken / 1000, "s")
    copies = typical_ms(partial(_read_copies, district))
    sums = typical_ms(partial(_sum_copies, district))
    raw = typical_ms(partial(_read_postings, district), times=5, warm_up=1)
    yield at_most(f"district figures over {GROUPS:,} groups, all totals and who has not met", copies, 5, "ms")
    yield at_least("  the sums from one month's postings, against the sums from the copies", raw / sums, 200, "x")
    officer = make_user("bench-district")
    appoint_district_officer(
        user=officer, district=district, starts_on=date(2020, 1, 1), by=stage.village().administrator
    )
    page = partial(fetch, signed_in(officer), reverse("oversight:home", args=[district.code]))
    yield at_most(f"the district's page, {GROUPS:,} groups, p95", p95_ms(page), 100, "ms")


def _read_copies(district: District) -> None:
    _sum_copies(district)
    selectors.longest_not_met(district=district, today=timezone.localdate())


def _sum_copies(district: District) -> None:
    selectors.totals(GroupFigures.objects.filter(district=district))


def _read_postings(district: District) -> None:
    of_district = Posting.objects.filter(group__village__tambon__district=district).order_by()
    list(of_district.values_list("group_id", "account__code").annotate(Sum("amount")))
