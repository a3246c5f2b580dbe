"""What an explanation says: the rule, why somebody gets nothing, where a pool comes from, how it was rounded.

The page and the paper say the same sentences. Figures in them are cut off, not rounded: whoever reckons again by hand
finds the same digits.
"""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shareout.allocation import Step
from shareout.explanation import Explanation, Line, Nothing, Part, counts_deposits
from shareout.head_words import head_label
from shareout.percentages import format_percent
from shareout.plan import TWELVE, Plan
from shareout.policy import Head, Policy
from shareout.weights import Weighting
from thai.dates import format_date
from thai.language import active_language
from thai.money import format_baht
from thai.months import format_month

WHOLE_BAHT = 100
PLACES = 4


def weight_unit(policy: Policy) -> str:
    """What a weight is counted in."""
    if policy.weighting is Weighting.BAHT_MONTH:
        return _("baht-months")
    return _("baht-days") if policy.weighting is Weighting.BY_DAY else _("baht")


def rule_sentences(policy: Policy) -> list[str]:
    """How savings earn by this policy, one sentence a rule."""
    said = [
        {
            Weighting.BAHT_MONTH: _(
                "Money that was saved longer earns more. Each baht counts for the months it lay with the group: "
                "baht times months are baht-months."
            ),
            Weighting.YEAR_END: _("What counts is the balance on the last day of the account year."),
            Weighting.AVERAGE: _("What counts are the balances at the end of the twelve months, all together."),
            Weighting.BY_DAY: _("What counts is the balance of every day of the year: baht times days are baht-days."),
        }[policy.weighting]
    ]
    if policy.cap_satang is not None:
        said.append(_("What is saved above %(cap)s baht earns nothing.") % {"cap": figure(policy.cap_satang)})
    if policy.minimum_months:
        said.append(
            ngettext(
                "Whoever was a member for less than %(count)d month of the year earns no dividend.",
                "Whoever was a member for less than %(count)d months of the year earns no dividend.",
                policy.minimum_months,
            )
            % {"count": policy.minimum_months}
        )
    return said


def nothing_sentence(
    found: Explanation, part: Part, policy: Policy, *, left_on: date | None = None, kind: str = ""
) -> str:
    """Why the member gets nothing of a head; empty where there is no reason. left_on: within the year.

    kind: the kind of membership, where it still earns no dividend.
    """
    match part.nothing:
        case None:
            return ""
        case Nothing.NOT_COUNTED if left_on is not None:
            said = _("You left the group on %(day)s. Whoever left in the year gets nothing, as the meeting decided.")
            return said % {"day": format_date(left_on, language=active_language())}
        case Nothing.NOT_COUNTED:
            return _("You were not a member in this account year.")
        case Nothing.NOT_EARNER if kind:
            return _("Your kind of membership (%(kind)s) earns no dividend by the group's rules.") % {"kind": kind}
        case Nothing.TOO_SHORT:
            said = _("You were a member for %(months)d of the twelve months; it takes at least %(least)d.")
            return said % {"months": found.months, "least": policy.minimum_months}
    return {
        Nothing.NOT_EARNER: _("Your kind of membership earned no dividend in this year by the group's rules."),
        Nothing.LAST_MONTH: _("Your savings came in the last month of the year; they count from the next year on."),
        Nothing.NO_SAVINGS: _("You had no pledge savings that count in this year."),
        Nothing.NO_INTEREST: _("You paid no loan interest in this year."),
        Nothing.NO_PROFIT: _("There was no profit to divide."),
        Nothing.NO_POOL: _("The general meeting gave nothing to this."),
    }[part.nothing]


def nobody_sentence(part: Part, policy: Policy) -> str:
    """Where the money of a head went that nobody had a claim on; empty otherwise."""
    if not part.has_nobody:
        return ""
    said = _("Nobody had a claim on this, so its %(amount)s baht went to: %(head)s.")
    return said % {"amount": format_baht(part.pool), "head": rest_label(policy)}


