"""The register: the list, one person's page, who looked at it. Entering and correcting people is membership's."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from members.access import Right, group_or_404, has_right, person
from members.columns import further_columns
from members.group_settings import SWITCH_LABELS, setting
from members.models import AccessRecord, ActivationSlip, Member, SavingsGroup
from members.national_ids import masked_national_id
from members.selectors import people as selectors
from members.selectors.history import decisions_of
from members.services import record_access
from members.switches import ADULT_AGE, is_child_on, switches_of_member
from members.views import lists
from papers.tables import CSV_TYPE, XLSX_TYPE, Cell, csv_bytes, xlsx_bytes

PER_PAGE = 100
TABS = ({"name": "people:member", "label": gettext_lazy("Person")},)
LAST_TABS = ({"name": "people:changes", "label": gettext_lazy("Changes")},)


@require_safe
def people_list(request: HttpRequest, group_code: str) -> HttpResponse:
    """Everybody in the register: search, filters, totals, files."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    chosen = selectors.PeopleFilter(
        q="".join(letter for letter in request.GET.get("q", "")[:80] if letter.isprintable()).strip(),
        kind=_one_of(request.GET.get("kind"), Member.Kind.values),
        status=_one_of(request.GET.get("status"), [*Member.Status.values, "left"]),
        household="".join(letter for letter in request.GET.get("household", "")[:20] if letter.isprintable()),
        order=_one_of(request.GET.get("order"), selectors.ORDERS) or "number",
    )
    found = selectors.people(group=group, by=chosen)
    if request.GET.get("format") in ("csv", "xlsx"):
        return _file(group, found, request.GET["format"])
    query = request.GET.copy()
    query.pop("page", None)
    query.pop("format", None)
    context = {
        "group": group,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "chosen": chosen,
        "query": query.urlencode(),
        "totals": selectors.people_totals(group),
        "kinds": Member.Kind.choices,
        "statuses": [*Member.Status.choices, ("left", _("All who left"))],
        "households": selectors.households(group),
        "may_keep": has_right(request.user, group, Right.KEEP_PEOPLE),
    }
    return render(request, "members/people_list.html", context)


@require_safe
def member_page(request: HttpRequest, group_code: str, number: int) -> HttpResponse:
    """One person: particulars, household, beneficiaries, slips; the ID masked. The look is recorded."""
    group, member = _member_or_404(request, group_code, number, Right.SEE_PEOPLE)
    record_access(user=person(request), members=[member], page="people:member")
    context = {
        "group": group,
        "member": member,
        "tabs": member_tabs(group, member, "people:member"),
        "national_id": masked_national_id(member),
        "beneficiaries": selectors.beneficiaries(member),
        "switches": [(SWITCH_LABELS[name], on) for name, on in asdict(switches_of_member(member)).items()],
        "is_child": is_child_on(member, timezone.localdate(), adult_age=int(setting(group, ADULT_AGE))),
        "last_decision": decisions_of(member).first(),
        "same_household": selectors.same_household(member),
        "slips": ActivationSlip.objects.filter(user__passbooks__member=member, group=group).select_related(
            "issued_by", "user"
        )[:10],
        "offices": member.offices.select_related("user").order_by("-starts_on"),
        "may_keep": has_right(request.user, group, Right.KEEP_PEOPLE),
        "may_issue": has_right(request.user, group, Right.ISSUE_SLIPS),
        "may_audit": has_right(request.user, group, Right.AUDIT),
    }
    return render(request, "members/member_page.html", context)


@require_safe
def member_access(request: HttpRequest, group_code: str, number: int) -> HttpResponse:
    """Who looked at this member's pages, for the auditor."""
    group, member = _member_or_404(request, group_code, number, Right.AUDIT)
    words = lists.words_of(request)
    records = AccessRecord.objects.filter(member=member, user__display_name__icontains=words)
    records = records.select_related("user", "group", "member")
    if lists.wants_file(request):
        heads = [_("When"), _("Who"), _("Page")]
        rows: list[list[Cell]] = [
            [timezone.localtime(one.seen_at).date(), one.user.display_name, one.page] for one in records
        ]
        return lists.file_of(request, f"{group.code}-{member.holder}-seen-by", _("Who looked"), heads, rows)
    context = {
        "group": group,
        "member": member,
        "page": lists.page_of(request, records),
        "words": words,
        "query": lists.query_without(request),
    }
    return render(request, "members/member_access.html", context)


def member_tabs(group: SavingsGroup, member: Member, current: str) -> list[dict[str, Any]]:
    """The tabs of a member's pages: the person here, the others as settings list them."""
    tabs = [*TABS, *getattr(settings, "MEMBER_TABS", ()), *LAST_TABS]
    return [
        {
            "label": tab["label"],
            "url": reverse(tab["name"], args=[group.code, member.number]),
            "is_current": tab["name"] == current,
        }
        for tab in tabs
    ]


def _member_or_404(request: HttpRequest, group_code: str, number: int, right: Right) -> tuple[SavingsGroup, Member]:
    group = group_or_404(request.user, group_code, right)
    member = selectors.member_of_number(group, number)
    if member is None:
        raise Http404
    return group, member


def _one_of(value: str | None, allowed: Iterable[str]) -> str:
    return value if value in set(allowed) and value is not None else ""


def _file(group: SavingsGroup, found: Iterable[Member], form: str) -> HttpResponse:
    further = further_columns(group)
    heads = [
        _("Member number"),
        _("Title"),
        _("First name"),
        _("Family name"),
        _("Kind of member"),
        _("Status"),
        _("Household"),
        _("House number"),
        _("Member since"),
        _("Left on"),
        *(head for columns in further for head in columns.heads),
    ]
    rows: list[list[Cell]] = [
        [
            member.number,
            member.title,
            member.body_name or member.first_name,
            member.last_name,
            member.get_kind_display(),
            member.get_status_display(),
            member.household.code if member.household else "",
            member.house_no,
            member.admitted_on,
            member.left_on,
            *(cell for columns in further for cell in columns.of(member.pk)),
        ]
        for member in found
    ]
    name = f"{group.code}-members"
    if form == "csv":
        response = HttpResponse(csv_bytes(heads, rows), content_type=CSV_TYPE)
    else:
        response = HttpResponse(xlsx_bytes(_("Members"), heads, rows), content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response
