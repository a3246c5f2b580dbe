"""The 30 digits and the QR code by which a paper is checked against the books."""

from dataclasses import dataclass
from typing import Any

from papers.qr import qr_svg

CODE_DIGITS = 30
BLOCK = 5


@dataclass(frozen=True)
class Seal:
    """What a paper is checked by: the journal number, the 30 digits and the address that the QR code opens.

    `group_code` is what the public page asks for where no telephone reads the QR code.
    """

    number: int
    code: str
    url: str
    group_code: str = ""

    def data(self) -> dict[str, Any]:
        """Return what `typ/base.typ` prints."""
        blocks = code_blocks(self.code)
        return {"number": self.number, "blocks": blocks, "qr": qr_svg(self.url), "group": self.group_code}


def code_blocks(code: str) -> list[str]:
    """Split 30 digits into six blocks of five; blanks between them are allowed."""
    digits = code.replace(" ", "")
    if len(digits) != CODE_DIGITS or not (digits.isascii() and digits.isdigit()):
        raise ValueError("a code has 30 digits")
    return [digits[start : start + BLOCK] for start in range(0, CODE_DIGITS, BLOCK)]
