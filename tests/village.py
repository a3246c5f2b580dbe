"""The village in which the tests happen: one small group with telling names, a neighbour, and a stranger far away.

Everything is built by our own services. Who is who:

* Anong chairs, Malee keeps the papers, Somporn the money, Wichai audits; Decha was treasurer before Somporn.
* Prani saves for herself and her child Noi; Somchai borrows, Boonmee stands guarantor, Kasem often misses a month;
  the women's group is a body represented by Prani's neighbour Ratri; Chai is an honorary member; Dam has resigned;
  Fon has applied. Boonmee has no birth date on file.
* `neighbour` is a group in the same district, `faraway` one in another; each has officers and a member of its own.
* Thawee reads the district, Napha the other one, Adisak runs the machine.
"""

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import make_password

from funds.services import start_books
from members.models import District, Member, Office, PassbookAccess, Province, SavingsGroup, Tambon, User, Village
from members.services import add_member, appoint_district_officer, appoint_first_officers, user_for_member
from members.services.offices import FirstOfficer
from tests.kept import Kept, watched

PASSWORD = "satcha-test-1"
YEAR_START = date(2026, 1, 1)
BUILT_AT = datetime(2026, 1, 1, 2, 0, tzinfo=UTC)

PEOPLE: dict[str, dict[str, Any]] = {
    "Somporn": {"title": "นาง", "first_name": "สมพร", "last_name": "แก้วใส", "birth_on": date(1968, 3, 14)},
    "Wichai": {"title": "นาย", "first_name": "วิชัย", "last_name": "ทองดี", "birth_on": date(1961, 7, 2)},
    "Anong": {"title": "นาง", "first_name": "อนงค์", "last_name": "ศรีสุข", "birth_on": date(1959, 11, 23)},
    "Malee": {"title": "นาง", "first_name": "มาลี", "last_name": "ใจงาม", "birth_on": date(1972, 5, 9)},
    "Prani": {"title": "นาง", "first_name": "ปราณี", "last_name": "นาคำ", "birth_on": date(1970, 7, 2)},
    "Somchai": {"title": "นาย", "first_name": "สมชาย", "last_name": "ไร่นา", "birth_on": date(1975, 1, 30)},
    "Boonmee": {"title": "นาย", "first_name": "บุญมี", "last_name": "หนองบัว"},
    "Kasem": {"title": "นาย", "first_name": "เกษม", "last_name": "สุขสำราญ", "birth_on": date(1980, 12, 1)},
    "Noi": {"title": "ด.ญ.", "first_name": "น้อย", "last_name": "นาคำ", "birth_on": date(2016, 4, 4)},
    "Women": {
        "kind": "associate",
        "body_name": "กลุ่มสตรีบ้านหนองรวงข้าว",
        "representative_name": "นางราตรี ฉิมพลี",
        "representative_birth_on": date(1966, 2, 18),
    },
    "Chai": {
        "kind": "honorary",
        "title": "นาย",
        "first_name": "ชัย",
        "last_name": "อินทร์แก้ว",
        "birth_on": date(1948, 9, 9),
    },
    "Dam": {
        "title": "นาย",
        "first_name": "ดำ",
        "last_name": "ผาสุก",
        "birth_on": date(1966, 6, 6),
        "status": "resigned",
        "left_on": date(2026, 3, 5),
    },
    "Fon": {
        "title": "น.ส.",
        "first_name": "ฝน",
        "last_name": "ใหม่แท้",
        "birth_on": date(1999, 8, 8),
        "status": "applicant",
        "admitted_on": None,
    },
}
HOUSEHOLDS = {"Prani": "H001", "Noi": "H001", "Somchai": "H002", "Kasem": "H002", "Boonmee": "H003"}
OFFICERS = {"Anong": "chair", "Malee": "secretary", "Somporn": "treasurer", "Wichai": "audit"}


@lru_cache(maxsize=4)
def _hashed(hasher: str) -> str:
    return make_password(PASSWORD)


def let_sign_in(user: User) -> User:
    """Give a user the password that everybody here has."""
    from django.conf import settings

    user.password = _hashed(settings.PASSWORD_HASHERS[0])
    user.activated_on = YEAR_START
    user.save(update_fields=["password", "activated_on"])
    return user


