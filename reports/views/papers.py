"""Papers on the screen and as PDF: receipts and vouchers, a meeting's pile, its minutes, the list to sign."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from funds.models import ENTRIES_PER_GROUP, Entry
from meetings.models import Meeting
from members.access import GROUP_RELATED, Right, SignInNeeded, group_or_404, has_right, passbooks_of
from members.models import SavingsGroup
from papers.qr import qr_svg
from papers.seal import code_blocks
from reports.papers.minutes import minutes_file, minutes_notes, minutes_of, sign_sheet_file
from reports.papers.slips import Slip, slip_of, slips_file
from reports.selectors.journal import put_right

QR_PX = 148
WITH_WORDS = ("details", "reverses", "reverses__details")


@require_safe
def receipt(request: HttpRequest, group_code: str, n: int) -> HttpResponse:
    """Show a receipt or voucher to an officer, or to whoever may open the passbook of the member on it."""
    group, slip, is_officer = _slip_or_404(request, group_code, n)
    context = {
        "group": group,
        "slip": slip,
        "is_officer": is_officer,
        "put_right": put_right(group, n) if slip.voided_by else None,
        "blocks": code_blocks(slip.seal.code),
        "qr": qr_svg(slip.seal.url, border=2, size=QR_PX),
    }
    return render(request, "reports/receipt.html", context)


@require_safe
def receipt_file(request: HttpRequest, group_code: str, n: int) -> HttpResponse:
    """Send one receipt or voucher as a PDF, to the same people."""
    group, slip, _is_officer = _slip_or_404(request, group_code, n)
    return _pdf(slips_file(group, [slip.entry], comes_in=slip.comes_in), f"{group.code}-{slip.entry.n}")


@require_safe
def meeting_receipts(request: HttpRequest, group_code: str, meeting_id: int) -> HttpResponse:
    """Send all receipts of a closed meeting in one file."""
    return _pile(request, group_code, meeting_id, comes_in=True)


@require_safe
def meeting_vouchers(request: HttpRequest, group_code: str, meeting_id: int) -> HttpResponse:
    """Send all vouchers of a closed meeting in one file."""
    return _pile(request, group_code, meeting_id, comes_in=False)


@require_safe
def minutes(request: HttpRequest, group_code: str, meeting_id: int) -> HttpResponse:
    """Show the minutes of a closed meeting, with its papers to print."""
    meeting = _closed_meeting_or_404(request, group_code, meeting_id)
    found = minutes_of(meeting)
    if found is None:
        raise Http404
    context = {
        "group": meeting.group,
        "meeting": meeting,
        "minutes": found,
        "notes": minutes_notes(found),
        "blocks": code_blocks(found.seal.code),
        "qr": qr_svg(found.seal.url, border=2, size=QR_PX),
    }
    return render(request, "reports/minutes.html", context)


@require_safe
def minutes_paper(request: HttpRequest, group_code: str, meeting_id: int) -> HttpResponse:
    """Send the minutes of a closed meeting as a PDF."""
    meeting = _closed_meeting_or_404(request, group_code, meeting_id)
    return _pdf(minutes_file(meeting), f"{meeting.group.code}-minutes-{meeting.number}-{meeting.year}")


@require_safe
def sign_sheet(request: HttpRequest, group_code: str, meeting_id: int) -> HttpResponse:
    """Send the list on which members sign that they came; for an open meeting too."""
    meeting = _meeting_or_404(request, group_code, meeting_id)
    return _pdf(sign_sheet_file(meeting), f"{meeting.group.code}-signatures-{meeting.number}-{meeting.year}")


def _pile(request: HttpRequest, group_code: str, meeting_id: int, *, comes_in: bool) -> HttpResponse:
    meeting = _closed_meeting_or_404(request, group_code, meeting_id)
    pdf = slips_file(meeting.group, list(_batch(meeting)), comes_in=comes_in)
    if not pdf:
        messages.info(request, _("There is nothing of this kind to print in this meeting."))
        return redirect("reports:minutes", group_code, meeting.pk)
    kind = "receipts" if comes_in else "vouchers"
    return _pdf(pdf, f"{meeting.group.code}-{kind}-{meeting.number}-{meeting.year}")


def _batch(meeting: Meeting) -> QuerySet[Entry]:
    rows = Entry.objects.filter(
        pk__gte=meeting.first_entry_id or meeting.close_entry_id, pk__lte=meeting.close_entry_id
    )
    return rows.filter(group=meeting.group).select_related(*WITH_WORDS).order_by("pk")


def _slip_or_404(request: HttpRequest, group_code: str, n: int) -> tuple[SavingsGroup, Slip, bool]:
    if not request.user.is_authenticated:
        raise SignInNeeded
    group = SavingsGroup.objects.select_related(*GROUP_RELATED).filter(code=group_code).first()
    if group is None or not 0 < n < ENTRIES_PER_GROUP:
        raise Http404
    is_officer = has_right(request.user, group, Right.SEE_GROUP)
    if not is_officer and not has_right(request.user, group, Right.OWN_WINDOW):
        raise Http404
    entry = Entry.objects.filter(group=group, n=n).select_related(*WITH_WORDS).first()
    slip = slip_of(group, entry) if entry else None
    if slip is None or not (is_officer or _is_own(request, group, slip)):
        raise Http404
    return group, slip, is_officer


def _is_own(request: HttpRequest, group: SavingsGroup, slip: Slip) -> bool:
    return slip.member is not None and passbooks_of(request.user, group).filter(pk=slip.member.pk).exists()


def _meeting_or_404(request: HttpRequest, group_code: str, meeting_id: int) -> Meeting:
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    rows = Meeting.objects.select_related("close_entry", "first_entry")
    meeting = rows.filter(group=group, pk=meeting_id).first()
    if meeting is None:
        raise Http404
    meeting.group = group
    return meeting


def _closed_meeting_or_404(request: HttpRequest, group_code: str, meeting_id: int) -> Meeting:
    meeting = _meeting_or_404(request, group_code, meeting_id)
    if not meeting.is_closed:
        raise Http404
    return meeting


def _pdf(pdf: bytes, name: str) -> HttpResponse:
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
