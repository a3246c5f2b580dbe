"""The order of Thai names, as a dictionary has them and no database collation does.

A leading vowel is written before its consonant but sorted after it (เกษม stands among ก), tone marks and silencers
count only between names that are otherwise the same. The key is lower-case hexadecimal, so that every collation of
SQLite and PostgreSQL sorts it alike; it is stored and indexed beside the name.
"""

import unicodedata

LEADING_VOWELS = frozenset("เแโใไ")
MARKS = frozenset("็่้๊๋์ํ๎")
_IGNORED = frozenset("ฯๆ")
_THAI_START = 0x0E00
_SEPARATOR = "00"


def thai_sort_key(*parts: str) -> str:
    """Return the sort key of a name given in parts, the first deciding first: thai_sort_key(first_name, last_name)."""
    split = [_split(part) for part in parts]
    return _SEPARATOR.join([*(primary for primary, _ in split), *(secondary for _, secondary in split)])


def _split(text: str) -> tuple[str, str]:
    letters: list[str] = []
    marks: list[str] = []
    for char in _swapped(unicodedata.normalize("NFC", text).casefold()):
        if char in MARKS:
            marks.append(f"{min(len(letters), 255):02x}{_weight(char)}")
        elif char not in _IGNORED and (char.isalnum() or unicodedata.category(char) in ("Mn", "Lo")):
            letters.append(_weight(char))
    return "".join(letters), "".join(marks)


def _swapped(text: str) -> list[str]:
    chars = list(text)
    index = 0
    while index < len(chars) - 1:
        if chars[index] in LEADING_VOWELS and "ก" <= chars[index + 1] <= "ฮ":
            chars[index], chars[index + 1] = chars[index + 1], chars[index]
            index += 1
        index += 1
    return chars


def _weight(char: str) -> str:
    code = ord(char)
    if code < 0x80:
        return f"{code:02x}"
    if _THAI_START <= code < _THAI_START + 0x60:
        return f"{code - _THAI_START + 0x80:02x}"
    return f"f{code:06x}"
