"""Issuing slips: one member's, or all that have none yet; printed at once, because the database keeps only a hash.

For a quarter of an hour the issuer's session carries the codes, sealed, so that a jammed printer costs nothing.
"""

import time
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.access import Right, group_or_404, person
from members.cosign import request_cosign, use
from members.errors import DomainError
from members.models import ActivationSlip, CoSignature, Member, Office, PassbookAccess, SavingsGroup, User
from members.sealing import seal, unseal
from members.views import lists
from membership.sitting import needs_second_officer
from membership.slip_papers import slips_pdf
from membership.slips import IssuedSlip, has_issued, issue_officer_slip, issue_slips, may_issue, slips_of_group
from membership.views.slip_table import slips_file

PRINTED = "printed_slips"
PRINTED_SECONDS = 15 * 60


HANDOVER = gettext_lazy("I know this person, and I was there when the slip was handed over")
REISSUE = gettext_lazy("This person holds an office and asked for a new slip")


def signed_content(
    name: str, *, number: int | None = None, username: str = "", without_birth: bool, sits: bool
) -> dict[str | Promise, Any]:
    """What the second officer signs, for this person only and not for a namesake; empty where nobody need sign."""
    if not (without_birth or sits):
        return {}
    which = (gettext_lazy("Member number"), number) if number else (gettext_lazy("User name"), username)
    said = {REISSUE: sits, HANDOVER: without_birth}
    words: dict[str | Promise, Any] = {sentence: gettext_lazy("Yes") for sentence, holds in said.items() if holds}
    return {gettext_lazy("Slip for"): name, which[0]: which[1], **words}


