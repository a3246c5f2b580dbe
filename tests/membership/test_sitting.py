"""A slip handed out again to somebody who holds an office needs a second officer, and everybody sees who that was."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from funds.models import Entry
from members.models import ActivationSlip, CoSignature, Office, User
from members.services import end_office, record_resolution
from membership.sitting import needs_second_officer
from membership.slip_errors import SittingOfficerUnsigned, SlipRefused
from membership.slips import IssuedSlip, issue_officer_slip, issue_slips, may_issue
from tests.village import PASSWORD, TestVillage


def _again(village: TestVillage, name: str, by: User, signer: User | None = None) -> IssuedSlip:
    return issue_slips(group=village.group, members=[village.member(name)], by=by, cosigned_by=signer)[0]


def _client(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def _office(village: TestVillage, user: User) -> Office:
    return Office.objects.held_on().get(group=village.group, user=user)


def test_without_a_second_officer_nobody_renews_an_officers_slip(village: TestVillage) -> None:
    treasurer = village.treasurer
    epoch = treasurer.session_epoch
    nobody = (None, village.secretary, treasurer, village.user("Prani"), village.neighbour.chair)
    for signer in (*nobody, village.former_treasurer, village.administrator, village.district_officer):
        with pytest.raises(SittingOfficerUnsigned):
            _again(village, "Somporn", village.secretary, signer)
    treasurer.refresh_from_db()
    assert treasurer.session_epoch == epoch
    assert not ActivationSlip.objects.exists()
    assert not Entry.objects.filter(kind__startswith="slip_").exists()


def test_with_a_second_officer_the_journal_names_both(village: TestVillage) -> None:
    issued = _again(village, "Somporn", village.secretary, village.auditor)
    entry = Entry.objects.get(operation=issued.slip.operation)
    assert (entry.kind, entry.maker, list(entry.approvers)) == (
        "slip_reissue",
        village.secretary.code,
        [village.auditor.code],
    )
    assert issued.slip.cosigned_by == village.auditor


def test_the_person_and_the_auditor_read_who_signed(village: TestVillage) -> None:
    _again(village, "Somporn", village.secretary, village.chair)
    for user, page in (
        (village.treasurer, reverse("members:profile")),
        (village.auditor, reverse("membership:slips", args=[village.group.code])),
    ):
        text = _client(user).get(page).content.decode().replace("\u2060", "")
        assert f"ลงนามเป็นกรรมการคนที่สองโดย {village.chair.display_name}" in text


def test_an_officer_outside_the_register_is_guarded_too(village: TestVillage) -> None:
    office = _office(village, village.treasurer)
    village.treasurer.passbooks.all().delete()
    Office.objects.filter(pk=office.pk).update(member=None)
    with pytest.raises(SittingOfficerUnsigned):
        issue_officer_slip(group=village.group, user=village.treasurer, by=village.secretary)
    assert issue_officer_slip(
        group=village.group, user=village.treasurer, by=village.secretary, cosigned_by=village.chair
    )


def test_an_office_in_another_group_or_in_the_district_counts_as_well(village: TestVillage) -> None:
    prani = village.user("Prani")
    assert not needs_second_officer(group=village.group, user=prani, by=village.secretary)
    begins = timezone.localdate() + timedelta(days=3)
    Office.objects.create(group=village.neighbour.group, user=prani, role="promotion", starts_on=begins)
    assert needs_second_officer(group=village.group, user=prani, by=village.secretary)
    village.user("Kasem").is_administrator = True
    assert needs_second_officer(group=village.group, user=village.user("Kasem"), by=village.secretary)


def test_whose_office_has_ended_is_a_member_like_all_others(village: TestVillage) -> None:
    office = _office(village, village.auditor)
    end_office(office=office, ends_on=timezone.localdate(), by=village.secretary, cosigned_by=village.chair)
    assert _again(village, "Wichai", village.secretary).slip.cosigned_by is None


def test_an_office_ended_by_resolution_alone_still_asks_for_the_second_officer(village: TestVillage) -> None:
    today = timezone.localdate()
    alone = record_resolution(
        group=village.group, number="9/2569", decided_on=today, subject="พ้นจากตำแหน่ง", by=village.secretary
    )
    end_office(office=_office(village, village.auditor), ends_on=today, by=village.secretary, resolution=alone)
    with pytest.raises(SittingOfficerUnsigned):
        _again(village, "Wichai", village.secretary)
    assert _again(village, "Wichai", village.secretary, village.chair).slip.cosigned_by == village.chair


def test_the_first_slip_of_a_new_officer_needs_the_decision_about_the_office_only(village: TestVillage) -> None:
    new = User.objects.create_user(display_name="นายใหม่", birth_on=timezone.localdate())
    Office.objects.create(group=village.group, user=new, role="loan", starts_on=timezone.localdate())
    assert issue_officer_slip(group=village.group, user=new, by=village.secretary)
    with pytest.raises(SittingOfficerUnsigned):
        issue_officer_slip(group=village.group, user=new, by=village.secretary)


def test_an_officer_who_never_had_a_password_is_not_stuck_while_nobody_else_could_sign(village: TestVillage) -> None:
    User.objects.exclude(pk=village.secretary.pk).update(activated_on=None)
    ActivationSlip.objects.all().delete()
    _again(village, "Somporn", village.secretary)
    assert _again(village, "Somporn", village.secretary)
    User.objects.filter(pk=village.auditor.pk).update(activated_on=timezone.localdate())
    with pytest.raises(SittingOfficerUnsigned):
        _again(village, "Somporn", village.secretary)
    User.objects.filter(pk=village.auditor.pk).update(activated_on=None)
    User.objects.filter(pk=village.treasurer.pk).update(activated_on=timezone.localdate())
    with pytest.raises(SittingOfficerUnsigned):
        _again(village, "Somporn", village.secretary)


def test_the_page_asks_for_the_signature_and_prints_only_with_it(village: TestVillage) -> None:
    page = reverse("membership:member-slip", args=[village.group.code, village.member("Somporn").number])
    secretary = _client(village.secretary)
    assert "กรรมการอีกคนที่ไม่ใช่ท่านผู้นี้" in secretary.get(page).content.decode().replace("\u2060", "")
    secretary.post(page)
    signature = CoSignature.objects.get()
    signing = reverse("members:cosign", args=[signature.uuid])
    secretary.post(page, {"signature": signature.uuid})
    assert not ActivationSlip.objects.exists()
    himself = secretary.post(signing, {"username": "somporn", "password": PASSWORD, "next": page})
    assert himself.status_code == 302  # an officer may sign; the slip's own person is refused when it is issued
    secretary.post(page, {"signature": signature.uuid})
    assert not ActivationSlip.objects.exists()
    secretary.post(page)
    signature = CoSignature.objects.get(signed_at__isnull=True)
    signing = reverse("members:cosign", args=[signature.uuid])
    secretary.post(signing, {"username": "wichai", "password": PASSWORD, "next": page})
    printed = secretary.post(page, {"signature": signature.uuid})
    assert printed["Location"] == reverse("membership:slips-printed", args=[village.group.code])
    assert ActivationSlip.objects.get().cosigned_by == village.auditor


def test_a_signature_for_one_officer_is_no_good_for_another(village: TestVillage) -> None:
    pages = {
        name: reverse("membership:member-slip", args=[village.group.code, village.member(name).number])
        for name in ("Somporn", "Anong")
    }
    secretary = _client(village.secretary)
    secretary.post(pages["Anong"])
    signature = CoSignature.objects.get()
    signing = reverse("members:cosign", args=[signature.uuid])
    secretary.post(signing, {"username": "wichai", "password": PASSWORD, "next": pages["Anong"]})
    secretary.post(pages["Somporn"], {"signature": signature.uuid})
    assert not ActivationSlip.objects.exists()


def test_a_stranger_to_the_group_cannot_issue_at_all(village: TestVillage) -> None:
    assert not may_issue(group=village.group, user=village.treasurer, by=village.neighbour.secretary)
    with pytest.raises(SlipRefused):
        _again(village, "Somporn", village.neighbour.secretary, village.auditor)
