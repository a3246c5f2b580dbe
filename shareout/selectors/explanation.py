"""One member's share of a share-out with everything that it came from, and what of it was paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum

from funds.models import Posting
from members.models import Member, SavingsGroup
from members.switches import all_switches
from shareout.explanation import Explainer, Explanation, Nothing
from shareout.export import Result, export_of
from shareout.models import HeadAllotment, MemberShare, ShareOut, SharePayment
from shareout.plan import Plan, plan_share_out, snapshot_from
from shareout.selectors.policies import policy_from
from shareout.selectors.share_outs import share_outs_of
from shareout.share_out_postings import PAYABLE


@dataclass(frozen=True)
class PaidShare:
    """What became of a member's dividend and rebate; satang.

    payments: since this share-out and before the next. waiting: asked for, not approved yet. unpaid: on the account
    now, of all years.
    """

    payments: Sequence[SharePayment]
    waiting: int
    unpaid: int


@dataclass(frozen=True)
class MemberExplanation:
    """An explanation with the rows behind it; left_on: within the year. kind: where it still earns no dividend."""

    share_out: ShareOut
    member: Member
    plan: Plan
    found: Explanation
    share: MemberShare | None
    left_on: date | None
    kind: str


def plan_of(share_out: ShareOut) -> Plan:
    """The plan again, from the snapshot and the policy that were frozen; no query."""
    return plan_share_out(snapshot_from(share_out.snapshot), policy_from(share_out.frozen_policy))


def explanation_of(share_out: ShareOut, member: Member) -> MemberExplanation:
    """Everything about one member's share, also about one that is nothing."""
    return _explained(share_out, Explainer(plan_of(share_out)), member, _share_of(share_out, member))


def explanations_of(share_out: ShareOut) -> list[MemberExplanation]:
    """Everybody who gets something, by member number; one query."""
    explainer = Explainer(plan_of(share_out))
    rows = MemberShare.objects.filter(share_out=share_out).select_related("member", "entry").order_by("member__number")
    found = []
    for share in rows:
        share.member.group = share_out.group
        found.append(_explained(share_out, explainer, share.member, share))
    return [each for each in found if each.found.satang]


def paid_share(share_out: ShareOut, member: Member) -> PaidShare:
    """What of a posted share-out was paid, waits, or is still to be fetched; three queries."""
    rows = SharePayment.objects.filter(group=share_out.group_id, member=member, cancelled_at__isnull=True)
    until = ShareOut.objects.filter(group=share_out.group_id, first_entry__gt=share_out.last_entry_id)
    paid = rows.filter(entry__gt=share_out.last_entry_id).select_related("entry").order_by("entry")
    following = until.order_by("first_entry").values_list("first_entry_id", flat=True).first()
    if following is not None:
        paid = paid.filter(entry__lt=following)
    account = Posting.objects.filter(
        group=share_out.group_id, account__code=PAYABLE, account__holder=member.holder
    ).aggregate(sum=Sum("amount", default=0))
    waiting = rows.filter(entry__isnull=True).aggregate(sum=Sum("satang", default=0))
    return PaidShare(
        payments=[each for each in paid if each.entry is not None],
        waiting=waiting["sum"],
        unpaid=max(0, -account["sum"]),
    )


def posted_share_outs(group: SavingsGroup) -> QuerySet[ShareOut]:
    """The share-outs that stand in the books, the latest year first: what members may read."""
    return share_outs_of(group).filter(posted_at__isnull=False)


def export_of_share_out(share_out: ShareOut) -> dict[str, Any]:
    """The file with which anyone recomputes a share-out: what was frozen, and what the rows say it came to."""
    shares = list(MemberShare.objects.filter(share_out=share_out).select_related("member"))
    heads = HeadAllotment.objects.filter(share_out=share_out).order_by("position")
    return export_of(
        group=share_out.group.code,
        state=share_out.state,
        snapshot=share_out.snapshot,
        policy=share_out.frozen_policy,
        code=share_out.fingerprint,
        result=Result(
            heads=dict(heads.values_list("position", "satang")),
            weights={share.member.number: share.weight for share in shares},
            dividend={share.member.number: share.dividend_satang for share in shares},
            rebate={share.member.number: share.rebate_satang for share in shares},
        ),
    )


def _explained(
    share_out: ShareOut, explainer: Explainer, member: Member, share: MemberShare | None
) -> MemberExplanation:
    year, found = share_out.year, explainer.explain(member.number)
    is_leaver = member.left_on is not None and year.starts_on <= member.left_on <= year.ends_on
    kind = ""
    if found.dividend.nothing is Nothing.NOT_EARNER:
        earns = all_switches(share_out.group, year.ends_on)[member.kind].earns_dividend
        kind = "" if earns else str(member.get_kind_display())
    return MemberExplanation(
        share_out=share_out,
        member=member,
        plan=explainer.plan,
        found=found,
        share=share,
        left_on=member.left_on if is_leaver else None,
        kind=kind,
    )


def _share_of(share_out: ShareOut, member: Member) -> MemberShare | None:
    return MemberShare.objects.filter(share_out=share_out, member=member).select_related("entry").first()
