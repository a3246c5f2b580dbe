"""Books to test on: two groups that start with nothing, and shortcuts that read as bookkeeping."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from funds.accounts import account_for
from funds.journal import EntryDraft, credit, debit, post_entries, post_entry
from funds.models import Account, Entry
from funds.selectors import head
from funds.services import start_books
from members.models import District, Province, SavingsGroup, Tambon, Village

YEAR_STARTS = date(2026, 1, 1)
JANUARY_5 = date(2026, 1, 5)
FEBRUARY_5 = date(2026, 2, 5)
SOMPORN, WICHAI, ANONG = "somporn", "wichai", "anong"


def make_group(code: str) -> SavingsGroup:
    province, _ = Province.objects.get_or_create(code="41", defaults={"name_th": "อุดรธานี", "name_en": "Udon Thani"})
    district, _ = District.objects.get_or_create(
        code="4101", defaults={"province": province, "name_th": "เมือง", "name_en": "Mueang"}
    )
    tambon, _ = Tambon.objects.get_or_create(
        code="410101", defaults={"district": district, "name_th": "หมากแข้ง", "name_en": "Mak Khaeng"}
    )
    village = Village.objects.create(tambon=tambon, moo=Village.objects.count() + 1, name=code)
    return SavingsGroup.objects.create(code=code, name=code, village=village, first_year_starts_on=YEAR_STARTS)


@dataclass
class Books:
    """One group's books and the shortest way to write in them."""

    group: SavingsGroup
    savings: str = "O2100"

    def account(self, code: str, holder: str = "") -> Account:
        return account_for(self.group, code, holder)

    def open(self, **how: Any) -> Entry:
        return start_books(group=self.group, **{"by": SOMPORN, "ok": [WICHAI], "operation": uuid.uuid4(), **how})

    def lines(self, *moves: tuple[str, str, int]) -> list[Any]:
        return [
            debit(self.account(code, holder), satang) if satang > 0 else credit(self.account(code, holder), -satang)
            for code, holder, satang in moves
        ]

    def draft(self, kind: str, *moves: tuple[str, str, int], **how: Any) -> EntryDraft:
        return EntryDraft(kind=kind, lines=self.lines(*moves), **{"on": JANUARY_5, "by": SOMPORN, "ok": (), **how})

    def post(self, kind: str, *moves: tuple[str, str, int], **how: Any) -> Entry:
        return post_entry(
            group=self.group,
            kind=kind,
            lines=self.lines(*moves),
            **{"on": JANUARY_5, "by": SOMPORN, "ok": (), "operation": uuid.uuid4(), **how},
        )

    def receive(self, satang: int = 200_00, holder: str = "0001", **how: Any) -> Entry:
        return self.post("receipt", ("O1100", "", satang), (self.savings, holder, -satang), **how)

    def pay_back(self, satang: int = 100_00, holder: str = "0001", **how: Any) -> Entry:
        moves = ((self.savings, holder, satang), ("O1100", "", -satang))
        return self.post("resignation", *moves, **{"ok": [WICHAI], **how})

    @property
    def last(self) -> Entry:
        """The head, which open books always have."""
        found = head(self.group)
        assert found is not None
        return found

    def number(self, n: int) -> Entry:
        return Entry.objects.get(group=self.group, n=n)

    def close(self, *, on: date = JANUARY_5, operating: int = 0, administrative: int = 0, **how: Any) -> Entry:
        return self.post(
            "meeting_close", on=on, ok=[WICHAI], declared={"O1100": operating, "A1100": administrative}, **how
        )

    def post_all(self, *drafts: EntryDraft, operation: uuid.UUID | None = None) -> list[Entry]:
        return post_entries(group=self.group, drafts=drafts, operation=operation or uuid.uuid4())


@pytest.fixture
def books(db: None) -> Books:
    """Open books of a group that starts with nothing."""
    opened = Books(make_group("ban-nong"))
    opened.open()
    return opened


@pytest.fixture
def other_books(db: None) -> Books:
    """The neighbours' books."""
    opened = Books(make_group("ban-na"))
    opened.open()
    return opened
