"""A field says in one sentence what is wrong, and keeps what was typed."""

from datetime import date

import pytest
from django import forms
from django.utils import translation

from thai.fields import CountField, MoneyField, NationalIdField, ThaiDateField
from thai.money import AmountError, parse_baht
from thai.sentences import amount_sentence


class DepositForm(forms.Form):
    amount = MoneyField(minimum=1_00, maximum=50_000_00)
    on = ThaiDateField(earliest=date(2025, 1, 1), latest=lambda: date(2026, 12, 31))
    months = CountField(required=False, minimum=1, maximum=12)
    national_id = NationalIdField(required=False)


def deposit(**typed: str) -> DepositForm:
    return DepositForm({"amount": "100", "on": "5/1/2569", **typed})


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def test_a_good_form_cleans_to_satang_dates_and_numbers():
    form = deposit(amount="๑,๐๐๐.๕๐", on="5 ม.ค. 69", months="๓")
    assert form.is_valid()
    assert form.cleaned_data == {"amount": 1_000_50, "on": date(2026, 1, 5), "months": 3, "national_id": ""}


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("amount", "", "Type the amount in baht."),
        ("amount", "1,5", "Cannot read “1,5”; type 1,500 or 1.50."),
        ("amount", "1,50,000", "Cannot read “1,50,000”; type 150,000."),
        ("amount", "1e3", "Cannot read “1e3”; type figures such as 1,500 or 1.50."),
        ("amount", "0", "The amount must be more than 0."),
        ("amount", "-5", "An amount cannot be below zero."),
        ("amount", "0.50", "The amount must be at least 1.00 baht."),
        ("amount", "60000", "The amount must not be more than 50,000.00 baht."),
        ("on", "", "Type the date."),
        ("on", "29/2/2569", "February\u00a02569 has 28 days; check the date."),
        ("on", "1/13/2569", "There is no month 13; check the date."),
        ("on", "1/1/3000", "Cannot take the year 3000; type the Buddhist-Era year, such as 2569."),
        ("on", "soon", "Cannot read “soon” as a date; type day/month/year, such as 5/1/2569."),
        ("on", "31/12/2567", "The date must not be before 1\u00a0January\u00a02568."),
        ("on", "1/1/2570", "The date must not be after 31\u00a0December\u00a02569."),
        ("months", "1.5", "Cannot read “1.5” as a number; type digits only, such as 12."),
        ("months", "0", "The number must be at least 1."),
        ("months", "13", "The number must not be more than 12."),
        ("national_id", "12", "A national ID has 13 digits; 2 were typed."),
        ("national_id", "abc", "A national ID has digits only."),
        ("national_id", "1101700203459", "The national ID does not add up; check it against the card."),
    ],
)
def test_what_is_refused_says_why_and_keeps_what_was_typed(field, typed, sentence):
    form = deposit(**{field: typed})
    assert form.errors == {field: [sentence]}
    assert form[field].value() == typed


def test_a_very_long_text_is_shortened_in_the_sentence_only():
    form = deposit(amount="x" * 500)
    assert len(form.errors["amount"][0]) < 100


def test_the_sheet_names_the_amount_it_cannot_read():
    with pytest.raises(AmountError) as refused:
        parse_baht("1,5")
    assert amount_sentence(refused.value, name="special") == "Cannot read “1,5” for special; type 1,500 or 1.50."


def test_stored_values_are_shown_in_the_form_that_is_read_back():
    form = DepositForm(initial={"amount": 1_500_50, "on": date(2026, 1, 5), "months": 0})
    assert form["amount"].value() == "1,500.50"
    assert form["on"].value() == "05/01/2569"
    assert form["months"].value() == 0


def test_an_amount_written_otherwise_has_not_changed():
    assert not MoneyField().has_changed(100_00, "100.00")
    assert MoneyField().has_changed(100_00, "100.01")
    assert MoneyField().has_changed(100_00, "x")


def test_a_phone_opens_the_number_pad():
    assert 'inputmode="decimal"' in str(DepositForm()["amount"])
    assert 'inputmode="numeric"' in str(DepositForm()["months"])
    assert 'type="number"' not in str(DepositForm())


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("amount", "1,5", "อ่าน “1,5” ไม่ได้ ให้พิมพ์ 1,500 หรือ 1.50"),
        ("amount", "0", "จำนวนเงินต้องมากกว่า 0 บาท"),
        ("amount", "60000", "จำนวนเงินต้องไม่เกิน 50,000.00 บาท"),
        ("on", "29/2/2569", "เดือนกุมภาพันธ์\u00a02569 มี 28 วัน กรุณาตรวจวันที่"),
    ],
)
def test_the_sentences_are_those_of_the_look_in_thai(field, typed, sentence):
    with translation.override("th"):
        assert deposit(**{field: typed}).errors == {field: [sentence]}


def test_the_sheet_names_the_amount_in_thai():
    with translation.override("th"), pytest.raises(AmountError) as refused:
        parse_baht("1,5")
    with translation.override("th"):
        said = amount_sentence(refused.value, name="สัจจะพิเศษ")
    assert said == "อ่านสัจจะพิเศษ “1,5” ไม่ได้ ให้พิมพ์ 1,500 หรือ 1.50"
