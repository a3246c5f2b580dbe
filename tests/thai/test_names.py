"""Names stand in the order of a Thai dictionary, on every database."""

import random

from hypothesis import given
from hypothesis import strategies as st

from thai.names import thai_sort_key


def test_a_leading_vowel_sorts_after_its_consonant():
    expected = [
        "กมล",
        "กอน",
        "กานดา",
        "เกษม",
        "แก้ว",
        "โก้",
        "ไก่",
        "ขวัญ",
        "จันทร์",
        "ใจ",
        "ปราณี",
        "อารี",
        "เอก",
        "แอ๋ว",
        "โอ",
        "ไอ",
    ]
    shuffled = expected[:]
    random.Random(1).shuffle(shuffled)
    assert sorted(shuffled, key=thai_sort_key) == expected


def test_tone_marks_count_only_between_names_otherwise_the_same():
    assert sorted(["ก้อนดี", "กอนมา", "กอนดี"], key=thai_sort_key) == ["กอนดี", "ก้อนดี", "กอนมา"]


def test_the_last_name_decides_between_equal_first_names():
    people = [("แก้ว", "ใจดี"), ("แก้ว", "กล้า"), ("แก", "ไหม")]
    ordered = sorted(people, key=lambda parts: thai_sort_key(*parts))
    assert ordered == [("แก", "ไหม"), ("แก้ว", "กล้า"), ("แก้ว", "ใจดี")]


def test_punctuation_case_and_spaces_do_not_count():
    assert thai_sort_key("ณ อยุธยา") == thai_sort_key("ณอยุธยา")
    assert thai_sort_key("Anan-Chai") == thai_sort_key("ananchai")


@given(st.lists(st.text(max_size=40), max_size=3))
def test_a_key_is_hexadecimal_so_that_every_collation_sorts_it_alike(parts):
    key = thai_sort_key(*parts)
    assert set(key) <= set("0123456789abcdef")
