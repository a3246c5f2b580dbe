"""The language in which dates, months and units are printed now."""

from django.utils.translation import get_language


def active_language() -> str:
    """Return "en" where English is active, "th" everywhere else."""
    return "en" if (get_language() or "th").startswith("en") else "th"
