"""A way to divide the profit as it is typed: percentages, names of other funds, and the rules beside them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from funds.forms.base import LineField
from members.forms.base import PlainForm
from shareout.forms.percent import PercentField
from shareout.head_words import HEAD_LABELS, REST_LABELS
from shareout.models import ShareOutPolicy
from shareout.percentages import format_percent
from shareout.policy import WHOLE, Arrears, Head, HeadShare, Leavers, Policy, PolicyError
from shareout.share_out_postings import is_fund_name
from shareout.weights import MONTHS, Weighting
from thai.fields import CountField, MoneyField
from thai.money import format_baht

OTHERS = 6
ROOM_FOR_OTHERS = 2
PART, RATE = "part", "rate"
RULES = ("weighting", "minimum_months", "cap", "step", "rest_to", "leavers", "arrears")
NAMED = [head for head in Head if head is not Head.OTHER]
# The most a fixed rate may be: what a loan may cost by law (15 % a year); savings cannot earn more than that.
HIGHEST_RATE = 15_00
STEPS = [
    (1, gettext_lazy("one satang")),
    (25, gettext_lazy("25 satang")),
    (50, gettext_lazy("50 satang")),
    (100, gettext_lazy("whole baht")),
    (5_00, gettext_lazy("5 baht")),
    (10_00, gettext_lazy("10 baht")),
]


@dataclass(frozen=True)
class HeadRow:
    """One purpose on the page: its fields as they are typed, and the basis points that could be read."""

    head: Head
    share: BoundField
    points: int | None
    name: BoundField | None = None

    @property
    def said(self) -> str:
        """The name that was typed for another fund."""
        return str(self.name.value() or "") if self.name is not None else ""


class PolicyForm(PlainForm):
    """A way to divide. Its percentages sum to exactly 100; what is missing or too much is said in a sentence."""

    name = LineField(label=gettext_lazy("Name of this way to divide"), max_length=60, required=False)
    way = forms.ChoiceField(
        label=gettext_lazy("The dividend is"),
        choices=[
            (PART, gettext_lazy("a part of the profit")),
            (RATE, gettext_lazy("a fixed rate on savings, before all else")),
        ],
        initial=PART,
        widget=forms.RadioSelect,
    )
    rate = PercentField(label=gettext_lazy("Fixed rate on savings"), most=HIGHEST_RATE)
    weighting = forms.ChoiceField(
        label=gettext_lazy("Savings weigh by"), choices=ShareOutPolicy.Weighting.choices, initial=Weighting.BAHT_MONTH
    )
    minimum_months = CountField(
        label=gettext_lazy("Months of membership to earn"),
        maximum=MONTHS,
        required=False,
        help_text=gettext_lazy("0: everybody earns from the first month on."),
    )
    cap = MoneyField(
        label=gettext_lazy("Savings above this earn nothing"),
        required=False,
        help_text=gettext_lazy("Empty: all savings earn."),
    )
    step = forms.TypedChoiceField(label=gettext_lazy("Shares rounded down to"), choices=STEPS, coerce=int, initial=1)
    rest_to = forms.ChoiceField(
        label=gettext_lazy("What rounding leaves goes to"), choices=list(REST_LABELS.items()), initial=Head.RESERVE
    )
    leavers = forms.ChoiceField(
        label=gettext_lazy("Those who left in the year"),
        choices=ShareOutPolicy.Leavers.choices,
        initial=Leavers.NONE,
    )
    arrears = forms.ChoiceField(
        label=gettext_lazy("The dividend of a borrower in arrears"),
        choices=ShareOutPolicy.Arrears.choices,
        initial=Arrears.PAY,
    )
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any], *, is_saved: bool = False) -> None:
        super().__init__(data)
        self.is_saved = is_saved
        self.policy: Policy | None = None
        for head in NAMED:
            self.fields[f"share_{head}"] = PercentField(label=HEAD_LABELS[head])
        for place in range(OTHERS):
            self.fields[f"fund_{place}"] = LineField(
                label=gettext_lazy("Name of the fund"), max_length=60, required=False
            )
            self.fields[f"share_fund_{place}"] = PercentField(label=gettext_lazy("Its percentage"))

    def clean(self) -> dict[str, Any]:
        """Make the policy, if everything can be read and sums to 100."""
        cleaned = super().clean() or {}
        self._leave_out_hidden()
        if self.is_saved and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", _("Give it a name, so that the meeting can speak of it."))
        self._check_funds()
        if self.is_fixed and not cleaned.get("rate") and "rate" not in self.errors:
            self.add_error("rate", _("Type the rate in per cent a year, such as 3 or 2.75."))
        if cleaned.get("rest_to") == Head.OTHER and not any(row.said for row in self.funds):
            self.add_error("rest_to", _("There is no other fund. Name one, or choose another purpose."))
        if not self.has_unread and self.missing:
            self.add_error(None, self.sum_sentence)
        if not self.errors:
            self._make()
        return cleaned

    @property
    def is_fixed(self) -> bool:
        """Whether the dividend is a fixed rate on savings."""
        return self.cleaned_data.get("way") == RATE

    @property
    def heads(self) -> list[HeadRow]:
        """The purposes that have a name of their own, in the policy's order."""
        return [HeadRow(head, self[f"share_{head}"], self._points(f"share_{head}")) for head in NAMED]

    @property
    def funds(self) -> list[HeadRow]:
        """The other funds: those typed, and room for further ones."""
        rows = [
            HeadRow(Head.OTHER, self[f"share_fund_{place}"], self._points(f"share_fund_{place}"), self[f"fund_{place}"])
            for place in range(OTHERS)
        ]
        used = max((place + 1 for place, row in enumerate(rows) if row.said or row.share.value()), default=0)
        return rows[: min(OTHERS, max(ROOM_FOR_OTHERS, used + 1))]

    @property
    def has_unread(self) -> bool:
        """Whether a percentage cannot be read, so that there is no sum."""
        return any(row.points is None for row in [*self.heads, *self.funds])

    @property
    def sum(self) -> int:
        """What the percentages come to, basis points; that of the dividend does not count beside a fixed rate."""
        return sum(points for _row, points in self._counted())

    @property
    def missing(self) -> int:
        """What is missing to 100 %; below 0: too much."""
        return WHOLE - self.sum

    @property
    def sum_sentence(self) -> str:
        """What is missing or too much; nothing where it sums to 100."""
        words = {"part": format_percent(abs(self.missing)), "sum": format_percent(self.sum)}
        if self.missing > 0:
            return _("%(part)s%% are missing: together %(sum)s%%, it must be exactly 100%%.") % words
        if self.missing < 0:
            return _("%(part)s%% too much: together %(sum)s%%, it must be exactly 100%%.") % words
        return ""

    @property
    def rule_errors(self) -> list[tuple[str, str]]:
        """What is wrong in the rules below, which may be folded away: label and sentence."""
        return [(str(self[name].label), str(error)) for name in RULES for error in self.errors.get(name, ())]

    @property
    def rest_in_reserve(self) -> int | None:
        """The percentage with which the reserve would make it 100; None where it cannot."""
        if self.has_unread or not self.missing:
            return None
        wanted = (self._points(f"share_{Head.RESERVE}") or 0) + self.missing
        return wanted if 0 <= wanted <= WHOLE else None

    def typed(self, **changed: str) -> dict[str, str]:
        """What stands in the fields, some of it changed; what is empty is left out."""
        found = {name: str(self.data.get(name) or "") for name in self.fields}
        return {name: text for name, text in (found | changed).items() if text}

    @property
    def query(self) -> str:
        """What stands in the fields as an address's questions."""
        return urlencode(self.typed())

    def _counted(self) -> Iterator[tuple[HeadRow, int]]:
        for row in [*self.heads, *self.funds]:
            if not (self.is_fixed and row.head is Head.DIVIDEND):
                yield row, row.points or 0

    def _points(self, name: str) -> int | None:
        return self.cleaned_data.get(name) if hasattr(self, "cleaned_data") else None

    def _leave_out_hidden(self) -> None:
        """What does not count by the way that is chosen is out of sight, and refuses nothing."""
        hidden = f"share_{Head.DIVIDEND}" if self.is_fixed else "rate"
        if hidden in self.errors:
            del self.errors[hidden]
        self.cleaned_data[hidden] = 0

    def _check_funds(self) -> None:
        names: set[str] = set()
        for place, row in enumerate(self.funds):
            if f"fund_{place}" in self.errors:
                continue
            name = self.cleaned_data.get(f"fund_{place}") or ""
            if row.points and not name:
                self.add_error(f"fund_{place}", _("Give this fund a name."))
            elif name and not is_fund_name(name):
                self.add_error(f"fund_{place}", _("At most 40 letters, and no comma at the beginning."))
            elif name in names:
                self.add_error(f"fund_{place}", _("This fund stands here twice. Add its percentages up."))
            names |= {name} if name else set()

    def _make(self) -> None:
        cleaned = self.cleaned_data
        rest_to = Head(cleaned["rest_to"])
        shares = [HeadShare(row.head, points, self._name(row)) for row, points in self._counted()]
        wanted = {rest_to} - {Head.OTHER}
        kept = [each for each in shares if each.share_bp or each.name or each.head in wanted]
        if self.is_fixed:
            kept.insert(0, HeadShare(Head.DIVIDEND, 0))
        try:
            self.policy = Policy(
                heads=tuple(kept),
                weighting=Weighting(cleaned["weighting"]),
                step=cleaned["step"],
                rest_to=rest_to,
                leavers=Leavers(cleaned["leavers"]),
                arrears=Arrears(cleaned["arrears"]),
                fixed_rate_bp=cleaned["rate"] if self.is_fixed else None,
                cap_satang=cleaned["cap"],
                minimum_months=cleaned["minimum_months"] or 0,
            )
        except PolicyError as error:  # what the sentences above do not know of
            self.add_error(None, str(error))

    def _name(self, row: HeadRow) -> str:
        return self.cleaned_data[row.name.name] if row.name is not None else ""


def data_of(policy: Policy, *, name: str = "", seen: str = "") -> dict[str, str]:
    """A policy as the form would have been filled in."""
    data = {
        "name": name,
        "seen": seen,
        "way": PART if policy.fixed_rate_bp is None else RATE,
        "rate": format_percent(policy.fixed_rate_bp) if policy.fixed_rate_bp is not None else "",
        "weighting": str(policy.weighting),
        "minimum_months": str(policy.minimum_months),
        "cap": format_baht(policy.cap_satang, satang_shown=False) if policy.cap_satang is not None else "",
        "step": str(policy.step),
        "rest_to": str(policy.rest_to),
        "leavers": str(policy.leavers),
        "arrears": str(policy.arrears),
    }
    data |= {f"share_{head}": format_percent(policy.share_of(head)) for head in NAMED}
    others = [each for each in policy.heads if each.head == Head.OTHER]
    for place, each in enumerate(others[:OTHERS]):
        data |= {f"fund_{place}": each.name, f"share_fund_{place}": format_percent(each.share_bp)}
    return data
