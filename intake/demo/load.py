"""Build the demo district through the services that the pages use: founding, upload, signature, import, meetings."""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from intake.demo.activities import start_activities
from intake.demo.bank import keep_bank_book
from intake.demo.cast import (
    ADMINISTRATOR,
    BORROWER,
    DISTRICT_OFFICER,
    MEETS,
    MEMBER,
    PASSWORD,
    ROLES,
    SILENT,
    VILLAGES,
    DemoVillage,
)
from intake.demo.history import Table, hold_months, leave_meeting_open
from intake.demo.loan_states import show_every_state
from intake.demo.loans import Lender
from intake.services.founding import found_group_in
from intake.services.groups import tambon_for
from intake.services.uploads import ask_to_import, import_upload, store_upload
from intake.workbook.reading import read_year
from intake.workbook.rows import MemberRow
from loans.selectors.standings import live_loans
from members import cosign
from members.models import Member, Office, SavingsGroup, User, Village
from members.services import appoint_district_officer, user_for_member
from members.services.offices import link_officer
from membership.founding import Seat

OFFICE_NAMES = ("นายธนา วงศ์ไทย", "นางสาวพิมพ์ใจ แสนดี")


@dataclass(frozen=True)
class Hashed:
    """The demo's one password, hashed once: argon2 takes its time by design."""

    password: str

    def let_in(self, user: User, username: str) -> User:
        """Let a printed user sign in."""
        user.username, user.password, user.activated_on = username, self.password, timezone.localdate()
        user.save(update_fields=["username", "password", "activated_on"])
        return user


@transaction.atomic
def load_district() -> None:
    """Make the demo district, whole or not at all."""
    hashed = Hashed(make_password(PASSWORD))
    today = timezone.localdate()
    administrator = User.objects.create_user(ADMINISTRATOR, display_name=OFFICE_NAMES[0], is_administrator=True)
    officer = User.objects.create_user(DISTRICT_OFFICER, display_name=OFFICE_NAMES[1])
    for user in (administrator, officer):
        hashed.let_in(user, user.username)
    district = tambon_for(VILLAGES[0].tambon).district
    appoint_district_officer(user=officer, district=district, starts_on=date(today.year - 2, 1, 1), by=administrator)
    for village in VILLAGES:
        _load_village(village, officer, hashed, today)


def _load_village(village: DemoVillage, founder: User, hashed: Hashed, today: date) -> None:
    content = village.workbook()
    chosen = _officers(content, today)
    group = _found(village, chosen, founder)
    table = Table(group, {office.role: office.user for office in Office.objects.filter(group=group)})
    for role, username in village.logins.items():
        hashed.let_in(table.officers[role], username)
    _bring_in(table, content, village.code)
    for role, row in chosen.items():
        office = Office.objects.get(group=group, role=role)
        link_officer(
            office=office, member=Member.objects.get(group=group, number=row.number), by=table.officers["chair"]
        )
    if village.goes == SILENT:
        return
    begins = table.group.first_year_starts_on.replace(month=12, day=31)
    lender = Lender.begin(table, begins) if village.goes == MEETS else None
    hold_months(table, today, lender)
    if lender is not None:
        show_every_state(lender, today)
        keep_bank_book(table, today)
        _members_sign_in(table, chosen, hashed)
        start_activities(table, today)
        leave_meeting_open(table, today)


def _officers(content: bytes, today: date) -> dict[str, MemberRow]:
    """Choose the committee from the register: ordinary members who stay and whose birth date is known."""
    village = read_year(content, today=today, bank="").village
    assert village is not None
    fit = [
        row
        for row in village.members
        if row.kind == "ordinary" and row.birth_on and row.number not in village.leaver_of
    ]
    spread = fit[2 :: max(1, len(fit) // (len(ROLES) + 1))]
    return dict(zip(ROLES, spread, strict=False))


def _found(village: DemoVillage, chosen: dict[str, MemberRow], founder: User) -> SavingsGroup:
    seats = []
    for role, row in chosen.items():
        assert row.birth_on is not None
        seats.append(Seat(name=f"{row.title}{row.name}", role=str(role), birth_on=row.birth_on))
    return found_group_in(
        village=Village(tambon=tambon_for(village.tambon), moo=village.moo, name=village.village),
        name=village.group_name,
        code=village.code,
        officers=seats,
        founded_on=date(2008, 1, 5),
        by=founder,
        operation=uuid4(),
    ).group


def _bring_in(table: Table, content: bytes, code: str) -> None:
    """Upload, sign and import the paper year as its treasurer and auditor do."""
    treasurer, auditor = table.officers["treasurer"], table.officers["audit"]
    upload = store_upload(group=table.group, file_name=f"{code}-2568.xlsx", content=content, by=treasurer)
    cosign.sign_as(signature=ask_to_import(upload=upload, by=treasurer), user=auditor)
    import_upload(upload=upload, by=treasurer)
    table.group.refresh_from_db()


def _members_sign_in(table: Table, chosen: dict[str, MemberRow], hashed: Hashed) -> None:
    """Two members who are not in the committee: one who saves specially, one who has a loan."""
    officers = {row.number for row in chosen.values()}
    active = Member.objects.filter(group=table.group, status=Member.Status.ACTIVE, birth_on__isnull=False)
    others = active.exclude(number__in=officers).order_by("number")
    borrowers = live_loans(table.group).filter(application__isnull=False).values("member")
    saver = others.filter(special_books__isnull=False).exclude(pk__in=borrowers).first()
    borrower = others.filter(pk__in=borrowers).first()
    for member, username in ((saver, MEMBER), (borrower, BORROWER)):
        if member is not None:
            hashed.let_in(user_for_member(member=member, by=table.officers["secretary"]), username)
