"""Short words of the loans' pages: shares of a whole, stages of a notice."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _

from loans.ageing_picture import Bar
from loans.demand import Stage

STAGES: dict[str, Any] = {
    Stage.EARLY: _("not urgent yet"),
    Stage.SOON: _("past day 30"),
    Stage.URGENT: _("past day 45"),
    Stage.LAST_DAYS: _("past day 55"),
    Stage.MISSED: _("60 days missed"),
    Stage.SENT: _("sent in time"),
    Stage.SENT_LATE: _("sent too late"),
}
LEVELS: dict[str, str] = {
    Stage.EARLY: "", Stage.SOON: "warning", Stage.URGENT: "warning", Stage.LAST_DAYS: "late", Stage.MISSED: "late",
    Stage.SENT: "ok", Stage.SENT_LATE: "warning",
}  # fmt: skip


def percent_text(share: Fraction) -> str:
    """A share in per cent, one decimal, half up."""
    tenths = (share.numerator * 2000 + share.denominator) // (2 * share.denominator)
    return f"{tenths // 10}.{tenths % 10}%"


def bars_text(drawn: Iterable[Bar]) -> str:
    """A picture of bars in one sentence, for those who do not see it."""
    said = _("%(bucket)s: %(amount)s baht")
    return ", ".join(said % {"bucket": bar.label, "amount": bar.amount} for bar in drawn)
