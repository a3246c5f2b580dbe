"""What the books as a whole must be: no stray rows, words as hashed, sums as sums, holds covered, years closed."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from funds import chain, chart
from funds.balances import available_of, held_amounts, raw_balances, read_head
from funds.checks.rows import read_words
from funds.checks.state import number_of
from funds.findings import Finding
from funds.models import Account, AccountYear, Book, Entry, EntryDetails, Hold, Opening, Posting, entry_id
from funds.selectors import code_balances
from members.models import SavingsGroup

MOST_ASKED = 10_000  # ids a statement: SQLite takes 32,766 values


def _range(group: SavingsGroup, column: str) -> Q:
    return Q(**{f"{column}__gt": entry_id(group.pk, 0), f"{column}__lt": entry_id(group.pk + 1, 0)})


def check_strays(group: SavingsGroup) -> Iterator[Finding]:
    """I5: every row that says this group stands in this group's range; every posting and every word has its entry."""
    for row in Entry.objects.filter(group=group).exclude(_range(group, "id")).values_list("id", flat=True):
        yield Finding("I5", 0, f"entry {row} says this group and stands outside of it")
    for row in Posting.objects.filter(group=group).exclude(_range(group, "entry")).values_list("entry_id", flat=True):
        yield Finding("I5", 0, f"a posting of entry {row} says this group")
    for model, name in ((Posting, "a posting"), (EntryDetails, "words")):
        # The range again: PostgreSQL would read every group's entries to find this one's.
        entry = Entry.objects.filter(_range(group, "id"), id=OuterRef("entry"))
        orphans = model._default_manager.filter(_range(group, "entry")).filter(~Exists(entry))
        for row in orphans.values_list("entry_id", flat=True).distinct():
            yield Finding("I5", number_of(row), f"{name} without an entry")
    if not Book.objects.filter(group=group).exists() and Entry.objects.filter(group=group).exists():
        yield Finding("I5", 0, "the group has entries and no book")


def check_accounts(group: SavingsGroup) -> Iterator[Finding]:
    """I3: every account is one of the chart, with a holder of the form that it needs."""
    for account in Account.objects.filter(group=group):
        code, holder = account.code, account.holder
        if not chart.is_account(code) or not chart.head_of(code).holder.fits(holder) or not chain.is_text(holder):
            yield Finding("I3", 0, f"the chart has no account {code} for {holder!r}")


def check_pools(group: SavingsGroup) -> Iterator[Finding]:
    """I2, I3: each unit sums to zero, and every control account is the sum of its holders."""
    sums: dict[str, int] = {}
    rows = Posting.objects.filter(group=group).order_by().values("account__code").annotate(total=Sum("amount"))
    by_code = {row["account__code"]: row["total"] for row in rows if row["account__code"]}
    for code, total in by_code.items():
        sums[chart.unit_of(code)] = sums.get(chart.unit_of(code), 0) + total
    for unit, total in sums.items():
        if total:
            yield Finding("I2", 0, f"unit {unit} sums to {total}")
    for code, total in code_balances(group, by_code).items():
        if total != by_code[code]:
            yield Finding("I3", 0, f"{code} is {by_code[code]}, its holders are {total}")


def check_words(group: SavingsGroup) -> Iterator[Finding]:
    """I6, I11: words are those that were hashed; a payee is neither maker nor approver; an erasure is a decision."""
    telling: dict[int, dict[str, Any]] = {}  # by id: what names payees or an erased entry
    missing: list[int] = []
    for entry, salt, text, memo_hash in read_words(group):
        if text is None or salt is None:
            missing.append(number_of(entry))
        elif not _is_hashed(salt, text, memo_hash):
            yield Finding("I6", number_of(entry), "its words are not those that were hashed")
        elif '"payees"' in text or '"erased"' in text or "\\" in text:  # without an escape a key stands as it is
            telling[entry] = json.loads(text)
    erased: set[int] = set()
    for entry, kind, maker, approvers in _people(list(telling)):
        if {maker, *approvers} & set(telling[entry].get("payees", [])):
            yield Finding("I11", number_of(entry), "its payee made or approved it")
        if kind == "erasure":
            erased.add(telling[entry].get("erased", 0))
    for n in missing:
        if n not in erased:
            yield Finding("I6", n, "its words are gone without a decision")


