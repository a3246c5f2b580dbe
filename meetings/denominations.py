"""Notes and coins: what a count consists of. Values in satang, largest first."""

from collections.abc import Mapping
from dataclasses import dataclass

NOTES = (1000_00, 500_00, 100_00, 50_00, 20_00)
COINS = (10_00, 5_00, 2_00, 1_00, 50, 25)
DENOMINATIONS = NOTES + COINS
PIECES_MOST = 99_999


@dataclass(frozen=True, slots=True)
class Pieces:
    """So many notes or coins of one value."""

    value: int
    count: int

    @property
    def satang(self) -> int:
        return self.value * self.count

    @property
    def is_note(self) -> bool:
        return self.value in NOTES

    @property
    def picture(self) -> str:
        """The style of its little picture: notes by value, coins silver, brass or both."""
        if self.is_note:
            return f"note--{self.value // 100}"
        return {10_00: "note--coin note--10", 2_00: "note--coin note--brass"}.get(
            self.value, "note--coin" if self.value >= 1_00 else "note--coin note--brass"
        )


def counted(pieces: Mapping[int, int]) -> int:
    """The sum of a count in satang. Raises ValueError for a value that does not exist or a count out of range."""
    for value, count in pieces.items():
        if value not in DENOMINATIONS or not 0 <= count <= PIECES_MOST:
            raise ValueError((value, count))
    return sum(value * count for value, count in pieces.items())


def as_stored(pieces: Mapping[int, int]) -> dict[str, int]:
    """The count as a row keeps it: text keys, nothing for what was not there."""
    return {str(value): pieces[value] for value in DENOMINATIONS if pieces.get(value)}


def from_stored(stored: Mapping[str, int]) -> list[Pieces]:
    """Every denomination with what was counted of it, largest first."""
    return [Pieces(value, int(stored.get(str(value), 0))) for value in DENOMINATIONS]
