"""Share-outs and ledger agree (I12): posted and carried is what was distributable; each share has its entry."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator

from django.db.models import QuerySet

from funds.chart import profit_account
from funds.models import Entry, Posting
from members.models import SavingsGroup
from shareout.models import HeadAllotment, LateFinding, MemberShare, ShareOut, SharePayment
from shareout.plan import TAG
from shareout.policy import Head
from shareout.share_out_postings import PAYABLE
from thai.money import format_baht

Finding = tuple[str, int, str]
UNDIVIDED = "O3900"
MEMBERS = (Head.DIVIDEND, Head.REBATE)


def check_share_outs(group: SavingsGroup) -> Iterator[Finding]:
    """Heads sum to what was distributable, shares to their heads; snapshot and policy are what was adopted."""
    for row in _share_outs(group):
        said = f"the share-out of {row.year.year}"
        heads = list(HeadAllotment.objects.filter(share_out=row))
        total = sum(each.satang for each in heads)
        if total != row.distributable:
            detail = f"{said} gives a purpose to {format_baht(total)} of {format_baht(row.distributable)}"
            yield "share-out", 0, detail
        members = sum(each.satang for each in heads if each.head in MEMBERS)
        shared = sum(each.satang for each in MemberShare.objects.filter(share_out=row))
        if members != shared:
            yield "share-out", 0, f"{said} has shares of {format_baht(shared)} in heads of {format_baht(members)}"
        if _code_of(row) != row.fingerprint:
            yield "share-out", 0, f"{said} does not rest on the snapshot and policy that were adopted"
        if row.snapshot.get("distributable") != row.distributable:
            yield "share-out", 0, f"{said} divides another sum than its snapshot says"


def check_batches(group: SavingsGroup) -> Iterator[Finding]:
    """A posted share-out is one batch, whole: O3900 loses what was distributable, each share stands in its entry."""
    for row in _share_outs(group).filter(posted_at__isnull=False).select_related("first_entry", "last_entry"):
        if row.first_entry is None or row.last_entry is None:
            continue
        first, last = row.first_entry, row.last_entry
        said = f"the share-out of {row.year.year}"
        batch = list(Entry.objects.filter(group=group, n__range=(first.n, last.n)).order_by("n"))
        if any(entry.kind != "allotment" or entry.booked_on != first.booked_on for entry in batch):
            yield "share-out", first.n, f"{said} is not one batch of one day"
        lines = Posting.objects.filter(group=group, entry__in=batch)
        divided = sum(lines.filter(account__code=UNDIVIDED).values_list("amount", flat=True))
        if divided != row.distributable:
            detail = f"takes {format_baht(divided)} from the undivided profit, not {format_baht(row.distributable)}"
            yield "share-out", first.n, f"{said} {detail}"
        yield from _share_faults(row, {entry.pk: entry.n for entry in batch})


def check_payments(group: SavingsGroup) -> Iterator[Finding]:
    """A payment of a share is its entry's debit on the member's account, and no entry pays without one."""
    rows = SharePayment.objects.filter(group=group, entry__isnull=False).select_related("member", "entry")
    debited: dict[int, dict[str, int]] = defaultdict(dict)
    paid = Posting.objects.filter(group=group, account__code=PAYABLE, entry__kind="share_payment")
    for pk, n, holder, amount in paid.values_list("entry_id", "entry__n", "account__holder", "amount"):
        debited[pk][holder] = amount
        debited[pk]["n"] = n
    for row in rows:
        assert row.entry is not None
        lines = debited.pop(row.entry.pk, {})
        if lines.get(row.member.holder) != row.satang or len(lines) != 2:
            yield "share-payment", row.entry.n, f"does not pay {format_baht(row.satang)} to member {row.member.number}"
    for lines in debited.values():
        yield "share-payment", lines["n"], "pays a share that nobody asked for"


def check_findings(group: SavingsGroup) -> Iterator[Finding]:
    """A late finding moves its account by what was found, against what the pool keeps, and nothing else."""
    rows = LateFinding.objects.filter(group=group, entry__isnull=False).select_related("entry").order_by("pk")
    lines: dict[int, dict[tuple[str, str], int]] = defaultdict(dict)
    moved = Posting.objects.filter(group=group, entry__in=rows.values("entry"))
    for pk, code, holder, amount in moved.values_list("entry_id", "account__code", "account__holder", "amount"):
        lines[pk][code, holder] = amount
    for row in rows:
        assert row.entry is not None
        satang = row.satang if row.is_more else -row.satang
        kept = (profit_account(f"{row.pool}4500"), "")
        if lines[row.entry.pk] != {(row.account_code, row.account_holder): satang, kept: -satang}:
            yield "late-finding", row.entry.n, f"does not book the {format_baht(row.satang)} that were found"


def _share_faults(row: ShareOut, batch: dict[int, int]) -> Iterator[Finding]:
    booked: dict[int, list[tuple[str, int]]] = defaultdict(list)
    lines = Posting.objects.filter(group=row.group_id, entry__in=batch, account__code=PAYABLE).order_by("amount")
    for pk, holder, amount in lines.values_list("entry_id", "account__holder", "amount"):
        booked[pk].append((holder, amount))
    for share in MemberShare.objects.filter(share_out=row).select_related("member"):
        parts = [satang for satang in (share.dividend_satang, share.rebate_satang) if satang]
        wanted = sorted((share.member.holder, -satang) for satang in parts)
        found = sorted(booked.pop(share.entry_id, [])) if share.entry_id in batch else []
        if wanted != found:
            number = batch.get(share.entry_id or 0, 0)
            yield "share-out", number, f"the share of member {share.member.number} does not stand in its entry"
    for pk in booked:
        yield "share-out", batch[pk], "gives a member what the share-out does not"


def _share_outs(group: SavingsGroup) -> QuerySet[ShareOut]:
    return ShareOut.objects.filter(group=group, cancelled_at__isnull=True).select_related("year").order_by("pk")


def _code_of(row: ShareOut) -> str:
    """The fingerprint of what was frozen, as shareout/plan.py `fingerprint` reckons it."""
    content = {"snapshot": row.snapshot, "policy": row.frozen_policy}
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(TAG + canonical.encode()).hexdigest()


CHECKS = (check_share_outs, check_batches, check_payments, check_findings)
