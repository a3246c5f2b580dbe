"""A treasurer's workbook in the browser: kept, previewed, signed by an auditor, brought in; one file all along."""

import base64
import hashlib
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from funds.journal import lock_book, open_book
from intake.errors import NothingUploaded, UploadChanged, WorkbookRefused
from intake.models import WorkbookUpload
from intake.selectors.groups import problems_of_group
from intake.selectors.uploads import BANK, problems_in
from intake.services.posting import Imported, post_year
from intake.workbook.problems import Problem
from intake.workbook.reading import YearRead, read_year
from meetings.plan import blocks_of
from members import cosign
from members.access import Right
from members.group_settings import change_setting, setting
from members.models import CoSignature, SavingsGroup, User
from members.sealing import seal, unseal
from thai.money import format_baht

KEPT_FOR = timedelta(days=30)
PLEDGE, SPECIAL, LENT = "O2100", "O2200", "O1300"
FURTHEST_MEETING_DAY = 28


def _purpose(sha256: str) -> str:
    return f"workbook {sha256}"


def store_upload(*, group: SavingsGroup, file_name: str, content: bytes, by: User) -> WorkbookUpload:
    """Read a workbook and keep what was found; the file itself, sealed, only if it could come in.

    The group's upload before it is forgotten, and so is every group's that has waited for a month.
    """
    read = read_year(content, today=timezone.localdate(), bank=BANK)
    problems = [*read.problems, *(problems_of_group(group, read.village) if read.village else ())]
    sha256 = hashlib.sha256(content).hexdigest()
    fit = read.ok and not any(problem.is_error for problem in problems)
    with transaction.atomic():
        open_book(group=group)
        lock_book(group)  # two uploads at once: one after the other, the later one waits
        forget_uploads(group=group)
        return WorkbookUpload.objects.create(
            group=group,
            file_name=file_name[-200:],
            size=len(content),
            sha256=sha256,
            sealed=seal(base64.b64encode(content).decode(), purpose=_purpose(sha256)) if fit else "",
            findings=_findings(read, problems),
            operation=uuid4(),
            uploaded_by=by,
            uploaded_at=timezone.now(),
        )


def forget_uploads(*, group: SavingsGroup) -> None:
    """Forget what waits for this group, and what has waited anywhere for a month."""
    waiting = WorkbookUpload.objects.filter(state=WorkbookUpload.State.READ)
    old = waiting.filter(uploaded_at__lt=timezone.now() - KEPT_FOR)
    for uploads in (old, waiting.filter(group=group)):
        uploads.update(state=WorkbookUpload.State.REPLACED, sealed="")


def _findings(read: YearRead, problems: list[Problem]) -> dict[str, Any]:
    sums = {PLEDGE: 0, SPECIAL: 0, LENT: 0}
    for entry in read.plan if read.ok else ():
        for line in entry.lines:
            if line.code in sums:
                sums[line.code] += line.satang
    return {
        "problems": [problem.to_json() for problem in problems],
        "counts": dict(read.counts),
        "sheets": [
            {"sheet": sheet.sheet, "rows": sheet.rows, "sums": [list(column) for column in sheet.sums]}
            for sheet in read.sheets
        ],
        "ignored": list(read.ignored),
        "balances": sums,
    }


def import_content(upload: WorkbookUpload) -> dict[str | Promise, Any]:
    """What the auditor signs: the file by name and fingerprint, and what would stand in the books."""
    counts, balances = upload.findings["counts"], upload.findings["balances"]
    return {
        _("Workbook"): upload.file_name,
        _("Account year"): counts["account_year"],
        _("Members"): counts["members"],
        _("Meetings"): counts["meetings"],
        _("Journal entries"): counts["entries"],
        _("Pledge savings at the end"): format_baht(-balances[PLEDGE]),
        _("Special savings at the end"): format_baht(-balances[SPECIAL]),
        _("Loans outstanding at the end"): format_baht(balances[LENT]),
        _("Code of the content"): " ".join(blocks_of(upload.sha256)),
    }


@transaction.atomic
def ask_to_import(*, upload: WorkbookUpload, by: User) -> CoSignature:
    """Ask an auditor to sign exactly what the preview shows. Raises WorkbookRefused, NothingUploaded."""
    upload = _waiting(upload, by)
    _refuse_unfit(upload)
    title = _("Bring in the paper year %(year)s") % {"year": upload.findings["counts"]["account_year"]}
    upload.signature = cosign.request_cosign(
        group=upload.group, by=by, right=Right.AUDIT, title=title, content=import_content(upload)
    )
    upload.save(update_fields=["signature"])
    return upload.signature


def import_upload(*, upload: WorkbookUpload, by: User) -> Imported:
    """Bring the signed workbook in: by the treasurer, approved by the auditor who signed.

    The file is read again and must give what was previewed. Raises NothingUploaded, UploadChanged, WorkbookRefused,
    members.cosign.CoSignRefused; nothing stands then.
    """
    content = _content(_waiting(upload, by))
    read = read_year(content, today=timezone.localdate(), bank=BANK)
    with transaction.atomic():
        upload = _waiting(upload, by)
        _refuse_unfit(upload)
        if (
            hashlib.sha256(content).hexdigest() != upload.sha256
            or _findings(read, list(read.problems)) != upload.findings
        ):
            raise UploadChanged
        if upload.signature is None:
            raise cosign.SignatureMissing
        approver = cosign.use(signature=upload.signature, content=import_content(upload), by=by)
        imported = post_year(group=upload.group, read=read, by=by, ok=[approver], operation=upload.operation)
        _keep_meeting_day(upload.group, read, by)
        upload.state, upload.sealed = WorkbookUpload.State.IMPORTED, ""
        upload.approved_by, upload.imported_at = approver, timezone.now()
        upload.save()
    return imported


def _waiting(upload: WorkbookUpload, by: User) -> WorkbookUpload:
    """The upload as it stands now, locked inside a transaction; only who uploaded it goes on with it."""
    uploads = WorkbookUpload.objects.filter(pk=upload.pk, state=WorkbookUpload.State.READ, uploaded_by=by)
    if transaction.get_connection().in_atomic_block:
        uploads = uploads.select_for_update()
    found = uploads.first()
    if found is None:
        raise NothingUploaded
    return found


def _content(upload: WorkbookUpload) -> bytes:
    if not upload.sealed:
        _refuse_unfit(upload)
        raise NothingUploaded
    return base64.b64decode(unseal(upload.sealed, purpose=_purpose(upload.sha256)))


def _refuse_unfit(upload: WorkbookUpload) -> None:
    problems = problems_in(upload)
    if any(problem.is_error for problem in problems):
        raise WorkbookRefused(problems)


def _keep_meeting_day(group: SavingsGroup, read: YearRead, by: User) -> None:
    """Let the group go on meeting on the day of the month that the paper year had."""
    assert read.village is not None
    days = [meeting.day for meeting in read.village.meetings]
    usual = max(set(days), key=days.count)
    if usual <= FURTHEST_MEETING_DAY and usual != setting(group, "meeting_day"):
        first_day = read.village.year.starts_on
        change_setting(group=group, key="meeting_day", value=usual, valid_from=first_day, by=by)
