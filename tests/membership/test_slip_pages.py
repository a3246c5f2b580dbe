"""From the secretary's button to the member's first page, and the hand-over with a second signature."""

from django.test import Client
from django.urls import reverse

from funds.models import Entry
from members.models import ActivationSlip, CoSignature, Office, User
from members.sealing import unseal
from membership.slip_papers import slip_url, slips_pdf
from membership.slips import issue_slips, look_up_slip
from tests.village import PASSWORD, YEAR_START, TestVillage, make_user


def _client(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))  # a new slip has ended the sessions of before
    return client


def _codes(client: Client) -> list[str]:
    return [unseal(sealed, purpose="printed_slips") for sealed in client.session["printed_slips"]["codes"].values()]


def test_the_secretary_issues_prints_and_the_member_signs_in(village: TestVillage) -> None:
    secretary = _client(village.secretary)
    response = secretary.post(reverse("membership:member-slip", args=[village.group.code, 5]))
    assert response["Location"] == reverse("membership:slips-printed", args=[village.group.code])
    pdf = secretary.get(response["Location"], {"format": "pdf"})
    assert pdf.content.startswith(b"%PDF-")
    member = Client()
    step = member.post(reverse("members:activate"), {"code": _codes(secretary)[0].lower()})
    assert step["Location"] == reverse("members:activate-password")
    page = member.get(step["Location"]).content.decode()
    assert "นางปราณี นาคำ" in page
    assert village.user("Prani").username in page  # a password too much like it is refused
    fields = {"birth_on": "2 ก.ค. 2513", "password1": "three-easy-words", "password2": "three-easy-words"}
    done = member.post(step["Location"], fields)
    assert done["Location"] == reverse("members:activated")
    assert member.get("/")["Location"] == reverse("window:home", args=[village.group.code])
    assert "slip_use" in Entry.objects.filter(group=village.group).values_list("kind", flat=True)


def test_the_code_stands_where_no_log_sees_it_and_looking_uses_nothing_up(village: TestVillage) -> None:
    issued = issue_slips(group=village.group, members=[village.member("Prani")], by=village.secretary)[0]
    sent, _mark, kept = slip_url(issued.code).partition("#")
    assert issued.code not in sent
    assert kept == f"code={issued.code}"
    client = Client()
    for _look in range(7):
        page = client.get(reverse("members:activate"), {"code": issued.code})
        assert f'value="{issued.code}"' not in page.content.decode()
    issued.slip.refresh_from_db()
    assert (issued.slip.tries, issued.slip.used_at) == (0, None)
    assert client.get(reverse("members:activate-password")).status_code == 302


def test_a_wrong_birth_date_is_said_beside_the_field(village: TestVillage) -> None:
    issued = issue_slips(group=village.group, members=[village.member("Prani")], by=village.secretary)[0]
    client = Client()
    client.post(reverse("members:activate"), {"code": issued.code})
    fields = {"birth_on": "3/7/2513", "password1": "three-easy-words", "password2": "three-easy-words"}
    response = client.post(reverse("members:activate-password"), fields)
    assert "4" in response.context["form"].errors["birth_on"][0]
    assert "three-easy-words" not in response.content.decode()


def test_codes_in_the_session_are_sealed_and_only_the_issuer_prints_them(village: TestVillage) -> None:
    secretary = _client(village.secretary)
    secretary.post(reverse("membership:member-slip", args=[village.group.code, 5]))
    assert _codes(secretary)[0] not in str(dict(secretary.session.items()))
    address = reverse("membership:slips-printed", args=[village.group.code])
    assert _client(village.auditor).get(address, {"format": "pdf"}).status_code == 404


def test_all_who_have_none_get_one_sheet_and_the_secretary_not_their_own(village: TestVillage) -> None:
    village.add_members(6)
    for member in village.group.members.filter(number__gt=13):
        member.birth_on = village.member("Prani").birth_on
        member.save()
    secretary = _client(village.secretary)
    response = secretary.post(reverse("membership:missing-slips", args=[village.group.code]))
    assert response.status_code == 302
    assert ActivationSlip.objects.filter(group=village.group).count() == 6
    assert Entry.objects.filter(group=village.group, kind="slip_issue").count() == 6


def _clicked(client: Client, page: str, address: str | None = None) -> dict[str, str]:
    """Open a page and press its button three times; the slips it leads to."""
    operation = client.get(page).context["operation"]
    for _click in range(3):
        answer = client.post(address or page, {"operation": operation})
        assert answer["Location"].endswith("/slips/printed/"), answer["Location"]
    return {one.slip.user.display_name: one.code for one in client.get(answer["Location"]).context["issued"]}


