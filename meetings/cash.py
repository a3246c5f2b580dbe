"""The cash of an evening, pool by pool: what was there, what came, what went. Plain values in satang, no database."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PoolCash:
    """One pool's cash tonight."""

    opening: int = 0
    received: int = 0
    fetched: int = 0
    paid: int = 0
    carried: int = 0

    @property
    def expected(self) -> int:
        """What should lie in the box of this pool's money; also what can still be paid out."""
        return self.opening + self.received + self.fetched - self.paid - self.carried


@dataclass(frozen=True, slots=True)
class CashPosition:
    """Both pools' cash tonight; one box holds them together."""

    operating: PoolCash
    administrative: PoolCash

    @property
    def opening(self) -> int:
        return self.operating.opening + self.administrative.opening

    @property
    def received(self) -> int:
        return self.operating.received + self.administrative.received

    @property
    def fetched(self) -> int:
        return self.operating.fetched + self.administrative.fetched

    @property
    def paid(self) -> int:
        return self.operating.paid + self.administrative.paid

    @property
    def carried(self) -> int:
        return self.operating.carried + self.administrative.carried

    @property
    def expected(self) -> int:
        """What the count is compared with."""
        return self.operating.expected + self.administrative.expected

    def of(self, pool: str) -> PoolCash:
        """The pool by its letter, O or A."""
        return self.operating if pool == "O" else self.administrative
