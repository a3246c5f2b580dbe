"""No balance below its floor or its holds, counted over all postings in order of number, whatever their date."""

from collections.abc import Sequence
from functools import lru_cache

from funds.balances import available_of, held_amounts, raw_balances
from funds.chart import head_of, is_in_kind
from funds.errors import DeclarationWrong, InsufficientFunds, InsufficientStock
from funds.journal.drafts import EntryDraft
from funds.models import Account
from members.models import SavingsGroup
from thai.money import format_baht
from thai.quantities import format_kg


def require_floors(group: SavingsGroup, drafts: Sequence[EntryDraft]) -> None:
    """Refuse the batch if an entry of it takes a balance below its floor or its holds. Raises InsufficientFunds."""
    nearing = [_nearing(draft) for draft in drafts]
    endangered = {account.pk: account for movements in nearing for account in movements.values()}
    if not endangered:
        return
    balances = raw_balances(group, endangered.values())
    held = held_amounts(group, endangered.values())
    due: dict[int, Account] = {}
    for draft, movements in zip(drafts, nearing, strict=True):
        for account, satang in draft.lines:
            if account.pk in balances:
                balances[account.pk] += satang
        due |= movements
        if draft.then_replaced:
            continue
        for account in due.values():
            left = available_of(account, balances[account.pk], held.get(account.pk, 0))
            if left < 0:
                raise _shortage(account, draft, left)
        due = {}


@lru_cache(maxsize=1024)
def _side(code: str) -> int:
    return int(head_of(code).floor.value)


def _nearing(draft: EntryDraft) -> dict[int, Account]:
    """The accounts that a draft moves towards their floor."""
    near = [account for account, satang in draft.lines if _side(account.code) * satang < 0]
    if not near:  # what no single line nears, all together do not
        return {}
    moved: dict[int, int] = {}
    for account, satang in draft.lines:
        moved[account.id] = moved.get(account.id, 0) + satang
    return {account.id: account for account in near if _side(account.code) * moved[account.id] < 0}


def _shortage(account: Account, draft: EntryDraft, left: int) -> InsufficientFunds:
    needed = abs(sum(satang for other, satang in draft.lines if other.pk == account.pk))
    name = f"{account.name} {account.holder}".strip()
    if is_in_kind(account.code):
        return InsufficientStock(account=name, available=format_kg(left + needed), needed=format_kg(needed))
    return InsufficientFunds(account=name, available=format_baht(left + needed), needed=format_baht(needed))


def require_declaration(group: SavingsGroup, drafts: Sequence[EntryDraft], position: int) -> None:
    """Refuse a close whose counted cash differs from the books as of its day. Raises DeclarationWrong."""
    draft = drafts[position]
    if not draft.declared:
        return
    booked = dict.fromkeys(draft.declared, 0)
    accounts = list(Account.objects.filter(group=group, code__in=list(booked)))
    sums = raw_balances(group, accounts, as_of=draft.on)
    for account in accounts:
        booked[account.code] += sums[account.pk]
    for earlier in drafts[:position]:
        for account, satang in earlier.lines:
            if account.code in booked and earlier.on <= draft.on:
                booked[account.code] += satang
    for code, satang in draft.declared.items():
        if satang != booked[code]:
            name = f"{head_of(code).name} ({code})"
            raise DeclarationWrong(account=name, declared=format_baht(satang), booked=format_baht(booked[code]))
