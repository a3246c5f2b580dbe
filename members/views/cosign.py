"""Signing as the second officer: on the first one's page, or on the own phone."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from members.access import Right, has_right, person, roles_of
from members.cosign import CoSignRefused, shown_lines, shown_title, shown_url, sign, sign_as, waiting_for
from members.door import SignInRefused
from members.forms.cosign import CoSignForm
from members.models import CoSignature
from members.views.door import safe_next


def _signature_or_404(request: HttpRequest, signature_uuid: str) -> CoSignature:
    user = person(request)
    signature = (
        CoSignature.objects.select_related("group__village__tambon__district", "asked_by", "signed_by")
        .filter(uuid=signature_uuid)
        .first()
    )
    if signature is None:
        raise Http404
    asks = signature.asked_by_id == user.pk and (
        bool(roles_of(user, signature.group)) or has_right(user, signature.group, Right.FOUND_GROUP)
    )
    if not asks and not has_right(user, signature.group, Right(signature.right)):
        raise Http404
    return signature


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for my signature."""
    user = person(request)
    found = [
        {"signature": signature, "title": shown_title(signature)}
        for signature in waiting_for(user)
        if has_right(user, signature.group, Right(signature.right))
    ]
    return render(request, "members/cosign_list.html", {"found": found})


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def signing(request: HttpRequest, signature_uuid: str) -> HttpResponse:
    """Sign exactly what is shown: with name and password at the asker's device, with one button on the own phone."""
    signature = _signature_or_404(request, signature_uuid)
    own_phone = request.user.pk != signature.asked_by_id
    form = CoSignForm(request.POST if request.method == "POST" and not own_phone else None)
    following = safe_next(request)
    if request.method == "POST" and (own_phone or form.is_valid()):
        try:
            _sign(request, signature, form, own_phone=own_phone)
        except (SignInRefused, CoSignRefused) as refusal:
            if own_phone:
                messages.error(request, refusal.message)
                return redirect("members:cosign-list")
            form.refuse(refusal, "password")
        else:
            messages.success(request, _("Signed. The signature holds for ten minutes."))
            return redirect(following or "members:cosign-list")
    context = {
        "signature": signature,
        "title": shown_title(signature),
        "lines": shown_lines(signature),
        "particulars": shown_url(signature),
        "form": form,
        "own_phone": own_phone,
        "next": following,
    }
    return render(request, "members/cosign_page.html", context)


def _sign(request: HttpRequest, signature: CoSignature, form: CoSignForm, *, own_phone: bool) -> None:
    if own_phone:
        sign_as(signature=signature, user=person(request))
        return
    sign(
        signature=signature,
        username=form.cleaned_data["username"],
        password=form.cleaned_data["password"],
        address=request.META["REMOTE_ADDR"],
    )


@never_cache
@require_safe
def state(request: HttpRequest, signature_uuid: str) -> HttpResponse:
    """Tell the asker's waiting page whether the other phone has signed: it then loads itself anew."""
    signature = _signature_or_404(request, signature_uuid)
    return HttpResponse(status=200 if signature.signed_at else 204)
