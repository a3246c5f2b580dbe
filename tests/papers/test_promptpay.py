"""The text behind a PromptPay QR code, held to the published vector and to the CRC's own."""

import pytest

from papers.promptpay import PromptPayError, clean_id, crc16, promptpay_text

VECTOR = "00020101021129370016A0000006770101110113006681234567853037645802TH6304823E"


def test_a_mobile_number_without_amount_is_the_published_vector() -> None:
    assert promptpay_text("0812345678") == VECTOR
    assert promptpay_text("081-234 5678") == VECTOR


def test_the_checksum_is_the_one_of_the_catalogue() -> None:
    assert crc16("123456789") == "29B1"
    assert crc16(VECTOR[:-4]) == VECTOR[-4:]


def test_an_amount_is_written_in_baht_and_satang_and_the_code_is_for_once() -> None:
    text = promptpay_text("0812345678", 1_234_05)
    assert "54071234.05" in text
    assert text.startswith("000201010212")
    assert crc16(text[:-4]) == text[-4:]


def test_a_tax_number_and_a_wallet_have_their_own_fields() -> None:
    assert "02131234567890121" in promptpay_text("1-2345-67890-12-1")
    assert "0315123456789012345" in promptpay_text("123456789012345")


@pytest.mark.parametrize("typed", ["", "812345678", "1812345678", "08123456789", "081234567a", "๐๘๑๒๓๔๕๖๗๘"])
def test_an_id_of_another_form_is_refused(typed: str) -> None:
    with pytest.raises(PromptPayError):
        clean_id(typed)


def test_an_amount_is_more_than_nothing() -> None:
    with pytest.raises(ValueError, match="0"):
        promptpay_text("0812345678", 0)
