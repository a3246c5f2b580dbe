"""The rules of a policy in words: beside its percentages on pages and papers."""

from typing import Any

from django.utils.translation import gettext as _

from shareout.head_words import REST_LABELS
from shareout.models import ShareOutPolicy
from shareout.percentages import format_percent
from shareout.policy import Head, Policy
from thai.money import SATANG_PER_BAHT, format_baht


def rule_lines(policy: Policy) -> list[tuple[str, str]]:
    """Each rule as (what it is about, what it says), in the order of the form."""
    return [
        (_("The dividend is"), dividend_words(policy)),
        (_("Savings weigh by"), _choice(ShareOutPolicy.Weighting, policy.weighting)),
        (
            _("Months of membership to earn"),
            str(policy.minimum_months) if policy.minimum_months else _("from the first"),
        ),
        (_("Savings above this earn nothing"), format_baht(policy.cap_satang) if policy.cap_satang else _("no limit")),
        (_("Shares rounded down to"), step_words(policy.step)),
        (_("What rounding leaves goes to"), rest_words(policy)),
        (_("Those who left in the year"), _choice(ShareOutPolicy.Leavers, policy.leavers)),
        (_("The dividend of a borrower in arrears"), _choice(ShareOutPolicy.Arrears, policy.arrears)),
    ]


def dividend_words(policy: Policy) -> str:
    """What the dividend is: a part of the profit, or a rate on savings."""
    if policy.fixed_rate_bp is not None:
        rate = format_percent(policy.fixed_rate_bp)
        return _("%(rate)s%% a year on savings, before all else") % {"rate": rate}
    return _("%(percent)s%% of the profit") % {"percent": format_percent(policy.share_of(Head.DIVIDEND))}


def in_short(policy: Policy) -> str:
    """Dividend, rebate and reserve in per cent, as a way is told from another at a glance: 50 / 10 / 15."""
    heads = (Head.DIVIDEND, Head.REBATE, Head.RESERVE) if policy.fixed_rate_bp is None else (Head.REBATE, Head.RESERVE)
    shares = [format_percent(policy.share_of(head)) for head in heads]
    if policy.fixed_rate_bp is not None:
        shares.insert(0, _("%(rate)s%% a year") % {"rate": format_percent(policy.fixed_rate_bp)})
    return " / ".join(shares)


def step_words(step: int) -> str:
    """The rounding step as it is said."""
    if step < SATANG_PER_BAHT:
        return _("%(satang)s satang") % {"satang": step}
    return _("%(baht)s baht") % {"baht": format_baht(step, satang_shown=False)}


def rest_words(policy: Policy) -> str:
    """Where goes what rounding leaves."""
    if policy.rest_to is Head.OTHER:
        return next(each.name for each in policy.heads if each.head is Head.OTHER)
    return str(REST_LABELS[policy.rest_to])


def _choice(choices: Any, value: str) -> str:
    return str(choices(str(value)).label)