def _people(entries: list[int]) -> Iterator[tuple[int, str, str, list[str]]]:
    for start in range(0, len(entries), MOST_ASKED):
        rows = Entry.objects.filter(pk__in=entries[start : start + MOST_ASKED]).order_by("pk")
        yield from rows.values_list("pk", "kind", "maker", "approvers")


def _is_hashed(salt: str, text: str, memo_hash: str) -> bool:
    try:
        return chain.memo_hash(bytes.fromhex(salt), text) == memo_hash
    except (ValueError, TypeError, AttributeError):  # no text
        return False


def check_openings(group: SavingsGroup) -> Iterator[Finding]:
    """I4: opening rows are the sums of the postings until their day, and every balance has one."""
    strays = Opening.objects.filter(group=group).exclude(account__group=group)
    for row in strays:
        yield Finding("I4", 0, f"an opening row stands on account {row.account_id}, which is not the group's")
    days = Opening.objects.filter(group=group).order_by("booked_on").values_list("booked_on", flat=True).distinct()
    booked: dict[int, int] = {}
    before = date.min
    for on in days:
        for account, moved in _moved(group, before, on):
            booked[account] = booked.get(account, 0) + moved
        stored = dict(Opening.objects.filter(group=group, booked_on=on).values_list("account_id", "amount"))
        for account in sorted({*stored, *booked}):
            if stored.get(account, 0) != booked.get(account, 0):
                sums = f"{stored.get(account, 0)}, the postings are {booked.get(account, 0)}"
                yield Finding("I4", 0, f"the opening of account {account} on {on} is {sums}")
        before = on


def _moved(group: SavingsGroup, after: date, until: date) -> QuerySet[Account, tuple[int, int]]:
    """How much each account (its id) moved after a day, until the end of another: by the index, one after the other."""
    lines = Posting.objects.filter(group=group, account=OuterRef("pk"), booked_on__gt=after, booked_on__lte=until)
    sums = lines.order_by().values("account").annotate(total=Sum("amount")).values("total")
    return Account.objects.filter(group=group).order_by().values_list("pk", Coalesce(Subquery(sums), 0))


def check_holds(group: SavingsGroup) -> Iterator[Finding]:
    """I9: what is held of an account is there."""
    for hold in Hold.objects.filter(group=group).exclude(account__group=group):
        yield Finding("I9", 0, f"hold {hold.pk} stands on another group's account")
    accounts = list(
        Account.objects.filter(group=group, holds__released_at__isnull=True, holds__isnull=False).distinct()
    )
    balances, held = raw_balances(group, accounts), held_amounts(group, accounts)
    for account in accounts:
        if not chart.is_account(account.code):
            continue  # check_accounts names it
        if available_of(account, balances[account.pk], held.get(account.pk, 0)) < 0:
            yield Finding("I9", 0, f"{held[account.pk]} are held of {account}, {abs(balances[account.pk])} are there")


def check_account_years(group: SavingsGroup) -> Iterator[Finding]:
    """I10: years follow each other; a closed one has its closing entry, its opening rows, and no result left in it."""
    head = read_head(group)
    expected = None
    for year in AccountYear.objects.filter(group=group).select_related("closing").order_by("starts_on"):
        if expected is not None and year.starts_on != expected:
            yield Finding("I10", 0, f"account year {year.year} begins on {year.starts_on}, not on {expected}")
        expected = year.ends_on + timedelta(days=1)
        closing = year.closing
        if closing is not None and (
            closing.plain_kind != "year_close" or closing.booked_on != year.ends_on or closing.group_id != group.pk
        ):
            yield Finding("I10", closing.n, f"is not the close of account year {year.year}")
    closes = Entry.objects.filter(group=group, kind__in=["year_close", "paper_year_close"])
    for close in closes.exclude(closed_year__ends_on=F("booked_on")):
        yield Finding("I10", close.n, "closes a year that is not marked as closed")
    if head is not None and closes.exists():
        results = [account for account in Account.objects.filter(group=group) if _is_result(account.code)]
        left: dict[str, int] = {}
        sums = raw_balances(group, results, as_of=head.locked_through)
        for account in results:
            left[account.code] = left.get(account.code, 0) + sums[account.pk]
        for code, total in left.items():
            if total:
                yield Finding("I10", 0, f"{code} keeps {total} through {head.locked_through}, a closed year")


def _is_result(code: str) -> bool:
    return chart.is_account(code) and chart.type_of(code) >= chart.Type.INCOME
