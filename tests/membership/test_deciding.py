"""The committee decides on applications: several at once, by one resolution, once."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from funds.selectors import balances
from members.group_settings import change_setting
from members.models import AdmissionDecision, Member, PassbookAccess, Resolution, User
from members.services import give_passbook, record_resolution
from members.services.resolutions import ResolutionTaken
from membership.admission import Decision, NewResolution, apply_again, decide_applications, enter_member
from membership.admission_errors import (
    BodyUnrepresented,
    DecidedBeforeApplied,
    MinorNeedsParent,
    NothingDecided,
    NotOfAge,
    NotRefused,
    NotWaiting,
    ParentUnfit,
    RefusalUnexplained,
)
from membership.coming_of_age import come_of_age, release_from_parent
from membership.selectors.admission import fees_open, refused_applicants, waiting_applicants
from tests.village import TestVillage, enrol

JUNE_5 = date(2026, 6, 5)


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-05 12:00+07:00", tick=False):
        yield


def resolved(village: TestVillage, number: str = "7/2569", on: date = JUNE_5) -> Resolution:
    return record_resolution(group=village.group, number=number, decided_on=on, subject="รับสมาชิก", by=village.secretary)


def applicant(village: TestVillage, name: str, **fields: Any) -> Member:
    return enrol(village.group, village.secretary, first_name=name, status="applicant", admitted_on=None, **fields)


def decide(
    village: TestVillage, *decisions: Decision, resolution: Resolution | NewResolution
) -> list[AdmissionDecision]:
    return decide_applications(
        group=village.group, decisions=list(decisions), resolution=resolution, by=village.secretary
    )


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_one_resolution_admits_one_and_refuses_another(village: TestVillage) -> None:
    fon, kaew = village.member("Fon"), applicant(village, "แก้ว", pledge_units=2)
    new = NewResolution(number="7/2569", decided_on=JUNE_5, subject="รับสมาชิก")
    decide(village, Decision(fon, "refused", "ไม่ได้อยู่ในหมู่บ้าน"), Decision(kaew, "admitted"), resolution=new)
    fon.refresh_from_db()
    kaew.refresh_from_db()
    assert (fon.status, fon.refused_on, fon.refusal_reason) == ("applicant", JUNE_5, "ไม่ได้อยู่ในหมู่บ้าน")
    assert (kaew.status, kaew.admitted_on) == ("active", JUNE_5)
    assert kaew.admission == Resolution.objects.get(group=village.group, number="7/2569")
    assert [vow.satang for vow in kaew.pledges.all()] == [100_00]


def test_only_whom_it_admits_a_resolution_lets_off_the_fees(village: TestVillage) -> None:
    fon = village.member("Fon")
    new = NewResolution(number="7/2569", decided_on=JUNE_5, subject="รับสมาชิก")
    with pytest.raises(IntegrityError, match="application_fees_waived"), transaction.atomic():
        decide(village, Decision(fon, "refused", "ไม่ได้อยู่ในหมู่บ้าน", waives_fees=True), resolution=new)
    [made] = decide(village, Decision(fon, "admitted", waives_fees=True), resolution=new)
    assert made.waives_fees
    with pytest.raises(NotWaiting):
        decide(village, Decision(fon, "admitted"), resolution=resolved(village, "8/2569"))


def test_the_page_of_applications_waives_fees_in_the_same_line(village: TestVillage) -> None:
    fon = village.member("Fon")
    sent = {
        "number": "7/2569", "decided_on": "5/6/2569", "body": "committee", f"outcome_{fon.number}": "without_fees",
    }  # fmt: skip
    answer = client_of(village.secretary).post(f"/g/{village.group.code}/people/applicants/", sent)
    assert answer.status_code == 302
    made = AdmissionDecision.objects.get(member=fon)
    assert (made.outcome, made.waives_fees) == ("admitted", True)
    page = client_of(village.chair).get(f"/g/{village.group.code}/people/{fon.number}/changes/").content.decode()
    assert "ยกเว้นค่าธรรมเนียม" in page


def test_membership_begins_on_the_day_of_the_resolution(village: TestVillage) -> None:
    fon = village.member("Fon")
    with time_machine.travel("2026-06-20 12:00+07:00", tick=False):
        decide(village, Decision(fon, "admitted"), resolution=resolved(village))
    fon.refresh_from_db()
    assert fon.admitted_on == JUNE_5


def test_a_decision_sent_twice_is_made_once(village: TestVillage) -> None:
    new = NewResolution(number="7/2569", decided_on=JUNE_5, subject="รับสมาชิก")
    first = decide(village, Decision(village.member("Fon"), "admitted"), resolution=new)
    assert decide(village, Decision(village.member("Fon"), "admitted"), resolution=new) == first
    assert AdmissionDecision.objects.count() == 1


def test_all_are_decided_or_none(village: TestVillage) -> None:
    fon, kaew = village.member("Fon"), applicant(village, "แก้ว")
    new = NewResolution(number="7/2569", decided_on=JUNE_5, subject="รับสมาชิก")
    with pytest.raises(RefusalUnexplained):
        decide(village, Decision(fon, "admitted"), Decision(kaew, "refused", "  "), resolution=new)
    fon.refresh_from_db()
    assert fon.status == "applicant"
    assert not Resolution.objects.filter(number="7/2569").exists()


def test_what_cannot_be_decided_is_refused(village: TestVillage) -> None:
    late = applicant(village, "สาย", applied_on=date(2026, 6, 6))
    resolution = resolved(village)
    with pytest.raises(NothingDecided):
        decide(village, resolution=resolution)
    with pytest.raises(NotWaiting):
        decide(village, Decision(village.member("Prani"), "admitted"), resolution=resolution)
    with pytest.raises(DecidedBeforeApplied):
        decide(village, Decision(late, "admitted"), resolution=resolution)
    taken = NewResolution(number="7/2569", decided_on=JUNE_5, subject="อื่น")
    with pytest.raises(ResolutionTaken):
        decide(village, Decision(village.member("Fon"), "admitted"), resolution=taken)


def test_a_refused_applicant_waits_again_only_after_applying_again(village: TestVillage) -> None:
    fon = village.member("Fon")
    decide(village, Decision(fon, "refused", "เอกสารไม่ครบ"), resolution=resolved(village))
    assert list(refused_applicants(village.group)) == [fon]
    with pytest.raises(NotWaiting):
        decide(village, Decision(fon, "admitted"), resolution=resolved(village, "8/2569"))
    again = apply_again(member=fon, by=village.secretary)
    assert (again.applied_on, again.refused_on, list(waiting_applicants(village.group))) == (JUNE_5, None, [fon])
    decide(village, Decision(fon, "admitted"), resolution=resolved(village, "9/2569"))
    assert [one.outcome for one in fon.decisions.order_by("pk")] == ["refused", "admitted"]
    with pytest.raises(NotRefused):
        apply_again(member=fon, by=village.secretary)


def test_a_minor_is_admitted_only_with_a_parent_who_may_stand_for_the_child(village: TestVillage) -> None:
    child = applicant(village, "เด็ก", birth_on=date(2010, 1, 1))
    resolution = resolved(village)
    with pytest.raises(MinorNeedsParent):
        decide(village, Decision(child, "admitted"), resolution=resolution)
    for unfit in ("Dam", "Women", "Noi"):
        Member.objects.filter(pk=child.pk).update(parent=village.member(unfit))
        with pytest.raises(ParentUnfit):
            decide(village, Decision(child, "admitted"), resolution=resolution)
    Member.objects.filter(pk=child.pk).update(parent=village.member("Prani"))
    decide(village, Decision(child, "admitted"), resolution=resolution)


def test_who_is_married_is_of_age_and_the_group_may_set_the_age(village: TestVillage) -> None:
    resolution = resolved(village)
    married = applicant(village, "แต่ง", birth_on=date(2007, 1, 1), marital_status="married")
    decide(village, Decision(married, "admitted"), resolution=resolution)
    young = applicant(village, "หนุ่ม", birth_on=date(2007, 1, 1))
    change_setting(group=village.group, key="adult_age", value=18, valid_from=JUNE_5, by=village.chair)
    decide(village, Decision(young, "admitted"), resolution=resolution)


def test_a_new_form_for_a_minor_asks_for_the_parent(village: TestVillage) -> None:
    with pytest.raises(MinorNeedsParent):
        enter_member(
            group=village.group, by=village.secretary, operation=uuid4(), first_name="เด็ก", birth_on=date(2015, 1, 1)
        )
    assert not Member.objects.filter(first_name="เด็ก").exists()


def test_a_body_without_representative_is_not_admitted(village: TestVillage) -> None:
    body = applicant(village, "", kind="associate", body_name="กลุ่มทอผ้า")
    with pytest.raises(BodyUnrepresented):
        decide(village, Decision(body, "admitted"), resolution=resolved(village))


def test_a_child_that_comes_of_age_is_on_the_list_until_released(village: TestVillage) -> None:
    noi, prani = village.member("Noi"), village.member("Prani")
    give_passbook(user=village.user("Prani"), member=noi, relation=PassbookAccess.Relation.CHILD)
    Member.objects.filter(pk=noi.pk).update(parent=prani, birth_on=date(2006, 6, 6))
    assert come_of_age(village.group) == []
    with pytest.raises(NotOfAge):
        release_from_parent(member=noi, by=village.secretary)
    with time_machine.travel("2026-06-06 12:00+07:00", tick=False):
        assert [(one.member, one.since) for one in come_of_age(village.group)] == [(noi, date(2026, 6, 6))]
        released = release_from_parent(member=noi, by=village.secretary)
        assert come_of_age(village.group) == []
    assert released.parent is None
    assert not PassbookAccess.objects.filter(member=noi, relation="child").exists()


def test_the_page_decides_and_leads_to_the_fees_which_go_to_the_administrative_pool(village: TestVillage) -> None:
    fon = village.member("Fon")
    page = reverse("people:applicants", args=[village.group.code])
    fields = {f"outcome_{fon.number}": "admitted", "number": "7/2569", "decided_on": "5/6/2569", "body": "committee"}
    client = client_of(village.secretary)
    assert client.post(page, fields)["Location"] == page
    assert [(one.member, one.satang) for one in fees_open(village.group)] == [(fon, 30_00)]
    take = f"{reverse('savings:deposit-new', args=[village.group.code])}?member={fon.number}&fee=3000"
    assert take.replace("&", "&amp;") in client.get(page).content.decode()
    treasurer = client_of(village.treasurer)
    form = treasurer.get(take).context["form"]
    assert form.initial["fee"] == 30_00
    sent = {"operation": str(uuid4()), "fee": "30", "on": "5/6/2569", "way": "cash"}
    answer = treasurer.post(take, sent)
    assert answer.status_code == 302, answer.context["form"].errors
    assert fees_open(village.group) == []
    assert balances(village.group, "A4100") == {"": -30_00}


def test_a_mistake_on_the_page_keeps_what_was_typed(village: TestVillage) -> None:
    fon = village.member("Fon")
    page = reverse("people:applicants", args=[village.group.code])
    client = client_of(village.secretary)
    answer = client.post(page, {f"outcome_{fon.number}": "refused", "number": "7/2569"})
    form = answer.context["form"]
    assert set(form.errors) == {f"reason_{fon.number}", "decided_on"}
    assert 'value="7/2569"' in answer.content.decode()
    assert set(client.post(page, {}).context["form"].errors) == {"number", "decided_on"}
    treasurer = client_of(village.treasurer)
    assert "number" not in treasurer.get(page).context["form"].fields
    refused = treasurer.post(page, {f"outcome_{fon.number}": "admitted", "number": "7/2569", "decided_on": "5/6/2569"})
    assert set(refused.context["form"].errors) == {"resolution"}
    assert not AdmissionDecision.objects.exists()


def test_a_refused_applicant_applies_again_from_the_page(village: TestVillage) -> None:
    fon = village.member("Fon")
    decide(village, Decision(fon, "refused", "เอกสารไม่ครบ"), resolution=resolved(village))
    client = client_of(village.secretary)
    assert "เอกสารไม่ครบ" in client.get(reverse("people:applicants", args=[village.group.code])).content.decode()
    client.post(reverse("people:apply-again", args=[village.group.code, fon.number]))
    assert list(waiting_applicants(village.group)) == [fon]


def test_an_application_is_printed_blank_and_filled(village: TestVillage) -> None:
    client = client_of(village.secretary)
    for name, numbers in (("people:application-blank", []), ("people:application-pdf", [village.member("Fon").number])):
        answer = client.get(reverse(name, args=[village.group.code, *numbers]))
        assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize(
    "change",
    ["UPDATE members_admissiondecision SET reason = 'x'", "DELETE FROM members_admissiondecision"],
)
def test_the_database_keeps_a_decision(village: TestVillage, change: str) -> None:
    fon = village.member("Fon")
    decide(village, Decision(fon, "refused", "เอกสารไม่ครบ"), resolution=resolved(village))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_the_database_decides_on_nobody_who_was_admitted(village: TestVillage) -> None:
    fon = village.member("Fon")
    decide(village, Decision(fon, "admitted"), resolution=resolved(village))
    with pytest.raises(IntegrityError), transaction.atomic():
        AdmissionDecision.objects.create(
            group=village.group, member=fon, outcome="refused", reason="x", resolution=resolved(village, "8/2569"),
            decided_by=village.chair,
        )  # fmt: skip


@pytest.mark.parametrize(("outcome", "reason"), [("refused", ""), ("admitted", "x"), ("kept", "")])
def test_the_database_wants_a_reason_for_a_refusal_only(village: TestVillage, outcome: str, reason: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AdmissionDecision.objects.create(
            group=village.group, member=village.member("Fon"), outcome=outcome, reason=reason,
            resolution=resolved(village), decided_by=village.chair,
        )  # fmt: skip


def test_applicants_are_found_by_name_and_told_in_a_file(village: TestVillage) -> None:
    fon, mai = applicant(village, "ฟ้าใส"), applicant(village, "ใหม่")
    decide(village, Decision(mai, "refused", "อยู่นอกหมู่บ้าน"), resolution=resolved(village))
    page = reverse("people:applicants", args=[village.group.code])
    client = client_of(village.secretary)
    found = client.get(page, {"q": fon.first_name})
    assert (found.context["waiting"], found.context["refused"]) == ([fon], [])
    assert "ไม่มีผู้สมัคร" in client.get(page, {"q": "ไม่มีใครเลย"}).content.decode()
    lines = client.get(page, {"format": "csv"}).content.decode("utf-8-sig").splitlines()
    assert len(lines) == 5
    assert "อยู่นอกหมู่บ้าน" in lines[3]
    assert lines[4].startswith("3,")
    assert client.get(page, {"format": "xlsx", "q": mai.first_name}).content[:2] == b"PK"


def test_a_search_decides_on_nobody_who_is_not_shown(village: TestVillage) -> None:
    fon, mai = applicant(village, "ฟ้าใส"), applicant(village, "ใหม่")
    page = reverse("people:applicants", args=[village.group.code]) + f"?q={fon.first_name}"
    form = client_of(village.secretary).get(page).context["form"]
    assert [member for member, *_fields in form.rows()] == [fon]
    assert mai.status == Member.Status.APPLICANT


def test_the_home_names_children_who_have_come_of_age(village: TestVillage) -> None:
    noi = village.member("Noi")
    Member.objects.filter(pk=noi.pk).update(parent=village.member("Prani"), birth_on=date(2000, 6, 6))
    client = client_of(village.secretary)
    shown = client.get(reverse("reports:home", args=[village.group.code])).content.decode()
    assert reverse("people:applicants", args=[village.group.code]) + '"' in shown
    assert "บรรลุนิติภาวะ" in shown.replace("\u2060", "")
