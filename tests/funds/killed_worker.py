"""A worker that is killed in the middle of a batch; run by test_killed.py as a process of its own.

python -m tests.funds.killed_worker GROUP OPERATION MOMENT
"""

import os
import signal
import sys
import uuid
from typing import Any

MOMENTS = ("before the write", "inside the write", "before the commit", "after the commit")
ROWS = 50


def die(*args: Any, **kwargs: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def drafts_of(books: Any) -> list[Any]:
    """The batch that parent and child both know."""
    from tests.funds.conftest import WICHAI

    receipts = [books.draft("receipt", ("O1100", "", 100), ("O2100", f"{n:04d}", -100)) for n in range(1, ROWS + 1)]
    return [*receipts, books.draft("meeting_close", ok=[WICHAI], declared={"O1100": 100 * ROWS, "A1100": 0})]


def main(code: str, operation: str, moment: str) -> None:
    import django

    django.setup()
    from funds.journal import gate, writers
    from members.models import SavingsGroup
    from tests.funds.conftest import Books

    books = Books(SavingsGroup.objects.get(code=code))
    real_write, real_insert = gate.write, writers._insert_many

    def then_die(function: Any) -> Any:
        return lambda *args: die(function(*args))

    if moment == "before the write":
        gate.write = die
    elif moment == "inside the write":
        writers._insert_many = then_die(real_insert)
    elif moment == "before the commit":
        gate.write = then_die(real_write)
    books.post_all(*drafts_of(books), operation=uuid.UUID(operation))
    die()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    main(*sys.argv[1:])
