"""Adopting in the browser: a way is looked at with its figures, then frozen on a resolution, as it was shown."""

import re
from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from shareout.models import ShareOut
from shareout.policy import CUSTOMARY
from shareout.services.policies import save_policy
from shareout.services.share_outs import planned
from tests.shareout.sharing import FEBRUARY_20, NOW, Sharing
from tests.village import TestVillage

pytestmark = pytest.mark.django_db


@pytest.fixture
def sharing(village: TestVillage, client) -> Iterator[Sharing]:
    with time_machine.travel(NOW, tick=False):
        client.force_login(village.treasurer)
        sharing = Sharing(village)
        sharing.close()
        yield sharing


def address(sharing, name="adopt", *args):
    return reverse(f"shareout:{name}", args=[sharing.group.code, *(args or [2569])])


def read(response):
    text = response.content.decode().replace("\u2060", "").replace("\xa0", " ")
    return text.replace('<span class="money__satang">', "").replace("</span>", "")


def saved(sharing, name="แบบ ก", policy=CUSTOMARY):
    row = save_policy(year=sharing.year, name=name, policy=policy, by=sharing.village.secretary)
    row.year = sharing.year
    return row


def shown_code(page):
    return re.search(r'name="shown" value="([0-9a-f]{64})"', page)[1]


def freeze(client, sharing, row, code, **changed):
    data = {"policy": row.pk, "resolution": sharing.meeting().pk, "operation": uuid4(), "shown": code} | changed
    return client.post(address(sharing), data)


def test_before_anybody_signs_the_page_shows_heads_members_profit_and_code(sharing, client):
    row = saved(sharing)
    page = read(client.get(address(sharing)))
    assert shown_code(page) == planned(row)[1]
    for figure in ("1,000.00", "500.00", "333.33", "166.67"):
        assert figure in page
    assert "ปราณี" in page
    assert read(client.get(address(sharing), {"q": "เกษม"})).count("ปราณี") == 0
    assert client.get(address(sharing), {"policy": row.pk, "format": "csv"})["Content-Type"].startswith("text/csv")


def test_of_several_ways_one_is_chosen_before_figures_are_shown(sharing, client):
    first, second = saved(sharing), saved(sharing, "แบบ ข", replace(CUSTOMARY, step=100))
    page = read(client.get(address(sharing)))
    assert "ที่ประชุมใหญ่เห็นชอบแบบใด" in page
    assert 'name="shown"' not in page
    codes = {shown_code(read(client.get(address(sharing), {"policy": row.pk}))) for row in (first, second)}
    assert len(codes) == 2


def test_what_was_looked_at_is_what_is_frozen(sharing, client):
    row = saved(sharing)
    code = shown_code(read(client.get(address(sharing))))
    answer = freeze(client, sharing, row, code)
    made = ShareOut.objects.get()
    assert answer.url == address(sharing, "share-out", made.pk)
    assert made.fingerprint == code


def test_books_that_moved_since_the_page_was_shown_are_looked_at_again(sharing, client):
    row = saved(sharing)
    code = shown_code(read(client.get(address(sharing))))
    sharing.post("prior_year", ("O1200", "", 10_00), ("O3900", "", -10_00), on=FEBRUARY_20)
    answer = read(freeze(client, sharing, row, code))
    assert "เปลี่ยนไปหลังจากเปิดหน้านี้" in answer
    assert not ShareOut.objects.exists()
    assert shown_code(answer) != code
    freeze(client, sharing, row, shown_code(answer))
    assert ShareOut.objects.get().distributable == 1_010_00


def test_sent_twice_it_is_adopted_once(sharing, client):
    row = saved(sharing)
    code, operation = shown_code(read(client.get(address(sharing)))), uuid4()
    for _time in range(2):
        freeze(client, sharing, row, code, operation=operation)
    assert ShareOut.objects.count() == 1


def test_a_resolution_of_another_body_or_of_no_meeting_is_refused_beside_its_field(sharing, client):
    row = saved(sharing)
    code = shown_code(read(client.get(address(sharing))))
    for resolution in (sharing.meeting("committee").pk, "", "x", 0):
        answer = freeze(client, sharing, row, code, resolution=resolution)
        assert 'id="id_resolution_error"' in read(answer) or "is-invalid" in read(answer)
    assert not ShareOut.objects.exists()


def test_a_way_that_is_not_there_adopts_nothing(sharing, client):
    row = saved(sharing)
    for policy in ("", "x", row.pk + 999):
        assert freeze(client, sharing, row, "", policy=policy).status_code == 200
    assert not ShareOut.objects.exists()


def test_where_nothing_was_tried_the_page_leads_there(sharing, client):
    page = read(client.get(address(sharing)))
    assert address(sharing, "try") in page
    client.post(address(sharing), {"act": "customary"})
    client.post(address(sharing), {"act": "customary"})
    assert sharing.year.policies.get().heads[0] == ["dividend", 50_00, ""]


def test_a_loss_is_said_and_offers_no_button(sharing, client):
    saved(sharing)
    sharing.post("prior_year", ("O3900", "", 2_000_00), ("O1200", "", -2_000_00), on=FEBRUARY_20)
    page = read(client.get(address(sharing)))
    assert "ต้องหักขาดทุนของปีก่อน" in page
    assert 'name="shown"' not in page
