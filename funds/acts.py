"""What can be done with the goods of an activity, as data: its entry, its people, what its form asks for.

Goods that are bought and sold are valued in baht at their average cost (docs/adr/0008). What is lent in kind stands in
a unit book, in grams beside the baht, and has no price until it is sold.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

SHARE = 10_000  # rates are hundredths of a per cent


@dataclass(frozen=True)
class Deed:
    """One kind of act.

    entry: the kind of its journal entry. asks: what its form asks for besides day and quantity; `price` brings the way
    of payment, `worth` is a value without payment, `loan` a loan in kind, `reason?` a reason that only a difference
    needs.
    """

    key: str
    label: Any
    entry: str
    two_people: bool
    asks: tuple[str, ...]
    in_kind: bool = False
    counts: bool = False

    @property
    def has_price(self) -> bool:
        """Whether money moves as well."""
        return "price" in self.asks


GOODS = (
    Deed("purchase", _("Buy goods"), "activity_purchase", True, ("good", "price", "party")),
    Deed("sale", _("Sell goods"), "activity_sale", False, ("good", "price", "party?")),
    Deed("gift_in", _("Receive goods as a gift"), "activity_gift", False, ("good", "worth", "party")),
    Deed("gift_out", _("Give goods away for nothing"), "activity_given", True, ("good", "party", "reason")),
    Deed("count", _("Count the goods"), "activity_count", True, ("good", "reason?"), counts=True),
)
IN_KIND = (
    Deed("kind_loan", _("Lend in kind"), "in_kind_loan", True, ("member", "due_on"), in_kind=True),
    Deed("kind_return", _("Take a loan in kind back"), "in_kind_return", False, ("loan",), in_kind=True),
    Deed("kind_deposit", _("Take a member's deposit in kind"), "in_kind_deposit", False, ("member",), in_kind=True),
    Deed("kind_withdrawal", _("Give a deposit in kind back"), "in_kind_withdrawal", True, ("member",), in_kind=True),
    Deed("kind_gift", _("Receive for the own stock"), "in_kind_deposit", False, ("party",), in_kind=True),
    Deed("kind_purchase", _("Buy for the barn"), "in_kind_purchase", True, ("price", "party"), in_kind=True),
    Deed("kind_sale", _("Sell from the barn"), "in_kind_sale", True, ("price", "party"), in_kind=True),
    Deed("kind_loss", _("Write down a loss"), "in_kind_loss", True, ("reason",), in_kind=True),
    Deed("kind_count", _("Count the barn"), "in_kind_count", True, ("reason?",), in_kind=True, counts=True),
    Deed(
        "kind_write_off", _("Write off a loan in kind"), "in_kind_loss", True, ("loan", "resolution", "reason"),
        in_kind=True,
    ),
)  # fmt: skip
UNDO = Deed("undo", _("Undo"), "reversal", True, ("reason",))
DEEDS = {deed.key: deed for deed in (*GOODS, *IN_KIND, UNDO)}
ALONE = tuple(deed.key for deed in DEEDS.values() if not deed.two_people)
PRICED = tuple(deed.key for deed in DEEDS.values() if deed.has_price)
VALUED = tuple(deed.key for deed in DEEDS.values() if "worth" in deed.asks)
COUNTING = tuple(deed.key for deed in DEEDS.values() if deed.counts)
ENTRY_KINDS = tuple(sorted({deed.entry for deed in (*GOODS, *IN_KIND)}))


def share_of(value: int, part: int, whole: int) -> int:
    """value x part / whole, to the nearest; a half goes up. The whole takes everything, so nothing is left behind."""
    return (2 * value * part + whole) // (2 * whole)


def interest_in_kind(grams: int, rate: int) -> int:
    """The grams that come back above the loan: 10 kg at 20 per cent are 2 kg. rate: hundredths of a per cent."""
    return share_of(grams, rate, SHARE)


def split_return(grams: int, interest_open: int) -> tuple[int, int]:
    """What is brought back as (interest, principal): interest first, as for loans in baht."""
    interest = min(grams, interest_open)
    return interest, grams - interest
