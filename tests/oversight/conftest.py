"""The same closed evening as the reports' tests."""

from tests.reports.conftest import _on_the_day_after, as_user, closed, evening

__all__ = ["_on_the_day_after", "as_user", "closed", "evening"]