def make_user(username: str, **fields: Any) -> User:
    """A user with a user name and the common password."""
    return let_sign_in(User.objects.create_user(username, display_name=fields.pop("display_name", username), **fields))


def make_place(district_code: str, *, name: str, village: str) -> Village:
    """A village in a district that is made when it is first named."""
    province, _made = Province.objects.get_or_create(
        code=district_code[:2], defaults={"name_th": f"จังหวัด {district_code[:2]}", "name_en": "Province"}
    )
    district, _made = District.objects.get_or_create(
        code=district_code, defaults={"province": province, "name_th": name, "name_en": name}
    )
    tambon, _made = Tambon.objects.get_or_create(
        code=f"{district_code}01", defaults={"district": district, "name_th": f"ทุ่ง{name}", "name_en": name}
    )
    return Village.objects.create(tambon=tambon, moo=Village.objects.count() + 1, name=village)


def open_book(group: SavingsGroup) -> None:
    """Give a group its books; it starts with nothing, from a paper book that says so."""
    start_books(group=group, by="import", kind="paper_opening", operation=uuid4())


def enrol(group: SavingsGroup, by: User, *, number: int | None = None, **fields: Any) -> Member:
    """A member in good standing since 2020, unless told otherwise."""
    particulars = {"status": "active", "admitted_on": date(2020, 1, 5), **fields}
    return add_member(group=group, by=by, number=number, **particulars)


@dataclass
class OtherGroup:
    """A group of strangers: same shape, other people."""

    group: SavingsGroup
    treasurer: User
    auditor: User
    chair: User
    secretary: User
    member: Member
    member_user: User


@dataclass
class TestVillage:
    """The village, by names."""

    __test__ = False

    group: SavingsGroup
    administrator: User
    district_officer: User
    other_district_officer: User
    members: dict[str, Member] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    treasurer: User = field(init=False)
    auditor: User = field(init=False)
    chair: User = field(init=False)
    secretary: User = field(init=False)
    former_treasurer: User = field(init=False)
    stranger: User = field(init=False)
    neighbour: OtherGroup = field(init=False)
    faraway: OtherGroup = field(init=False)

    def member(self, name: str) -> Member:
        """A member by their English name."""
        return self.members[name]

    def user(self, name: str) -> User:
        """The user of a member (or of Decha, Adisak, Thawee) by English name."""
        return self.users[name]

    @property
    def district(self) -> District:
        """The district of the group."""
        return self.group.village.tambon.district

    def add_members(self, count: int, *, group: SavingsGroup | None = None) -> list[Member]:
        """So many more ordinary members, numbered on from the last, without users, in a handful of statements."""
        home = group or self.group
        last = Member.objects.filter(group=home).order_by("-number").values_list("number", flat=True).first() or 0
        return Member.objects.bulk_create(
            Member(
                group=home,
                number=last + step,
                title="นาย",
                first_name=f"คนที่{last + step}",
                last_name="ทดสอบ",
                status=Member.Status.ACTIVE,
                admitted_on=date(2020, 1, 5),
            )
            for step in range(1, count + 1)
        )


def make_group(code: str, name: str, place: Village) -> SavingsGroup:
    """A group whose books begin with the year."""
    group = SavingsGroup.objects.create(
        code=code, name=name, village=place, founded_on=date(2010, 1, 5), first_year_starts_on=YEAR_START
    )
    open_book(group)
    return group


def make_other_group(code: str, name: str, place: Village, by: User) -> OtherGroup:
    """A group with its four officers and one member, all strangers to the village."""
    group = make_group(code, name, place)
    officers: dict[str, User] = {}
    for number, role in enumerate(("chair", "secretary", "treasurer", "audit"), start=1):
        person = enrol(group, by, number=number, first_name=f"{role}", last_name=code, birth_on=date(1970, 1, number))
        officers[role] = let_sign_in(user_for_member(member=person, by=by))
    chosen = [FirstOfficer(user=user, role=role) for role, user in officers.items()]
    appoint_first_officers(group=group, officers=chosen, starts_on=date(2020, 1, 1), by=by)
    member = enrol(group, by, number=5, first_name="ไกล", last_name=code, birth_on=date(1985, 5, 5))
    return OtherGroup(
        group=group,
        treasurer=officers["treasurer"],
        auditor=officers["audit"],
        chair=officers["chair"],
        secretary=officers["secretary"],
        member=member,
        member_user=let_sign_in(user_for_member(member=member, by=by)),
    )


