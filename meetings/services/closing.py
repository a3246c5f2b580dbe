"""The close: one batch, signed by two, posted once."""

from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funds.accounts import accounts_for
from funds.journal import EntryDraft, credit, debit, lock_book, post_entries
from funds.models import Account, Entry
from meetings.denominations import from_stored
from meetings.errors import ContentMoved, MeetingClosed, MeetingNotCounting, VerifierRefused
from meetings.models import Meeting, PaymentLine, SheetRow
from meetings.models.rows import AMOUNTS
from meetings.plan import ClosePlan, PlannedEntry, blocks_of
from meetings.selectors.closing import plan_close
from meetings.selectors.sheet import members_on_sheet
from meetings.services.holds import release_holds
from meetings.services.loans import record_paid_loans
from meetings.services.locks import lock_meeting
from meetings.services.months import record_paid_months
from meetings.services.payouts import note_payouts, require_payable
from members import cosign
from members.access import Right
from members.models import CoSignature, Member, SavingsGroup, User
from savings.services import open_special_books
from thai.money import format_baht


def close_content(plan: ClosePlan) -> dict[Any, Any]:
    """What the second officer signs: the figures as they are read, and the fingerprint of every line behind them."""
    content: dict[Any, Any] = {
        _("Meeting"): plan.label,
        _("Receipts"): len(plan.receipts),
        _("Received from members"): format_baht(plan.received),
        _("Payments"): len(plan.payments),
        _("Paid out in cash"): format_baht(plan.position.paid),
        _("Cash that should be there"): format_baht(plan.position.expected),
        _("Cash counted"): format_baht(plan.counted),
        _("Notes and coins"): ", ".join(
            f"{format_baht(each.value)} × {each.count:,}" for each in from_stored(plan.denominations) if each.count
        ),
    }
    if plan.difference_satang:
        label = _("Cash over") if plan.difference_satang > 0 else _("Cash short")
        content[label] = format_baht(abs(plan.difference_satang))
        content[_("Reason")] = plan.reason
    content[_("Code of the content")] = " ".join(blocks_of(plan.fingerprint))
    return content


@transaction.atomic
def request_close(*, meeting: Meeting, by: User, url: str = "") -> CoSignature:
    """Ask an auditor to sign the close as it stands; url is where the evening is read line by line.

    Raises CountMissing, ReasonMissing, MeetingNotCounting.
    """
    locked = lock_meeting(meeting)
    _refuse_unless_counting(locked)
    plan = plan_close(locked, operation=uuid4())
    locked.signature = cosign.request_cosign(
        group=meeting.group,
        by=by,
        right=Right.AUDIT,
        title=_("Close of a meeting"),
        content=close_content(plan),
        url=url,
    )
    locked.save(update_fields=["signature"])
    return locked.signature


@transaction.atomic
def close_meeting(
    *, meeting: Meeting, operation: UUID, fingerprint: str, signature: CoSignature | None, by: User
) -> Meeting:
    """Post the evening as one batch and lock the meeting.

    Posts, in this order: fetched from the bank; one receipt a payer; the payments; carried to the bank; cash over or
    short; the close, which declares the counted cash (A1100 at its book balance, the rest O1100). Months are marked
    paid, repayments noted, holds released, members without a line noted as absent, all in one transaction behind the
    book's row lock.
    The same operation again returns the closed meeting and posts nothing.

    fingerprint: of the plan that the page showed. Raises ContentMoved, VerifierRefused, MeetingNotCounting,
    MeetingClosed, CountMissing, ReasonMissing, members.cosign.CoSignRefused, funds.errors.BooksError.
    """
    lock_book(meeting.group)
    locked = lock_meeting(meeting)
    if locked.is_closed and locked.close_operation == operation:
        return locked
    _refuse_unless_counting(locked)
    plan = plan_close(locked, operation=operation)
    if plan.fingerprint != fingerprint:
        raise ContentMoved
    if signature is None:
        raise cosign.SignatureMissing
    verifier = cosign.use(signature=signature, content=close_content(plan), by=by)
    _refuse_verifier(locked, plan, verifier)
    if plan.moved_by_officers:
        release_holds(meeting=locked, by=by)
    _open_missing_books(meeting.group, plan, by=by)
    _note_absent(locked, by=by)
    require_payable(plan.payouts)
    entries = _post(meeting.group, plan, by=by, verifier=verifier)
    _mark_posted(locked, plan)
    note_payouts(plan.payouts, on=plan.held_on)
    record_paid_months(group=meeting.group, planned=plan.entries, entries=entries)
    record_paid_loans(meeting=meeting, planned=plan.entries, entries=entries)
    return _lock_closed(locked, plan, entries, by=by, verifier=verifier, operation=operation)


