"""Who receives a share and signs for it, and what nobody has fetched."""

from dataclasses import replace

import pytest
import time_machine
from django.urls import reverse

from funds.models import EntryDetails
from members.models import Beneficiary, Office
from reports.papers.hand_over import parts_of as parts_of_list
from reports.selectors.hand_over import hand_over
from shareout.models import SharePayment
from shareout.policy import CUSTOMARY, Leavers
from shareout.selectors.payees import own_members, parts_of
from shareout.services.payments import approve_payments
from shareout.share_out_errors import OwnShare
from tests.funds.ledger import assert_entry
from tests.shareout.sharing import FEBRUARY_20

pytestmark = pytest.mark.django_db
Way = SharePayment.Way


def payee_of(entry):
    details = EntryDetails.objects.get(entry=entry)
    return details.text


@pytest.mark.parametrize(("name", "signs"), [("Noi", "ปราณี นาคำ"), ("Women", "ราตรี ฉิมพลี"), ("Kasem", "เกษม สุขสำราญ")])
def test_the_parent_signs_for_a_child_and_the_representative_for_a_body(sharing, client, name, signs):
    if name != "Kasem":
        sharing.save(name, 1_000_00)
    sharing.posted()
    client.force_login(sharing.village.treasurer)
    shown = client.get(sharing.sheet).content.decode()
    assert signs in shown
    [row] = sharing.pay(name)
    assert signs in payee_of(row.entry)


def test_after_a_death_the_beneficiaries_receive_by_their_percentages(sharing, client):
    kasem = sharing["Kasem"]
    Beneficiary.objects.create(member=kasem, position=1, name="นางแก้ว สุขสำราญ", relation="ภรรยา", percent=60)
    Beneficiary.objects.create(member=kasem, position=2, name="นายอนงค์ ศรีสุข", relation="ญาติ", percent=40)
    sharing.posted()
    kasem.status, kasem.left_on = "deceased", sharing.year.ends_on
    kasem.save(update_fields=["status", "left_on"])
    assert [(each.percent, each.satang) for each in parts_of(kasem, 166_67)] == [(60, 100_00), (40, 66_67)]
    client.force_login(sharing.village.treasurer)
    page = client.get(reverse("shareout:pay", args=[sharing.group.code, kasem.number])).content.decode()
    assert "นางแก้ว" in page.replace("\u2060", "")
    assert "100<" in page
    rows = sharing.ask("Kasem")
    assert kasem.pk in own_members(sharing.village.chair, [kasem])
    with pytest.raises(OwnShare):
        approve_payments(payments=rows, by=sharing.village.chair)  # Anong is one of the beneficiaries
    [row] = approve_payments(payments=rows, by=sharing.village.auditor)
    assert "นางแก้ว" in payee_of(row.entry)


def test_a_leavers_unpaid_share_is_shown_each_year_until_it_is_fetched(sharing, client):
    kasem = sharing["Kasem"]
    kasem.status, kasem.left_on = "resigned", sharing.year.ends_on
    kasem.save(update_fields=["status", "left_on"])
    sharing.posted(replace(CUSTOMARY, leavers=Leavers.INCLUDED))
    client.force_login(sharing.village.treasurer)
    with time_machine.travel("2028-03-01T03:00:00+00:00", tick=False):
        client.force_login(sharing.village.treasurer)
        assert "เกษม" in client.get(sharing.sheet).content.decode()
    [row] = sharing.pay("Kasem")
    assert_entry(row.entry, debits=[("O2400", "0008", 166_67)], credits=[("O1100", 166_67)])


def test_what_nobody_fetched_stands_on_the_years_page_and_in_the_treasurers_hand_over(sharing, client):
    sharing.posted()
    client.force_login(sharing.village.treasurer)
    for name, args in (("home", []), ("year", [2569])):
        page = client.get(reverse(f"shareout:{name}", args=[sharing.group.code, *args])).content.decode()
        assert "600<" in page
    office = Office.objects.get(group=sharing.group, role="treasurer", ends_on__isnull=True)
    found = hand_over(office=office, by=sharing.village.treasurer, on=FEBRUARY_20)
    assert (found.unfetched.count, found.unfetched.satang) == (3, 600_00)
    said = [item.satang for part in parts_of_list(found) for item in part.items if "เงินปันผล" in item.text]
    assert said == [600_00]
