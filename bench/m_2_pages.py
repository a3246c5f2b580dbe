"""The pages: the meeting sheet against a crispy formset, and what people open every day, with ten years behind it."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from uuid import uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.utils import render_crispy_form
from django import forms
from django.urls import reverse

from bench import stage
from bench.browsing import PAGE_LIMIT, fetch, queries, signed_in
from bench.history import MEMBERS, YEARS, Home, add_members, make_home, ten_years
from bench.lending import lend_to
from bench.table import Row, at_least, at_most, p95_ms, told, typical, typical_ms
from bench.table import measurement as measured
from funds.models import BankAccount
from funds.services.bank_accounts import AccountInput, register_account
from funds.services.bank_pages import finish_page, save_draft
from meetings.services.rows import receive_rest
from members.models import User

SHEET_LIMIT = {200: 15, 500: 40}
BORROWERS = 150


class FormsetRow(forms.Form):
    """One line of the sheet as an ordinary form."""

    present = forms.BooleanField(required=False)
    pledge = forms.DecimalField(decimal_places=2, required=False)
    special = forms.DecimalField(decimal_places=2, required=False)
    fee = forms.DecimalField(decimal_places=2, required=False)
    fine = forms.DecimalField(decimal_places=2, required=False)
    method = forms.ChoiceField(choices=[("cash", "cash"), ("transfer", "transfer")])


def render_formset(rows: int) -> str:
    """The same sheet as crispy would draw it."""
    helper = FormHelper()
    helper.template = "bootstrap5/table_inline_formset.html"
    helper.disable_csrf = True
    return str(render_crispy_form(forms.formset_factory(FormsetRow, extra=rows)(), helper=helper))


@measured
def meeting_sheet() -> Iterator[Row]:
    """The sheet of an open meeting, from the request to the whole answer."""
    home = make_home("bench-sheet", members=200, since=stage.FIRST_DAY)
    client = signed_in(home.treasurer)
    meeting = home.evening(date(2026, 1, 5)).meeting
    address = reverse("meetings:sheet", args=[home.group.code, meeting.pk])
    for rows, limit in SHEET_LIMIT.items():
        add_members(home.group, rows)
        stage.analyse()
        page = typical_ms(partial(fetch, client, address))
        yield at_most(f"meeting sheet of {rows} rows, request to answer", page, limit, "ms")
        crispy = typical_ms(partial(render_formset, rows), times=5, warm_up=1)
        yield at_least(f"  a crispy formset of {rows} rows (rendering alone) against it", crispy / page, 10, "x")
    receive_rest(meeting=meeting, operation=uuid4(), by=home.treasurer)
    yield told("  the sheet with 500 rows received", typical_ms(partial(fetch, client, address)), "ms")


@measured
def meeting_sheet_with_loans() -> Iterator[Row]:
    """The same where 150 members owe a loan, half a year old, every second one behind."""
    home = make_home("bench-loans", members=200, since=date(2025, 7, 1))
    client = signed_in(home.treasurer)
    lend_to(home.group, BORROWERS, on=date(2025, 7, 5), paid=5)
    meeting = home.evening(date(2026, 1, 5)).meeting
    address = reverse("meetings:sheet", args=[home.group.code, meeting.pk])
    for rows, limit in SHEET_LIMIT.items():
        add_members(home.group, rows)
        stage.analyse()
        page = typical_ms(partial(fetch, client, address))
        yield at_most(f"meeting sheet of {rows} rows, {BORROWERS} of them with a loan", page, limit, "ms")
    receive_rest(meeting=meeting, operation=uuid4(), by=home.treasurer)
    yield told(f"  all received, {BORROWERS} loans among them", typical_ms(partial(fetch, client, address)), "ms")


@measured
def whole_closes() -> Iterator[Row]:
    """The close of a meeting of 500 as the treasurer sends it, with all that it does besides the journal."""
    _home, closes = ten_years()
    yield told(f"close_meeting of {MEMBERS} members, first year", typical(closes[:12]), "ms")
    yield told(f"close_meeting of {MEMBERS} members, year {YEARS}", typical(closes[-12:]), "ms")


def pages_of(home: Home) -> dict[str, tuple[User, str]]:
    """The pages that are opened every day, and by whom."""
    code, number = home.group.code, home.saver_number
    return {
        "group home": (home.treasurer, reverse("reports:home", args=[code])),
        "books": (home.treasurer, reverse("reports:books", args=[code])),
        "journal": (home.treasurer, reverse("reports:entries", args=[code])),
        "cash account": (home.treasurer, reverse("reports:account", args=[code, "O1100"])),
        "members": (home.treasurer, reverse("people:list", args=[code])),
        "a member": (home.treasurer, reverse("people:member", args=[code, number])),
        "a passbook": (home.treasurer, reverse("savings:passbook", args=[code, number])),
        "meetings": (home.treasurer, reverse("meetings:list", args=[code])),
        "the control register": (home.treasurer, reverse("savings:register", args=[code])),
        "the operating pool": (home.treasurer, reverse("reports:pool", args=[code, "O"])),
        "the administrative pool": (home.treasurer, reverse("reports:pool", args=[code, "A"])),
        "the bank": (home.treasurer, reverse("funds:bank", args=[code])),
        **_bank_pages(home),
        "the member's home": (home.saver, reverse("window:home", args=[code])),
        "the member's passbook": (home.saver, reverse("window:passbook", args=[code])),
        "the member's receipts": (home.saver, reverse("window:receipts", args=[code])),
    }


def _bank_pages(home: Home) -> dict[str, tuple[User, str]]:
    """A month of the bank book as the auditor typed it, and its comparison with the ledger."""
    group, month = home.group, date(2025, 11, 1)
    account = BankAccount.objects.filter(group=group).first()
    if account is None:
        book = AccountInput("ธ.ก.ส.", "012-3-45678-9", "กลุ่มออมทรัพย์", False, True, True, group.first_year_starts_on)
        account = register_account(group=group, by=home.treasurer, account=book)
        save_draft(account=account, month=month, by=home.auditor, opening="0", rows=_bank_lines())
        finish_page(account=account, month=month, by=home.auditor)
    here = [group.code, account.pk]
    return {
        "the bank book of an account": (home.auditor, reverse("funds:bank-account", args=here)),
        "a typed month of it": (home.auditor, reverse("funds:bank-book", args=[*here, f"{month:%Y-%m}"])),
        "the month beside the ledger": (home.auditor, reverse("funds:bank-compare", args=[*here, f"{month:%Y-%m}"])),
    }


def _bank_lines() -> list[dict[str, str]]:
    """Sixty lines of a busy month: in and out by turns."""
    return [
        {"on": str(1 + place // 2), "words": "โอน", "in": "100" if place % 2 == 0 else "",
         "out": "" if place % 2 == 0 else "100", "balance": "100" if place % 2 == 0 else "0"}
        for place in range(60)
    ]  # fmt: skip


@measured
def daily_pages() -> Iterator[Row]:
    """Each page with 500 members and ten years behind it; the number of queries with a group of 20 and of 500."""
    home, _closes = ten_years()
    small = make_home("bench-small", members=20, since=date(2024, 1, 1))
    for year in (2024, 2025):  # a closed year and an open one, as the large group has
        for month in range(1, 4):
            small.hold_meeting(date(year, month, 5))
    stage.close_year(small.group, 2024)
    few = pages_of(small)
    for name, (user, address) in pages_of(home).items():
        client, small_client = signed_in(user), signed_in(few[name][0])
        slow = p95_ms(partial(fetch, client, address))
        yield at_most(f"{name}, {MEMBERS} members x {YEARS} years, p95", slow, PAGE_LIMIT, "ms")
        many, least = queries(client, address), queries(small_client, few[name][1])
        yield Row("  its queries, against a group of 20", f"{many} : {least}", "constant", many <= least)
