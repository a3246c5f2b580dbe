"""Two ways to divide a year side by side: per purpose, per member, and how many would get more by the second."""

from dataclasses import dataclass

from shareout.selectors.trial import HeadLine, Trial


@dataclass(frozen=True)
class HeadPair:
    """One purpose by both ways; a side that does not know it gives nothing."""

    head: str
    name: str
    first: HeadLine | None
    second: HeadLine | None

    @property
    def change(self) -> int:
        """How much more the second way gives, satang."""
        return (self.second.satang if self.second else 0) - (self.first.satang if self.first else 0)


@dataclass(frozen=True)
class MemberPair:
    """What a member gets by both ways, dividend and rebate together; satang."""

    number: int
    first: int
    second: int
    last: int | None

    @property
    def change(self) -> int:
        """How much more by the second way."""
        return self.second - self.first


@dataclass(frozen=True)
class Comparison:
    """Two trials of one year."""

    first: Trial
    second: Trial
    heads: tuple[HeadPair, ...]
    members: tuple[MemberPair, ...]

    @property
    def change(self) -> int:
        """How much more all members get by the second way."""
        return self.second.total.total - self.first.total.total

    @property
    def more(self) -> int:
        """How many get more by the second way."""
        return sum(1 for pair in self.members if pair.change > 0)

    @property
    def less(self) -> int:
        """How many get less by it."""
        return sum(1 for pair in self.members if pair.change < 0)

    @property
    def same(self) -> int:
        """How many get the same and something."""
        return sum(1 for pair in self.members if not pair.change and pair.first)


def compared(first: Trial, second: Trial) -> Comparison:
    """Put two trials of the same year side by side."""
    sides = [{(line.head, line.name): line for line in trial.heads} for trial in (first, second)]
    lines = [{line.number: line for line in trial.members} for trial in (first, second)]
    keys = list(dict.fromkeys(key for side in sides for key in side))
    return Comparison(
        first=first,
        second=second,
        heads=tuple(HeadPair(*key, sides[0].get(key), sides[1].get(key)) for key in keys),
        members=tuple(
            MemberPair(
                number=number,
                first=lines[0][number].total if number in lines[0] else 0,
                second=lines[1][number].total if number in lines[1] else 0,
                last=(lines[0].get(number) or lines[1][number]).last,
            )
            for number in sorted(set(lines[0]) | set(lines[1]))
        ),
    )
