"""Two thousand groups with their books open, a month of theirs, and a whole year for whoever only reads."""

import time
import uuid
from datetime import date
from functools import cache

from django.db import connection

from bench import stage
from bench.table import milliseconds
from funds.guards import drop_guards, install_guards
from funds.models import Account, Posting
from funds.services import start_books
from members.models import SavingsGroup

GROUPS, PAYERS = 2000, 100
DAY = date(2026, 1, 5)
INTEREST = 10_000_00
FORGED = 1_000_000


@cache
def nation() -> list[SavingsGroup]:
    """Two thousand groups in one district, their books open."""
    place = stage.place()
    SavingsGroup.objects.bulk_create(
        SavingsGroup(code=f"nation-{number}", name=f"กลุ่ม {number}", village=place, first_year_starts_on=stage.FIRST_DAY)
        for number in range(GROUPS)
    )
    groups = list(SavingsGroup.objects.filter(code__startswith="nation-").select_related("village__tambon__district"))
    for group in groups:
        start_books(group=group, by=stage.MAKER, ok=[stage.CHECKER], operation=uuid.uuid4())
    return groups


@cache
def month_of_nation() -> tuple[float, float]:
    """Close one meeting of a hundred deposits in every group, one after the other; seconds of processor and clock."""
    cashiers = [stage.Cashier(group, PAYERS) for group in nation()]
    stage.analyse()
    begun = time.perf_counter()
    seconds = milliseconds(lambda: [cashier.meeting(DAY) for cashier in cashiers]) / 1000
    return seconds, time.perf_counter() - begun


@cache
def year_of_nation() -> None:
    """Make a year of the month: its lines eleven times more, and the bank's interest, past the guards.

    Only what reads postings may be measured on it: the entries do not know these lines. To post them would take
    eleven times the month.
    """
    month_of_nation()
    groups = [group.pk for group in nation()]
    drop_guards(connection)
    Account.objects.bulk_create(Account(group_id=group, code="O4300", holder="") for group in groups)
    cash = dict(Account.objects.filter(group__in=nation(), code="O1100").values_list("group_id", "pk"))
    income = dict(Account.objects.filter(group__in=nation(), code="O4300").values_list("group_id", "pk"))
    first = {group: group * 2**32 + 1 for group in groups}
    with connection.cursor() as cursor:
        for month in range(1, 12):
            cursor.execute(
                "INSERT INTO funds_posting (entry_id, line, group_id, account_id, booked_on, amount) "
                "SELECT entry_id, line + %s, group_id, account_id, %s, amount FROM funds_posting "
                "WHERE booked_on = %s AND line < %s AND group_id IN "
                "(SELECT id FROM members_savingsgroup WHERE code LIKE 'nation-%%')",
                [100 * month, date(2026, month + 1, 5), DAY, 100],
            )
    Posting.objects.bulk_create(
        Posting(
            entry_id=first[group], line=FORGED + place, group_id=group, account_id=account, booked_on=DAY, amount=amount
        )
        for group in groups
        for place, (account, amount) in enumerate([(cash[group], INTEREST), (income[group], -INTEREST)])
    )
    install_guards(connection)
    stage.tidy()
