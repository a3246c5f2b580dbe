"""Founding a group: one decision, first officers with slips, nothing else."""

from datetime import date

import pytest

from funds.models import Book, Entry
from members.access import Right, has_right
from members.models import ActivationSlip, Office, SavingsGroup, User
from membership.founding import (
    FoundedGroup,
    GroupCodeTaken,
    GroupCodeUnfit,
    MayNotFound,
    OfficerMissing,
    Seat,
    found_group,
)
from membership.slips import issue_slips, use_slip
from tests.village import TestVillage

SEATS = [
    Seat("นางจันทร์ ดีงาม", Office.Role.SECRETARY, date(1970, 1, 1)),
    Seat("นายคำ ดีงาม", Office.Role.TREASURER, date(1971, 1, 1)),
    Seat("นายแสง ดีงาม", Office.Role.AUDIT, date(1972, 1, 1)),
]


def _found(village: TestVillage, by: User, code: str = "ban-mai", seats: list[Seat] | None = None) -> FoundedGroup:
    return found_group(village=village.group.village, name="กลุ่มบ้านใหม่", code=code, officers=seats or SEATS, by=by)


def test_founding_is_one_decision_whose_maker_writes_nothing_else(village: TestVillage) -> None:
    founded = _found(village, village.administrator)
    entry = Entry.objects.get(group=founded.group)
    assert (entry.kind, entry.maker, entry.lines) == ("group_founding", village.administrator.code, 0)
    assert Book.objects.filter(group=founded.group).exists()
    assert len(founded.slips) == 3
    assert not has_right(village.administrator, founded.group, Right.SEE_GROUP)
    assert not has_right(village.administrator, founded.group, Right.SEE_PEOPLE)


def test_a_first_officer_begins_with_the_slip(village: TestVillage) -> None:
    founded = _found(village, village.district_officer)
    secretary = use_slip(slip=founded.slips[0].slip, birth_on=date(1970, 1, 1), password="three-easy-words")
    assert secretary.username == "ban-mai-1"
    assert has_right(secretary, founded.group, Right.ISSUE_SLIPS)
    assert [entry.kind for entry in Entry.objects.filter(group=founded.group).order_by("n")] == [
        "group_founding",
        "slip_use",
    ]


@pytest.mark.parametrize("who", ["treasurer", "chair", "stranger", "other_district_officer"])
def test_nobody_else_founds_a_group(village: TestVillage, who: str) -> None:
    with pytest.raises(MayNotFound):
        _found(village, getattr(village, who))
    assert not SavingsGroup.objects.filter(code="ban-mai").exists()


def test_a_code_is_fit_for_an_address_and_free(village: TestVillage) -> None:
    for code in ("Ban-Mai", "บ้านใหม่", "ban mai", "-ban", ""):
        with pytest.raises(GroupCodeUnfit):
            _found(village, village.administrator, code=code)
    with pytest.raises(GroupCodeTaken):
        _found(village, village.administrator, code=village.group.code)


def test_a_group_begins_with_treasurer_secretary_and_auditor_three_people(village: TestVillage) -> None:
    with pytest.raises(OfficerMissing):
        _found(village, village.administrator, seats=SEATS[:2])
    same = [Seat("นายคำ ดีงาม", seat.role, seat.birth_on) for seat in SEATS]
    with pytest.raises(OfficerMissing):
        _found(village, village.administrator, seats=same)


def test_the_founder_issues_no_later_slips(village: TestVillage) -> None:
    from membership.slips import NotTheirSlip

    with pytest.raises(NotTheirSlip):
        issue_slips(group=village.group, members=[village.member("Prani")], by=village.administrator)
    assert not ActivationSlip.objects.filter(group=village.group).exists()