@require_safe
def slip_list(request: HttpRequest, group_code: str) -> HttpResponse:
    """Every slip of the group: who got one, from whom, whether it was used."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    words = lists.words_of(request)
    found = slips_of_group(group, words=words)
    if lists.wants_file(request):
        return slips_file(request, group, found)
    waiting = members_without_slip(group).count() if may_issue(group=group, user=None, by=person(request)) else 0
    officers = [
        {"office": office, "may_issue": may_issue(group=group, user=office.user, by=person(request))}
        for office in Office.objects.held_on().filter(group=group).select_related("user", "member")
    ]
    context = {
        "group": group,
        "page": lists.page_of(request, found),
        "words": words,
        "query": lists.query_without(request),
        "waiting": waiting,
        "officers": officers,
        "operation": uuid4(),
    }
    return render(request, "membership/slip_list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def member_slip(request: HttpRequest, group_code: str, number: int) -> HttpResponse:
    """Issue a member's slip; where no birth date is on file, after a second officer's signature."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    member = get_object_or_404(Member.objects.select_related("group__village__tambon"), group=group, number=number)
    user = _user_of(member)
    if not may_issue(group=group, user=user, by=person(request)):
        raise Http404
    unknown = not (member.proof_of_birth_on or (user.birth_on if user else None))
    sits = needs_second_officer(group=group, user=user, by=person(request))
    content = signed_content(member.full_name, number=member.number, without_birth=unknown, sits=sits)
    here = reverse("membership:member-slip", args=[group.code, member.number])

    def issue(witness: User | None, operation: UUID) -> Sequence[IssuedSlip]:
        return issue_slips(group=group, members=[member], by=person(request), cosigned_by=witness, operation=operation)

    again = bool(user and user.activated_on)
    context = {"group": group, "name": member.full_name, "member": member, "again": again, "sits": sits}
    return _issue_page(request, group, here, content, issue, context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def officer_slip(request: HttpRequest, group_code: str, office_id: int) -> HttpResponse:
    """Issue an officer's slip; the secretary's own is another officer's to issue."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    offices = Office.objects.held_on().select_related("user", "member__group__village__tambon")
    office = get_object_or_404(offices, group=group, pk=office_id)
    if not may_issue(group=group, user=office.user, by=person(request)):
        raise Http404
    if office.member is not None:
        return redirect("membership:member-slip", group.code, office.member.number)
    sits = needs_second_officer(group=group, user=office.user, by=person(request))
    unknown = not office.user.birth_on
    content = signed_content(office.user.display_name, username=office.user.username, without_birth=unknown, sits=sits)
    here = reverse("membership:officer-slip", args=[group.code, office.pk])

    def issue(witness: User | None, operation: UUID) -> Sequence[IssuedSlip]:
        return [
            issue_officer_slip(
                group=group, user=office.user, by=person(request), cosigned_by=witness, operation=operation
            )
        ]

    again = office.user.activated_on is not None
    context = {"group": group, "name": office.user.display_name, "member": None, "again": again, "sits": sits}
    return _issue_page(request, group, here, content, issue, context)


@require_POST
def missing_slips(request: HttpRequest, group_code: str) -> HttpResponse:
    """Issue slips for every active member who has none yet and whose birth date is on file."""
    group = group_or_404(request.user, group_code, Right.ISSUE_SLIPS)
    own = set(Member.objects.filter(openers__user=person(request)).values_list("pk", flat=True))
    members = [one for one in members_without_slip(group) if one.proof_of_birth_on and one.pk not in own]

    def issue(operation: UUID) -> Sequence[IssuedSlip]:
        return issue_slips(group=group, members=members, by=person(request), operation=operation)

    return _issue_once(request, group, issue) or redirect("membership:slips", group.code)


@never_cache
@require_safe
def printed(request: HttpRequest, group_code: str) -> HttpResponse:
    """The slips just issued, to be printed; as a PDF with ?format=pdf."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    issued = _just_issued(request, group)
    if request.GET.get("format") == "pdf":
        if not issued:
            raise Http404
        response = HttpResponse(slips_pdf(issued), content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="slips-{group.code}.pdf"'
        return response
    return render(request, "membership/slips_printed.html", {"group": group, "issued": issued})


def members_without_slip(group: SavingsGroup):  # type: ignore[no-untyped-def]
    """The active members, bodies too and children apart, for whom no slip was made and who have no password."""
    relations = [PassbookAccess.Relation.OWN, PassbookAccess.Relation.BODY]
    served = PassbookAccess.objects.filter(relation__in=relations, member__group=group).exclude(
        user__activated_on__isnull=True, user__slips__isnull=True
    )
    members = Member.objects.filter(group=group, status=Member.Status.ACTIVE, parent__isnull=True)
    return members.exclude(pk__in=served.values("member")).order_by("number")


def _issue_page(request, group, here, content, issue, context):  # type: ignore[no-untyped-def]
    signature = _signature(request, group) if content else None
    if request.method == "POST":
        if content and signature is None and not _was_issued(request, group):
            asked = request_cosign(
                group=group,
                by=person(request),
                right=Right.COSIGN,
                title=gettext_lazy("New slip of an officer")
                if REISSUE in content
                else gettext_lazy("Hand over a slip without a birth date on file"),
                content=content,
            )
            return redirect(f"{here}?signature={asked.uuid}")

        def signed_issue(operation: UUID) -> Sequence[IssuedSlip]:
            witness = use(signature=signature, content=content, by=person(request)) if signature and content else None
            return issue(witness, operation)

        return _issue_once(request, group, signed_issue) or redirect(here)
    here_signed = f"{here}?signature={signature.uuid}" if signature else here
    context |= {"needs_witness": bool(content), "signature": signature, "here": here_signed, "operation": uuid4()}
    return render(request, "membership/slip_issue.html", context)


def _signature(request: HttpRequest, group: SavingsGroup) -> CoSignature | None:
    try:
        wanted = UUID(request.POST.get("signature") or request.GET.get("signature") or "")
    except ValueError:
        return None
    return CoSignature.objects.filter(uuid=wanted, group=group, asked_by=person(request)).first()


def _issue_once(
    request: HttpRequest, group: SavingsGroup, issue: Callable[[UUID], Sequence[IssuedSlip]]
) -> HttpResponse | None:
    """Issue slips, once for each time that the page was opened, and go and print them; None: refused, with a message.

    A second click comes to the slips of the first: their codes are kept in the session before anybody sees the slips.
    """
    try:
        if not _was_issued(request, group):
            with transaction.atomic():
                issued = issue(_operation(request))
                if issued:
                    _keep(request, group, issued)
    except DomainError as refusal:
        if not _was_issued(request, group):
            messages.error(request, refusal.message)
            return None
    return redirect("membership:slips-printed", group.code)


def _was_issued(request: HttpRequest, group: SavingsGroup) -> bool:
    return has_issued(group=group, by=person(request), operation=_operation(request))


def _operation(request: HttpRequest) -> UUID:
    """The page's operation; a new one where none or junk was sent, for that came from no button of ours."""
    try:
        return UUID(request.POST.get("operation", ""))
    except ValueError:
        return uuid4()


def _keep(request: HttpRequest, group: SavingsGroup, issued: Sequence[IssuedSlip]) -> None:
    request.session[PRINTED] = {
        "group": group.pk,
        "until": int(time.time()) + PRINTED_SECONDS,
        "codes": {str(one.slip.pk): seal(one.code, purpose=PRINTED) for one in issued},
    }
    request.session.save()


def _just_issued(request: HttpRequest, group: SavingsGroup) -> list[IssuedSlip]:
    kept = request.session.get(PRINTED) or {}
    if kept.get("group") != group.pk or kept.get("until", 0) < time.time():
        request.session.pop(PRINTED, None)
        return []
    slips = ActivationSlip.objects.filter(pk__in=kept["codes"], group=group, voided_at__isnull=True).select_related(
        "user", "member", "issued_by", "group__village__tambon"
    )
    return [
        IssuedSlip(slip=slip, code=unseal(kept["codes"][str(slip.pk)], purpose=PRINTED))
        for slip in slips.order_by("member__number", "pk")
    ]


def _user_of(member: Member) -> User | None:
    relation = PassbookAccess.Relation.BODY if member.body_name else PassbookAccess.Relation.OWN
    access = PassbookAccess.objects.filter(member=member, relation=relation).select_related("user").first()
    if access is not None:
        return access.user
    office = Office.objects.filter(member=member).select_related("user").first()
    return office.user if office else None
