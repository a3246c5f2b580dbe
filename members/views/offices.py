"""Who holds which office: the list, a new term, its end, and the member an officer is."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from members.access import Right, group_or_404, has_right, person
from members.cosign import request_cosign, use
from members.errors import DomainError
from members.forms.base import PlainForm
from members.forms.offices import EndTermForm, LinkForm, TermForm
from members.models import CoSignature, Member, Office, SavingsGroup, User
from members.selectors.terms import terms, terms_due
from members.services import end_office, start_office
from members.services.appointing import appoint_member
from members.services.offices import link_officer
from members.views import lists
from members.views.terms import file_of_terms

TYPED = "typed_term"
Content = Mapping[str | Promise, Any]


@require_safe
def offices(request: HttpRequest, group_code: str) -> HttpResponse:
    """Every term, those that run first; found by name, and as a file."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    words = lists.words_of(request)
    found = list(terms(group, q=words))
    running = sorted((term for term in found if term.runs_on()), key=lambda term: Office.Role.values.index(term.role))
    past = [term for term in found if not term.runs_on()]
    if lists.wants_file(request):
        return file_of_terms(request, group, [*running, *past])
    context = {
        "group": group,
        "running": running,
        "due": terms_due(group, timezone.localdate()),
        "past": past,
        "words": words,
        "query": lists.query_without(request),
        "may_keep": has_right(request.user, group, Right.KEEP_OFFICES),
    }
    return render(request, "members/offices.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def office_new(request: HttpRequest, group_code: str) -> HttpResponse:
    """Begin a term, by resolution or with a second officer's signature."""
    group = group_or_404(request.user, group_code, Right.KEEP_OFFICES)
    me = person(request)
    form = TermForm(_typed(request), group=group)

    def content() -> Content:
        data = form.cleaned_data
        who: dict[str | Promise, Any] = {gettext_lazy("Office"): Office.Role(data["role"]).label}
        if data["member"] is not None:
            who[gettext_lazy("Who")] = data["member"].full_name
            who[gettext_lazy("Member number")] = data["member"].number
        else:
            who[gettext_lazy("Who")] = data["user"].display_name
            who.update(_which(group, data["user"]))
        return {**who, gettext_lazy("From"): data["starts_on"]}

    def act(signer: User | None) -> HttpResponse | None:
        data = form.cleaned_data
        decided = {"resolution": data["resolution"], "cosigned_by": signer}
        term = {"group": group, "role": data["role"], "starts_on": data["starts_on"], "by": me}
        if data["member"] is None:
            start_office(user=data["user"], **term, **decided)
            return None
        return _to_the_slip(request, appoint_member(member=data["member"], **term, **decided))

    title = gettext_lazy("Begin a term of office")
    return _decide(request, group, form, title, content, act, {"office": None})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def office_end(request: HttpRequest, group_code: str, office_id: int) -> HttpResponse:
    """End a term, by resolution or with a second officer's signature."""
    group = group_or_404(request.user, group_code, Right.KEEP_OFFICES)
    office = get_object_or_404(Office.objects.select_related("user", "group"), group=group, pk=office_id)
    me = person(request)
    form = EndTermForm(_typed(request), group=group)

    def content() -> Content:
        return {
            gettext_lazy("Office"): Office.Role(office.role).label,
            gettext_lazy("Who"): office.user.display_name,
            **_which(group, office.user),
            gettext_lazy("First day without the office"): form.cleaned_data["ends_on"],
        }

    def act(signer: User | None) -> HttpResponse | None:
        data = form.cleaned_data
        end_office(office=office, ends_on=data["ends_on"], by=me, resolution=data["resolution"], cosigned_by=signer)
        if office.role != Office.Role.TREASURER:
            return None
        return redirect("reports:hand-over", group.code, office.pk)

    return _decide(request, group, form, gettext_lazy("End a term of office"), content, act, {"office": office})


@require_http_methods(["GET", "HEAD", "POST"])
def office_link(request: HttpRequest, group_code: str, office_id: int) -> HttpResponse:
    """Say which member of the register an officer is."""
    group = group_or_404(request.user, group_code, Right.KEEP_OFFICES)
    office = get_object_or_404(Office.objects.select_related("user", "group"), group=group, pk=office_id)
    form = LinkForm(request.POST if request.method == "POST" else None, group=group)
    if form.is_valid():
        try:
            link_officer(office=office, member=form.cleaned_data["number"], by=person(request))
        except DomainError as refusal:
            form.refuse(refusal, "number")
        else:
            messages.success(request, _("Saved"))
            return redirect("people:offices", group.code)
    context = {"group": group, "office": office, "form": form, "signature": None}
    return render(request, "members/office_form.html", context)


def _to_the_slip(request: HttpRequest, office: Office) -> HttpResponse | None:
    """Straight on to the slip of a new officer who has no password yet, for whoever may issue it."""
    user, me = office.user, person(request)
    if user.activated_on is not None or office.member is None:
        return None
    secretarys_own = has_right(user, office.group, Right.ISSUE_SLIPS) and has_right(me, office.group, Right.SEE_PEOPLE)
    if user.pk == me.pk or not (has_right(me, office.group, Right.ISSUE_SLIPS) or secretarys_own):
        messages.info(request, _("%(name)s has no password yet. The secretary prints the slip.") % {"name": user})
        return None
    return redirect("membership:member-slip", office.group.code, office.member.number)


def _member_of(group: SavingsGroup, user: User) -> Member | None:
    return group.members.filter(openers__user=user, openers__relation="own").first()


def _which(group: SavingsGroup, user: User) -> dict[str | Promise, Any]:
    """Which of those who bear one name: what is signed holds for this person only."""
    member = _member_of(group, user)
    return {gettext_lazy("Member number"): member.number} if member else {gettext_lazy("User name"): user.username}


def _decide(
    request: HttpRequest,
    group: SavingsGroup,
    form: PlainForm,
    title: Any,
    content: Callable[[], Content],
    act: Callable[[User | None], HttpResponse | None],
    context: dict[str, Any],
) -> HttpResponse:
    """A form that acts by resolution at once, or asks for a signature first and acts with it."""
    signature = _signature(request, group)
    if request.method == "POST" and form.is_valid():
        try:
            if not form.cleaned_data["resolution"] and signature is None:
                return _ask(request, group, title, content())
            with transaction.atomic():
                signer = use(signature=signature, content=content(), by=person(request)) if signature else None
                answer = act(signer)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            request.session.pop(TYPED, None)
            messages.success(request, _("Saved"))
            return answer or redirect("people:offices", group.code)
    here = f"{request.path}?signature={signature.uuid}" if signature else request.path
    context |= {"group": group, "form": form, "title": title, "signature": signature, "here": here}
    return render(request, "members/office_form.html", context)


def _ask(request: HttpRequest, group: SavingsGroup, title: Any, content: Content) -> HttpResponse:
    asked = request_cosign(group=group, by=person(request), right=Right.COSIGN, title=title, content=content)
    fields = {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    request.session[TYPED] = {"signature": str(asked.uuid), "fields": fields}
    return redirect(f"{request.path}?signature={asked.uuid}")


def _typed(request: HttpRequest) -> Mapping[str, Any] | None:
    if request.method == "POST":
        return request.POST
    kept = request.session.get(TYPED) or {}
    if kept and kept.get("signature") == request.GET.get("signature"):
        fields: Mapping[str, Any] = kept["fields"]
        return fields
    return None


def _signature(request: HttpRequest, group: SavingsGroup) -> CoSignature | None:
    try:
        wanted = UUID(request.POST.get("signature") or request.GET.get("signature") or "")
    except ValueError:
        return None
    return CoSignature.objects.filter(uuid=wanted, group=group, asked_by=person(request)).first()
