"""docs/LEDGER.md and the services of the share-out agree: each row is made by its service, each entry has its row."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from funds.models import Entry
from shareout.models import SharePayment
from shareout.policy import CUSTOMARY, Head, HeadShare
from shareout.services.share_posting import post_share_out
from tests.funds.ledger import assert_ledger_row, fits_row, ledger_rows, sides_of
from tests.shareout.sharing import BANK, Sharing

pytestmark = pytest.mark.django_db
Way = SharePayment.Way
OTHERS = (*CUSTOMARY.heads[:-2], HeadShare(Head.OTHER, 5_00, "โรงเรียน"), CUSTOMARY.heads[-1])
WITHOUT_PUBLIC = replace(CUSTOMARY, heads=OTHERS)


def made_by(sharing: Sharing, place, policy) -> Iterator[tuple[str, Entry]]:
    """Everything that a share-out posts, with its event."""
    way = "by the bank" if place is BANK else "in cash"
    post_share_out(
        share_out=sharing.adopted(policy), by=sharing.village.treasurer, **({"place": place} if place else {})
    )
    *others, administration = sharing.entries("allotment")
    for entry in others:
        yield "the general meeting divides the profit", entry
    yield f"the slice for administration changes its pool {way}", administration


def test_each_row_of_the_share_out_is_made_by_its_service(sharing):
    made: defaultdict[str, list[Entry]] = defaultdict(list)
    terms = sharing.product("เงินกู้ที่มีค่าปรับ", late_rate_bp=20)
    sharing.lend("Kasem", 60_00, terms=terms, on=date(2026, 8, 5), instalments=2, guarantors=("Malee",))
    for event, entry in made_by(sharing, BANK, CUSTOMARY):
        made[event].append(entry)
    ways = {
        "are paid in cash": ("Prani", {"satang": 100_00}),
        "are transferred": ("Prani", {"satang": 100_00, "way": Way.TRANSFER, "slip_ref": "S-1"}),
        "go into special savings": ("Prani", {"way": Way.SAVINGS}),
        "are set off against loans in arrears": ("Kasem", {"way": Way.SET_OFF}),
    }
    for words, (name, how) in ways.items():
        [row] = sharing.pay(name, **how)
        made[f"a member's dividend and rebate {words}"].append(row.entry)
    _hold_to_rows(sharing, made, but={"the slice for administration changes its pool in cash"}, unseen={"O3600"})


def test_the_slice_in_cash_and_another_fund_have_their_rows(sharing):
    made: defaultdict[str, list[Entry]] = defaultdict(list)
    for event, entry in made_by(sharing, None, WITHOUT_PUBLIC):
        made[event].append(entry)
    for event, entries in made.items():
        for entry in entries:
            assert_ledger_row(event, entry)
    assert "the slice for administration changes its pool in cash" in made
    assert any("O3600" in sides_of(entry)[1] for entry in made["the general meeting divides the profit"])


def _hold_to_rows(sharing: Sharing, made: dict[str, list[Entry]], *, but: set[str], unseen: set[str]) -> None:
    rows = {row.event: row for row in ledger_rows() if row.heading == "Share-out"}
    assert rows.keys() - made.keys() == but
    for event, entries in made.items():
        for entry in entries:
            assert_ledger_row(event, entry)
        sides = [sides_of(entry) for entry in entries]
        debited, credited = (set[str]().union(*(side[place] for side in sides)) for place in (0, 1))
        assert (debited, credited) == (set(rows[event].debits), set(rows[event].credits) - unseen), event
    for entry in Entry.objects.filter(group=sharing.group, kind__in=["allotment", "share_payment"]):
        assert any(fits_row(row, entry) for row in ledger_rows())
