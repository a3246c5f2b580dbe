"""What must hold of the savings besides the journal itself; the command that verifies the books runs these.

Each check yields (name of the rule, journal number or 0, what is wrong).
"""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import F, Q, Sum

from funds import kinds
from funds.models import Account, Entry, Posting
from members.models import SavingsGroup
from savings.models import Deposit, InterestRun, PledgeMonth, PledgePeriod, SpecialBook, Withdrawal
from savings.selectors.products import run_preview
from thai.money import format_baht

PLEDGE_SAVINGS = "O2100"
SPECIAL_SAVINGS = "O2200"
Finding = tuple[str, int, str]


def check_months_add_up(group: SavingsGroup) -> Iterator[Finding]:
    """The months of a receipt add up to what it credits to the payer's pledge savings; no pledge is without months."""
    named: defaultdict[tuple[int, str], int] = defaultdict(int)
    months = PledgeMonth.objects.filter(group=group).values_list("entry_id", "member__number")
    for entry_id, number, satang in months.annotate(total=Sum("satang")).order_by():
        named[entry_id, f"{number:04d}"] += satang
    receipts = ("receipt", f"{kinds.PAPER}receipt")
    credited = {
        (entry_id, holder): -amount
        for entry_id, holder, amount in Posting.objects.filter(
            group=group, account__code=PLEDGE_SAVINGS, entry__kind__in=receipts
        )
        .values_list("entry_id", "account__holder")
        .annotate(total=Sum("amount"))
        .order_by()
    }
    wrong = [key for key in sorted({*named, *credited}) if named.get(key, 0) != credited.get(key, 0)]
    numbers = dict(Entry.objects.filter(pk__in={entry_id for entry_id, _ in wrong}).values_list("pk", "n"))
    for entry_id, holder in wrong:
        months_sum, line = named.get((entry_id, holder), 0), credited.get((entry_id, holder), 0)
        detail = f"months of {holder} add up to {format_baht(months_sum)}, the line is {format_baht(line)}"
        yield "pledge-months", numbers.get(entry_id, 0), detail


def check_rows_stay_in_group(group: SavingsGroup) -> Iterator[Finding]:
    """Vows, paid months and special books belong to the group of their member, paid months to that of their receipt."""
    for model, name in ((PledgePeriod, "pledge"), (PledgeMonth, "paid month"), (SpecialBook, "special book")):
        strays = model._default_manager.filter(Q(group=group) | Q(member__group=group)).exclude(
            group=F("member__group")
        )
        for pk in strays.order_by().values_list("pk", flat=True):
            yield "savings-group", 0, f"{name} {pk} belongs to another group than its member"
    strays = PledgeMonth.objects.filter(group=group).exclude(entry__group=group)
    for pk, number in strays.order_by().values_list("pk", "entry__n"):
        yield "savings-group", number, f"paid month {pk} belongs to another group than its receipt"


def check_special_books_exist(group: SavingsGroup) -> Iterator[Finding]:
    """Every account of special savings is a book of one member."""
    books = SpecialBook.objects.filter(group=group).values("number")
    for holder in (
        Account.objects.filter(group=group, code=SPECIAL_SAVINGS)
        .exclude(holder__in=books)
        .values_list("holder", flat=True)
    ):
        yield "special-book", 0, f"account {SPECIAL_SAVINGS} {holder} is no member's book"


def check_interest(group: SavingsGroup) -> Iterator[Finding]:
    """Interest comes out again from the postings before it, book by book, and is what its entry credits."""
    runs = InterestRun.objects.filter(group=group, entry__isnull=False).select_related("product__group", "entry")
    for run in runs:
        assert run.entry is not None
        lines = dict(run.lines.values_list("book__number", "satang"))
        for each in run_preview(run).books:
            if lines[each.book.number] != each.satang:
                detail = (
                    f"{each.book.number} has {format_baht(lines[each.book.number])}, not {format_baht(each.satang)}"
                )
                yield "interest", run.entry.n, detail
        posted = Posting.objects.filter(entry=run.entry, account__code=SPECIAL_SAVINGS)
        credited = {holder: -amount for holder, amount in posted.values_list("account__holder", "amount")}
        if credited != lines or sum(credited.values()) != run.total_satang:
            yield "interest", run.entry.n, "the entry credits something else than its crediting says"


def check_products(group: SavingsGroup) -> Iterator[Finding]:
    """A product has terms for every period credited; books and products, deposits and members are of one group."""
    for run in InterestRun.objects.filter(group=group, cancelled_at__isnull=True).select_related("product", "entry"):
        if not run.product.terms.filter(valid_from__lte=run.starts_on).exists():
            yield "product-terms", run.entry.n if run.entry else 0, f"no terms of “{run.product}” on {run.starts_on}"
    strays = SpecialBook.objects.filter(group=group, product__isnull=False).exclude(product__group=group)
    for number in strays.values_list("number", flat=True):
        yield "savings-group", 0, f"book {number} is of another group's product"
    for model in (Deposit, Withdrawal):
        rows = model._default_manager.filter(group=group).exclude(member__group=group)
        for pk in rows.values_list("pk", flat=True):
            yield "savings-group", 0, f"{model._meta.model_name} {pk} belongs to another group than its member"


CHECKS = (
    check_months_add_up,
    check_rows_stay_in_group,
    check_special_books_exist,
    check_interest,
    check_products,
)
