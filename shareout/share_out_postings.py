"""What a share-out and its payments post. Plain values in satang; docs/LEDGER.md holds the same table.

A line is (account code, holder, satang), debit > 0, credit < 0.
"""

from collections.abc import Iterable

from funds.chain import is_text
from funds.chart import UNDIVIDED_PROFIT, head_of
from funds.voucher_lines import Place
from shareout.policy import Head

Line = tuple[str, str, int]
PAYABLE = "O2400"
ACCOUNTS: dict[str, str] = {
    Head.RESERVE: "O3100",
    Head.COMMITTEE: "O2500",
    Head.WELFARE: "O3400",
    Head.PUBLIC: "O3500",
    Head.OTHER: "O3600",
}


def is_fund_name(name: str) -> bool:
    """Whether a fund's name can be the holder of its account: not empty, at most forty letters, no comma in front."""
    return is_text(name) and head_of(ACCOUNTS[Head.OTHER]).holder.fits(name)


def member_lines(holder: str, dividend: int, rebate: int) -> list[Line]:
    """Debit the undivided profit; credit the member's dividend and rebate, a line each."""
    lines = [
        (UNDIVIDED_PROFIT, "", dividend + rebate),
        (PAYABLE, holder, -dividend),
        (PAYABLE, holder, -rebate),
    ]
    return [line for line in lines if line[2]]


def head_lines(heads: Iterable[tuple[str, str, int]]) -> list[Line]:
    """Debit the undivided profit; credit the funds and the committee's pay. heads: (head, name, satang)."""
    parts = [
        (ACCOUNTS[head], name if head == Head.OTHER else "", -satang)
        for head, name, satang in heads
        if head in ACCOUNTS and satang
    ]
    return [(UNDIVIDED_PROFIT, "", -sum(part[2] for part in parts)), *parts] if parts else []


def administration_lines(satang: int, place: Place) -> list[Line]:
    """The named slice changes its pool and not its place, each pool balanced by itself."""
    return [
        (UNDIVIDED_PROFIT, "", satang),
        (*place.account("O"), -satang),
        (*place.account("A"), satang),
        ("A3100", "", -satang),
    ]
