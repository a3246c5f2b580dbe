"""What a home page offers to do next."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NextStep:
    """What to do next, in a heading, a sentence and one button (none where it is not this officer's to do)."""

    title: str
    text: str
    label: str = ""
    url: str = ""
    other_label: str = ""
    other_url: str = ""
