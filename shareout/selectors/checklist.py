"""What must be in order before an account year is closed, each line opening into what is missing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
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
class Missing:
    """One thing that is not in order, and where it is put in order."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class CheckLine:
    """One line of the checklist: what was found; in order when nothing is missing."""

    key: str
    label: str
    text: str
    missing: tuple[Missing, ...] = ()

    @property
    def is_green(self) -> bool:
        """Whether it is in order."""
        return not self.missing


def checklist(year: AccountYear, *, always_verify: bool = True) -> list[CheckLine]:
    """Every line in the order in which a committee goes through them; the auditor's sign-off comes after them.

    always_verify: recompute all books even while something else is missing; a page that is looked at often does not.
    """
    lines = [
        _over(year),
        _year_before(year),
        _meetings(year),
        _cash(year),
        _bank(year),
        _interest(year),
        _stock(year),
    ]
    is_next = all(line.is_green for line in lines)
    return [*lines, _verified(year) if always_verify or is_next else _not_verified(year)]


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
    text = _("The last day is %(day)s.") % {"day": _day(year.ends_on)}
    return CheckLine("over", _("The account year has ended"), text, () if is_over(year) else (Missing(text),))


def _year_before(year: AccountYear) -> CheckLine:
    label, open_one = _("The year before is closed"), year_before(year)
    if open_one is None:
        return CheckLine("before", label, _("Nothing earlier is open."))
    text = _("The account year %(year)s is still open.") % {"year": open_one.year}
    url = reverse("shareout:year", args=[year.group.code, open_one.year])
    return CheckLine("before", label, text, (Missing(text, url),))


def _meetings(year: AccountYear) -> CheckLine:
    held = Meeting.objects.filter(group=year.group_id, held_on__range=(year.starts_on, year.ends_on))
    missing = [
        Missing(
            _("Meeting %(meeting)s is still open.") % {"meeting": meeting},
            reverse("meetings:meeting", args=[year.group.code, meeting.pk]),
        )
        for meeting in held.exclude(status=Meeting.Status.CLOSED).order_by("held_on")
    ]
    text = _("Meetings closed in the year: %(count)s.") % {"count": held.count() - len(missing)}
    return CheckLine("meetings", _("Every meeting is closed"), text, tuple(missing))


def _cash(year: AccountYear) -> CheckLine:
    """The box was counted at or after the year's last cash entry; an empty box needs no count."""
    label, url = _("The cash is counted"), reverse("meetings:list", args=[year.group.code])
    moved = Posting.objects.filter(
        group=year.group_id, account__code__in=CASH, booked_on__range=(year.starts_on, year.ends_on)
    )
    last = moved.aggregate(last=Max("booked_on"))["last"]
    if last is None or not sum(code_balances(year.group, CASH, year.ends_on).values()):
        return CheckLine("cash", label, _("Nothing lies in the box, or nothing moved."))
    counts = Entry.objects.filter(group=year.group_id, kind__in=["meeting_close", "paper_meeting_close"])
    counted = counts.filter(booked_on__range=(last, year.ends_on)).aggregate(last=Max("booked_on"))["last"]
    if counted is None:
        text = _("Cash moved on %(last)s and was not counted since.") % {"last": _day(last)}
        return CheckLine("cash", label, text, (Missing(text, url),))
    return CheckLine("cash", label, _("Last counted on %(day)s, and nothing moved since.") % {"day": _day(counted)})


def _bank(year: AccountYear) -> CheckLine:
    """Each bank account that held money is compared with its book through the year's last day."""
    label = _("Bank book and ledger are compared")
    moved = Posting.objects.filter(group=year.group_id, account__code__in=BANK, booked_on__lte=year.ends_on)
    if not moved.exists():
        return CheckLine("bank", label, _("No money was at a bank."))
    if not moved.exclude(entry__kind__startswith="paper_").exists():
        return CheckLine("bank", label, _("The year was kept on paper; the auditor looks at the paper bank book."))
    accounts = Account.objects.filter(pk__in=moved.values("account"), group=year.group_id)
    holders = set(accounts.values_list("holder", flat=True))
    rows = {row.holder: row for row in BankAccount.objects.filter(group=year.group_id)}
    signed = Reconciliation.objects.filter(group=year.group_id, through__gte=year.ends_on)
    done = set(signed.values_list("account__holder", flat=True))
    closed = {holder for holder, row in rows.items() if row.closed_on and row.closed_on <= year.ends_on}
    missing = tuple(_not_compared(year, holder, rows.get(holder)) for holder in sorted(holders - done - closed))
    return CheckLine("bank", label, _("Every account is compared to the year's last day."), missing)


def _not_compared(year: AccountYear, holder: str, row: BankAccount | None) -> Missing:
    """An account of the register opens its own page, another one the list where it is registered."""
    code = year.group.code
    url = reverse("funds:bank-account", args=[code, row.pk]) if row is not None else reverse("funds:bank", args=[code])
    return Missing(_("Not compared to the year's end: %(names)s.") % {"names": row or holder or "–"}, url)


def _interest(year: AccountYear) -> CheckLine:
    missing = []
    for product in SpecialProduct.objects.filter(group=year.group_id).select_related("group").order_by("pk"):
        preview = next_preview(product)
        if preview is not None and preview.ends_on <= year.ends_on and preview.books:
            url = reverse("savings:interest-preview", args=[year.group.code, product.pk])
            missing.append(Missing(_("Not credited yet: %(name)s.") % {"name": product.name}, url))
    label, text = _("Interest on special savings is credited"), _("No period that has ended is left.")
    return CheckLine("interest", label, text, tuple(missing))


def _stock(year: AccountYear) -> CheckLine:
    """Goods and barns are counted within the year's last month, or later."""
    since = year.ends_on - timedelta(days=STOCK_DAYS)
    missing = []
    for activity in Activity.objects.filter(group=year.group_id, started_on__lte=year.ends_on).order_by("pk"):
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
            words = {"day": _day(since), "name": activity.name}
            url = reverse("funds:activity", args=[year.group.code, activity.pk])
            missing.append(Missing(_("Not counted since %(day)s: %(name)s.") % words, url))
    text = _("Counted in the last month of the year, or there is none.")
    return CheckLine("stock", _("Stock is counted"), text, tuple(missing))


def _verified(year: AccountYear) -> CheckLine:
    found: Iterator[Any] = import_string(settings.BOOKS_VERIFIER)(year.group)
    missing = tuple(_fault(year, fault) for fault in islice(found, NAMED))
    text = _("Every entry, its hash and every balance were recomputed.")
    return CheckLine("verified", _("The books verify without a fault"), text, missing)


def _fault(year: AccountYear, fault: Any) -> Missing:
    """A fault opens into its entry, one of no entry into the books."""
    code, n = year.group.code, getattr(fault, "n", 0)
    return Missing(str(fault), reverse("reports:entry", args=[code, n]) if n else reverse("reports:books", args=[code]))


def _not_verified(year: AccountYear) -> CheckLine:
    text = _("Everything is recomputed once the lines above are in order.")
    again = reverse("shareout:year", args=[year.group.code, year.year])
    return CheckLine(
        "verified", _("The books verify without a fault"), text, (Missing(text, f"{again}?verify=1#t-check"),)
    )


def _day(on: date) -> str:
    return format_date(on, "long", active_language())