def pool_sentence(part: Part, found: Explanation, plan: Plan) -> str:
    """Where the pool of a head comes from."""
    if part.head is Head.DIVIDEND and found.fixed is not None:
        said = _("%(rate)s%% a year on the average savings of everyone who earns, %(savings)s baht")
        savings = figure(found.fixed.twelve_balances // TWELVE)
        text = said % {"rate": format_percent(found.fixed.rate_bp), "savings": savings}
        return _("%(rule)s, but no more than the profit") % {"rule": text} if found.fixed.is_limited else text
    after = plan.snapshot.distributable - (found.fixed.satang if found.fixed else 0)
    said = _("%(percent)s%% of the profit of %(profit)s baht")
    if found.fixed:
        said = _("%(percent)s%% of the %(profit)s baht that are left after the dividend")
    return said % {"percent": format_percent(plan.policy.share_of(part.head)), "profit": format_baht(after)}


def rounding_sentences(part: Part, policy: Policy) -> list[str]:
    """How the last satang were handed out, and which of them the member got."""
    if part.step is None:
        return []
    floor = format_baht(part.step.floor)
    if policy.step > 1:
        said = _("Every share is cut down to whole %(step)s baht: yours is %(floor)s baht.")
        if policy.step == WHOLE_BAHT:
            said = _("Every share is cut down to whole baht: yours is %(floor)s baht.")
        rest = _("What that leaves over, %(carried)s baht of all members together, goes to: %(head)s.")
        words = {"step": figure(policy.step), "floor": floor}
        return [said % words, rest % {"carried": format_baht(part.carried), "head": rest_label(policy)}]
    cut = _("First everybody's share is cut down to whole satang: yours is %(floor)s baht.") % {"floor": floor}
    if not part.left_over:
        return [cut, _("That comes out even: nothing is left over.")]
    left = ngettext(
        "Of all members together %(count)d satang is left over; it goes to the member with the largest part cut off.",
        "Of all members together %(count)d satang are left over; they go one each to the %(count)d members with the "
        "largest part cut off, of equal ones to the smaller member number.",
        part.left_over,
    )
    return [cut, left % {"count": part.left_over}, _rank(part.step, part.total)]


def _rank(step: Step, total: int) -> str:
    said = _("Yours was %(part)s satang, place %(rank)d, so you get no more.")
    if step.extra:
        said = _("Yours was %(part)s satang, place %(rank)d, so you get 1 satang more.")
    return said % {"part": quotient(step.remainder, total), "rank": step.rank}


def line_title(line: Line, policy: Policy) -> str:
    """When a line of the weight was: a month, a day, or some days."""
    language = active_language()
    if counts_deposits(policy):
        return format_month(line.since, "short", language) if line.month else _("Brought forward")
    if policy.weighting is Weighting.BY_DAY and line.since != line.until:
        return f"{format_date(line.since, 'short', language)} – {format_date(line.until, 'short', language)}"
    return format_date(line.until, "short", language)


def share_of_all(part: Part) -> str:
    """The own part of the whole in per cent: 0.3049."""
    return quotient(part.weight * 100, part.total)


def exact_share(part: Part) -> str:
    """The share before rounding in baht, with two digits of a satang: 46.6610."""
    return quotient(part.pool * part.weight, part.total * 100)


def figure(satang: int) -> str:
    """An amount or a weight for a sentence: whole baht without satang."""
    return format_baht(satang, satang_shown=False)


def rest_label(policy: Policy) -> str:
    """The head that takes what rounding leaves."""
    name = next(each.name for each in policy.heads if each.head == policy.rest_to)
    return head_label(policy.rest_to, name)


def quotient(part: int, whole: int, places: int = PLACES) -> str:
    """A quotient of whole numbers (>= 0) with so many digits, the others cut off."""
    digits, rest = divmod(part, whole) if whole else (0, 0)
    return f"{digits:,}.{rest * 10**places // (whole or 1):0{places}d}"
