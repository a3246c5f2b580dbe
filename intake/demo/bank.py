"""The demo's bank book: registered, two months typed by the secretary, the first compared and signed by the auditor."""

from collections import defaultdict
from datetime import date, timedelta

from funds.bankbook import last_day
from funds.models import BankAccount, EntryDetails
from funds.selectors.bank import bank_accounts
from funds.selectors.bank_book import bank_postings, compare, ledger_balance, proposals
from funds.services.bank_accounts import AccountInput, register_account
from funds.services.bank_matches import ask_to_reconcile, finish_reconciliation, match_all
from funds.services.bank_pages import finish_page, save_draft
from intake.demo.history import Table
from members import cosign
from thai.money import format_baht
from thai.months import add_months, month_of

NUMBER = "020-0-00000-0"
INTEREST = 12_34  # the bank has credited it, the treasurer has not entered it yet: an open item to look at


def keep_bank_book(table: Table, today: date) -> None:
    """Register the account the group's money lies on; type the last two months, sign the first of them."""
    unknown = [bank for bank in bank_accounts(table.group) if bank.account is None]
    if not unknown:
        return
    of_group = AccountInput(
        bank="ธ.ก.ส.",
        number=NUMBER,
        name=table.group.name,
        is_private=False,
        in_operating=True,
        in_administrative=True,
        opened_on=table.group.founded_on or table.group.first_year_starts_on,
    )
    account = register_account(group=table.group, by=table.treasurer, account=of_group, holder=unknown[0].holder)
    signed, typed = (add_months(month_of(today), back) for back in (-2, -1))
    _type(table, account, signed)
    _sign(table, account, signed)
    _type(table, account, typed, interest=INTEREST)


def _type(table: Table, account: BankAccount, month: date, *, interest: int = 0) -> None:
    """Copy the book: what the ledger has, the day the bank printed it, and the interest at the month's end."""
    by = table.officers["secretary"]
    balance = ledger_balance(account, month - timedelta(days=1))
    opening, rows = balance, []
    for on, words, satang in _printed(account, month, interest):
        balance += satang
        rows.append({
            "on": str(on.day),
            "words": words,
            "in": format_baht(satang) if satang > 0 else "",
            "out": format_baht(-satang) if satang < 0 else "",
            "balance": format_baht(balance),
        })  # fmt: skip
    save_draft(account=account, month=month, by=by, opening=format_baht(opening), rows=rows)
    finish_page(account=account, month=month, by=by)


def _printed(account: BankAccount, month: date, interest: int) -> list[tuple[date, str, int]]:
    """A line for each entry, both pools' money in one, with the number of its slip."""
    rows = bank_postings(account).filter(booked_on__gte=month, booked_on__lte=last_day(month))
    moved: dict[tuple[date, int], int] = defaultdict(int)
    for on, entry, satang in rows.order_by("booked_on", "entry_id", "line").values_list(
        "booked_on", "entry_id", "amount"
    ):
        moved[on, entry] += satang
    details = EntryDetails.objects.filter(entry__in={entry for _on, entry in moved})
    slips = {each.entry_id: str(each.data.get("slip", "")) for each in details}
    lines = [
        (on, f"{'ฝาก' if satang > 0 else 'ถอน'} {slips.get(entry, '')}".strip(), satang)
        for (on, entry), satang in moved.items()
        if satang
    ]
    return [*lines, (last_day(month), "ดอกเบี้ย", interest)] if interest else lines


def _sign(table: Table, account: BankAccount, month: date) -> None:
    """Confirm what looks like the same money, and let the auditor sign the month."""
    by = table.officers["secretary"]
    found = compare(account, month)
    assert found is not None
    pairs = [([line.pk for line in each.lines], [row.key for row in each.postings]) for each in proposals(found)]
    match_all(account=account, by=by, pairs=pairs)
    cosign.sign_as(signature=ask_to_reconcile(account=account, month=month, by=by), user=table.officers["audit"])
    finish_reconciliation(account=account, month=month, by=by)
