"""What is done with the books besides posting."""

from funds.services.beginning import (
    ask_to_start_empty_books,
    empty_books_content,
    empty_books_signature,
    start_books,
    start_empty_books,
)
from funds.services.keeping import erase_details, place_hold, release_hold, write_openings
from funds.years import ensure_account_year, open_account_year

__all__ = [
    "ask_to_start_empty_books",
    "empty_books_content",
    "empty_books_signature",
    "ensure_account_year",
    "erase_details",
    "open_account_year",
    "place_hold",
    "release_hold",
    "start_books",
    "start_empty_books",
    "write_openings",
]
