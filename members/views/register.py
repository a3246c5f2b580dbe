"""The register as the paper that people know."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from members.access import Right, group_or_404, person
from members.models import Beneficiary, Member
from members.papers import register_file
from members.selectors.people import PeopleFilter, people
from members.services import record_access
from members.views import lists


@require_safe
def register_paper(request: HttpRequest, group_code: str) -> HttpResponse:
    """Send the register as a PDF; it shows everybody's particulars, so the look is recorded for each."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    rows = people(group=group, by=PeopleFilter()).exclude(status=Member.Status.APPLICANT)
    members = list(rows.select_related("household", "admission", "leaving", "tambon", "group"))
    record_access(user=person(request), members=members, page="people:register-pdf")
    heirs: dict[int, list[Beneficiary]] = {}
    for share in Beneficiary.objects.filter(member__group=group).order_by("member", "position"):
        heirs.setdefault(share.member_id, []).append(share)
    pdf = register_file(group, members, heirs, timezone.localdate())
    return lists.pdf_of(pdf, f"{group.code}-register")
