"""An explanation ready to be shown: sentences, figures of its formulas and the picture, alike for page and paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from funds.chain import paper_code
from shareout.explanation import Line, Nothing, Part, counts_deposits
from shareout.explanation_picture import Columns, Slice, month_columns, own_slice
from shareout.explanation_words import (
    exact_share,
    figure,
    line_title,
    nobody_sentence,
    nothing_sentence,
    pool_sentence,
    rounding_sentences,
    rule_sentences,
    share_of_all,
    weight_unit,
)
from shareout.selectors.explanation import MemberExplanation
from shareout.weights import Weighting
from thai.language import active_language
from thai.months import format_month

WITHOUT_SAVINGS = (Nothing.NOT_COUNTED, Nothing.NOT_EARNER, Nothing.TOO_SHORT, Nothing.NO_SAVINGS)


@dataclass(frozen=True)
class ShownLine:
    """A line of the weight and when it was; deposits: of the month, each with what it adds."""

    line: Line
    title: str
    deposits: Sequence[tuple[date, int, int]]


@dataclass(frozen=True)
class ShownPart:
    """A head in words: why nothing, where its pool comes from, how it was rounded; figures ready to print."""

    part: Part
    why: str
    nobody: str
    pool: str
    rounding: Sequence[str]
    of_all: str
    exact: str
    slice: Slice


@dataclass(frozen=True)
class ShownExplanation:
    """Everything that page and paper print.

    is_counted: whether the share-out knows the member at all. opening: what was brought forward, where deposits count.
    """

    unit: str
    rules: Sequence[str]
    counts_deposits: bool
    counts_days: bool
    has_cap: bool
    is_counted: bool
    opening: Line | None
    lines: Sequence[ShownLine]
    columns: Columns | None
    dividend: ShownPart
    rebate: ShownPart
    code: Sequence[str]

    @property
    def lines_weight(self) -> int:
        """What the lines below the opening add."""
        return sum(each.line.weight for each in self.lines)

    @property
    def lines_satang(self) -> int:
        """What was received in the year, less what was withdrawn."""
        return sum(each.line.satang for each in self.lines)


def shown(view: MemberExplanation) -> ShownExplanation:
    """Put an explanation into the words of the active language."""
    policy, found = view.plan.policy, view.found
    is_by_deposit = counts_deposits(policy)
    lines = () if found.dividend.nothing in WITHOUT_SAVINGS else found.lines
    opening, rest = (lines[0], lines[1:]) if is_by_deposit and lines else (None, lines)
    return ShownExplanation(
        unit=weight_unit(policy),
        rules=rule_sentences(policy),
        counts_deposits=is_by_deposit,
        counts_days=policy.weighting is Weighting.BY_DAY,
        has_cap=policy.cap_satang is not None,
        is_counted=found.dividend.nothing is not Nothing.NOT_COUNTED,
        opening=opening,
        lines=[ShownLine(line, line_title(line, policy), _deposits(line)) for line in rest],
        columns=month_columns(rest, name=_month_name, say=figure),
        dividend=_part(view, found.dividend),
        rebate=_part(view, found.rebate),
        code=paper_code(view.share_out.fingerprint).split(" "),
    )


def _part(view: MemberExplanation, part: Part) -> ShownPart:
    policy = view.plan.policy
    return ShownPart(
        part=part,
        why=nothing_sentence(view.found, part, policy, left_on=view.left_on, kind=view.kind),
        nobody=nobody_sentence(part, policy),
        pool=pool_sentence(part, view.found, view.plan),
        rounding=rounding_sentences(part, policy),
        of_all=share_of_all(part),
        exact=exact_share(part),
        slice=own_slice(part),
    )


def _deposits(line: Line) -> Sequence[tuple[date, int, int]]:
    return [(day, satang, satang * line.times) for day, satang in line.deposits]


def _month_name(day: date) -> str:
    return format_month(day, "name_short", active_language())
