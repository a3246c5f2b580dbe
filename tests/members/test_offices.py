"""Terms begin and end by a decision of two, and nobody holds what must be apart."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.access import Right, has_right
from members.models import CoSignature, Office, Resolution, User
from members.services import appoint_first_officers, end_office, record_resolution, start_office
from members.services.appointing import UnfitForOffice, appoint_member
from members.services.offices import (
    DecisionMissing,
    FirstOfficer,
    GroupHasOfficers,
    MemberHasUser,
    NotOfThisGroup,
    OfficesApart,
    SignsForOneself,
    TermEnded,
    TermsOverlap,
    TermTurned,
    TreasurerOnLoans,
    link_officer,
)
from members.services.resolutions import ResolutionTaken
from tests.village import PASSWORD, TestVillage, enrol

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
    fields = {"person": "๘", "role": "promotion", "starts_on": "1/2/2569", "resolution": ""}
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


def _page(village: TestVillage, user: User) -> tuple[Client, str]:
    client = Client(HTTP_ACCEPT_LANGUAGE="th")
    client.force_login(user)
    return client, reverse("people:office-new", args=[village.group.code])


def _by_resolution(village: TestVillage, person: str, role: str = "promotion") -> dict[str, Any]:
    decided, _made = Resolution.objects.get_or_create(
        group=village.group, number="9/2569", decided_on=DAY, subject="ตั้งกรรมการ", recorded_by=village.secretary
    )
    return {"person": person, "role": role, "starts_on": "1/2/2569", "resolution": decided.pk}


def test_a_member_who_cannot_sign_in_yet_takes_an_office_and_the_secretary_goes_on_to_the_slip(
    village: TestVillage,
) -> None:
    client, address = _page(village, village.secretary)
    boonmee = village.member("Boonmee")
    answer = client.post(address, _by_resolution(village, str(boonmee.number)))
    assert answer["Location"] == reverse("membership:member-slip", args=[village.group.code, boonmee.number])
    office = Office.objects.get(role="promotion")
    assert (office.member, office.user.activated_on, office.user.display_name) == (boonmee, None, boonmee.full_name)
    assert client.get(answer["Location"]).status_code == 200
    assert "ยังไม่มีรหัสผ่าน" in client.get(reverse("people:offices", args=[village.group.code])).content.decode()


def test_the_chair_is_told_that_the_secretary_prints_the_slip(village: TestVillage) -> None:
    client, address = _page(village, village.chair)
    answer = client.post(address, _by_resolution(village, "7"), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("people:offices", args=[village.group.code])
    assert "เลขานุการเป็นผู้พิมพ์ใบตั้งรหัสผ่าน" in answer.content.decode().replace("\u2060", "")


def test_a_new_secretary_without_a_password_gets_the_slip_from_the_chair(village: TestVillage) -> None:
    held = Office.objects.get(group=village.group, role="secretary", ends_on=None)
    end_office(office=held, ends_on=DAY, by=village.chair, cosigned_by=village.treasurer)
    client, address = _page(village, village.chair)
    answer = client.post(address, _by_resolution(village, "7", "secretary"))
    assert answer["Location"] == reverse("membership:member-slip", args=[village.group.code, 7])
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize("typed", ["นายเกษม สุขสำราญ", "เกษม  สุขสำราญ", "8", "๐๐๐๘"])
def test_a_number_or_a_whole_name_is_enough(village: TestVillage, typed: str) -> None:
    client, address = _page(village, village.chair)
    assert client.post(address, _by_resolution(village, typed)).status_code == 302
    assert Office.objects.get(role="promotion").user == village.user("Kasem")


@pytest.mark.parametrize(
    ("typed", "said"),
    [("เกษม", "8 นายเกษม สุขสำราญ"), ("99", "ไม่มีสมาชิกเลขที่นี้"), ("9", "เป็นกรรมการไม่ได้"), ("10", "เป็นกรรมการไม่ได้"),
     ("12", "เป็นกรรมการไม่ได้"), ("13", "เป็นกรรมการไม่ได้"), ("", "พิมพ์เลขที่สมาชิก"), ("ไม่มีใคร", "ไม่พบสมาชิก")],
)  # fmt: skip
def test_whoever_is_not_meant_for_certain_takes_no_office(village: TestVillage, typed: str, said: str) -> None:
    client, address = _page(village, village.chair)
    users = User.objects.count()
    page = client.post(address, _by_resolution(village, typed))
    assert page.status_code == 200
    assert said in page.context["form"].errors["person"][0].replace("\u2060", "")
    assert not Office.objects.filter(role="promotion").exists()
    assert User.objects.count() == users


def test_of_two_of_one_name_the_number_is_asked(village: TestVillage) -> None:
    kasem = village.member("Kasem")
    enrol(village.group, village.secretary, title="นาย", first_name=kasem.first_name, last_name=kasem.last_name)
    client, address = _page(village, village.chair)
    page = client.post(address, _by_resolution(village, kasem.full_name))
    assert page.context["form"].errors["person"][0].count("เกษม สุขสำราญ") == 2


def test_a_refused_term_leaves_no_user_behind(village: TestVillage) -> None:
    client, address = _page(village, village.chair)
    users = User.objects.count()
    page = client.post(address, _by_resolution(village, "7", "treasurer"))
    assert page.context["form"].non_field_errors()
    assert User.objects.count() == users
    with pytest.raises(UnfitForOffice):
        appoint_member(
            group=village.group, member=village.member("Noi"), role="loan", starts_on=DAY, by=village.chair,
            cosigned_by=village.secretary,
        )  # fmt: skip
    with pytest.raises(NotOfThisGroup):
        appoint_member(
            group=village.group, member=village.neighbour.member, role="loan", starts_on=DAY, by=village.chair,
            cosigned_by=village.secretary,
        )  # fmt: skip


def test_an_officer_outside_the_register_is_chosen_from_the_list(village: TestVillage) -> None:
    client, address = _page(village, village.chair)
    fields = _by_resolution(village, "", "promotion") | {"user": village.former_treasurer.pk}
    assert client.post(address, fields | {"person": "8"}).context["form"].errors["person"]
    assert client.post(address, fields).status_code == 302
    assert Office.objects.get(role="promotion").user == village.former_treasurer
    assert client.post(address, fields | {"user": village.neighbour.auditor.pk, "role": "loan"}).status_code == 200
