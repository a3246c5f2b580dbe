"""The way in through the browser: a group is founded, its treasurer uploads, an auditor signs, the year comes in."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from funds.models import Entry
from intake.errors import NothingUploaded, UploadChanged
from intake.models import WorkbookUpload
from intake.services.founding import found_group_in
from intake.services.uploads import KEPT_FOR, ask_to_import, import_upload, store_upload
from members import cosign
from members.group_settings import setting
from members.models import Office, SavingsGroup, Tambon, User, Village
from membership.founding import Seat
from tests.intake.importing import verified
from tests.intake.workbooks import as_bytes, messy, paper, village_a
from tests.village import PASSWORD, TestVillage, let_sign_in

pytestmark = pytest.mark.django_db
SEATS = (
    ("นางสมใจ ใจดี", "treasurer"), ("นายวิเชียร ทองดี", "audit"), ("นางมาลัย ศรีสุข", "secretary"), ("นายบุญ คำดี", "chair"),
)  # fmt: skip


class EmptyGroup:
    """A founded group with empty books and officers who can sign in."""

    def __init__(self, village: TestVillage) -> None:
        place = Village(tambon=Tambon.objects.get(code="990101"), moo=9, name="บ้านใหม่")
        self.group: SavingsGroup = found_group_in(
            village=place,
            name="กลุ่มออมทรัพย์เพื่อการผลิตบ้านใหม่",
            code="ban-mai",
            officers=[Seat(name=name, role=role, birth_on=date(1970, 1, 1)) for name, role in SEATS],
            founded_on=None,
            by=village.district_officer,
            operation=uuid4(),
        ).group
        self.treasurer, self.auditor = self._officer("treasurer"), self._officer("audit")
        self.secretary = self._officer("secretary")

    def _officer(self, role: str) -> User:
        return let_sign_in(Office.objects.get(group=self.group, role=role).user)

    def client(self, user: User) -> Client:
        """A browser in which somebody is signed in."""
        client = Client()
        client.force_login(user)
        return client

    @property
    def url(self) -> str:
        return reverse("intake:import", args=[self.group.code])

    def upload(self, content: bytes, name: str = "village.xlsx") -> WorkbookUpload:
        return store_upload(group=self.group, file_name=name, content=content, by=self.treasurer)

    def signed(self, upload: WorkbookUpload) -> WorkbookUpload:
        """Let the auditor sign on the own phone."""
        cosign.sign_as(signature=ask_to_import(upload=upload, by=self.treasurer), user=self.auditor)
        upload.refresh_from_db()
        return upload


@pytest.fixture
def empty(village) -> EmptyGroup:
    return EmptyGroup(village)


@pytest.fixture
def small() -> bytes:
    return messy(paper(seed=5, members=12), seed=5)


def test_the_treasurer_uploads_the_auditor_signs_and_the_year_comes_in(empty, small):
    client = empty.client(empty.treasurer)
    file = SimpleUploadedFile("ปี 2568.xlsx", small)
    assert client.post(empty.url, {"workbook": file}).status_code == 302
    page = client.get(empty.url)
    assert page.context["preview"]["is_fit"]
    assert not Entry.objects.filter(group=empty.group).exclude(kind="group_founding").exists()
    client.post(reverse("intake:import-sign", args=[empty.group.code]))
    signature = WorkbookUpload.objects.get(group=empty.group).signature
    assert signature is not None
    login = {"username": empty.auditor.username, "password": PASSWORD}
    client.post(reverse("members:cosign", args=[signature.uuid]), login)
    client.post(reverse("intake:import-run", args=[empty.group.code]))
    upload = WorkbookUpload.objects.get(group=empty.group)
    assert (upload.state, upload.sealed, upload.approved_by) == ("imported", "", empty.auditor)
    entries = Entry.objects.filter(group=empty.group).exclude(kind="group_founding")
    assert {(entry.maker, tuple(entry.approvers)) for entry in entries} == {
        (empty.treasurer.code, (empty.auditor.code,))
    }
    assert all(entry.kind.startswith("paper_") for entry in entries)
    assert verified(empty.group) == 0
    assert client.get(empty.url).status_code == 200


def test_the_preview_names_every_problem_and_offers_no_signature(empty):
    book = village_a()
    book["ทะเบียนคุมสัจจะ"]["C5"] = -200
    client = empty.client(empty.treasurer)
    client.post(empty.url, {"workbook": SimpleUploadedFile("a.xlsx", as_bytes(book))})
    page = client.get(empty.url)
    assert "ทะเบียนคุมสัจจะ" in page.content.decode()
    assert (page.context["preview"]["errors"], page.context["preview"]["is_fit"]) == (1, False)
    upload = WorkbookUpload.objects.get(group=empty.group)
    assert upload.sealed == ""
    client.post(reverse("intake:import-sign", args=[empty.group.code]))
    upload.refresh_from_db()
    assert upload.signature is None


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04" + bytes(99), bytes(8 * 1024 * 1024 + 1)])
def test_a_file_that_is_no_workbook_is_refused_beside_the_field(empty, content):
    page = empty.client(empty.treasurer).post(empty.url, {"workbook": SimpleUploadedFile("a.xlsx", content)})
    assert page.status_code == 200
    assert page.context["form"].errors["workbook"]
    assert not WorkbookUpload.objects.exists()


def test_nobody_but_the_treasurer_brings_a_year_in(empty, village):
    for user in (empty.auditor, empty.secretary, village.treasurer, village.administrator, village.district_officer):
        client = empty.client(user)
        assert client.get(empty.url).status_code == 404
        for name in ("import", "import-sign", "import-run"):
            assert client.post(reverse(f"intake:{name}", args=[empty.group.code])).status_code == 404


def test_without_the_auditor_nothing_comes_in(empty, small):
    upload = empty.upload(small)
    with pytest.raises(cosign.CoSignRefused):
        import_upload(upload=upload, by=empty.treasurer)
    ask_to_import(upload=upload, by=empty.treasurer)
    with pytest.raises(cosign.CoSignRefused):
        import_upload(upload=upload, by=empty.treasurer)
    assert not Entry.objects.filter(group=empty.group).exclude(kind="group_founding").exists()


def test_only_the_audit_part_can_sign(empty, small):
    signature = ask_to_import(upload=empty.upload(small), by=empty.treasurer)
    for user in (empty.secretary, empty.treasurer):
        with pytest.raises(cosign.CoSignRefused):
            cosign.sign_as(signature=signature, user=user)


def test_a_signature_holds_for_the_very_file_that_was_shown(empty, small):
    first = empty.signed(empty.upload(small))
    other = empty.upload(messy(paper(seed=6, members=13), seed=6))
    with pytest.raises(NothingUploaded):
        import_upload(upload=first, by=empty.treasurer)
    other.signature = first.signature
    other.save()
    with pytest.raises(cosign.CoSignRefused):
        import_upload(upload=other, by=empty.treasurer)
    assert not Entry.objects.filter(group=empty.group).exclude(kind="group_founding").exists()


def test_what_no_longer_reads_as_it_was_shown_does_not_come_in(empty, small):
    upload = empty.signed(empty.upload(small))
    upload.findings["ignored"] = ["another sheet"]
    upload.save()
    with pytest.raises(UploadChanged):
        import_upload(upload=upload, by=empty.treasurer)


def test_the_year_comes_in_once(empty, small):
    upload = empty.signed(empty.upload(small))
    import_upload(upload=upload, by=empty.treasurer)
    before = Entry.objects.filter(group=empty.group).count()
    with pytest.raises(NothingUploaded):
        import_upload(upload=upload, by=empty.treasurer)
    assert Entry.objects.filter(group=empty.group).count() == before
    again = empty.upload(small)
    assert [p["code"] for p in again.findings["problems"] if p["severity"] == "error"] == ["group_has_entries"]


def test_the_file_is_kept_sealed_and_forgotten_when_replaced_or_a_month_old(empty, small, village):
    first = empty.upload(small)
    assert small[:40].hex() not in first.sealed
    assert len(first.sealed) > len(small)
    WorkbookUpload.objects.filter(pk=first.pk).update(uploaded_at=timezone.now() - KEPT_FOR * 2)
    store_upload(group=village.neighbour.group, file_name="b.xlsx", content=small, by=village.neighbour.treasurer)
    first.refresh_from_db()
    assert (first.state, first.sealed) == ("replaced", "")


def test_the_paper_year_leaves_the_groups_meeting_day_behind(empty):
    upload = empty.signed(empty.upload(messy(paper(seed=9, members=11, day=12), seed=9)))
    import_upload(upload=upload, by=empty.treasurer)
    assert setting(empty.group, "meeting_day") == 12


FORM = {
    "village": "บ้านทุ่งทอง", "moo": "๔", "name": "กลุ่มออมทรัพย์เพื่อการผลิตบ้านทุ่งทอง", "code": "thung-thong",
    "treasurer_name": "นางสมใจ ใจดี", "treasurer_birth": "1/2/2510", "secretary_name": "นายดี มาก",
    "secretary_birth": "3/4/2515", "audit_name": "นายตรวจ ละเอียด", "audit_birth": "5 มิ.ย. 2512", "chair_name": "",
    "chair_birth": "", "founded_on": "",
}  # fmt: skip


def test_a_district_officer_founds_a_group_and_gets_its_slips(village, empty):
    client = empty.client(village.district_officer)
    url = reverse("intake:found-group")
    assert list(client.get(url).context["tambons"]) == [Tambon.objects.get(code="990101")]
    answer = client.post(f"{url}?tambon=990101", FORM)
    assert answer.url == reverse("intake:founded", args=["thung-thong"])
    page = client.get(answer.url)
    assert len(page.context["issued"]) == 3
    assert client.get(f"{answer.url}?format=pdf").content.startswith(b"%PDF")
    group = SavingsGroup.objects.get(code="thung-thong")
    assert (group.village.moo, group.village.name) == (4, "บ้านทุ่งทอง")
    assert list(Entry.objects.filter(group=group).values_list("kind", flat=True)) == ["group_founding"]


def test_every_field_and_every_token_stands_on_the_pages(village, empty, small):
    url = f"{reverse('intake:found-group')}?tambon=990101"
    page = empty.client(village.district_officer).get(url).content.decode()
    assert all(f'name="{field}"' in page for field in FORM)
    client = empty.client(empty.treasurer)
    for step in ("choose", "fit", "asked"):
        page = client.get(empty.url).content.decode()
        assert page.count("<form") - page.count('method="get"') == page.count("csrfmiddlewaretoken"), step
        if step == "choose":
            client.post(empty.url, {"workbook": SimpleUploadedFile("a.xlsx", small)})
        elif step == "fit":
            client.post(reverse("intake:import-sign", args=[empty.group.code]))


def test_a_group_is_not_founded_in_another_district_nor_by_officers_of_a_group(village, empty):
    url = reverse("intake:found-group")
    for user in (village.treasurer, village.member("Prani").openers.get().user):
        assert empty.client(user).get(url).status_code == 404
        assert empty.client(user).post(f"{url}?tambon=990101", FORM).status_code == 404
    assert empty.client(village.district_officer).post(f"{url}?tambon=980201", FORM).status_code == 404
    assert not SavingsGroup.objects.filter(code="thung-thong").exists()


def test_an_administrator_finds_the_tambon_by_name(village, empty):
    client = empty.client(village.administrator)
    url = reverse("intake:found-group")
    assert not client.get(url).context["tambons"]
    assert {str(tambon.code) for tambon in client.get(url, {"q": "ไกลโพ้น"}).context["tambons"]} == {"980201"}
    assert client.post(f"{url}?tambon=980201", FORM).status_code == 302


@pytest.mark.parametrize(
    ("change", "field"),
    [({"code": "Thung Thong!"}, "code"), ({"code": "ban-mai"}, "code"), ({"audit_birth": ""}, "audit_birth"),
     ({"moo": "0"}, "moo"), ({"treasurer_birth": "31/2/2510"}, "treasurer_birth"),
     ({"chair_name": "นายบุญ"}, "chair_birth")],
)  # fmt: skip
def test_what_is_wrong_in_founding_stands_beside_its_field(village, empty, change, field):
    page = empty.client(village.district_officer).post(f"{reverse('intake:found-group')}?tambon=990101", FORM | change)
    assert page.status_code == 200
    assert page.context["form"].errors[field]
    assert not SavingsGroup.objects.filter(code="thung-thong").exists()


def test_the_slips_are_not_shown_to_another_founder(village, empty):
    client = empty.client(village.district_officer)
    url = client.post(f"{reverse('intake:found-group')}?tambon=990101", FORM).url
    other = empty.client(village.administrator)
    assert other.get(url).context["issued"] == []
    assert other.get(f"{url}?format=pdf").status_code == 404
    assert empty.client(village.other_district_officer).get(url).status_code == 404
