"""Letters: what guarantors must be told and by when; written, printed, noted as sent."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loans.demand import Stage
from loans.forms.letters import SentForm
from loans.letter_papers import letters_file
from loans.models import Letter, Loan
from loans.selectors.letters import SHOWS, letters, notices
from loans.services.letters import note_sent, write_notices, write_reminder
from loans.words import LEVELS, STAGES
from members.access import Right, group_or_404, has_right
from members.errors import DomainError
from members.models import SavingsGroup
from papers.tables import Cell, Money
from savings.views import lists

MOST_AT_ONCE = 100


@require_safe
@never_cache
def letter_list(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show the notices that are needed, the earliest deadline first, and the letters that were written."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    words, show = lists.words_of(request), lists.chosen(request, "show", SHOWS)
    found = letters(group, q=words, show=show)
    if lists.wants_file(request):
        return lists.file_of(request, f"{group.code}-{_('Letters')}", _heads(), [_line(row) for row in found])
    today = timezone.localdate()
    needed = [each for each in notices(group, today) if each.stage != Stage.SENT]
    first: dict[int, int] = {}
    for place, each in enumerate(needed):
        if each.letter is None:
            first.setdefault(each.loan.pk, place)
    context = {
        "group": group,
        "today": today,
        "needed": [
            {
                "notice": each,
                "stage": STAGES[each.stage],
                "level": LEVELS[each.stage],
                "is_first": first.get(each.loan.pk) == place,
            }
            for place, each in enumerate(needed)
        ],
        "page": lists.page_of(request, found),
        "words": words,
        "show": show,
        "kept": [("show", show)] if show != SHOWS[0] else [],
        "query": lists.query_without(request),
        "query_shows": lists.query_without(request, "show"),
        "may_write": has_right(request.user, group, Right.KEEP_LOANS),
    }
    return render(request, "loans/letters.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def letter(request: HttpRequest, group_code: str, letter_id: int) -> HttpResponse:
    """Show a letter; note when it was sent."""
    group = group_or_404(request.user, group_code, Right.KEEP_LOANS if request.method == "POST" else Right.SEE_PEOPLE)
    row = _letter(group, letter_id)
    form = SentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cleaned = form.cleaned_data
            note_sent(letter=row, sent_on=cleaned["sent_on"], sent_ref=cleaned["sent_ref"], by=lists.person(request))
        except DomainError as refusal:
            form.refuse(refusal, "sent_on")
        else:
            messages.success(request, _("Noted. The day and the number stand with the letter."))
            return redirect("loans:letter", group.code, row.pk)
    found = [each for each in notices(group, loans=[row.loan]) if each.letter and each.letter.pk == row.pk]
    context = {
        "group": group,
        "row": row,
        "notice": found[0] if found else None,
        "stage": STAGES[found[0].stage] if found else "",
        "level": LEVELS[found[0].stage] if found else "",
        "form": form,
        "may_write": has_right(request.user, group, Right.KEEP_LOANS),
    }
    return render(request, "loans/letter.html", context)


@require_safe
@never_cache
def letter_paper(request: HttpRequest, group_code: str, letter_id: int) -> HttpResponse:
    """Send one letter as a PDF."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    return _pdf(group, [_letter(group, letter_id)], f"letter-{letter_id}")


@require_safe
@never_cache
def letters_paper(request: HttpRequest, group_code: str) -> HttpResponse:
    """Send all letters that are not sent yet as one PDF, a letter a page."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    found = list(letters(group, q=lists.words_of(request), show="unsent").order_by("number")[:MOST_AT_ONCE])
    if not found:
        messages.info(request, _("No letter waits to be sent."))
        return redirect("loans:letters", group.code)
    return _pdf(group, found, "letters")


@require_POST
@never_cache
def letter_write(request: HttpRequest, group_code: str, contract_id: int) -> HttpResponse:
    """Write the reminder to the borrower, or the notices to the guarantors who have none yet."""
    group = group_or_404(request.user, group_code, Right.KEEP_LOANS)
    loan = Loan.objects.filter(group=group, pk=contract_id).select_related("member").first()
    if loan is None:
        raise Http404
    loan.group = group
    by = lists.person(request)
    try:
        if request.POST.get("kind") == Letter.Kind.REMINDER:
            row = write_reminder(loan=loan, by=by)
            messages.success(request, _("Letter %(number)s is written. Print it.") % {"number": row.number})
            return redirect("loans:letter", group.code, row.pk)
        made = write_notices(loan=loan, by=by)
        said = ngettext(
            "%(count)s notice is written. Print it.", "%(count)s notices are written. Print them.", len(made)
        )
        messages.success(request, said % {"count": len(made)})
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("loans:letters", group.code)


def _letter(group: SavingsGroup, letter_id: int) -> Letter:
    row = letters(group).filter(pk=letter_id).first()
    if row is None:
        raise Http404
    row.group = row.loan.group = row.loan.member.group = group
    return row


def _pdf(group: SavingsGroup, found: list[Letter], name: str) -> HttpResponse:
    response = HttpResponse(letters_file(group, found), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{group.code}-{name}.pdf"'
    return response


def _heads() -> list[str]:
    return [
        _("Letter no."), _("Kind"), _("To"), _("Contract number"), pgettext("loan", "Borrower"), _("Instalment"),
        _("Due on"), _("Amount"), _("Written on"), _("Sent on"),
        _("Number of the registered letter, or who handed it over"),
    ]  # fmt: skip


def _line(row: Any) -> list[Cell]:
    to = row.guarantee.member if row.guarantee else row.loan.member
    return [
        row.number, str(row.get_kind_display()), to.full_name, row.loan.number, row.loan.member.full_name,
        row.instalment, row.due_on, Money(row.owed_satang), row.written_on, row.sent_on, row.sent_ref,
    ]  # fmt: skip
