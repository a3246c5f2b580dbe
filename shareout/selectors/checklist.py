"""What must be in order before an account year is closed, each line opening into what is missing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any

from django.conf import settings
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from funds.models import Account, AccountYear, Act, Activity, BankAccount, Entry, Posting, Reconciliation
from funds.selectors import code_balances
from meetings.models import Meeting
from savings.models import SpecialProduct
from savings.selectors.products import next_preview
from thai.dates import format_date
from thai.language import active_language

CASH, BANK = ("O1100", "A1100"), ("O1200", "A1200")
STOCK_DAYS = 31
NAMED = 3


@dataclass(frozen=True)
class CheckLine:
    """One line of the checklist; `text` says what was found, `url` is where it is put in order."""

    key: str
    label: str
    is_green: bool
    text: str
    url: str = ""


def checklist(year: AccountYear) -> list[CheckLine]:
    """Every line in the order in which a committee goes through them; the auditor's sign-off comes after them."""
    return [
        _over(year),
        _year_before(year),
        _meetings(year),
        _cash(year),
        _bank(year),
        _interest(year),
        _stock(year),
        _verified(year),
    ]


def missing_count(lines: Iterable[CheckLine]) -> int:
    """How many lines are not in order."""
    return sum(1 for line in lines if not line.is_green)


def year_before(year: AccountYear) -> AccountYear | None:
    """The year before, if it is still open."""
    return AccountYear.objects.filter(group=year.group_id, starts_on__lt=year.starts_on, closing__isnull=True).first()


def is_over(year: AccountYear) -> bool:
    """Whether the last day is past."""
    return year.ends_on < timezone.localdate()


def _over(year: AccountYear) -> CheckLine:
    text = _("The last day is %(day)s.") % {"day": format_date(year.ends_on, "long", active_language())}
    return CheckLine("over", _("The account year has ended"), is_over(year), text)


def _year_before(year: AccountYear) -> CheckLine:
    open_one = year_before(year)
    label = _("The year before is closed")
    if open_one is None:
        return CheckLine("before", label, True, _("Nothing earlier is open."))
    text = _("The account year %(year)s is still open.") % {"year": open_one.year}
    return CheckLine("before", label, False, text, reverse("shareout:year", args=[year.group.code, open_one.year]))


def _meetings(year: AccountYear) -> CheckLine:
    held = Meeting.objects.filter(group=year.group_id, held_on__range=(year.starts_on, year.ends_on))
    label = _("Every meeting is closed")
    open_one = held.exclude(status=Meeting.Status.CLOSED).first()
    if open_one is not None:
        text = _("Meeting %(meeting)s is still open.") % {"meeting": open_one}
        return CheckLine("meetings", label, False, text, reverse("meetings:list", args=[year.group.code]))
    return CheckLine("meetings", label, True, _("Meetings closed in the year: %(count)s.") % {"count": held.count()})


def _cash(year: AccountYear) -> CheckLine:
    """The box was counted at or after the year's last cash entry; an empty box needs no count."""
    label, url = _("The cash is counted"), reverse("meetings:list", args=[year.group.code])
    moved = Posting.objects.filter(
        group=year.group_id, account__code__in=CASH, booked_on__range=(year.starts_on, year.ends_on)
    )
    last = moved.aggregate(last=Max("booked_on"))["last"]
    if last is None or not sum(code_balances(year.group, CASH, year.ends_on).values()):
        return CheckLine("cash", label, True, _("Nothing lies in the box, or nothing moved."))
    counts = Entry.objects.filter(group=year.group_id, kind__in=["meeting_close", "paper_meeting_close"])
    counted = counts.filter(booked_on__range=(last, year.ends_on)).aggregate(last=Max("booked_on"))["last"]
    words = {"last": format_date(last, "long", active_language())}
    if counted is None:
        return CheckLine("cash", label, False, _("Cash moved on %(last)s and was not counted since.") % words, url)
    words = {"day": format_date(counted, "long", active_language())}
    return CheckLine("cash", label, True, _("Last counted on %(day)s, and nothing moved since.") % words)


