"""Letters are written with a number of their own, printed, and noted as sent: once, with the day and who took them."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from funds.journal import lock_book
from loans.act_errors import LetterSent, LetterSentTooEarly, NothingOverdue, NoticesWritten
from loans.demand import overdue_rows
from loans.models import Letter, Loan
from loans.selectors.letters import notices
from loans.selectors.standings import standing_of
from members.models import SavingsGroup, User
from thai.dates import format_date
from thai.language import active_language


@transaction.atomic
def write_reminder(*, loan: Loan, by: User) -> Letter:
    """Write the borrower a reminder of what is overdue today; on the same day the same letter again.

    Raises NothingOverdue.
    """
    lock_book(loan.group)
    today = timezone.localdate()
    known = Letter.objects.filter(loan=loan, kind=Letter.Kind.REMINDER, written_on=today).first()
    if known is not None:
        return known
    now = standing_of(loan, today) if loan.is_paid_out else None
    if now is None or now.oldest_unpaid_on is None or not now.days_past_due:
        raise NothingOverdue(number=loan.number)
    rows = [row for row in now.instalments if row.days_late(today)]
    return _write(
        loan=loan,
        kind=Letter.Kind.REMINDER,
        instalment=rows[0].number,
        due_on=now.oldest_unpaid_on,
        owed_satang=now.due_satang,
        written_on=today,
        written_by=by,
    )


@transaction.atomic
def write_notices(*, loan: Loan, by: User) -> list[Letter]:
    """Write the demand notice about every overdue instalment to every guarantor who has none yet.

    Each asks for what may be asked of that guarantor (s.686). Raises NothingOverdue, NoticesWritten.
    """
    lock_book(loan.group)
    today = timezone.localdate()
    if not loan.is_paid_out or not overdue_rows(standing_of(loan, today)):
        raise NothingOverdue(number=loan.number)
    missing = [notice for notice in notices(loan.group, today, loans=[loan]) if notice.letter is None]
    if not missing:
        raise NoticesWritten(number=loan.number)
    return [
        _write(
            loan=loan,
            kind=Letter.Kind.DEMAND,
            guarantee=notice.guarantee,
            instalment=notice.row.number,
            due_on=notice.row.due_on,
            owed_satang=notice.asked,
            written_on=today,
            written_by=by,
        )
        for notice in missing
    ]


@transaction.atomic
def note_sent(*, letter: Letter, sent_on: date, sent_ref: str, by: User) -> Letter:
    """Note when a letter was sent, and the number of its registered post or who handed it over. Once.

    The same day and number again changes nothing. Raises LetterSent, LetterSentTooEarly.
    """
    lock_book(letter.group)
    locked = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if locked.sent_on is not None:
        if (locked.sent_on, locked.sent_ref) == (sent_on, sent_ref):
            return locked
        raise LetterSent(number=locked.number, day=_printed(locked.sent_on))
    if not locked.written_on <= sent_on <= timezone.localdate():
        raise LetterSentTooEarly(day=_printed(locked.written_on))
    locked.sent_on, locked.sent_by, locked.sent_ref = sent_on, by, sent_ref
    locked.save(update_fields=["sent_on", "sent_by", "sent_ref"])
    return locked


def _write(*, loan: Loan, **fields: object) -> Letter:
    group = loan.group
    return Letter.objects.create(
        group=group, loan=loan, number=_next_number(group), written_at=timezone.now(), **fields
    )


def _next_number(group: SavingsGroup) -> int:
    last: int | None = Letter.objects.filter(group=group).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _printed(on: date) -> str:
    return format_date(on, language=active_language())
