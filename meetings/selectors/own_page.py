"""Where a receipt of a closed meeting is put right (funds/reversing.py)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from funds.models import Entry
from funds.reversing import OwnPage
from meetings.selectors.closed import row_of_receipt


def correction_page(entry: Entry) -> OwnPage | None:
    """A receipt of a closed meeting is corrected where its row is known: its months, and what it should have said."""
    if entry.plain_kind != "receipt" or row_of_receipt(entry.group, entry.n) is None:
        return None
    return OwnPage(reverse("meetings:correct", args=[entry.group.code, entry.n]), _("Correct a receipt"))