def build_village() -> TestVillage:
    """Build it all. What asks for the fixture `village` gets the same rows, put back (tests/kept.py)."""
    administrator = make_user("adisak", display_name="อดิศักดิ์", is_administrator=True)
    thawee, napha = make_user("thawee", display_name="ทวี"), make_user("napha", display_name="นภา")
    home = make_place("9901", name="ทดสอบ", village="บ้านหนองรวงข้าว")
    beside = make_place("9901", name="ทดสอบ", village="บ้านดอนไทรงาม")
    distant = make_place("9802", name="ไกลโพ้น", village="บ้านปลายทาง")
    group = make_group("nong-ruang-khao", "กลุ่มออมทรัพย์เพื่อการผลิตบ้านหนองรวงข้าว", home)
    village = TestVillage(group, administrator, thawee, napha)
    for user, place in ((thawee, home), (napha, distant)):
        appoint_district_officer(
            user=user, district=place.tambon.district, starts_on=date(2020, 1, 1), by=administrator
        )
    _enrol_people(village)
    _appoint(village)
    village.stranger = make_user("saman", display_name="สมาน")
    village.users |= {"Adisak": administrator, "Thawee": thawee, "Napha": napha, "Saman": village.stranger}
    village.neighbour = make_other_group("don-sai-ngam", "กลุ่มออมทรัพย์เพื่อการผลิตบ้านดอนไทรงาม", beside, administrator)
    village.faraway = make_other_group("plai-thang", "กลุ่มออมทรัพย์เพื่อการผลิตบ้านปลายทาง", distant, administrator)
    return village


def _enrol_people(village: TestVillage) -> None:
    by = village.administrator
    for number, (name, fields) in enumerate(PEOPLE.items(), start=1):
        extra = {"parent": village.members["Prani"]} if name == "Noi" else {}
        village.members[name] = enrol(
            village.group, by, number=number, household_code=HOUSEHOLDS.get(name, ""), **fields, **extra
        )
    for name, member in village.members.items():
        if name not in ("Noi", "Boonmee", "Fon"):
            village.users[name] = let_sign_in(user_for_member(member=member, by=by))


def _appoint(village: TestVillage) -> None:
    group, by = village.group, village.administrator
    decha = make_user("decha", display_name="เดชา", birth_on=date(1955, 5, 5))
    chosen = [
        FirstOfficer(user=village.users[name], role=role, member=village.members[name])
        for name, role in OFFICERS.items()
    ]
    appoint_first_officers(group=group, officers=chosen, starts_on=date(2025, 1, 1), by=by)
    Office.objects.create(
        group=group,
        user=decha,
        role=Office.Role.TREASURER,
        starts_on=date(2020, 1, 1),
        ends_on=date(2025, 1, 1),
        started_by=by,
        ended_by=village.users["Anong"],
    )
    village.users["Decha"] = village.former_treasurer = decha
    village.treasurer, village.auditor = village.users["Somporn"], village.users["Wichai"]
    village.chair, village.secretary = village.users["Anong"], village.users["Malee"]
    for name, username in (("Somporn", "somporn"), ("Wichai", "wichai"), ("Anong", "anong"), ("Malee", "malee")):
        village.users[name].username = username
        village.users[name].save(update_fields=["username"])


@cache
def _kept(hasher: str) -> Kept:
    """The village with its passwords as this hasher keeps them."""
    return Kept(build_village, moment=BUILT_AT)


@pytest.fixture
def village(db: None, settings: Any) -> Iterator[TestVillage]:
    """A small group, its neighbour, a stranger far away, and the officers above them: as on the year's first day."""
    kept = _kept(settings.PASSWORD_HASHERS[0])
    found = kept.again()
    with watched() if kept.is_as_kept else nullcontext():
        yield found


__all__ = ["PASSWORD", "OtherGroup", "PassbookAccess", "TestVillage", "build_village", "village"]
