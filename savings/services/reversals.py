"""What a reversal means for interest that was credited: the latest period first, and its period is open again."""

from datetime import date

from django.utils import timezone

from funds.journal.drafts import Person
from funds.models import Entry
from savings.errors import LaterInterestFirst
from savings.models import InterestRun
from savings.selectors.products import standing_runs


def refuse_earlier_interest(entry: Entry, on: date) -> None:
    """A later period was reckoned from this one: it is reversed first. Raises LaterInterestFirst."""
    run = InterestRun.objects.filter(entry=entry).select_related("product").first()
    if run is None:
        return
    later = standing_runs(run.product).filter(starts_on__gt=run.starts_on, entry__isnull=False).first()
    if later is not None and later.entry is not None:
        raise LaterInterestFirst(number=entry.n, later=later.entry.n)


def free_period(entry: Entry, reversal: Entry, by: Person) -> None:
    """The period of a crediting that was reversed may be credited again."""
    InterestRun.objects.filter(entry=entry, voided_at__isnull=True).update(voided_at=timezone.now())
