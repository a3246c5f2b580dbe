"""The text of a PromptPay QR code: who is paid, and how much if it is known (EMVCo merchant-presented, Thai profile).

Written out because the packages of this kind are unkept, or take the amount as a float. A field is its two-digit id,
its length in two digits and its value; the last is a CRC-16 over everything before it.
"""

APPLICATION = "A000000677010111"
FORMAT, ONCE, MANY = "01", "12", "11"
BAHT, THAILAND = "764", "TH"
KINDS = {10: "01", 13: "02", 15: "03"}  # length of the id: mobile number, national or tax number, e-wallet


class PromptPayError(ValueError):
    """The id has not the form of a mobile number, a national or tax number, or an e-wallet."""


def clean_id(text: str) -> str:
    """The digits of an id as typed, without spaces and hyphens; raises PromptPayError."""
    digits = "".join(letter for letter in text if letter not in " -\u00a0")
    if not digits.isascii() or not digits.isdigit() or len(digits) not in KINDS:
        raise PromptPayError(text)
    if len(digits) == 10 and not digits.startswith("0"):
        raise PromptPayError(text)
    return digits


def promptpay_text(promptpay_id: str, satang: int | None = None) -> str:
    """The text that a bank's program reads; without an amount the payer types it. satang > 0."""
    digits = clean_id(promptpay_id)
    if satang is not None and satang <= 0:
        raise ValueError(satang)
    target = f"0066{digits[1:]}" if len(digits) == 10 else digits
    account = _field("00", APPLICATION) + _field(KINDS[len(digits)], target)
    times = ONCE if satang is not None else MANY
    text = _field("00", FORMAT) + _field("01", times) + _field("29", account) + _tail(satang)
    return text + crc16(text)


def _tail(satang: int | None) -> str:
    amount = "" if satang is None else _field("54", f"{satang // 100}.{satang % 100:02d}")
    return _field("53", BAHT) + amount + _field("58", THAILAND) + "6304"


def _field(number: str, value: str) -> str:
    return f"{number}{len(value):02d}{value}"


def crc16(text: str) -> str:
    """CRC-16 with polynomial 0x1021 from 0xFFFF, four capital hexadecimal digits."""
    crc = 0xFFFF
    for byte in text.encode("ascii"):
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return f"{crc:04X}"
