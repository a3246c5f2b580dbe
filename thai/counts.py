"""Whole numbers as people type them: Thai or Western digits, grouped by comma or not."""

import re

from thai.digits import has_mixed_digits, to_western

_COUNT = re.compile(r"[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3}", re.ASCII)


def parse_count(text: str) -> int | None:
    """Read a whole number >= 0; None where it cannot be read in exactly one way."""
    typed = text.replace("\u00a0", " ").strip()
    plain = to_western(typed)
    if has_mixed_digits(typed) or not _COUNT.fullmatch(plain):
        return None
    return int(plain.replace(",", ""))
