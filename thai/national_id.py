"""The 13 digits of a Thai national ID: checked, printed in the official groups, masked for screens."""

from enum import Enum

from stdnum.th import pin

from thai.digits import to_western


class NationalIdProblem(Enum):
    """Why a national ID was refused."""

    LENGTH = "length"
    CHARACTERS = "characters"
    CHECK_DIGIT = "check_digit"


class NationalIdError(ValueError):
    """A national ID that cannot be right. It carries no digit of what was typed, so that no log can."""

    def __init__(self, problem: NationalIdProblem, *, count: int = 0) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.count = count


def parse_national_id(text: str) -> str:
    """Return the 13 digits of a national ID typed with or without dashes or spaces, Thai digits too."""
    digits = to_western(text).translate({ord(char): None for char in " -\u00a0\t"})
    if not (digits.isascii() and digits.isdigit()):
        raise NationalIdError(NationalIdProblem.CHARACTERS)
    if len(digits) != 13:
        raise NationalIdError(NationalIdProblem.LENGTH, count=len(digits))
    if not pin.is_valid(digits):
        raise NationalIdError(NationalIdProblem.CHECK_DIGIT)
    return digits


def format_national_id(digits: str) -> str:
    """Print 13 digits in the official groups: 1-2345-67890-12-1."""
    return f"{digits[0]}-{digits[1:5]}-{digits[5:10]}-{digits[10:12]}-{digits[12]}"


def mask_national_id(digits: str) -> str:
    """Print a national ID with all but its last three digits hidden: x-xxxx-xxxxx-12-1."""
    return f"x-xxxx-xxxxx-{digits[10:12]}-{digits[12]}"
