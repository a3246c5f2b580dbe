"""What the page of a compared month prints: the figures from ledger to bank, items as signed, pairs that agree."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from funds import kinds
from funds.models import BankLine, BankMatch, Reconciliation
from funds.selectors.bank_book import Comparison


def moved(lines: Sequence[BankLine]) -> dict[str, int]:
    """What came into the account and what went out in a typed month."""
    return {"came": sum(line.in_satang for line in lines), "went": sum(line.out_satang for line in lines)}


def figures_of(found: Comparison, done: Reconciliation | None) -> dict[str, Any]:
    """What leads from the ledger's balance to the bank's: as it was signed, or as it stands now."""
    if done is None:
        lines, postings = len(found.lines), len(found.postings)
        sums = (found.ledger, found.open_lines, found.open_postings, found.beginning, found.book)
    else:
        places = [item[0] for item in done.items]
        lines, postings = places.count("book"), places.count("ledger")
        sums = (
            done.ledger_satang,
            done.open_lines_satang,
            done.open_postings_satang,
            done.beginning_satang,
            done.book_satang,
        )
    ledger, open_lines, open_postings, beginning, book = sums
    return {
        "through": found.through,
        "lines": lines,
        "postings": postings,
        "ledger": ledger,
        "open_lines": open_lines,
        "open_postings": -open_postings,
        "beginning": beginning,
        "book": book,
        "difference": book - ledger,
    }


def frozen_rows(items: Iterable[Any]) -> list[dict[str, Any]]:
    """The open items as they were signed; an entry's kind in the reader's words."""
    return [
        {
            "where": where,
            "on": date.fromisoformat(on),
            "words": kinds.kind_of(words).label if where == "ledger" and kinds.is_kind(words) else words,
            "satang": satang,
            "n": n,
        }
        for where, on, words, satang, n in items
    ]


def match_rows(matches: Iterable[BankMatch]) -> list[dict[str, Any]]:
    """Matches with what stands on both sides; the amounts of postings equal those of the lines."""
    return [
        {
            "match": each,
            "lines": [matched.line for matched in each.lines.all()],
            "entries": sorted({matched.entry.n for matched in each.postings.all()}),
            "satang": sum(matched.line.satang for matched in each.lines.all()),
        }
        for each in matches
    ]
