"""Every change of a person's data is kept: who, when, before, after; two officers at once are told."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from members.models import Beneficiary, Member, MemberChange, User
from members.selectors.history import changes_of, shown
from members.services import add_member, change_member, set_beneficiaries
from members.services.people import BeneficiaryUnnamed, Share, SharesNotWhole
from tests.village import TestVillage

IDS = ("1101700230708", "3210100456785")


def kept(member: Member) -> dict[str, tuple[str, str]]:
    return {one.field: (one.before, one.after) for one in MemberChange.objects.filter(member=member)}


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_each_changed_field_has_its_row_and_no_other(village: TestVillage) -> None:
    prani = village.member("Prani")
    change_member(member=prani, by=village.secretary, phone="0812345678", income_satang=900_00, household_code="H009")
    assert kept(prani) == {"phone": ("", "0812345678"), "income_satang": ("", "90000"), "household": ("H001", "H009")}
    row = MemberChange.objects.filter(member=prani).first()
    assert row is not None
    assert (row.changed_by, row.group, row.version) == (village.secretary, village.group, 1)
    change_member(member=prani, by=village.secretary, phone="0812345678")
    assert MemberChange.objects.filter(member=prani).count() == 3


def test_the_national_id_is_masked_in_the_history(village: TestVillage) -> None:
    prani = village.member("Prani")
    for digits in IDS:
        change_member(member=prani, by=village.secretary, national_id=digits)
    change_member(member=prani, by=village.secretary, national_id="")
    rows = list(MemberChange.objects.filter(member=prani, field="national_id").order_by("pk"))
    assert len(rows) == 3
    for row in rows:
        assert not any(digits in (row.before + row.after).replace("-", "") for digits in IDS)
        assert prani.national_id_index not in row.before + row.after or not prani.national_id_index


def test_beneficiaries_of_before_stay_readable(village: TestVillage) -> None:
    prani = village.member("Prani")
    set_beneficiaries(member=prani, shares=[Share("น้อย", "บุตร", 100)], by=village.secretary)
    change_member(member=prani, by=village.treasurer, beneficiaries=[Share("น้อย", "บุตร", 50), Share("นวล", "", 50)])
    rows = list(MemberChange.objects.filter(member=prani, field="beneficiaries").order_by("pk"))
    assert [(one.before, one.after) for one in rows] == [
        ("", "น้อย (บุตร) 100%"),
        ("น้อย (บุตร) 100%", "น้อย (บุตร) 50%; นวล 50%"),
    ]


def test_shares_are_whole_and_named(village: TestVillage) -> None:
    prani = village.member("Prani")
    for shares in ([Share("น้อย", "", 99)], [Share("น้อย", "", 60), Share("นวล", "", 41)]):
        with pytest.raises(SharesNotWhole):
            set_beneficiaries(member=prani, shares=shares, by=village.secretary)
    with pytest.raises(BeneficiaryUnnamed):
        set_beneficiaries(member=prani, shares=[Share("", "", 100)], by=village.secretary)
    assert not kept(prani)


def test_the_database_lets_no_shares_exceed_the_whole(village: TestVillage) -> None:
    prani = village.member("Prani")
    first = Beneficiary.objects.create(member=prani, position=1, name="น้อย", percent=60)
    with pytest.raises(IntegrityError), transaction.atomic():
        Beneficiary.objects.create(member=prani, position=2, name="นวล", percent=41)
    Beneficiary.objects.create(member=prani, position=2, name="นวล", percent=40)
    with pytest.raises(IntegrityError), transaction.atomic():
        Beneficiary.objects.filter(pk=first.pk).update(percent=61)
    with pytest.raises(IntegrityError), transaction.atomic():
        Beneficiary.objects.bulk_create(
            Beneficiary(member=village.member("Kasem"), position=place, name="x", percent=51) for place in (1, 2)
        )


@pytest.mark.parametrize("change", ["UPDATE members_memberchange SET after = 'x'", "DELETE FROM members_memberchange"])
def test_the_database_keeps_the_history(village: TestVillage, change: str) -> None:
    change_member(member=village.member("Prani"), by=village.secretary, phone="1")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_the_history_reads_in_words(village: TestVillage) -> None:
    prani = village.member("Prani")
    change_member(
        member=prani, by=village.secretary, marital_status="widowed", income_satang=8_000_00, birth_on=date(1970, 7, 3)
    )
    words = {one.label: (one.before, one.after) for one in shown(changes_of(prani))}
    assert words["Marital status"][1] == "Widowed"
    assert words["Monthly income"][1] == "8,000.00 baht"
    assert "2570" not in words["Birth date"][1]
    assert words["Birth date"][0] != words["Birth date"][1]


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"
    from django.utils import translation

    with translation.override("en"):
        yield


def test_officers_and_the_member_read_the_history_and_nobody_else(village: TestVillage) -> None:
    prani = village.member("Prani")
    change_member(member=prani, by=village.secretary, phone="0812345678")
    tab = reverse("people:changes", args=[village.group.code, prani.number])
    assert "0812345678" in client_of(village.auditor).get(tab).content.decode()
    own = reverse("members:changes")
    assert "0812345678" in client_of(village.user("Prani")).get(own).content.decode()
    assert "0812345678" not in client_of(village.user("Kasem")).get(own).content.decode()
    assert client_of(village.user("Kasem")).get(tab).status_code == 404
    for form in ("csv", "xlsx"):
        assert client_of(village.auditor).get(tab, {"format": form}).status_code == 200


def test_who_entered_a_person_stands_in_the_history(village: TestVillage) -> None:
    from uuid import uuid4

    member = add_member(group=village.group, by=village.secretary, operation=uuid4(), first_name="ใหม่")
    assert kept(member) == {"entered": ("", member.full_name)}


def test_two_officers_at_once_are_told_and_nothing_typed_is_lost(village: TestVillage) -> None:
    kasem = village.member("Kasem")
    place = reverse("people:edit", args=[village.group.code, kasem.number])
    client = client_of(village.secretary)
    opened = {"version": str(kasem.version), "kind": "ordinary", "first_name": "เกษม", "admitted_on": "5/1/2563"}
    change_member(member=kasem, by=village.treasurer, phone="0899999999")
    answer = client.post(place, opened | {"occupation": "ทำสวน"})
    page = answer.content.decode()
    assert "0899999999" in page
    assert 'value="ทำสวน"' in page
    assert [one.who for one in answer.context["meanwhile"]] == [village.treasurer.display_name]
    kasem.refresh_from_db()
    assert (kasem.phone, kasem.occupation) == ("0899999999", "")
    again = answer.context["form"]["version"].value()
    client.post(place, opened | {"version": str(again), "occupation": "ทำสวน", "phone": "0899999999"})
    kasem.refresh_from_db()
    assert (kasem.phone, kasem.occupation) == ("0899999999", "ทำสวน")
