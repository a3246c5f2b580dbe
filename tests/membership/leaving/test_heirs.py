"""On death: beneficiaries, heirs by resolution, an officer who inherits."""

import pytest

from funds.models import Posting
from members.models import Member
from members.services import set_beneficiaries
from members.services.people import Share, SharesNotWhole
from membership.errors import (
    HeirsMissing,
    HeirsOnFile,
    PayeeDecides,
    ResolutionMissing,
)
from membership.services import (
    Heir,
    approve_settlement,
)
from tests.membership.leavers import NOV_20, Leavers


def test_on_death_the_beneficiaries_are_paid_by_their_shares_to_the_satang(leavers: Leavers) -> None:
    shares = [Share("นางสาวหนึ่ง ก", "บุตร", 34), Share("นายสอง ข", "บุตร", 33), Share("นายสาม ค", "บุตร", 33)]
    set_beneficiaries(member=leavers["Kasem"], shares=shares, by=leavers.village.secretary)
    row = leavers.leave("Kasem", "death", resolution=None)
    parts = [payee.satang for payee in row.payees.all()]
    assert parts == [432_14, 419_43, 419_43]
    assert row.entry is not None
    paid = Posting.objects.filter(entry=row.entry, account__code="O1100").order_by("line")
    assert [-each.amount for each in paid] == parts
    member = Member.objects.get(pk=leavers["Kasem"].pk)
    assert (member.status, member.left_on) == ("deceased", NOV_20)


def test_heirs_are_typed_only_where_nobody_is_on_file_and_by_a_resolution(leavers: Leavers) -> None:
    heirs = (Heir("นางราตรี ฉิมพลี", "มารดา", 60), Heir("นายบุญ ฉิมพลี", "บิดา", 40))
    leaving = leavers.ask("Kasem", "death")
    with pytest.raises(HeirsMissing):
        leavers.settle(leaving)
    with pytest.raises(ResolutionMissing):
        leavers.settle(leaving, heirs, resolution=None)
    with pytest.raises(SharesNotWhole):
        leavers.settle(leaving, heirs[:1])
    set_beneficiaries(member=leavers["Kasem"], shares=[Share("ก", "", 100)], by=leavers.village.secretary)
    with pytest.raises(HeirsOnFile):
        leavers.settle(leaving, heirs)
    set_beneficiaries(member=leavers["Kasem"], shares=[], by=leavers.village.secretary)
    assert [payee.satang for payee in leavers.settle(leaving, heirs).payees.all()] == [762_60, 508_40]


def test_an_officer_who_inherits_does_not_decide(leavers: Leavers) -> None:
    leaving = leavers.ask("Kasem", "death")
    with pytest.raises(PayeeDecides):
        leavers.settle(leaving, (Heir("สมพร  แก้วใส", "ภรรยา", 100),))
    row = leavers.settle(leaving, (Heir("นายวิชัย ทองดี", "น้อง", 100),))
    with pytest.raises(PayeeDecides):
        approve_settlement(settlement=row, by=leavers.village.auditor)
    assert approve_settlement(settlement=row, by=leavers.village.chair).entry is not None
