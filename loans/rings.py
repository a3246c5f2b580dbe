"""Circular guarantees: A stands for B, and B, perhaps through others, for A. Pure, on a directed graph."""

from collections import deque
from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def shortest_ring(stands_for: Mapping[Node, Iterable[Node]], start: Node) -> tuple[Node, ...]:
    """Return a shortest ring through `start`, beginning with it, or () where it is in none.

    stands_for: whom each one stands guarantor for. (A, B, C): A stands for B, B for C, and C for A.
    """
    before: dict[Node, Node] = {}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for other in stands_for.get(here, ()):
            if other == start:
                return _path(before, here)
            if other not in before:
                before[other] = here
                waiting.append(other)
    return ()


def _path(before: Mapping[Node, Node], last: Node) -> tuple[Node, ...]:
    found = [last]
    while found[-1] in before:
        found.append(before[found[-1]])
    return tuple(reversed(found))
