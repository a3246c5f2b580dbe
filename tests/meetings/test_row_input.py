"""The parser of a line: strict, complete, and never guessing."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.forms.rows import COLUMNS, RowErrors, parse_row
from meetings.lines import RowInput
from tests.meetings.evening import sent
from thai.money import MAX_SATANG, format_baht

TEXTS = st.text(max_size=40)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
FIELDS = [*sent(), "months", "method", "slip_ref", "given"]


def refused(**fields):
    with pytest.raises(RowErrors) as error:
        parse_row(sent(**fields))
    return error.value.errors


@given(st.dictionaries(st.sampled_from(FIELDS), JSON))
def test_whatever_is_sent_is_read_or_refused_in_sentences(data):
    row, errors = read_or_refuse({**sent(), **data})
    assert bool(errors) != isinstance(row, RowInput)
    assert all(isinstance(text, str) and text for text in errors.values())
    assert row is None or all(0 <= getattr(row, name) <= MAX_SATANG for name in COLUMNS)


def read_or_refuse(data):
    try:
        return parse_row(data), {}
    except RowErrors as error:
        return None, error.errors


@given(st.integers(min_value=0, max_value=MAX_SATANG), st.sampled_from(COLUMNS))
def test_an_amount_printed_is_read_back_to_the_satang(satang, column):
    row = parse_row(sent(**{column: format_baht(satang)}))
    assert getattr(row, column) == satang == row.total


@given(st.integers(min_value=0, max_value=MAX_SATANG))
def test_thai_digits_read_as_western_ones(satang):
    thai = format_baht(satang).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    assert parse_row(sent(pledge=thai)).pledge == satang


@pytest.mark.parametrize("nothing", ["", " ", "-", "–", "—", "0", "0.00"])
def test_an_empty_cell_or_a_dash_is_nothing(nothing):
    assert parse_row(sent(pledge=nothing)).pledge == 0


AMOUNTS = [
    "1,5", "1e3", "1.234", "-5", "+5", "5-", "12,34", "0x10", "1 000", "١٢", "１２", "½", "NaN", "inf", "1_000", "1.",
    ".5", "00.5", "1,000,00", "฿100", "100 บาท", "100000000", "9" * 400, "1\n2", "1\x00", "๑2", "ขาด", "null", "true",
]  # fmt: skip


@pytest.mark.parametrize("column", [*COLUMNS, "given"])
@pytest.mark.parametrize("text", AMOUNTS)
def test_what_reads_in_two_ways_or_none_is_refused_beside_its_field(column, text):
    assert list(refused(**{column: text})) == [column]


@pytest.mark.parametrize("value", [5, 5.0, None, True, ["5"], {"satang": 5}])
def test_an_amount_is_a_text(value):
    assert list(refused(pledge=value)) == ["pledge"]


@pytest.mark.parametrize(
    "operation",
    ["", "x", None, 7, "00000000-0000-0000-0000-000000000000", "{12345678-1234-1234-1234-123456789012}", "g" * 36],
)
def test_an_operation_is_a_uuid_in_its_usual_form(operation):
    assert "operation" in refused_raw(operation=operation)


def refused_raw(**fields):
    with pytest.raises(RowErrors) as error:
        parse_row({**sent(), **fields})
    return error.value.errors


@pytest.mark.parametrize("version", [-1, 2**31, 1.0, "1", None, True])
def test_a_version_is_a_small_number(version):
    assert "version" in refused_raw(version=version)


@pytest.mark.parametrize("field", ["present", "received"])
@pytest.mark.parametrize("value", [0, 1, "true", None, []])
def test_presence_is_yes_or_no(field, value):
    assert field in refused_raw(**{field: value})


@pytest.mark.parametrize(
    "months",
    ["2026-10", ["2026-13"], ["2026-1"], ["๒๕๖๙-10"], ["2026-10", "2026-10"], [202610], [None], ["0000-01"], {}, 7],
)
def test_months_are_year_and_month_each_once(months):
    assert "months" in refused_raw(months=months)


@pytest.mark.parametrize("method", ["", "cheque", None, 1, ["cash"], {}])
def test_money_comes_as_cash_or_by_transfer(method):
    assert "method" in refused_raw(method=method)


@pytest.mark.parametrize("slip", ["a\nb", "\x00", "\ud800", "\u2028", "x" * 61, 7, None, ["x"]])
def test_a_slip_number_is_one_short_line(slip):
    assert "slip_ref" in refused_raw(slip_ref=slip, method="transfer", pledge="1")


def test_a_transfer_names_its_slip():
    assert list(refused(pledge="200", method="transfer")) == ["slip_ref"]


def test_money_not_marked_as_received_is_not_swallowed():
    assert list(refused(pledge="200", received=False)) == ["pledge"]


def test_money_handed_over_covers_the_line():
    assert list(refused(pledge="200", given="199.99")) == ["given"]
    assert parse_row(sent(pledge="200", given="500")).given == 500_00


def test_all_that_is_wrong_is_said_at_once():
    assert set(refused(pledge="1,5", special="x", method="y")) == {"pledge", "special", "method"}


def test_an_operation_is_kept_as_it_was_sent():
    text = "12345678-1234-4234-8234-123456789012"
    assert parse_row(sent(operation=text)).operation == UUID(text)
