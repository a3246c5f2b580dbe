"""A pool's page in words: where its money came from, where it is now, where it went, and what opens each figure."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from funds.chart import ADMINISTRATIVE, OPERATING, POOLS
from funds.selectors.advances import PoolDebt
from funds.selectors.pools import CAME, WENT, Flow, PoolFlows, largest, pool_flows
from members.models import SavingsGroup
from reports.papers.lines import flow_label
from reports.pool_picture import Step, stairs
from reports.selectors.pools import asset_name, assets, code_totals, pool_url
from reports.selectors.years import year_start
from reports.words import say_date
from thai.money import format_baht

FOUNDING, YEAR = "founding", "year"
TIMES = (FOUNDING, YEAR)
NOW = "now"
SHOWN = 4
BORROWED = {OPERATING: "A2900", ADMINISTRATIVE: "O2900"}  # where the other pool books what this one lent it


@dataclass(frozen=True)
class FlowRow:
    """A line of one of the three tables. `is_owed`: lent to or borrowed from the other pool, not back yet."""

    code: str
    label: str
    satang: int
    url: str
    is_owed: bool


@dataclass(frozen=True)
class FlowTable:
    """One of the three: came, now or went; `total` is what the rows add up to."""

    key: str
    title: str
    empty: str
    rows: tuple[FlowRow, ...]

    @property
    def total(self) -> int:
        """What the rows add up to."""
        return sum(row.satang for row in self.rows)


def pool_name(unit: str) -> str:
    """What people call a pool."""
    return _("Administrative pool") if unit == ADMINISTRATIVE else _("Operating pool")


def flows_of(group: SavingsGroup, unit: str, *, time: str, on: date) -> PoolFlows:
    """A pool since the founding or in this account year; eight queries at most."""
    return pool_flows(group, unit, since=since_of(group, time, on), until=on)


def since_of(group: SavingsGroup, time: str, on: date) -> date | None:
    """The first day that counts; None since the founding."""
    return year_start(group=group, on=on) if time == YEAR else None


def label_of(side: str, code: str, name: str) -> str:
    """What money is called that came in for, or went out of, an account."""
    return asset_name(code) if side == NOW else flow_label(code, name, comes_in=side == CAME)


def tables_of(
    group: SavingsGroup, flows: PoolFlows, *, time: str, debts: Sequence[PoolDebt] = (), words: str = ""
) -> tuple[FlowTable, ...]:
    """The three tables of a pool; `words` looks in what a line is called and in its code.

    debts: what the pools owe each other now (`funds.selectors.advances.pool_debts`).
    """
    owed = {(NOW, debt.code) for debt in debts} | {(CAME, BORROWED[debt.lender]) for debt in debts}
    parts: tuple[tuple[str, str, str, Sequence[Flow]], ...] = (
        (CAME, _("Where it came from"), _("Nothing came in this time."), flows.came),
        (NOW, _("Where it is now"), _("The pool is empty."), flows.now),
        (WENT, _("Where it went"), _("Nothing went out in this time."), flows.went),
    )
    return tuple(
        FlowTable(
            key,
            title,
            empty,
            tuple(row for flow in found if _fits(row := _row(group, flows, key, flow, time, owed), words)),
        )
        for key, title, empty, found in parts
    )


def _row(group: SavingsGroup, flows: PoolFlows, side: str, flow: Flow, time: str, owed: Container[Any]) -> FlowRow:
    if side == NOW:
        url = reverse("reports:account", args=[group.code, flow.code])
    else:
        url = reverse("reports:pool-figure", args=[group.code, flows.unit, side, flow.code]) + f"?time={time}"
    label = label_of(side, flow.code, str(flow.name))
    return FlowRow(flow.code, label, flow.satang, url, (side, flow.code) in owed)


def _fits(row: FlowRow, words: str) -> bool:
    return words.lower() in f"{row.label} {row.code}".lower()


def picture_steps(flows: PoolFlows) -> tuple[Step, ...]:
    """The steps of the picture: brought forward, the largest that came and went with the rest of each, what is held."""
    fills = ("f-admin", "f-admin-soft") if flows.unit == ADMINISTRATIVE else ("f-operating", "f-operating-2")
    steps = [] if flows.since is None else [Step(_brought(flows.since), flows.brought, fills[0], is_level=True)]
    for side, found, whole, sign in (
        (CAME, flows.came, flows.came_satang, 1),
        (WENT, flows.went, flows.went_satang, -1),
    ):
        fill = fills[1] if side == CAME else "f-gold"
        shown, _rest = largest(found, SHOWN)
        steps += [Step(label_of(side, flow.code, str(flow.name)), sign * flow.satang, fill) for flow in shown]
        rest = whole - sum(flow.satang for flow in shown)
        if rest:
            steps.append(Step(_("Other money in") if side == CAME else _("Other money out"), sign * rest, fill))
    steps.append(
        Step(_("In the pool on %(day)s") % {"day": say_date(flows.until)}, flows.now_satang, fills[0], is_level=True)
    )
    return tuple(steps)


def _brought(since: date) -> str:
    return _("Brought forward to %(day)s") % {"day": say_date(since)}


def say_step(step: Step) -> str:
    """An amount of the picture: what came with its plus, what went with its minus, a level plain."""
    return format_baht(step.satang, signed=not step.is_level)


def picture_sentence(steps: Sequence[Step]) -> str:
    """The picture read aloud."""
    return ", ".join(f"{step.label} {say_step(step)}" for step in steps)


def picture_of(flows: PoolFlows) -> dict[str, Any]:
    """The drawing and its sentence, as `templates/reports/pool_picture.html` prints them."""
    steps = picture_steps(flows)
    drawn = stairs(steps, say=say_step)
    return {"bars": drawn, "sentence": _("A pool in a picture: %(steps)s") % {"steps": picture_sentence(steps)}}


def money_card(group: SavingsGroup, on: date) -> list[dict[str, object]]:
    """What the money page's card says of the two pools; three queries."""
    now = code_totals(group=group, on=on)
    return [
        {
            "name": pool_name(unit),
            "is_admin": unit == ADMINISTRATIVE,
            "satang": assets(now, unit),
            "url": pool_url(group, unit),
        }
        for unit in POOLS
    ]
