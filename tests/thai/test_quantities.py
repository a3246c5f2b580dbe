"""Quantities: three decimals at most, grams that know they are no money, wherever an amount may be printed."""

import io
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils import translation

from papers.tables import csv_bytes, xlsx_bytes
from thai.fields import QuantityField
from thai.quantities import Grams, format_kg, format_quantity, parse_quantity


@pytest.mark.parametrize(
    ("typed", "thousandths"),
    [("12", 12_000), ("12.5", 12_500), ("1,234.125", 1_234_125), ("๑๒.๕", 12_500), ("0", 0), (" 7 ", 7_000)],
)
def test_a_quantity_has_at_most_three_decimals(typed: str, thousandths: int) -> None:
    assert parse_quantity(typed) == thousandths


@pytest.mark.parametrize("typed", ["", "-1", "1,5", "1.2345", "12 kg", "1๒", "1e3", ".5", "1.", "0,500"])
def test_what_can_be_read_in_two_ways_is_refused(typed: str) -> None:
    assert parse_quantity(typed) is None


def test_a_quantity_is_printed_short() -> None:
    assert [format_quantity(each) for each in (12_000, 12_500, 1_234_125, 0, -50)] == [
        "12", "12.5", "1,234.125", "0", "\u22120.05",
    ]  # fmt: skip


def test_sums_and_differences_of_grams_stay_grams() -> None:
    held = [Grams(10_000), Grams(2_000)]
    for result in (sum(held), held[0] - held[1], -held[0], abs(-held[0]), held[0] * 2, 5 + held[0], 2 * held[0]):
        assert isinstance(result, Grams)


@pytest.mark.parametrize(("language", "said"), [("th", "กก."), ("en", "kg")])
def test_grams_are_never_printed_as_baht(language: str, said: str) -> None:
    with translation.override(language):
        page = Template('{% load thai %}{{ a|money }} {{ a|money:"signed total" }} {{ a|baht }}')
        shown = page.render(Context({"a": Grams(1_234_500)}))
        assert shown.count("1,234.5") == shown.count(said) == 3
        assert not any(other in shown for other in ("baht", "บาท", "12,345.00"))
        assert format_kg(500) == f"0.5\u00a0{said}"
        assert f"1,234.5\u00a0{said}" in csv_bytes(["a"], [[Grams(1_234_500)]]).decode("utf-8-sig")
        cell = _cell(xlsx_bytes("a", ["a"], [[Grams(1_234_500)]]))
        assert cell.value == 1234.5
        assert said in cell.number_format


def _cell(file: bytes) -> Any:
    sheet = openpyxl.load_workbook(io.BytesIO(file)).active
    assert sheet is not None
    return sheet["A2"]


def test_a_field_for_quantities_says_what_to_type() -> None:
    field = QuantityField()
    assert field.clean("12.5") == 12_500
    assert [field.prepare_value(each) for each in (12_500, "12,")] == ["12.5", "12,"]
    for typed in ("", "0", "1,5", "99,999,999"):
        with pytest.raises(ValidationError):
            field.clean(typed)
    assert QuantityField(allow_zero=True).clean("0") == 0
    assert QuantityField(required=False).clean("") is None
