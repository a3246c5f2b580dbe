"""The pages of people open for whom they are, in both languages, with a constant number of queries."""

import pytest
from django.test import Client
from django.urls import reverse

from members.door import keep_totp_secret, new_totp_secret
from members.models import AccessRecord
from members.services import set_beneficiaries
from members.services.people import Share, add_member
from tests.village import PASSWORD, TestVillage

PLAIN = (
    "list", "new", "offices", "office-new", "settings", "resolutions", "resolution-new",
)  # fmt: skip


def _client(user) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="th")
    client.force_login(user)
    return client


@pytest.mark.parametrize("name", PLAIN)
@pytest.mark.parametrize("language", ["th", "en"])
def test_the_secretary_opens_every_page(village: TestVillage, name: str, language: str) -> None:
    client = _client(village.secretary)
    client.cookies["django_language"] = language
    assert client.get(reverse(f"people:{name}", args=[village.group.code])).status_code == 200


@pytest.mark.parametrize("name", ["Prani", "Women", "Noi", "Dam", "Fon", "Boonmee"])
def test_every_kind_of_member_has_a_page_and_a_form(village: TestVillage, name: str) -> None:
    client = _client(village.secretary)
    number = village.member(name).number
    for page in ("member", "edit"):
        response = client.get(reverse(f"people:{page}", args=[village.group.code, number]))
        assert response.status_code == 200
        assert village.member(name).full_name in response.content.decode()


@pytest.mark.parametrize("name", ["profile", "password", "devices", "authenticator", "seen-by", "cosign-list"])
def test_everybody_opens_their_own_pages(village: TestVillage, name: str) -> None:
    for user in (village.user("Prani"), village.treasurer, village.administrator, village.stranger):
        assert _client(user).get(reverse(f"members:{name}")).status_code == 200


def test_the_list_takes_the_same_queries_for_thirteen_and_for_five_hundred(
    village: TestVillage, django_assert_max_num_queries
) -> None:
    client = _client(village.secretary)
    address = reverse("people:list", args=[village.group.code])
    client.get(address)
    village.add_members(487)
    with django_assert_max_num_queries(16):
        response = client.get(address)
    assert "500" in response.content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=5", ["Prani"]),
        ("q=%E0%B9%95", ["Prani"]),
        ("q=ปราณี", ["Prani"]),
        ("q=นาคำ", ["Prani", "Noi"]),
        ("q=กลุ่มสตรี", ["Women"]),
        ("kind=honorary", ["Chai"]),
        ("status=left", ["Dam"]),
        ("status=applicant", ["Fon"]),
        ("household=H002", ["Somchai", "Kasem"]),
        ("q=ไม่มีใคร", []),
    ],
)
def test_people_are_found_by_number_name_kind_status_and_household(
    village: TestVillage, query: str, expected: list[str]
) -> None:
    response = _client(village.secretary).get(f"{reverse('people:list', args=[village.group.code])}?{query}")
    assert {member.number for member in response.context["page"]} == {village.member(name).number for name in expected}


def test_names_stand_in_the_order_of_a_thai_dictionary(village: TestVillage) -> None:
    response = _client(village.secretary).get(f"{reverse('people:list', args=[village.group.code])}?order=name")
    names = [member.body_name or member.first_name for member in response.context["page"]]
    assert names.index("เกษม") < names.index("ชัย") < names.index("ดำ") < names.index("น้อย") < names.index("ปราณี")
    assert names[-1] == "อนงค์"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_list_comes_as_a_file_with_the_same_people(village: TestVillage, form: str) -> None:
    address = f"{reverse('people:list', args=[village.group.code])}?status=left&format={form}"
    response = _client(village.secretary).get(address)
    assert response.status_code == 200
    assert f".{form}" in response["Content-Disposition"]
    if form == "csv":
        lines = response.content.decode("utf-8-sig").splitlines()
        assert len(lines) == 2
        assert "ดำ" in lines[1]


def test_each_look_at_a_member_is_recorded_and_the_member_sees_it(village: TestVillage) -> None:
    address = reverse("people:member", args=[village.group.code, village.member("Prani").number])
    _client(village.auditor).get(address)
    _client(village.auditor).get(address)
    record = AccessRecord.objects.get()
    assert (record.user, record.member) == (village.auditor, village.member("Prani"))
    page = _client(village.user("Prani")).get(reverse("members:seen-by")).content.decode()
    assert village.auditor.display_name in page


def test_no_page_shows_more_than_the_last_digits_of_a_national_id(village: TestVillage) -> None:
    member = add_member(
        group=village.group,
        by=village.secretary,
        first_name="ทอง",
        status="active",
        admitted_on="2020-01-05",
        national_id="1-2310-07728-37-6",
    )
    client = _client(village.secretary)
    for page in ("member", "edit"):
        text = client.get(reverse(f"people:{page}", args=[village.group.code, member.number])).content.decode()
        assert "x-xxxx-xxxxx-37-6" in text
        assert "231007728" not in text.replace("-", "")


