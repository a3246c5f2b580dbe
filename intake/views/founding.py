"""An administrator or district officer makes an empty group and hands its first officers their slips."""

import time
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from intake.forms.founding import FoundGroupForm
from intake.selectors.places import tambons_to_found_in
from intake.services.founding import found_group_in
from members.access import Right, SignInNeeded, group_or_404, has_district_right, may_found_groups
from members.errors import DomainError
from members.models import ActivationSlip, Tambon, User
from members.sealing import seal, unseal
from membership.founding import FoundedGroup
from membership.slip_papers import slips_pdf
from membership.slips import IssuedSlip

SLIPS = "first_slips"
KEPT_SECONDS = 15 * 60


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def found(request: HttpRequest) -> HttpResponse:
    """Find the tambon, then fill in the group and its officers."""
    user = _founder(request)
    code = request.GET.get("tambon", "")
    if not code:
        wanted = " ".join(request.GET.get("q", "").split())[:60]
        context = {"tambons": tambons_to_found_in(user, wanted), "wanted": wanted, "is_admin": user.is_administrator}
        return render(request, "intake/find_place.html", context)
    tambon = get_object_or_404(Tambon.objects.select_related("district__province"), code=code)
    if not has_district_right(user, tambon.district, Right.FOUND_GROUP):
        raise Http404
    form = FoundGroupForm(request.POST if request.method == "POST" else None, tambon=tambon)
    if form.is_valid():
        try:
            made = found_group_in(
                village=form.village_row(),
                name=form.cleaned_data["name"],
                code=form.cleaned_data["code"].strip().lower(),
                officers=form.officers,
                founded_on=form.cleaned_data["founded_on"],
                by=user,
                operation=uuid4(),
            )
        except DomainError as refusal:
            form.refuse(refusal, "code" if "code" in type(refusal).__name__.lower() else None)
        else:
            _keep_slips(request, made)
            return redirect("intake:founded", made.group.code)
    return render(request, "intake/found_group.html", {"form": form, "tambon": tambon})


@require_safe
@never_cache
def founded(request: HttpRequest, group_code: str) -> HttpResponse:
    """The new group's slips, for a quarter of an hour, to be printed; as a PDF with ?format=pdf."""
    user = _founder(request)
    group = group_or_404(user, group_code, Right.FOUND_GROUP)
    issued = _slips(request, group.pk)
    if request.GET.get("format") == "pdf":
        if not issued:
            raise Http404
        response = HttpResponse(slips_pdf(issued), content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="slips-{group.code}.pdf"'
        return response
    return render(request, "intake/founded.html", {"group": group, "issued": issued})


def _founder(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise SignInNeeded
    if not may_found_groups(request.user):
        raise Http404
    return request.user


def _keep_slips(request: HttpRequest, made: FoundedGroup) -> None:
    request.session[SLIPS] = {
        "group": made.group.pk,
        "until": int(time.time()) + KEPT_SECONDS,
        "codes": {str(one.slip.pk): seal(one.code, purpose=SLIPS) for one in made.slips},
    }


def _slips(request: HttpRequest, group_id: int) -> list[IssuedSlip]:
    kept = request.session.get(SLIPS) or {}
    if kept.get("group") != group_id or kept.get("until", 0) < time.time():
        return []
    slips = ActivationSlip.objects.filter(pk__in=kept["codes"], group_id=group_id)
    slips = slips.select_related("user", "member", "issued_by", "group__village__tambon").order_by("pk")
    return [IssuedSlip(slip=slip, code=unseal(kept["codes"][str(slip.pk)], purpose=SLIPS)) for slip in slips]
