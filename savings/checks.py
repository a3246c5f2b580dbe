"""What must hold of the savings besides the journal itself; the command that verifies the books runs these.

Each check yields (name of the rule, journal number or 0, what is wrong).
"""

from collections.abc import Iterable, Iterator

from django.db.models import F, Q

from funds import kinds
from funds.models import Account, Entry, Posting
from members.models import Member, SavingsGroup
from savings.models import Deposit, InterestRun, PledgeMonth, PledgePeriod, SpecialBook, Withdrawal
from savings.selectors.products import run_preview
from thai.money import format_baht

PLEDGE_SAVINGS = "O2100"
SPECIAL_SAVINGS = "O2200"
MOST_ASKED = 10_000  # ids a statement: SQLite takes 32,766 values
Finding = tuple[str, int, str]


def check_months_add_up(group: SavingsGroup) -> Iterator[Finding]:
    """The months of a receipt add up to what it credits to the payer's pledge savings; no pledge is without months."""
    pledge_accounts = Account.objects.filter(group=group, code=PLEDGE_SAVINGS)
    accounts = dict(pledge_accounts.values_list("holder", "pk"))
    months = PledgeMonth.objects.filter(group=group).order_by()
    members = Member.objects.filter(pk__in=months.values("member")).order_by().values_list("pk", "number")
    holders = {pk: f"{number:04d}" for pk, number in members}
    account_of = {pk: accounts.get(holder, -pk) for pk, holder in holders.items()}
    left: dict[tuple[int, int], int] = {}  # by entry and account: what the months name, less what the lines credit
    for entry_id, member_id, satang in months.values_list("entry_id", "member_id", "satang"):
        key = (entry_id, account_of[member_id])
        left[key] = left.get(key, 0) + satang
    named = left.copy()
    lines = Posting.objects.filter(group=group, account__in=pledge_accounts.values("pk")).order_by()
    for entry_id, account_id, amount in lines.values_list("entry_id", "account_id", "amount"):
        key = (entry_id, account_id)
        left[key] = left.get(key, 0) + amount
    holder_of = {pk: holder for holder, pk in accounts.items()} | {-pk: holder for pk, holder in holders.items()}
    wrong = {key for key, satang in left.items() if satang}
    elsewhere = months.exclude(entry__kind__in=("receipt", f"{kinds.PAPER}receipt"))
    wrong |= {(entry_id, account_of[member_id]) for entry_id, member_id in elsewhere.values_list("entry", "member")}
    entries = _receipts({entry_id for entry_id, _account in wrong})
    for entry_id, holder, account in sorted((entry_id, holder_of[account], account) for entry_id, account in wrong):
        n, is_receipt = entries.get(entry_id, (0, False))
        said = named.get((entry_id, account), 0)
        line = said - left[entry_id, account] if is_receipt else 0
        if said != line:
            detail = f"months of {holder} add up to {format_baht(said)}, the line is {format_baht(line)}"
            yield "pledge-months", n, detail


def _receipts(entries: Iterable[int]) -> dict[int, tuple[int, bool]]:
    """The number of each entry, and whether it is a receipt."""
    asked = list(entries)
    told: dict[int, tuple[int, bool]] = {}
    for start in range(0, len(asked), MOST_ASKED):
        found = Entry.objects.filter(pk__in=asked[start : start + MOST_ASKED]).order_by()
        told |= {pk: (n, kinds.plain(kind) == "receipt") for pk, n, kind in found.values_list("pk", "n", "kind")}
    return told


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
