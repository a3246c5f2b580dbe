"""Slips: once, 14 days, five tries, with a proof that is not on them; each one in the journal."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from funds.models import Entry
from members.models import ActivationSlip, Member, User
from membership.slips import (
    ForeignMember,
    HandoverUnsigned,
    HasLeft,
    IssuedSlip,
    NotTheirSlip,
    ProofWrong,
    SlipDelayed,
    SlipSpent,
    SlipUnknown,
    issue_officer_slip,
    issue_slips,
    look_up_slip,
    may_issue,
    use_slip,
)
from tests.village import TestVillage

HOME = "10.0.0.1"
NEW = "three-easy-words"


def _issue(village: TestVillage, name: str, by: User | None = None, witness: User | None = None) -> IssuedSlip:
    member = village.member(name)
    by = by or village.secretary
    return issue_slips(group=village.group, members=[member], by=by, cosigned_by=witness)[0]


def _kinds(village: TestVillage) -> list[str]:
    return [entry.kind for entry in _decisions(village)]


def _decisions(village: TestVillage) -> list[Entry]:
    return list(Entry.objects.filter(group=village.group, kind__startswith="slip_").order_by("n"))


def test_a_member_sets_a_password_with_slip_and_birth_date(village: TestVillage) -> None:
    issued = _issue(village, "Prani")
    slip = look_up_slip(code=issued.printed_code.lower(), address=HOME)
    user = use_slip(slip=slip, birth_on=date(1970, 7, 2), password=NEW)
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert user.activated_on == timezone.localdate()


def test_issue_reissue_and_use_stand_in_the_journal_without_postings(village: TestVillage) -> None:
    village.users["Prani"].activated_on = None
    village.users["Prani"].save()
    _issue(village, "Prani")
    second = _issue(village, "Prani")
    use_slip(slip=second.slip, birth_on=date(1970, 7, 2), password=NEW)
    assert _kinds(village) == ["slip_issue", "slip_reissue", "slip_use"]
    first, _again, last = _decisions(village)
    assert (first.lines, first.maker) == (0, village.secretary.code)
    assert last.maker == village.user("Prani").code


def test_the_code_is_stored_only_as_a_keyed_hash(village: TestVillage) -> None:
    issued = _issue(village, "Prani")
    stored = ActivationSlip.objects.values().get()
    assert issued.code not in str(stored)
    assert len(stored["code_hash"]) == 64


def test_a_slip_works_once(village: TestVillage) -> None:
    issued = _issue(village, "Prani")
    use_slip(slip=issued.slip, birth_on=date(1970, 7, 2), password=NEW)
    with pytest.raises(SlipUnknown):
        use_slip(slip=issued.slip, birth_on=date(1970, 7, 2), password="another-password")
    with pytest.raises(SlipUnknown):
        look_up_slip(code=issued.code, address=HOME)


def test_a_slip_works_for_14_days(village: TestVillage) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        issued = _issue(village, "Prani")
        clock.shift(timedelta(days=14) - timedelta(seconds=1))
        assert look_up_slip(code=issued.code, address=HOME) == issued.slip
        clock.shift(timedelta(seconds=1))
        with pytest.raises(SlipUnknown):
            use_slip(slip=issued.slip, birth_on=date(1970, 7, 2), password=NEW)


def test_five_wrong_birth_dates_close_a_slip(village: TestVillage) -> None:
    issued = _issue(village, "Prani")
    for left in (4, 3, 2, 1):
        with pytest.raises(ProofWrong) as refusal:
            use_slip(slip=issued.slip, birth_on=date(1970, 7, 3), password=NEW)
        assert refusal.value.values["left"] == left
    with pytest.raises(SlipSpent):
        use_slip(slip=issued.slip, birth_on=None, password=NEW)
    with pytest.raises(SlipUnknown):
        use_slip(slip=issued.slip, birth_on=date(1970, 7, 2), password=NEW)


def test_wrong_codes_bring_a_growing_delay(village: TestVillage) -> None:
    for _attempt in range(2):
        with pytest.raises(SlipUnknown):
            look_up_slip(code="AAAA AAAA", address=HOME)
    with pytest.raises(SlipDelayed):
        look_up_slip(code="AAAA AAAA", address=HOME)
    issued = _issue(village, "Prani")
    with pytest.raises(SlipDelayed):
        look_up_slip(code=issued.code, address=HOME)
    assert look_up_slip(code=issued.code, address="10.0.0.2") == issued.slip


def test_a_new_slip_voids_the_one_before_and_ends_all_sessions(village: TestVillage) -> None:
    first = _issue(village, "Prani")
    epoch = User.objects.get(pk=village.user("Prani").pk).session_epoch
    _issue(village, "Prani")
    assert User.objects.get(pk=village.user("Prani").pk).session_epoch == epoch + 1
    with pytest.raises(SlipUnknown):
        look_up_slip(code=first.code, address=HOME)


def test_a_body_proves_itself_by_its_representatives_birth_date(village: TestVillage) -> None:
    issued = _issue(village, "Women")
    with pytest.raises(ProofWrong):
        use_slip(slip=issued.slip, birth_on=date(1970, 7, 2), password=NEW)
    assert use_slip(slip=issued.slip, birth_on=date(1966, 2, 18), password=NEW) == village.user("Women")


def test_without_a_birth_date_a_second_officer_signs_the_hand_over(village: TestVillage) -> None:
    no_officers = (None, village.user("Prani"), village.neighbour.auditor, village.former_treasurer)
    for witness in (*no_officers, village.secretary):
        with pytest.raises(HandoverUnsigned):
            _issue(village, "Boonmee", witness=witness)
    issued = _issue(village, "Boonmee", witness=village.auditor)
    entry = _decisions(village)[0]
    assert list(entry.approvers) == [village.auditor.code]
    user = use_slip(slip=issued.slip, birth_on=None, password=NEW)
    assert user.check_password(NEW)


def test_only_the_secretary_issues_and_another_officer_the_secretarys_own(village: TestVillage) -> None:
    for by in (village.treasurer, village.chair, village.auditor, village.user("Kasem"), village.neighbour.secretary):
        with pytest.raises(NotTheirSlip):
            _issue(village, "Prani", by=by)
    with pytest.raises(NotTheirSlip):
        _issue(village, "Malee")
    issued = _issue(village, "Malee", by=village.auditor, witness=village.chair)
    assert issued.slip.user == village.secretary


def test_an_officer_outside_the_register_gets_a_slip_too(village: TestVillage) -> None:
    assert not may_issue(group=village.group, user=village.former_treasurer, by=village.former_treasurer)
    issued = issue_officer_slip(group=village.group, user=village.former_treasurer, by=village.secretary)
    assert issued.slip.member is None
    with pytest.raises(ForeignMember):
        issue_officer_slip(group=village.group, user=village.neighbour.auditor, by=village.secretary)


def test_no_slip_for_an_applicant_a_dead_member_or_a_stranger(village: TestVillage) -> None:
    with pytest.raises(HasLeft):
        _issue(village, "Fon")
    with pytest.raises(ForeignMember):
        issue_slips(group=village.group, members=[village.neighbour.member], by=village.secretary)


def test_a_parents_slip_opens_the_childs_passbook(village: TestVillage) -> None:
    opened = Member.objects.filter(openers__user=village.user("Prani"))
    assert set(opened) == {village.member("Prani"), village.member("Noi")}


def test_a_slip_switches_the_code_from_the_phone_off(village: TestVillage) -> None:
    from members.door import keep_totp_secret, new_totp_secret

    keep_totp_secret(user=village.user("Prani"), secret=new_totp_secret())
    issued = _issue(village, "Prani")
    user = use_slip(slip=issued.slip, birth_on=date(1970, 7, 2), password=NEW)
    assert not User.objects.get(pk=user.pk).has_totp
