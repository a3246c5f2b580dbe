"""What changes savings: vows, paid months, books of special savings."""

from savings.services.months import PaidMonth, record_pledge_months
from savings.services.pledges import set_pledge
from savings.services.special import open_special_book, open_special_books

__all__ = ["PaidMonth", "open_special_book", "open_special_books", "record_pledge_months", "set_pledge"]
