"""After a bulk load: let the database know how much there is now."""

from django.db import connection

from funds.models import Account, Entry, EntryDetails, Posting
from loans.models import Loan, Repayment, ScheduledInstalment
from meetings.models import Meeting
from members.models import Household, Member
from savings.models import PledgeMonth, PledgePeriod, SpecialBook

FILLED = (
    Account, Entry, EntryDetails, Posting, Meeting, Household, Member, PledgeMonth, PledgePeriod, SpecialBook, Loan,
    Repayment, ScheduledInstalment,
)  # fmt: skip


def refresh_statistics() -> None:
    """Analyse the tables that an import fills.

    PostgreSQL does so by itself some minutes later; until then it plans every query as if the tables were empty, and a
    verification of two thousand new entries took minutes instead of a second. SQLite needs nothing: it reckons with
    its indexes alone. A role that does not own the tables gets a warning from PostgreSQL and goes on.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE " + ", ".join(connection.ops.quote_name(model._meta.db_table) for model in FILLED))