def _open_missing_books(group: SavingsGroup, plan: ClosePlan, *, by: User) -> None:
    """Open the first book of special savings for whoever brought special savings without having one."""
    if savers := plan.special_savers:
        open_special_books(group=group, members=Member.objects.filter(group=group, pk__in=savers), by=by)


def _note_absent(meeting: Meeting, *, by: User) -> None:
    """Whoever has no line was not there and paid nothing: noted, so that the minutes know it for good."""
    members = members_on_sheet(meeting).exclude(sheet_rows__meeting=meeting)
    rows = []
    for member_id in members.values_list("pk", flat=True):
        meeting.counter += 1
        rows.append(
            SheetRow(
                meeting=meeting,
                member_id=member_id,
                operation=uuid4(),
                counter=meeting.counter,
                present=False,
                received=False,
                saved_by=by,
                saved_at=timezone.now(),
            )
        )
    if rows:
        SheetRow.objects.bulk_create(rows)


def _refuse_unless_counting(meeting: Meeting) -> None:
    if meeting.is_closed:
        raise MeetingClosed
    if not meeting.is_counting:
        raise MeetingNotCounting


def _refuse_verifier(meeting: Meeting, plan: ClosePlan, verifier: User) -> None:
    if plan.counted_by == verifier.pk or meeting.enterers.filter(pk=verifier.pk).exists():
        raise VerifierRefused


def _post(group: SavingsGroup, plan: ClosePlan, *, by: User, verifier: User) -> list[Entry]:
    pairs = {(code, holder) for entry in plan.entries for code, holder, _satang in entry.lines}
    accounts = accounts_for(group, sorted(pairs))
    drafts = [_draft(plan, entry, accounts, by=by, verifier=verifier) for entry in plan.entries]
    return post_entries(group=group, drafts=drafts, operation=plan.close.operation)


def _draft(
    plan: ClosePlan, entry: PlannedEntry, accounts: dict[tuple[str, str], Account], *, by: User, verifier: User
) -> EntryDraft:
    lines = [
        debit(accounts[code, holder], satang) if satang > 0 else credit(accounts[code, holder], -satang)
        for code, holder, satang in entry.lines
    ]
    return EntryDraft(
        kind=entry.kind,
        on=plan.held_on,
        lines=lines,
        details=dict(entry.details),
        operation=entry.operation,
        by=entry.by or by,
        ok=entry.ok or (verifier,),
        declared=dict(entry.declared) or None,
        payee=entry.payee,
    )


def _mark_posted(meeting: Meeting, plan: ClosePlan) -> None:
    """Let every line know the entry it has become; the two share their operation id."""
    if plan.moved_by_officers:
        approved = PaymentLine.objects.filter(meeting=meeting, state=PaymentLine.State.COSIGNED)
        approved.update(entry=_entry_of(meeting), state=PaymentLine.State.POSTED)
    if not plan.receipts:
        return
    paying = SheetRow.objects.filter(meeting=meeting, received=True).exclude(**dict.fromkeys(AMOUNTS, 0))
    paying.update(entry=_entry_of(meeting))


def _entry_of(meeting: Meeting) -> Subquery:
    entries: QuerySet[Entry] = Entry.objects.filter(group_id=meeting.group_id, operation=OuterRef("operation"))
    return Subquery(entries.values("pk")[:1])


def _lock_closed(
    meeting: Meeting, plan: ClosePlan, entries: list[Entry], *, by: User, verifier: User, operation: UUID
) -> Meeting:
    meeting.status = Meeting.Status.CLOSED
    meeting.close_operation = operation
    meeting.content_hash = plan.fingerprint
    meeting.closed_by, meeting.verified_by, meeting.closed_at = by, verifier, timezone.now()
    meeting.first_entry, meeting.close_entry = entries[0], entries[-1]
    meeting.save()
    return meeting
