"""What must be true before an act is asked for and again before it is posted; what follows from the books for it."""

from funds import acts
from funds.activity_errors import (
    AboveKindLimit,
    ActivityEnded,
    CannotUndo,
    DifferenceUnexplained,
    DueTooSoon,
    NoCostKnown,
    NotABorrower,
    NotInStock,
    NoUnitBook,
    OwnStockTooSmall,
    ReturnTooMuch,
    TermsMissing,
)
from funds.errors import PeopleNotApart
from funds.models import Act
from funds.selectors.activities import (
    BROUGHT,
    Stock,
    barn_of,
    last_unit_cost,
    loan_row,
    owed_by_member,
    stock_of,
    terms_on,
)
from members.models import Member, Office, PassbookAccess, User
from thai.dates import format_date
from thai.language import active_language
from thai.quantities import Grams, format_kg, format_quantity


def require_allowed(act: Act) -> None:
    """Refuse what no activity, or not this one on this day, may do."""
    activity = act.activity
    if act.done_on < activity.started_on or (activity.ended_on is not None and act.done_on > activity.ended_on):
        day = format_date(act.done_on, language=active_language())
        raise ActivityEnded(name=activity.name, day=day)
    if act.deed.in_kind and not activity.unit_book:
        raise NoUnitBook(name=activity.name)
    if act.good is not None and act.good.activity_id != activity.pk:
        raise CannotUndo
    if act.loan is not None and act.loan.activity_id != activity.pk:
        raise CannotUndo
    if act.kind in ("kind_loan", "kind_deposit") and (act.member is None or act.member.status != Member.Status.ACTIVE):
        raise NotABorrower
    if act.due_on is not None and act.due_on <= act.done_on:
        raise DueTooSoon
    if act.undoes is not None:
        _require_undoable(act, act.undoes)


def require_apart(act: Act, officer: User) -> None:
    """Refuse an officer who would ask for or approve what leaves to themselves. Raises PeopleNotApart."""
    member = act.member_id or (act.loan.member_id if act.loan and act.kind == "kind_write_off" else None)
    if member is None or not act.deed.two_people:
        return
    opens = PassbookAccess.objects.filter(member=member, user=officer).exists()
    if opens or Office.objects.filter(member=member, user=officer).exists():
        raise PeopleNotApart


def settle(act: Act) -> None:
    """Work out what follows from the books: cost of goods, difference of a count, interest in kind.

    Raises NotInStock, NoCostKnown, DifferenceUnexplained, TermsMissing, AboveKindLimit, ReturnTooMuch,
    OwnStockTooSmall.
    """
    match act.kind:
        case "purchase" | "gift_in":
            act.cost = -(act.satang or 0)
        case "sale" | "gift_out":
            _settle_sale(act)
        case "count":
            _settle_count(act)
        case "kind_loan":
            _settle_loan(act)
        case "kind_return" | "kind_write_off":
            _settle_return(act)
        case "kind_sale":
            _require_own_stock(act)
        case "kind_count":
            stored = barn_of(act.activity).stored
            act.change = act.quantity - int(stored)
            _require_reason(act, format_kg(stored), format_kg(act.quantity))


def _stock(act: Act) -> Stock:
    assert act.good is not None
    return stock_of([act.good])[act.good.pk]


def _settle_sale(act: Act) -> None:
    stock = _stock(act)
    if stock.quantity < act.quantity:
        raise NotInStock(
            account=stock.good.name, available=_said(stock, stock.quantity), needed=_said(stock, act.quantity)
        )
    act.cost = stock.cost_of(act.quantity)


def _settle_count(act: Act) -> None:
    stock = _stock(act)
    act.change = act.quantity - stock.quantity
    _require_reason(act, _said(stock, stock.quantity), _said(stock, act.quantity))
    if act.change <= 0:
        act.cost = stock.cost_of(-act.change)
        return
    known = (stock.satang, stock.quantity) if stock.quantity else last_unit_cost(stock.good)
    if known is None:
        raise NoCostKnown(name=stock.good.name)
    act.cost = -acts.share_of(known[0], act.change, known[1])


def _said(stock: Stock, quantity: int) -> str:
    return f"{format_quantity(quantity)}\u00a0{stock.good.unit}"


def _require_reason(act: Act, booked: str, counted: str) -> None:
    if act.change and not act.reason:
        raise DifferenceUnexplained(booked=booked, counted=counted)


def _settle_loan(act: Act) -> None:
    terms = terms_on(act.activity, act.done_on)
    if terms is None:
        raise TermsMissing
    assert act.member is not None
    owed = owed_by_member(act.activity, act.member.pk)
    if owed + act.quantity > terms.limit_grams:
        raise AboveKindLimit(limit=format_kg(terms.limit_grams), owed=format_kg(owed))
    act.interest = acts.interest_in_kind(act.quantity, terms.rate)


def _settle_return(act: Act) -> None:
    assert act.loan is not None
    row = loan_row(act.activity, act.loan)
    most = row.principal if act.kind == "kind_write_off" else row.owed
    if act.quantity > most:
        raise ReturnTooMuch(number=act.loan.number, open=format_kg(most))
    if act.kind == "kind_return":
        act.interest, _principal = acts.split_return(act.quantity, int(row.interest))


def _require_own_stock(act: Act) -> None:
    free = barn_of(act.activity).free
    if act.quantity > free:
        raise OwnStockTooSmall(account=str(act.activity.goods_in_kind), available=format_kg(free), needed=Grams(0))


def _require_undoable(act: Act, undone: Act) -> None:
    kept = undone.deed.counts or undone.kind == "undo" or undone.state != Act.State.POSTED
    if kept or undone.activity_id != act.activity_id:
        raise CannotUndo
    if undone.good is not None:
        stock = stock_of([undone.good])[undone.good.pk]
        sign = -1 if undone.kind in BROUGHT else 1
        quantity, satang = stock.quantity + sign * undone.quantity, stock.satang + undone.cost
        if quantity < 0 or satang < 0 or (quantity == 0) != (satang == 0):
            raise CannotUndo
