"""The canonical form of an entry, its hash and its code on paper: docs/JOURNAL.md, "Format, version 1"."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import sha256 as _sha256
from json.encoder import encode_basestring as _quoted
from typing import Any, TypeAlias

VERSION = 1
TAG = b"SATCHA-JOURNAL-1\n"
NO_HASH = "0" * 64
LARGEST = 2**53 - 1
SALT_BYTES = 16
HASH_FORM = re.compile(r"[0-9a-f]{64}")
Form: TypeAlias = tuple[str, ...]
_PAPER_DIGITS = 30
_BLOCK = 5
_control = re.compile("[\x00-\x1f\x7f-\x9f]").search  # the characters of the category Cc, all of them
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


def canonical(value: Mapping[str, Any] | list[Any]) -> bytes:
    """The one way to write a value of the format as bytes: RFC 8785 for objects, lists, strings and integers."""
    text = _flat(value) if type(value) is dict else None
    return (_encode(value) if text is None else text).encode()


def _flat(value: dict[Any, Any]) -> str | None:
    """The same for an object of texts and whole numbers, as nearly all are: the encoder takes three times as long."""
    parts: list[str] = []
    for key, item in sorted(value.items()) if len(value) > 1 else value.items():
        kind = type(item)
        if type(key) is not str or (kind is not str and kind is not int):
            return None
        parts.append(f"{_quoted(key)}:{_quoted(item) if kind is str else repr(item)}")
    return f"{{{','.join(parts)}}}"


def hash_of(form: Mapping[str, Any]) -> str:
    """The hash of an entry's canonical form (the 14 members, without `hash`)."""
    return hashlib.sha256(TAG + canonical(form)).hexdigest()


def posting_text(line: int, code: str, holder: str, satang: int) -> str:
    """One item of `p` as the canonical form writes it."""
    return f"[{line!r}{account_text(code, holder)}{satang!r}]"


@lru_cache(maxsize=4096)
def account_text(code: str, holder: str) -> str:
    """What stands between the number of a line and its amount."""
    return f",{_quoted(code)},{_quoted(holder)},"


def hash_of_entry(
    *,
    group: str,
    n: int,
    operation: str,
    kind: str,
    booked_on: str,
    recorded_at: str,
    maker: str,
    approvers: Iterable[str],
    reverses: int,
    memo_hash: str,
    postings: Iterable[str],
    declared: str,
    prev: str,
) -> str:
    """The hash of an entry from its parts: what `hash_of` says of the 14 members, without building them.

    postings: as `posting_text` writes them; declared: the canonical text of `x`. TypeError where a text is none.
    """
    form = entry_form(group, kind, booked_on, recorded_at, maker, tuple(approvers), reverses, declared)
    return hash_in_form(form, operation, memo_hash, n, ",".join(postings), prev)


@lru_cache(maxsize=512, typed=True)
def entry_form(
    group: str,
    kind: str,
    booked_on: str,
    recorded_at: str,
    maker: str,
    approvers: tuple[str, ...],
    reverses: int,
    declared: str,
) -> Form:
    """The canonical text of an entry, tag first, in pieces: between them stands what each of an evening's receipts has
    its own, operation, memo hash, number, postings and the hash before.

    The members stand in the order of their names. Numbers are written as they are held, so that a text in a number's
    place never passes for it.
    """
    return (
        f'{TAG.decode()}{{"by":{_quoted(maker)},"d":{_quoted(booked_on)},"g":{_quoted(group)},"id":',
        f',"k":{_quoted(kind)},"m":',
        ',"n":',
        f',"ok":[{",".join(map(_quoted, approvers))}],"p":[',
        '],"prev":',
        f',"rv":{reverses!r},"t":{_quoted(recorded_at)},"v":{VERSION},"x":{declared}}}',
    )


def hash_in_form(form: Form, operation: str, memo_hash: str, n: int, postings: str, prev: str) -> str:
    """The hash of an entry whose other members the form has. TypeError where a text is none."""
    start, after_id, after_m, after_n, after_p, end = form
    text = (
        f"{start}{_quoted(operation)}{after_id}{_quoted(memo_hash)}{after_m}{n!r}"
        f"{after_n}{postings}{after_p}{_quoted(prev)}{end}"
    )
    return _sha256(text.encode()).hexdigest()


def memo_hash(salt: bytes, details: str) -> str:
    """The hash that stands for an entry's details: salt, then the details' canonical text."""
    return hashlib.sha256(salt + details.encode()).hexdigest()


def paper_digits(entry_hash: str) -> str:
    """The 30 digits of a hash that are printed."""
    return f"{int(entry_hash, 16) % 10**_PAPER_DIGITS:0{_PAPER_DIGITS}d}"


def paper_code(entry_hash: str) -> str:
    """The 30 digits in six blocks of five."""
    digits = paper_digits(entry_hash)
    return " ".join(digits[start : start + _BLOCK] for start in range(0, _PAPER_DIGITS, _BLOCK))


def is_text(value: str) -> bool:
    """Whether a string may stand in the journal: NFC, no control characters."""
    if value.isascii() and value.isprintable():
        return True
    return unicodedata.is_normalized("NFC", value) and _control(value) is None


def fault_in(value: Any) -> str | None:
    """Name what the format does not allow in a value, or None: no float, boolean or null, strings as `is_text` says."""
    if isinstance(value, str):
        return None if is_text(value) else f"text {value!r}"
    if isinstance(value, int) and not isinstance(value, bool):
        return None if abs(value) <= LARGEST else f"number {value}"
    if isinstance(value, Mapping):
        for key in value:
            if not (isinstance(key, str) and key.isascii() and is_text(key)):
                return f"key {key!r}"
        return _first_fault(value.values())
    if isinstance(value, list | tuple):
        return _first_fault(value)
    return f"value {value!r}"


def _first_fault(values: Iterable[Any]) -> str | None:
    for value in values:
        if fault := fault_in(value):
            return fault
    return None
