"""What the lines of a receipt or voucher say, in the active language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from funds.chart import MONEY, is_in_kind
from funds.models import Entry, Posting
from papers.money_slips import PaperLine
from thai.language import active_language
from thai.months import add_months, format_month, month_of

PLEDGE, SPECIAL, LOAN, LOAN_INTEREST, FINE, FEE = "O2100", "O2200", "O1300", "O4100", "O4200", "A4100"
SALES, COST_OF_SOLD = "O4400", ("O5300", "O1400")  # what sold goods had cost is no business of the buyer
SHARE_PAYMENT, SHARES = "share_payment", "O2400"  # where it went, when not handed over, is a note of the voucher
MONTH_LINES = 6


@dataclass(frozen=True, slots=True)
class PaidPart:
    """A month that a receipt paid, and how much of it (satang)."""

    month: date
    satang: int


@dataclass(frozen=True, slots=True)
class RepaidPart:
    """What a receipt paid of one loan (satang)."""

    number: str
    principal: int
    interest: int
    fine: int


def slip_lines(
    entry: Entry,
    postings: Sequence[Posting],
    months: Sequence[PaidPart],
    details: Mapping[str, Any],
    *,
    comes_in: bool,
    repaid: Sequence[RepaidPart] = (),
) -> tuple[PaperLine, ...]:
    """The lines of a paper: everything of the entry that is not cash or bank; they add up to the money that moved.

    repaid: what it paid of loans, each with its principal, interest and fine.
    """
    if entry.plain_kind == SHARE_PAYMENT:
        postings = [each for each in postings if each.account.code == SHARES]
    sign = -1 if comes_in else 1
    contracts = {posting.account.holder for posting in postings if posting.account.code == LOAN}
    contract = next(iter(contracts)) if len(contracts) == 1 else str(details.get("contract") or "")
    said = {**details, "contract": contract}
    unsaid = (*MONEY, *COST_OF_SOLD) if any(each.account.code == SALES for each in postings) else MONEY
    lines: list[PaperLine] = []
    amounts = _beside_loans(postings, repaid if comes_in else (), sign)
    for posting, satang in zip(postings, amounts, strict=True):
        if posting.account.code in unsaid or is_in_kind(posting.account.code):
            continue
        if posting.account.code == PLEDGE and comes_in and months:
            lines.extend(_month_lines(months, entry.booked_on))
        elif satang:
            lines.append(PaperLine(_text(posting, said, comes_in=comes_in), satang))
    for part in repaid if comes_in else ():
        lines.extend(_repaid_lines(part))
    if not lines:
        moved = sum(posting.amount for posting in postings if posting.amount > 0)
        lines.append(PaperLine(str(entry.kind_label), moved))
    return tuple(lines)


def _beside_loans(postings: Sequence[Posting], repaid: Sequence[RepaidPart], sign: int) -> list[int]:
    """What each posting says beside what was paid of loans, whose lines stand last in an entry."""
    told = {
        LOAN: sum(part.principal for part in repaid),
        LOAN_INTEREST: sum(part.interest for part in repaid),
        FINE: sum(part.fine for part in repaid),
    }
    amounts = []
    for posting in reversed(postings):
        satang, code = sign * posting.amount, posting.account.code
        already = min(max(satang, 0), told.get(code, 0))
        if already:
            told[code] -= already
        amounts.append(satang - already)
    return amounts[::-1]


def _repaid_lines(part: RepaidPart) -> list[PaperLine]:
    """Principal, interest and fine of one loan, as far as any was paid."""
    named = {"number": part.number}
    lines = [
        PaperLine(_("Loan principal, contract %(number)s") % named, part.principal),
        PaperLine(_("Loan interest, contract %(number)s") % named, part.interest),
        PaperLine(_("Fine, contract %(number)s") % named, part.fine),
    ]
    return [line for line in lines if line.satang]


def _month_lines(months: Sequence[PaidPart], on: date) -> list[PaperLine]:
    if len(months) <= MONTH_LINES:
        return [PaperLine(_month_text(part.month, on), part.satang) for part in months]
    lines = []
    for run in _runs(months):
        total = sum(part.satang for part in run)
        if len(run) == 1:
            lines.append(PaperLine(_month_text(run[0].month, on), total))
            continue
        language = active_language()
        said = _("Pledge, %(first)s to %(last)s (%(count)s months)") % {
            "first": format_month(run[0].month, "short", language),
            "last": format_month(run[-1].month, "short", language),
            "count": len(run),
        }
        lines.append(PaperLine(said, total))
    return lines


def _runs(months: Sequence[PaidPart]) -> list[list[PaidPart]]:
    """Months in a row that were paid the same amount."""
    runs: list[list[PaidPart]] = []
    for part in sorted(months, key=lambda part: part.month):
        last = runs[-1][-1] if runs else None
        if last and last.satang == part.satang and add_months(last.month, 1) == part.month:
            runs[-1].append(part)
        else:
            runs.append([part])
    return runs


def _month_text(month: date, on: date) -> str:
    named = {"month": format_month(month, "long", active_language())}
    if month < month_of(on):
        return _("Pledge, %(month)s (paid late)") % named
    if month > month_of(on):
        return _("Pledge, %(month)s (in advance)") % named
    return _("Pledge, %(month)s") % named


def _text(posting: Posting, details: Mapping[str, Any], *, comes_in: bool) -> str:
    account = posting.account
    contract = str(details.get("contract") or "")
    match account.code:
        case "O2100":
            return _("Pledge savings") if comes_in else _("Pledge savings returned")
        case "O2200":
            said = _("Special savings, book %(number)s") if comes_in else _("From special savings, book %(number)s")
            return said % {"number": account.holder}
        case "O1300":
            said = _("Loan principal, contract %(number)s") if comes_in else _("Loan paid out, contract %(number)s")
            return said % {"number": account.holder}
        case "O4100" if contract:
            return _("Loan interest, contract %(number)s") % {"number": contract}
    name = f"{account.name} {account.holder}".strip()
    memo = str(details.get("memo") or "")
    return f"{name}: {memo}" if memo else name


def balance_label(code: str, holder: str) -> str:
    """What the balance of an account is called under a receipt."""
    match code:
        case "O2100":
            return _("Pledge savings")
        case "O2200":
            return _("Special savings %(number)s") % {"number": holder}
    return _("Loan %(number)s outstanding") % {"number": holder}


def flow_label(code: str, name: str, *, comes_in: bool) -> str:
    """What the minutes call money that came in for, or went out of, an account of this code."""
    said = {
        ("2100", True): _("Pledges"),
        ("2100", False): _("Pledge savings returned"),
        ("2200", True): _("Special savings received"),
        ("2200", False): _("Special savings paid out"),
        ("1300", True): _("Loan principal paid back"),
        ("1300", False): _("Loans paid out"),
        ("1200", True): _("Fetched from the bank"),
        ("1200", False): _("Carried to the bank"),
    }
    return said.get((code[1:], comes_in), name)
