"""A year on paper comes in: choose the file, look at what was found, let an auditor sign, bring it in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from funds.backup import after_close
from intake.errors import NothingUploaded
from intake.forms.upload import UploadForm
from intake.models import WorkbookUpload
from intake.selectors.groups import has_begun
from intake.selectors.uploads import latest_upload, preview_of
from intake.services import ask_to_import, import_upload, store_upload
from members.access import Right, group_or_404, person
from members.cosign import usable
from members.errors import DomainError
from members.models import SavingsGroup


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def workbook(request: HttpRequest, group_code: str) -> HttpResponse:
    """Choose the workbook; see what was found in it."""
    group = group_or_404(request.user, group_code, Right.IMPORT_WORKBOOK)
    form = UploadForm(request.POST or None, request.FILES or None) if request.method == "POST" else UploadForm()
    if form.is_valid():
        chosen = form.cleaned_data["workbook"]
        store_upload(group=group, file_name=chosen["name"], content=chosen["content"], by=person(request))
        return redirect("intake:import", group.code)
    return render(request, "intake/workbook.html", _context(request, group, form))


@require_POST
def ask(request: HttpRequest, group_code: str) -> HttpResponse:
    """Ask an auditor to sign what the preview shows."""
    group = group_or_404(request.user, group_code, Right.IMPORT_WORKBOOK)
    try:
        ask_to_import(upload=_upload(group), by=person(request))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("intake:import", group.code)


@require_POST
def bring_in(request: HttpRequest, group_code: str) -> HttpResponse:
    """Bring the signed workbook in."""
    group = group_or_404(request.user, group_code, Right.IMPORT_WORKBOOK)
    try:
        imported = import_upload(upload=_upload(group), by=person(request))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        after_close()
        messages.success(request, _("The year has come in: %(entries)s entries.") % {"entries": imported.entries})
    return redirect("intake:import", group.code)


def _context(request: HttpRequest, group: SavingsGroup, form: UploadForm) -> dict[str, Any]:
    upload = latest_upload(group)
    state = upload.state if upload else ""
    waiting = state == WorkbookUpload.State.READ
    preview = preview_of(upload) if upload else None
    return {
        "group": group,
        "form": form,
        "upload": upload,
        "preview": preview,
        "is_waiting": waiting,
        "is_mine": bool(upload and upload.uploaded_by_id == person(request).pk),
        "signature": usable(upload.signature) if upload and waiting else None,
        "has_begun": has_begun(group),
        "here": reverse("intake:import", args=[group.code]),
        "steps": _steps(upload, preview),
    }


def _steps(upload: WorkbookUpload | None, preview: dict[str, Any] | None) -> list[dict[str, Any]]:
    labels = [_("Choose the file"), _("Look through it"), _("Auditor signs"), _("Bring it in")]
    current = 0
    if upload and preview:
        signature = usable(upload.signature)
        signed = signature is not None and signature.signed_at is not None
        current = 1 if not preview["is_fit"] else 3 if signed else 2
        current = 4 if upload.state == WorkbookUpload.State.IMPORTED else current
    return [
        {"label": label, "is_done": place < current, "is_current": place == current}
        for place, label in enumerate(labels)
    ]


def _upload(group: SavingsGroup) -> WorkbookUpload:
    upload = latest_upload(group)
    if upload is None:
        raise NothingUploaded
    return upload
