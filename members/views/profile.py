"""One's own data: name, language, password, devices, the code from the phone, who looked."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from members.access import person
from members.door import (
    SignInRefused,
    is_totp_code,
    keep_totp_secret,
    new_totp_secret,
    prove_code,
    prove_person,
    totp_uri,
)
from members.forms.base import PlainForm
from members.forms.door import AuthenticatorForm, ChangePasswordForm
from members.models import AccessRecord, DeviceSession, Member, Office, User
from members.national_ids import masked_national_id
from members.services import end_device
from members.services.users import change_password
from members.sessions import current_device, known_devices
from papers.qr import qr_svg

SECRET = "authenticator"  # noqa: S105 - the name of a place in the session


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """One's own data on one page."""
    user = person(request)
    members = Member.objects.filter(openers__user=user).select_related("group", "household").order_by("group", "number")
    context = {
        "memberships": [{"member": member, "national_id": masked_national_id(member)} for member in members],
        "offices": Office.objects.filter(user=user).select_related("group").order_by("-starts_on"),
        "may_sign": Office.objects.held_on().filter(user=user).exists(),
        "devices": _open_devices(user).count(),
        "slips": user.slips.select_related("group", "issued_by", "cosigned_by")[:10],
    }
    return render(request, "members/profile.html", context)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change the own password; every other device is signed out."""
    user = person(request)
    form = ChangePasswordForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_valid() and _password_is_right(request, user, form):
        change_password(user=user, password=form.cleaned_data["password1"], keep=current_device(request, user))
        update_session_auth_hash(request, user)
        messages.success(request, _("The password is changed. Your other devices are signed out."))
        return redirect("members:profile")
    return render(request, "members/password.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def devices(request: HttpRequest) -> HttpResponse:
    """Where one is signed in, and the button that ends it there."""
    user = person(request)
    here = current_device(request, user)
    if request.method == "POST":
        wanted = request.POST.get("device", "")
        if not wanted:
            return redirect("members:devices")
        if not wanted.isascii() or not wanted.isdigit() or not end_device(user=user, device_id=int(wanted[:18])):
            raise Http404
        messages.success(request, _("Signed out on that device."))
        return redirect("members:devices")
    return render(request, "members/devices.html", {"devices": _open_devices(user)[:50], "here": here})


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def authenticator(request: HttpRequest) -> HttpResponse:
    """Switch the code from the phone on or off, with the password and a code that fits."""
    user = person(request)
    secret = request.session.setdefault(SECRET, new_totp_secret())
    form = AuthenticatorForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _password_is_right(request, user, form):
        answer = _switch_off(request, user, form) if user.has_totp else _switch_on(request, user, form, secret)
        if answer is not None:
            return answer
    context = {"form": form, "secret": secret, "qr": "" if user.has_totp else mark_safe(qr_svg(totp_uri(user, secret)))}  # noqa: S308 - our own drawing
    return render(request, "members/authenticator.html", context)


def _password_is_right(request: HttpRequest, user: User, form: PlainForm) -> bool:
    try:
        prove_person(
            login=user.username,
            password=form.cleaned_data["password"],
            group=None,
            address=request.META["REMOTE_ADDR"],
            devices=known_devices(request),
        )
    except SignInRefused as refusal:
        form.refuse(refusal, "password")
        return False
    return True


def _switch_on(request: HttpRequest, user: User, form: PlainForm, secret: str) -> HttpResponse | None:
    if not is_totp_code(secret, form.cleaned_data["code"]):
        form.add_error("code", _("These figures do not fit. Check that the phone's clock is right, then try again."))
        return None
    keep_totp_secret(user=user, secret=secret)
    del request.session[SECRET]
    messages.success(request, _("From now on signing in asks for the code from the phone."))
    return redirect("members:profile")


def _switch_off(request: HttpRequest, user: User, form: PlainForm) -> HttpResponse | None:
    try:
        prove_code(user=user, code=form.cleaned_data["code"], address=request.META["REMOTE_ADDR"])
    except SignInRefused as refusal:
        form.refuse(refusal, "code")
        return None
    keep_totp_secret(user=user, secret="")
    messages.success(request, _("Signing in no longer asks for the code from the phone."))
    return redirect("members:profile")


@require_safe
def seen_by(request: HttpRequest) -> HttpResponse:
    """Who looked at the pages of one's own membership."""
    user = person(request)
    records = AccessRecord.objects.filter(member__openers__user=user).select_related("user", "member", "group")
    return render(request, "members/seen_by.html", {"records": records[:200]})


def _open_devices(user: User) -> QuerySet[DeviceSession]:
    return DeviceSession.objects.filter(
        user=user, ended_at__isnull=True, seen_at__gt=timezone.now() - timedelta(hours=12)
    )
