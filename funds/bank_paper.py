"""A signed month of the bank book as the paper that is kept with it."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import override

from funds.kinds import is_kind, kind_of
from funds.models import Reconciliation
from funds.selectors import paper_code
from members.models import SavingsGroup
from papers.reconciliation import OpenItem, ReconciliationPaper


def reconciliation_paper(done: Reconciliation, *, entries: int) -> ReconciliationPaper:
    """The paper of a signed month. entries: how many entries of the ledger were matched with the book."""
    account = done.account
    with override("th"):
        items = {side: tuple(_items(done, side)) for side in ("book", "ledger")}
    return ReconciliationPaper(
        group=account.group.name,
        place=_place(account.group),
        account=str(account),
        account_name=account.name,
        month=done.month,
        through=done.through,
        ledger=done.ledger_satang,
        book=done.book_satang,
        book_items=items["book"],
        ledger_items=items["ledger"],
        beginning=done.beginning_satang,
        matched=done.matched,
        entries=entries,
        typed_by=str(done.page.typed_by),
        finished_by=str(done.finished_by),
        signed_by=str(done.signed_by),
        signed_on=done.entry.booked_on,
        number=done.entry.n,
        code=paper_code(done.entry.hash),
    )


def _items(done: Reconciliation, side: str) -> Iterator[OpenItem]:
    for where, on, words, satang, n in done.items:
        if where != side:
            continue
        text = str(kind_of(words).label) if is_kind(words) else words
        yield OpenItem(date.fromisoformat(on), f"{text} · รายการเลขที่ {n}" if n else text, satang)


def _place(group: SavingsGroup) -> str:
    tambon = group.village.tambon
    moo = f"หมู่ที่ {group.village.moo} " if group.village.moo else ""
    return f"{moo}ตำบล{tambon.name_th} อำเภอ{tambon.district.name_th}"