def test_the_committee_enters_a_member_with_everything_on_the_form(village: TestVillage) -> None:
    fields = {
        "kind": "ordinary",
        "title": "นาง",
        "first_name": "ทองใบ",
        "last_name": "หนองบัว",
        "birth_on": "๑๓/๑๑/๒๕๓๖",
        "national_id": "1-2310-07728-37-6",
        "household_code": "H009",
        "house_no": "30",
        "income_satang": "9,500",
        "pledge_units": "4",
        "status": "active",
        "admitted_on": "5 ม.ค. 2569",
        "beneficiary_1": "นายสมบัติ หนองบัว",
        "relation_1": "สามี",
        "percent_1": "60",
        "beneficiary_2": "ด.ช.ดี หนองบัว",
        "relation_2": "บุตร",
        "percent_2": "40",
    }
    response = _client(village.secretary).post(reverse("people:new", args=[village.group.code]), fields)
    assert response.status_code == 302, response.context["form"].errors
    member = village.group.members.get(first_name="ทองใบ")
    assert member.household is not None
    assert (member.number, member.income_satang, member.household.code) == (14, 9_500_00, "H009")
    assert str(member.birth_on) == "1993-11-13"
    assert [share.percent for share in member.beneficiaries.all()] == [60, 40]


def test_what_is_refused_stays_in_the_field_with_a_sentence(village: TestVillage) -> None:
    fields = {"kind": "ordinary", "first_name": "ทอง", "status": "applicant", "birth_on": "31/2/2536"}
    response = _client(village.secretary).post(reverse("people:new", args=[village.group.code]), fields)
    assert response.status_code == 200
    assert response.context["form"].errors["birth_on"]
    assert 'value="31/2/2536"' in response.content.decode()


def test_two_people_correcting_one_member_do_not_overwrite_each_other(village: TestVillage) -> None:
    address = reverse("people:edit", args=[village.group.code, village.member("Prani").number])
    client = _client(village.secretary)
    fields = {
        "kind": "ordinary",
        "first_name": "ปราณี",
        "last_name": "นาคำ",
        "admitted_on": "5/1/2563",
        "version": "0",
    }
    assert client.post(address, fields | {"phone": "1"}).status_code == 302
    second = _client(village.treasurer).post(address, fields | {"phone": "2"})
    assert second.status_code == 200
    assert village.group.members.get(first_name="ปราณี").phone == "1"


def test_the_form_keeps_what_it_shows(village: TestVillage) -> None:
    member = village.member("Prani")
    set_beneficiaries(member=member, shares=[Share("ก", "บุตร", 100)], by=village.secretary)
    address = reverse("people:edit", args=[village.group.code, member.number])
    client = _client(village.secretary)
    initial = client.get(address).context["form"]
    fields = {field.html_name: field.value() for field in initial}
    posted = {
        name: initial[name].field.prepare_value(value) for name, value in fields.items() if value not in (None, False)
    }
    assert client.post(address, posted).status_code == 302
    before = {name: getattr(member, name) for name in ("title", "birth_on", "household_id", "admitted_on", "status")}
    member.refresh_from_db()
    assert {name: getattr(member, name) for name in before} == before
    assert member.beneficiaries.get().percent == 100


def test_the_filters_are_folded_until_one_is_chosen(village: TestVillage) -> None:
    client = _client(village.secretary)
    address = reverse("people:list", args=[village.group.code])
    folded = '<details class="opens filters__more">'
    assert folded in client.get(address, {"q": "ปราณี"}).content.decode()
    for chosen in ({"kind": "ordinary"}, {"status": "left"}, {"household": "H001"}, {"order": "name"}):
        page = client.get(address, chosen).content.decode()
        assert folded not in page
        assert '<details class="opens filters__more" open>' in page


def test_who_lost_the_phone_is_told_what_to_do(village: TestVillage) -> None:
    keep_totp_secret(user=village.treasurer, secret=new_totp_secret())
    told = "ให้ขอใบตั้งรหัสผ่านใบใหม่จากเลขานุการ"
    assert told in _client(village.treasurer).get(reverse("members:authenticator")).content.decode()
    client = Client(HTTP_ACCEPT_LANGUAGE="th")
    door = client.post(reverse("members:sign-in"), {"username": "somporn", "password": PASSWORD})
    assert told in client.get(door["Location"]).content.decode()


def test_what_waits_for_a_signature_stands_on_the_profile_of_officers_alone(village: TestVillage) -> None:
    link = reverse("members:cosign-list")
    assert link in _client(village.auditor).get(reverse("members:profile")).content.decode()
    assert link not in _client(village.user("Prani")).get(reverse("members:profile")).content.decode()
