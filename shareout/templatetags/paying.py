"""Printing for the sheet of payments: five hundred rows within the time of one page.

Nearly every row is the same press for another member. The template writes one of them with stand-ins; in the others
the figures are put in their place. Rows with anything more to say are the template's own.
"""

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from types import SimpleNamespace
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from shareout.selectors.payments import Unpaid
from thai.templatetags.thai import money

register = template.Library()
ROW = "shareout/pay_row.html"
PK, NUMBER, FREE, TURN = 900_000_001, 900_000_002, 900_000_003_00, 900_000_004
EARLIER, OVERDUE = 900_000_005_00, 900_000_006_00
NAME, HOLDER = "stand-in-name", "stand-in-holder"


@register.simple_tag(takes_context=True)
def pay_rows(context: Context, rows: Iterable[Unpaid]) -> SafeString:
    """Write every row, with the page's context."""
    assert context.template is not None
    row = context.template.engine.get_template(ROW)
    is_ordinary = context.get("may_write") and not context.get("said")
    parts: dict[bool, str] = {}
    found = []
    for each in rows:
        if not (is_ordinary and is_plain(each)):
            found.append(_written(row, context, each))
            continue
        is_late = each.overdue > 0
        if is_late not in parts:
            parts[is_late] = _parts(_written(row, context, _stand_in(is_late)))
        found.append(parts[is_late] % _texts(each))
    return SafeString("".join(found))


def is_plain(each: Unpaid) -> bool:
    """Whether one press pays all of it and there is nothing more to say but what is overdue."""
    return each.may_pay and not (each.waiting or each.receiver)


def _written(row: Any, context: Context, each: Any) -> str:
    with context.push(each=each):
        return str(row.render(context))


def _stand_in(is_late: bool) -> SimpleNamespace:
    member = SimpleNamespace(pk=PK, number=NUMBER, full_name=NAME, holder=HOLDER)
    nothing = dict.fromkeys(("waiting", "receiver", "is_own", "is_withheld", "is_set_off_first", "asked"), 0)
    return SimpleNamespace(
        member=member, free=FREE, earlier=EARLIER, turn=TURN, may_pay=True, overdue=OVERDUE if is_late else 0, **nothing
    )


def _parts(written: str) -> str:
    """The written row with a named place for each stand-in."""
    text = written.replace("%", "%%")
    amounts = {"paid": FREE, "earlier": EARLIER, "overdue": OVERDUE}
    whole = {"free": FREE, "pk": PK, "number": NUMBER, "turn": TURN, "name": NAME, "holder": HOLDER}
    places = {name: str(money(satang)) for name, satang in amounts.items()}
    places |= {name: str(value) for name, value in whole.items()}
    for name, stand_in in places.items():
        text = text.replace(stand_in, f"%({name})s")
    return text


@lru_cache(maxsize=1024)
def _money(satang: int) -> str:
    return str(money(satang))


def _texts(each: Unpaid) -> dict[str, Any]:
    member = each.member
    return {
        "paid": _money(each.free),
        "earlier": _money(each.earlier),
        "overdue": _money(each.overdue),
        "free": each.free,
        "pk": member.pk,
        "number": member.number,
        "turn": each.turn,
        "name": escape(member.full_name),
        "holder": member.holder,
    }
