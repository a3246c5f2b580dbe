"""The lines of an act: which accounts it debits and credits (docs/LEDGER.md, "Activities")."""

from typing import TypeAlias

from funds.models import Act

Move: TypeAlias = tuple[str, str, int]  # code, holder, debit > 0


def lines_of(act: Act) -> list[Move]:
    """What a settled act posts; nothing where a count is what the books say."""
    moves = _in_kind(act) if act.deed.in_kind else _goods(act)
    return [move for move in moves if move[2]]


def _money(act: Act, amount: int) -> Move:
    return ("O1200", act.bank_holder, amount) if act.way == "transfer" else ("O1100", "", amount)


def _goods(act: Act) -> list[Move]:
    name = act.activity.name
    if act.kind == "purchase":
        return [("O1400", name, act.satang or 0), _money(act, -(act.satang or 0))]
    if act.kind == "gift_in":
        return [("O1400", name, act.satang or 0), ("O3300", "", -(act.satang or 0))]
    cost = [("O5300", name, act.cost), ("O1400", name, -act.cost)]
    if act.kind in ("count", "gift_out"):
        return cost if act.cost > 0 else cost[::-1]
    return [_money(act, act.satang or 0), ("O4400", name, -(act.satang or 0)), *cost]


def _in_kind(act: Act) -> list[Move]:
    book, name, grams = act.activity.unit_book, act.activity.name, act.quantity
    barn, lent, kept = f"{book}1100", f"{book}1300", f"{book}2100"
    own, interest, lost = f"{book}3100", f"{book}4100", f"{book}5900"
    holder = act.member.holder if act.member else ""
    match act.kind:
        case "kind_deposit":
            return [(barn, "", grams), (kept, holder, -grams)]
        case "kind_gift":
            return [(barn, "", grams), (own, "", -grams)]
        case "kind_withdrawal":
            return [(kept, holder, grams), (barn, "", -grams)]
        case "kind_loan":
            return [(lent, act.made_loan.number if act.made_loan else "", grams), (barn, "", -grams)]
        case "kind_return":
            number = act.loan.number if act.loan else ""
            return [(barn, "", grams), (lent, number, act.interest - grams), (interest, "", -act.interest)]
        case "kind_purchase":
            baht = [("O5300", name, act.satang or 0), _money(act, -(act.satang or 0))]
            return [*baht, (barn, "", grams), (own, "", -grams)]
        case "kind_sale":
            baht = [_money(act, act.satang or 0), ("O4400", name, -(act.satang or 0))]
            return [*baht, (own, "", grams), (barn, "", -grams)]
        case "kind_loss":
            return [(lost, "", grams), (barn, "", -grams)]
        case "kind_write_off":
            return [(lost, "", grams), (lent, act.loan.number if act.loan else "", -grams)]
    moves = [(lost, "", -act.change), (barn, "", act.change)]  # a count of the barn
    return moves if act.change < 0 else moves[::-1]


def held_account(act: Act) -> Move | None:
    """What a waiting act keeps from leaving another way: code, holder and how much."""
    book = act.activity.unit_book
    match act.kind:
        case "purchase" | "kind_purchase":
            code, holder, amount = _money(act, act.satang or 0)
            return code, holder, amount
        case "kind_loan" | "kind_sale" | "kind_loss":
            return f"{book}1100", "", act.quantity
        case "kind_withdrawal":
            return f"{book}2100", act.member.holder if act.member else "", act.quantity
        case "kind_write_off":
            return f"{book}1300", act.loan.number if act.loan else "", act.quantity
        case "kind_count" if act.change < 0:
            return f"{book}1100", "", -act.change
    return None
