"""The 30 digits and the QR code by which a paper is checked against the books."""

from dataclasses import dataclass
from typing import Any

from papers.qr import qr_svg

CODE_DIGITS = 30
BLOCK = 5


@dataclass(frozen=True)
class Seal:
    """What a paper is checked by: the journal number, the 30 digits and the address that the QR code opens."""

    number: int
    code: str
    url: str

    def data(self) -> dict[str, Any]:
        """Return what `typ/base.typ` prints."""
        return {"number": self.number, "blocks": code_blocks(self.code), "qr": qr_svg(self.url)}


def code_blocks(code: str) -> list[str]:
    """Split 30 digits into six blocks of five; blanks between them are allowed."""
    digits = code.replace(" ", "")
    if len(digits) != CODE_DIGITS or not (digits.isascii() and digits.isdigit()):
        raise ValueError("a code has 30 digits")
    return [digits[start : start + BLOCK] for start in range(0, CODE_DIGITS, BLOCK)]
