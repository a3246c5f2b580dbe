"""Thai and Western digits: read either, print either."""

THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
_TO_WESTERN = str.maketrans(THAI_DIGITS, "0123456789")
_TO_THAI = str.maketrans("0123456789", THAI_DIGITS)


def to_western(text: str) -> str:
    """Turn Thai digits into 0-9 and leave everything else as it stands."""
    return text.translate(_TO_WESTERN)


def to_thai(text: object) -> str:
    """Turn 0-9 into Thai digits, for running text and papers (tables show 0-9: Thai digits are not tabular)."""
    return str(text).translate(_TO_THAI)


def has_mixed_digits(text: str) -> bool:
    """True if one text holds digits of both scripts, which a person writes only by mistake."""
    return any(digit in text for digit in THAI_DIGITS) and any(digit in text for digit in "0123456789")