def test_a_double_click_issues_one_slip_and_leads_to_it(village: TestVillage) -> None:
    page = reverse("membership:member-slip", args=[village.group.code, 5])
    codes = _clicked(_client(village.secretary), page)
    slip = ActivationSlip.objects.get(voided_at__isnull=True)
    assert look_up_slip(code=codes[slip.user.display_name], address="10.0.0.1") == slip
    assert ActivationSlip.objects.count() == 1
    assert Entry.objects.filter(group=village.group, kind__startswith="slip_").count() == 1


def test_a_page_opened_anew_issues_a_further_slip(village: TestVillage) -> None:
    page = reverse("membership:member-slip", args=[village.group.code, 5])
    client = _client(village.secretary)
    _clicked(client, page)
    _clicked(client, page)
    assert ActivationSlip.objects.count() == 2


def test_a_double_click_on_all_missing_slips_keeps_their_codes(village: TestVillage) -> None:
    village.add_members(3)
    village.group.members.filter(number__gt=13).update(birth_on=village.member("Prani").birth_on)
    addresses = [reverse(f"membership:{name}", args=[village.group.code]) for name in ("slips", "missing-slips")]
    codes = _clicked(_client(village.secretary), *addresses)
    assert len(codes) == ActivationSlip.objects.count() == 3


def test_a_double_click_on_an_officers_slip_asks_for_no_signature(village: TestVillage) -> None:
    office = Office.objects.create(
        group=village.group,
        user=make_user("boonsom", birth_on=village.member("Prani").birth_on),
        role="promotion",
        starts_on=YEAR_START,
    )
    User.objects.filter(pk=office.user_id).update(activated_on=None)
    page = reverse("membership:officer-slip", args=[village.group.code, office.pk])
    assert len(_clicked(_client(village.secretary), page)) == 1
    assert not CoSignature.objects.exists()


def test_the_hand_over_needs_the_second_officers_signature_on_the_page(village: TestVillage) -> None:
    address = reverse("membership:member-slip", args=[village.group.code, village.member("Boonmee").number])
    secretary = _client(village.secretary)
    asked = secretary.post(address)
    assert "signature=" in asked["Location"]
    signature = CoSignature.objects.get()
    assert not ActivationSlip.objects.exists()
    secretary.post(address, {"signature": signature.uuid})
    assert not ActivationSlip.objects.exists()
    signing = reverse("members:cosign", args=[signature.uuid])
    wrong = secretary.post(signing, {"username": "wichai", "password": "wrong-wrong", "next": asked["Location"]})
    assert wrong.context["form"].errors["password"]
    good = secretary.post(signing, {"username": "wichai", "password": PASSWORD, "next": asked["Location"]})
    assert good["Location"] == asked["Location"]
    secretary.post(address, {"signature": signature.uuid})
    slip = ActivationSlip.objects.get()
    assert (slip.cosigned_by, slip.proof) == (village.auditor, "handover")


def test_the_second_officer_signs_on_the_own_phone(village: TestVillage) -> None:
    address = reverse("membership:member-slip", args=[village.group.code, village.member("Boonmee").number])
    secretary, auditor = _client(village.secretary), _client(village.auditor)
    secretary.post(address)
    signature = CoSignature.objects.get()
    state = reverse("members:cosign-state", args=[signature.uuid])
    assert secretary.get(state).status_code == 204
    assert str(signature.uuid) in auditor.get(reverse("members:cosign-list")).content.decode()
    page = auditor.get(reverse("members:cosign", args=[signature.uuid])).content.decode()
    assert village.member("Boonmee").full_name in page
    auditor.post(reverse("members:cosign", args=[signature.uuid]))
    assert secretary.get(state).status_code == 200
    assert secretary.post(address, {"signature": signature.uuid}).status_code == 302
    assert ActivationSlip.objects.get().cosigned_by == village.auditor


def test_the_auditor_and_the_member_see_every_slip(village: TestVillage) -> None:
    issue_slips(group=village.group, members=[village.member("Prani")], by=village.secretary)
    for user, address in (
        (village.auditor, reverse("membership:slips", args=[village.group.code])),
        (village.user("Prani"), reverse("members:profile")),
    ):
        page = _client(user).get(address).content.decode().replace("\u2060", "")
        assert village.secretary.display_name in page


def test_four_slips_fill_a_sheet(village: TestVillage) -> None:
    members = [village.member(name) for name in ("Prani", "Somchai", "Kasem", "Chai", "Women")]
    issued = issue_slips(group=village.group, members=members, by=village.secretary)
    assert slips_pdf(issued).startswith(b"%PDF-")
