"""Coming in, going out, and where one stands afterwards."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.access import person
from members.door import SignInRefused, prove_code, prove_person
from members.forms.door import CodeForm, SignInForm
from members.models import User
from members.selectors.homes import first_home, homes_of
from members.services.users import speak
from members.sessions import (
    DRAFT,
    GROUP_COOKIE,
    close_session,
    known_devices,
    mark_device,
    open_session,
    remember_group,
    set_language,
)

HALFWAY = "halfway"
HALFWAY_SECONDS = 300


def safe_next(request: HttpRequest) -> str:
    """Where to go on, if it is one of our own pages."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    allowed = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if allowed and wanted.startswith("/") else ""


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The door: group, number or user name, password."""
    if request.user.is_authenticated and request.method != "POST":
        return redirect(safe_next(request) or "members:landing")
    initial = {"group": request.GET.get("group") or request.COOKIES.get(GROUP_COOKIE)}
    form = SignInForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        group = form.cleaned_data["group"]
        try:
            user = prove_person(
                login=form.cleaned_data["username"],
                password=form.cleaned_data["password"],
                group=group,
                address=request.META["REMOTE_ADDR"],
                devices=known_devices(request),
            )
        except SignInRefused as refusal:
            form.add_error("password", refusal.message)
        else:
            response = _let_in(request, user)
            if group is not None:
                remember_group(response, group)
            return response
    return render(request, "members/sign_in.html", {"form": form, "next": safe_next(request)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """The second step for those who asked for one: the code from the phone."""
    halfway = request.session.get(HALFWAY) or {}
    user = User.objects.filter(pk=halfway.get("user") or 0, is_active=True).first()
    if user is None or user.session_hash() != halfway.get("hash") or not user.has_totp:
        return redirect("members:sign-in")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            prove_code(user=user, code=form.cleaned_data["code"], address=request.META["REMOTE_ADDR"])
        except SignInRefused as refusal:
            form.refuse(refusal, "code")
        else:
            del request.session[HALFWAY]
            return _finish(request, user, halfway.get("next", ""))
    return render(request, "members/sign_in_code.html", {"form": form})


def _let_in(request: HttpRequest, user: User) -> HttpResponse:
    if not user.has_totp:
        return _finish(request, user, safe_next(request))
    request.session[HALFWAY] = {"user": user.pk, "hash": user.session_hash(), "next": safe_next(request)}
    request.session.set_expiry(HALFWAY_SECONDS)
    return redirect("members:sign-in-code")


def _finish(request: HttpRequest, user: User, wanted: str) -> HttpResponse:
    request.session.set_expiry(None)
    draft = request.session.get(DRAFT) or {}
    open_session(request, user)
    if draft and draft.get("user") != user.pk:
        request.session.pop(DRAFT, None)
        draft = {}
    response = redirect("members:resume") if draft else redirect(wanted or "members:landing")
    mark_device(request, response, user)
    set_language(response, user.language)
    return response


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave this browser."""
    close_session(request)
    messages.success(request, _("You are signed out."))
    return redirect("members:sign-in")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Let the pages speak Thai or English, and remember it for who is signed in."""
    wanted = request.POST.get("language", "")
    response = HttpResponseRedirect(safe_next(request) or reverse("members:landing"))
    if wanted in ("th", "en"):
        set_language(response, wanted)
        if isinstance(request.user, User):
            speak(user=request.user, language=wanted)
    return response


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """Lead each to the right home; who has several chooses."""
    if not isinstance(request.user, User):
        return redirect("members:sign-in")
    home = first_home(request.user)
    if home is not None:
        return redirect(home.url)
    return render(request, "members/landing.html", {"homes": homes_of(request.user), "language": get_language()})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """Offer once more the form that was being sent when its writer had been away too long."""
    user = person(request)
    draft = request.session.get(DRAFT)
    if not draft or draft.get("user") != user.pk:
        return redirect("members:landing")
    if request.method == "POST":
        del request.session[DRAFT]
        return redirect("members:landing")
    return render(request, "members/resume.html", {"draft": draft})
