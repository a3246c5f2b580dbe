"""The check of a paper's code: does an entry of a group have these 30 digits, and nothing else is said.

The answer costs the same and reads the same whatever is wrong: no such group, no such number, other digits.
"""

import hmac

from funds.chain import paper_code
from funds.models import ENTRIES_PER_GROUP, Entry
from papers.seal import CODE_DIGITS
from thai.digits import to_western

NO_ENTRY = "0" * 64
GROUP_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_")
GROUP_LENGTH = 40


def is_code_right(*, group_code: str, number: str, code: str) -> bool:
    """Whether entry `number` of a group has this code, both as typed: Thai digits and blanks are taken."""
    digits = "".join(to_western(code).split())
    typed = "".join(to_western(number).split())
    n = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 10 else 0
    group = "".join(letter for letter in group_code.lower() if letter in GROUP_LETTERS)[:GROUP_LENGTH]
    found = (
        Entry.objects.filter(group__code=group, n=n if n < ENTRIES_PER_GROUP else 0)
        .values_list("hash", flat=True)
        .first()
    )
    expected = paper_code(found or NO_ENTRY).replace(" ", "")
    same = hmac.compare_digest(expected.encode(), digits[: CODE_DIGITS + 1].encode())
    return same and found is not None
