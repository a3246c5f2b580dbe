"""The format: its test vector, and what it does not allow."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funds import chain

VECTOR: dict[str, Any] = {
    "by": "u2",
    "d": "2026-11-05",
    "g": "6f1c0a52-3b0e-4c55-9f0a-0000000000aa",
    "id": "00000000-0000-0000-0000-000000000001",
    "k": "pledge",
    "m": "dbc462f49ae3f8b041beabe38e60ff7db64deb49ff76ff6e48312ead3181ab77",
    "n": 1,
    "ok": ["u3"],
    "p": [[1, "O1100", "", 20000], [2, "O2100", "0001", -20000]],
    "prev": "0" * 64,
    "rv": 0,
    "t": "2026-11-05T03:00:01Z",
    "v": 1,
    "x": {},
}
HASH = "6bf1185037d2087fc905602fa8b31c3da8cec7310a6a117f723daad9111e7491"


def test_the_test_vector_has_its_hash_and_its_paper_code() -> None:
    assert chain.hash_of(VECTOR) == HASH
    assert chain.paper_code(HASH) == "37645 18957 33938 10085 90542 24529"
    assert chain.paper_digits(HASH) == "376451895733938100859054224529"


def test_the_document_shows_this_very_vector() -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "JOURNAL.md").read_text(encoding="utf-8")
    assert chain.canonical(VECTOR).decode() in text
    assert f"hash  {HASH}" in text
    assert f"paper {chain.paper_code(HASH)}" in text


def test_the_vectors_details_have_their_hash() -> None:
    details = chain.canonical({"payer": "ส0001", "memo": ""}).decode()
    assert details == '{"memo":"","payer":"ส0001"}'
    assert chain.memo_hash(bytes(range(16)), details) == VECTOR["m"]


@pytest.mark.parametrize("key", VECTOR)
def test_every_member_changes_the_hash(key: str) -> None:
    changed = {**VECTOR, key: "another"}
    assert chain.hash_of(changed) != HASH


def test_the_order_of_the_members_does_not_matter() -> None:
    assert chain.hash_of(dict(reversed(VECTOR.items()))) == HASH


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        True,
        None,
        2**53,
        -(2**53),
        "a\n",
        "e\u0301",
        {"ก": 1},
        [[1.5]],
        {"a": [None]},
        {1: 2},
        b"x",
        {"a": object()},
    ],
)
def test_the_format_knows_no_such_value(value: object) -> None:
    assert chain.fault_in(value)


VALUES = st.recursive(
    st.integers(-chain.LARGEST, chain.LARGEST) | st.text("กขคabc ้", max_size=5).filter(chain.is_text),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=3),
)


@given(VALUES)
def test_canonical_bytes_read_back_as_the_same_value(value: object) -> None:
    assert chain.fault_in(value) is None
    assert json.loads(chain.canonical(value)) == value  # type: ignore[arg-type]


TEXTS = st.text(max_size=6)
NUMBERS = st.integers(-chain.LARGEST, chain.LARGEST)
LINES = st.lists(st.tuples(NUMBERS, TEXTS, TEXTS, NUMBERS), max_size=3)


def direct(form: dict[str, Any]) -> str:
    """The hash of a form, from its parts."""
    return chain.hash_of_entry(
        group=form["g"],
        n=form["n"],
        operation=form["id"],
        kind=form["k"],
        booked_on=form["d"],
        recorded_at=form["t"],
        maker=form["by"],
        approvers=form["ok"],
        reverses=form["rv"],
        memo_hash=form["m"],
        postings=[chain.posting_text(*line) for line in form["p"]],
        declared=chain.canonical(form["x"]).decode(),
        prev=form["prev"],
    )


@given(
    st.fixed_dictionaries(
        dict.fromkeys(("by", "d", "g", "id", "k", "m", "prev", "t"), TEXTS)
        | dict.fromkeys(("n", "rv"), NUMBERS)
        | {"v": st.just(1), "ok": st.lists(TEXTS, max_size=3), "p": LINES.map(lambda lines: [list(x) for x in lines])}
        | {"x": st.dictionaries(TEXTS, NUMBERS, max_size=3)}
    )
)
def test_the_hash_from_the_parts_is_the_hash_of_the_form(form: dict[str, Any]) -> None:
    assert direct(form) == chain.hash_of(form)


@pytest.mark.parametrize("key", ["n", "rv"])
def test_a_text_in_a_numbers_place_has_another_hash(key: str) -> None:
    assert direct(VECTOR) == HASH
    assert direct({**VECTOR, key: str(VECTOR[key])}) != HASH
