"""Setting a password with a slip, in three steps: the code, the password, done."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from members.models import ActivationSlip, User
from members.sessions import mark_device, open_session, set_language
from membership.forms.activation import SetPasswordForm, SlipCodeForm
from membership.slip_errors import ProofWrong, SlipRefused
from membership.slips import live_slips, look_up_slip, use_slip

SLIP = "slip"


def _steps(current: int) -> list[dict[str, Any]]:
    labels = [_("Type the code"), _("Set a password"), _("Done")]
    return [
        {"label": label, "is_done": place < current, "is_current": place == current}
        for place, label in enumerate(labels)
    ]


@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def activate(request: HttpRequest) -> HttpResponse:
    """Step one: the code on the slip, typed, or filled in by a script from behind the # of the QR's address."""
    form = SlipCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            slip = look_up_slip(code=form.cleaned_data["code"], address=request.META["REMOTE_ADDR"])
        except SlipRefused as refusal:
            form.refuse(refusal, "code")
        else:
            request.session[SLIP] = slip.pk
            return redirect("members:activate-password")
    return render(request, "membership/activate.html", {"form": form, "steps": _steps(0)})


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def set_password(request: HttpRequest) -> HttpResponse:
    """Step two: what is not on the slip, and the new password."""
    slip = _slip_in_hand(request)
    if slip is None:
        return redirect("members:activate")
    form = SetPasswordForm(request.POST if request.method == "POST" else None, slip=slip)
    if form.is_valid():
        try:
            user = use_slip(
                slip=slip, birth_on=form.cleaned_data.get("birth_on"), password=form.cleaned_data["password1"]
            )
        except SlipRefused as refusal:
            form.refuse(refusal, "birth_on" if isinstance(refusal, ProofWrong) else None)
        else:
            return _let_in(request, user, slip)
    context = {"form": form, "slip": slip, "steps": _steps(1)}
    return render(request, "membership/set_password.html", context)


@require_safe
def activated(request: HttpRequest) -> HttpResponse:
    """Step three: how to sign in from now on."""
    if not isinstance(request.user, User):
        return redirect("members:sign-in")
    slip = request.user.slips.filter(used_at__isnull=False).select_related("member", "group").first()
    return render(request, "membership/activated.html", {"slip": slip, "steps": _steps(2)})


def _slip_in_hand(request: HttpRequest) -> ActivationSlip | None:
    slips = live_slips().select_related("user", "member", "group__village")
    return slips.filter(pk=request.session.get(SLIP) or 0).first()


def _let_in(request: HttpRequest, user: User, slip: ActivationSlip) -> HttpResponse:
    request.session.pop(SLIP, None)
    open_session(request, user)
    response = redirect("members:activated")
    mark_device(request, response, user)
    set_language(response, user.language)
    return response
