"""The posting of a share-out: one batch behind the book's lock, an entry for each member, one for the other heads."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from funds.accounts import Key, accounts_for
from funds.balances import read_head
from funds.journal import EntryDraft, lock_book, post_entries
from funds.journal import Line as EntryLine
from funds.models import Account
from funds.selectors import balance
from funds.services.days import require_bookable
from funds.voucher_lines import CASH, Place
from members.models import User
from shareout.models import HeadAllotment, MemberShare, ShareOut
from shareout.policy import Head
from shareout.services.share_outs import locked_share_out, require_unmoved
from shareout.share_out_errors import MoneyForPoolMissing, NotApprovedYet, ShareOutDone
from shareout.share_out_postings import Line, administration_lines, head_lines, member_lines
from thai.money import format_baht

BOX = Place()


@transaction.atomic
def post_share_out(*, share_out: ShareOut, by: User, place: Place = BOX) -> ShareOut:
    """Post an adopted share-out, all of it or nothing; again posts nothing.

    Posts, dated as `posting_day` says: for each member with a share debit O3900, credit O2400 the member, dividend and
    rebate a line each; in one entry debit O3900, credit O2500, O3100, O3400, O3500, O3600; in one entry the slice for
    administration from pool to pool in `place`. Raises NotApprovedYet, ShareOutDone, BooksMovedSinceAdoption,
    MoneyForPoolMissing, PeriodLocked, DeclaredAccountTouched, CashBusy and what the gate refuses.
    """
    lock_book(share_out.group)
    locked = locked_share_out(share_out)
    if locked.state == "posted":
        return locked
    if locked.state == "simulated":
        raise NotApprovedYet
    if locked.state != "adopted":
        raise ShareOutDone
    require_unmoved(locked)
    heads = list(HeadAllotment.objects.filter(share_out=locked).order_by("position"))
    crossing = administration_of(heads)
    touches_cash = bool(crossing) and place.way == CASH
    on = posting_day(locked, touches_cash=touches_cash)
    require_bookable(group=locked.group, on=on, touches_cash=touches_cash)
    shares = [share for share in _shares(locked) if share.satang]
    entries = post_entries(
        group=locked.group,
        drafts=_drafts(locked, on, shares, heads, place if crossing else None),
        operation=locked.operation,
    )
    for share, entry in zip(shares, entries, strict=False):
        share.entry = entry
    MemberShare.objects.bulk_update(shares, ["entry"], batch_size=250)
    locked.posted_by, locked.posted_at = by, timezone.now()
    locked.first_entry, locked.last_entry = entries[0], entries[-1]
    locked.save(update_fields=["posted_by", "posted_at", "first_entry", "last_entry"])
    return locked


def posting_day(share_out: ShareOut, *, touches_cash: bool) -> date:
    """The general meeting's day; today where that day is closed or, for cash, already counted."""
    head = read_head(share_out.group)
    is_shut = head is not None and (
        share_out.held_on <= head.locked_through or (touches_cash and share_out.held_on <= head.declared_through)
    )
    return timezone.localdate() if is_shut else share_out.held_on


def administration_of(heads: Sequence[HeadAllotment]) -> int:
    """What goes to the administrative pool, satang."""
    return sum(each.satang for each in heads if each.head == Head.ADMINISTRATION)


def entry_operation(operation: UUID, name: str) -> UUID:
    """The operation id of one entry of the batch: by member number, or `heads`, `administration`."""
    return uuid5(operation, name)


def _shares(share_out: ShareOut) -> list[MemberShare]:
    rows = MemberShare.objects.filter(share_out=share_out).select_related("member")
    return list(rows.order_by("member__number"))


def _drafts(
    share_out: ShareOut, on: date, shares: Sequence[MemberShare], heads: Sequence[HeadAllotment], place: Place | None
) -> list[EntryDraft]:
    """The batch in order: members by number, the other heads, the administration. The last one carries its id."""
    year = share_out.year.year
    batch: list[tuple[str, list[Line], dict[str, str]]] = [
        (
            str(share.member.number),
            member_lines(share.member.holder, share.dividend_satang, share.rebate_satang),
            {"memo": str(year), "member": share.member.holder},
        )
        for share in shares
    ]
    if others := head_lines((each.head, each.name, each.satang) for each in heads):
        batch.append(("heads", others, {"memo": str(year)}))
    if place is not None:
        satang = administration_of(heads)
        batch.append(("administration", administration_lines(satang, place), {"memo": str(year), "method": place.way}))
    accounts = accounts_for(share_out.group, {line[:2] for _name, lines, _details in batch for line in lines})
    if place is not None:
        _require_money(accounts[place.account("O")], administration_of(heads))
    last = len(batch) - 1
    return [
        EntryDraft(
            kind="allotment",
            on=on,
            by=share_out.requested_by,
            ok=_approvers(share_out),
            lines=_lines(lines, accounts),
            operation=None if position == last else entry_operation(share_out.operation, name),
            details=details | {"resolution": share_out.resolution.number},
        )
        for position, (name, lines, details) in enumerate(batch)
    ]


def _approvers(share_out: ShareOut) -> list[User]:
    assert share_out.approved_by is not None
    return [share_out.approved_by]


def _lines(lines: Sequence[Line], accounts: dict[Key, Account]) -> list[EntryLine]:
    return [EntryLine(accounts[code, holder], satang) for code, holder, satang in lines]


def _require_money(account: Account, needed: int) -> None:
    has = balance(account)
    if has < needed:
        raise MoneyForPoolMissing(needed=format_baht(needed), has=format_baht(max(has, 0)))
