"""Terms begin and end by a decision of two, and nobody holds what must be apart."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.access import Right, has_right
from members.models import CoSignature, Office, User
from members.services import appoint_first_officers, end_office, record_resolution, start_office
from members.services.offices import (
    DecisionMissing,
    FirstOfficer,
    GroupHasOfficers,
    MemberHasUser,
    NotOfThisGroup,
    OfficesApart,
    ResolutionTaken,
    SignsForOneself,
    TermEnded,
    TermsOverlap,
    TermTurned,
    TreasurerOnLoans,
    link_officer,
)
from tests.village import PASSWORD, TestVillage

DAY = date(2026, 2, 1)


def _start(village: TestVillage, user: User, role: str, **fields) -> Office:
    decided = {"cosigned_by": village.secretary} | fields
    return start_office(group=village.group, user=user, role=role, starts_on=DAY, by=village.chair, **decided)


def test_a_term_begins_with_a_second_officers_signature_or_a_resolution(village: TestVillage) -> None:
    kasem = village.user("Kasem")
    for nobody in (None, village.chair):
        with pytest.raises(DecisionMissing):
            _start(village, kasem, "promotion", cosigned_by=nobody)
    resolution = record_resolution(
        group=village.group, number="1/2569", decided_on=DAY, subject="ตั้งกรรมการ", by=village.secretary
    )
    _start(village, kasem, "promotion", cosigned_by=None, resolution=resolution)
    assert has_right(kasem, village.group, Right.SEE_GROUP)


def test_an_office_is_held_by_one_person_at_a_time(village: TestVillage) -> None:
    with pytest.raises(TermsOverlap):
        _start(village, village.user("Kasem"), "treasurer")
    with pytest.raises(TermsOverlap):
        _start(village, village.auditor, "audit")


def test_nobody_signs_for_the_own_office(village: TestVillage) -> None:
    with pytest.raises(SignsForOneself):
        _start(village, village.treasurer, "vice_chair", cosigned_by=village.treasurer)


def test_several_may_audit(village: TestVillage) -> None:
    assert _start(village, village.user("Kasem"), "audit").role == "audit"


def test_offices_that_must_be_apart_are_kept_apart(village: TestVillage) -> None:
    with pytest.raises(OfficesApart):
        _start(village, village.auditor, "promotion")
    with pytest.raises(OfficesApart):
        _start(village, village.chair, "audit")
    with pytest.raises(TreasurerOnLoans):
        _start(village, village.treasurer, "loan")


def test_a_term_ended_today_gives_nothing_any_more(village: TestVillage) -> None:
    office = village.treasurer.offices.get()
    today = timezone.localdate()
    end_office(office=office, ends_on=today, by=village.secretary, cosigned_by=village.chair)
    assert not has_right(village.treasurer, village.group, Right.SEE_GROUP)
    with pytest.raises(TermEnded):
        end_office(office=office, ends_on=today, by=village.secretary, cosigned_by=village.chair)


def test_a_term_that_ends_tomorrow_still_runs_today(village: TestVillage) -> None:
    office = village.treasurer.offices.get()
    tomorrow = timezone.localdate() + timedelta(days=1)
    end_office(office=office, ends_on=tomorrow, by=village.secretary, cosigned_by=village.chair)
    assert has_right(village.treasurer, village.group, Right.CLOSE_MEETING)


def test_a_term_does_not_end_before_it_begins(village: TestVillage) -> None:
    office = village.treasurer.offices.get()
    with pytest.raises(TermTurned):
        end_office(office=office, ends_on=date(2020, 1, 1), by=village.secretary, cosigned_by=village.chair)


def test_nothing_of_another_group_is_taken(village: TestVillage) -> None:
    theirs = record_resolution(
        group=village.neighbour.group, number="1", decided_on=DAY, subject="x", by=village.neighbour.chair
    )
    with pytest.raises(NotOfThisGroup):
        _start(village, village.user("Kasem"), "promotion", resolution=theirs)
    with pytest.raises(NotOfThisGroup):
        _start(village, village.user("Kasem"), "promotion", member=village.neighbour.member)
    with pytest.raises(NotOfThisGroup):
        link_officer(office=village.treasurer.offices.get(), member=village.neighbour.member, by=village.chair)


def test_a_resolutions_number_is_used_once(village: TestVillage) -> None:
    fields: dict[str, Any] = {
        "group": village.group,
        "number": "1",
        "decided_on": DAY,
        "subject": "x",
        "by": village.chair,
    }
    record_resolution(**fields)
    with pytest.raises(ResolutionTaken):
        record_resolution(**fields)


def test_first_officers_are_appointed_only_where_nobody_ever_held_office(village: TestVillage) -> None:
    first = [FirstOfficer(user=village.stranger, role="chair")]
    with pytest.raises(GroupHasOfficers):
        appoint_first_officers(group=village.group, officers=first, starts_on=DAY, by=village.administrator)


def test_an_officer_who_is_a_member_opens_the_own_passbook_with_the_same_user(village: TestVillage) -> None:
    office = _start(village, village.stranger, "promotion")
    with pytest.raises(MemberHasUser):
        link_officer(office=office, member=village.member("Prani"), by=village.chair)
    link_officer(office=office, member=village.member("Boonmee"), by=village.chair)
    assert has_right(village.stranger, village.group, Right.OWN_WINDOW)


def test_the_chair_begins_a_term_with_a_signature_at_the_page(village: TestVillage) -> None:
    client = Client()
    client.force_login(village.chair)
    address = reverse("people:office-new", args=[village.group.code])
    fields = {"user": village.user("Kasem").pk, "role": "promotion", "starts_on": "1/2/2569", "resolution": ""}
    asked = client.post(address, fields)
    assert "signature=" in asked["Location"]
    page = client.get(asked["Location"])
    assert page.context["form"]["starts_on"].value() == "1/2/2569"
    signature = CoSignature.objects.get()
    signing = reverse("members:cosign", args=[signature.uuid])
    client.post(signing, {"username": "malee", "password": PASSWORD, "next": asked["Location"]})
    other = client.post(address, fields | {"signature": signature.uuid, "role": "loan"})
    assert other.status_code == 200
    assert not Office.objects.filter(user=village.user("Kasem")).exists()
    done = client.post(address, fields | {"signature": signature.uuid})
    assert done["Location"] == reverse("people:offices", args=[village.group.code])
    assert Office.objects.get(user=village.user("Kasem")).cosigned_by == village.secretary


def test_a_term_by_resolution_is_saved_at_once(village: TestVillage) -> None:
    resolution = record_resolution(
        group=village.group, number="2/2569", decided_on=DAY, subject="เลือกตั้ง", by=village.secretary
    )
    client = Client()
    client.force_login(village.secretary)
    address = reverse("people:office-end", args=[village.group.code, village.treasurer.offices.get().pk])
    client.post(address, {"ends_on": "1/3/2569", "resolution": resolution.pk})
    assert village.treasurer.offices.get().ends_on == date(2026, 3, 1)
