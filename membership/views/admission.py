"""Applications: who waits, what the committee resolved, the paper form, children who come of age."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.access import Right, group_or_404, has_right, person
from members.errors import DomainError
from members.models import AdmissionDecision, Member, SavingsGroup
from members.selectors.people import member_of_number
from members.services import record_access
from members.services.people import ForeignPerson
from members.services.resolutions import ResolutionTaken
from members.views.lists import file_of, pdf_of, query_without, wants_file, words_of
from membership.admission import apply_again, decide_applications
from membership.application_papers import application_paper, blank_paper
from membership.coming_of_age import come_of_age, release_from_parent
from membership.forms.admission import AdmissionForm
from membership.selectors.admission import fees_open, refused_applicants, waiting_applicants
from membership.views.applicant_file import applicant_heads, applicant_lines
from papers.application import application_pdf


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def applicants(request: HttpRequest, group_code: str) -> HttpResponse:
    """Who waits for the committee, found by name and as a file; the resolution about several at once; their fees."""
    writes = request.method == "POST"
    group = group_or_404(request.user, group_code, Right.KEEP_PEOPLE if writes else Right.SEE_PEOPLE)
    words = words_of(request)
    waiting, refused = list(waiting_applicants(group, words)), list(refused_applicants(group, words))
    if wants_file(request):
        return file_of(
            request, f"{group.code}-applicants", _("Applications"), applicant_heads(), applicant_lines(waiting, refused)
        )
    form = AdmissionForm(
        request.POST if writes else None,
        group=group,
        waiting=waiting,
        may_resolve=has_right(request.user, group, Right.KEEP_OFFICES),
    )
    if writes and form.is_valid() and _decide(request, group, form):
        return redirect("people:applicants", group.code)
    context = {
        "group": group,
        "form": form,
        "waiting": waiting,
        "refused": refused,
        "words": words,
        "query": query_without(request),
        "fees": fees_open(group),
        "grown": come_of_age(group),
        "may_keep": has_right(request.user, group, Right.KEEP_PEOPLE),
        "may_take": has_right(request.user, group, Right.KEEP_MEETING),
    }
    return render(request, "membership/applicants.html", context)


@require_POST
def again(request: HttpRequest, group_code: str, number: int) -> HttpResponse:
    """A refused applicant applies again."""
    group, member = _member_or_404(request, group_code, number)
    try:
        apply_again(member=member, by=person(request))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("%(name)s waits for the committee again.") % {"name": member.full_name})
    return redirect("people:applicants", group.code)


@require_POST
def of_age(request: HttpRequest, group_code: str, number: int) -> HttpResponse:
    """A child that has come of age saves on their own from now on."""
    group, member = _member_or_404(request, group_code, number)
    try:
        release_from_parent(member=member, by=person(request))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        words = {"name": member.full_name}
        messages.success(request, _("%(name)s now saves without a parent. A slip gives the own way in.") % words)
    return redirect("people:member", group.code, member.number)


@require_safe
def blank_application(request: HttpRequest, group_code: str) -> HttpResponse:
    """The form on paper, to be filled in by hand."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    return pdf_of(application_pdf(blank_paper(group)), f"{group.code}-application")


@require_safe
def application(request: HttpRequest, group_code: str, number: int) -> HttpResponse:
    """The form on paper with a person's data, to be signed. Whose paper was printed is recorded."""
    group, member = _member_or_404(request, group_code, number)
    record_access(user=person(request), members=[member], page="people:application-pdf")
    return pdf_of(application_pdf(application_paper(member)), f"{group.code}-application-{member.holder}")


def _decide(request: HttpRequest, group: SavingsGroup, form: AdmissionForm) -> bool:
    try:
        made = decide_applications(
            group=group,
            decisions=form.decisions(),
            resolution=form.behind(_("Admission of members")),
            by=person(request),
        )
    except (ResolutionTaken, ForeignPerson) as refusal:
        form.refuse(refusal, "number")
    except DomainError as refusal:
        form.refuse(refusal)
    else:
        messages.success(request, _decided_text(made))
        return True
    return False


def _decided_text(made: list[AdmissionDecision]) -> str:
    admitted = [one for one in made if one.outcome == one.Outcome.ADMITTED]
    refused = [one for one in made if one.outcome == one.Outcome.REFUSED]
    count = len(admitted)
    said = [ngettext("%(count)s person admitted", "%(count)s people admitted", count) % {"count": count}]
    if refused:
        count = len(refused)
        said.append(ngettext("%(count)s refused", "%(count)s refused", count) % {"count": count})
    return " · ".join(said)


def _member_or_404(request: HttpRequest, group_code: str, number: int) -> tuple[SavingsGroup, Member]:
    group = group_or_404(request.user, group_code, Right.KEEP_PEOPLE)
    member = member_of_number(group, number)
    if member is None:
        raise Http404
    return group, member
