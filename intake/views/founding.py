"""An administrator or district officer makes an empty group with its first officers."""

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from intake.forms.founding import FoundGroupForm
from intake.selectors.places import tambons_to_found_in
from intake.services.founding import found_group_in
from intake.views.founders import founder_of, keep_slips
from members.access import Right, has_district_right
from members.errors import DomainError
from members.models import Tambon


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def found(request: HttpRequest) -> HttpResponse:
    """Find the tambon, then fill in the group and its officers."""
    user = founder_of(request)
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
            keep_slips(request, made.group, made.slips)
            return redirect("intake:founded", made.group.code)
    return render(request, "intake/found_group.html", {"form": form, "tambon": tambon})
