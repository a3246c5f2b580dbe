"""The checks of people and slips find what was done behind the program."""

from datetime import date

from members.checks import check_beneficiaries_are_whole, check_people_stay_in_group
from members.models import ActivationSlip, Beneficiary, Member
from members.services import set_beneficiaries
from members.services.people import Share
from membership.checks import check_passwords_came_by_slip, check_slips_are_decided
from membership.slips import issue_slips, make_slip, use_slip
from tests.village import TestVillage


def _used(village: TestVillage) -> ActivationSlip:
    issued = issue_slips(group=village.group, members=[village.member("Prani")], by=village.secretary)[0]
    use_slip(slip=issued.slip, birth_on=date(1970, 7, 2), password="three-easy-words")
    return issued.slip


def test_an_honest_village_has_no_finding(village: TestVillage) -> None:
    _used(village)
    set_beneficiaries(member=village.member("Prani"), shares=[Share("ก", "", 100)], by=village.secretary)
    for check in (
        check_slips_are_decided,
        check_passwords_came_by_slip,
        check_beneficiaries_are_whole,
        check_people_stay_in_group,
    ):
        assert list(check(village.group)) == []


def test_a_slip_without_its_entry_is_found(village: TestVillage) -> None:
    make_slip(group=village.group, user=village.user("Kasem"), by=village.secretary, proof="birth")
    assert [rule for rule, _n, _text in check_slips_are_decided(village.group)] == ["slip-decided"]


def test_a_slip_unused_again_or_taken_away_is_found_by_its_entry(village: TestVillage) -> None:
    slip = _used(village)
    ActivationSlip.objects.filter(pk=slip.pk).update(used_at=None)
    assert [rule for rule, _n, _text in check_slips_are_decided(village.group)] == ["slip-used"]
    ActivationSlip.objects.filter(pk=slip.pk).delete()
    assert all(n > 0 for _rule, n, _text in check_slips_are_decided(village.group))
    assert len(list(check_slips_are_decided(village.group))) == 2


def test_shares_that_do_not_add_up_and_strangers_in_the_household_are_found(village: TestVillage) -> None:
    prani = village.member("Prani")
    Beneficiary.objects.create(member=prani, position=1, name="ก", percent=99)
    assert list(check_beneficiaries_are_whole(village.group))
    Member.objects.filter(pk=prani.pk).update(spouse=village.neighbour.member)
    assert list(check_people_stay_in_group(village.group))