def _bank(year: AccountYear) -> CheckLine:
    """Each bank account that held money is compared with its book through the year's last day."""
    label, url = _("Bank book and ledger are compared"), reverse("funds:bank", args=[year.group.code])
    moved = Posting.objects.filter(group=year.group_id, account__code__in=BANK, booked_on__lte=year.ends_on)
    if not moved.exists():
        return CheckLine("bank", label, True, _("No money was at a bank."))
    if not moved.exclude(entry__kind__startswith="paper_").exists():
        return CheckLine(
            "bank", label, True, _("The year was kept on paper; the auditor looks at the paper bank book.")
        )
    holders = set(
        Account.objects.filter(pk__in=moved.values("account"), group=year.group_id).values_list("holder", flat=True)
    )
    rows = {row.holder: row for row in BankAccount.objects.filter(group=year.group_id)}
    signed = Reconciliation.objects.filter(group=year.group_id, through__gte=year.ends_on)
    done = set(signed.values_list("account__holder", flat=True))
    closed = {holder for holder, row in rows.items() if row.closed_on and row.closed_on <= year.ends_on}
    missing = sorted(holders - done - closed)
    if missing:
        names = ", ".join(str(rows.get(holder, holder)) for holder in missing[:NAMED])
        return CheckLine("bank", label, False, _("Not compared to the year's end: %(names)s.") % {"names": names}, url)
    return CheckLine("bank", label, True, _("Every account is compared to the year's last day."))


def _interest(year: AccountYear) -> CheckLine:
    label = _("Interest on special savings is credited")
    for product in SpecialProduct.objects.filter(group=year.group_id).select_related("group"):
        preview = next_preview(product)
        if preview is not None and preview.ends_on <= year.ends_on and preview.books:
            url = reverse("savings:interest-preview", args=[year.group.code, product.pk])
            return CheckLine("interest", label, False, _("Not credited yet: %(name)s.") % {"name": product.name}, url)
    return CheckLine("interest", label, True, _("No period that has ended is left."))


def _stock(year: AccountYear) -> CheckLine:
    """Goods and barns are counted within the year's last month, or later."""
    label = _("Stock is counted")
    since = year.ends_on - timedelta(days=STOCK_DAYS)
    for activity in Activity.objects.filter(group=year.group_id, started_on__lte=year.ends_on):
        own = Q(account__code="O1400", account__holder=activity.name)
        if activity.unit_book:
            own |= Q(account__code=f"{activity.unit_book}1100")
        rows = Posting.objects.filter(own, group=year.group_id, booked_on__lte=year.ends_on)
        if not rows.exists() or (activity.ended_on and activity.ended_on <= year.ends_on):
            continue
        counted = Act.objects.filter(
            activity=activity, state=Act.State.POSTED, kind__endswith="count", done_on__gte=since
        )
        if not counted.exists():
            text = _("Not counted since %(day)s: %(name)s.") % {
                "day": format_date(since, "long", active_language()),
                "name": activity.name,
            }
            url = reverse("funds:activity", args=[year.group.code, activity.pk])
            return CheckLine("stock", label, False, text, url)
    return CheckLine("stock", label, True, _("Counted in the last month of the year, or there is none."))


def _verified(year: AccountYear) -> CheckLine:
    label, url = _("The books verify without a fault"), reverse("reports:books", args=[year.group.code])
    found: Iterator[Any] = import_string(settings.BOOKS_VERIFIER)(year.group)
    faults = [str(fault) for fault in islice(found, NAMED)]
    if faults:
        return CheckLine("verified", label, False, "; ".join(faults), url)
    return CheckLine("verified", label, True, _("Every entry, its hash and every balance were recomputed."))
