"""The page on which a share-out is tried: moved, saved, compared, printed; wrong input and other people's numbers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from funds.models import AccountYear, Entry
from shareout.forms.policies import data_of
from shareout.models import ShareOut, ShareOutPolicy
from shareout.policy import CUSTOMARY
from shareout.selectors.policies import policy_of
from shareout.services.policies import save_policy
from tests.shareout.sharing import NOW, Sharing
from tests.village import TestVillage

pytestmark = pytest.mark.django_db


@pytest.fixture
def sharing(village: TestVillage, client) -> Iterator[Sharing]:
    with time_machine.travel(NOW, tick=False):
        client.force_login(village.treasurer)
        yield Sharing(village)


def address(sharing, name, *args):
    return reverse(f"shareout:{name}", args=[sharing.group.code, *args])


def read(response):
    return response.content.decode().replace("\u2060", "").replace("\xa0", " ")


def figures_in(text):
    """The page without the marks around satang."""
    return text.replace('<span class="money__satang">', "").replace("</span>", "")


def saved(sharing, name="แบบ ก", policy=CUSTOMARY):
    row = save_policy(year=sharing.year, name=name, policy=policy, by=sharing.village.secretary)
    row.group = sharing.group
    return row


def typed(**changed):
    return data_of(CUSTOMARY) | changed


def test_the_years_page_leads_to_trying_open_or_closed(sharing, client):
    page = address(sharing, "year", 2569)
    assert address(sharing, "try", 2569) in read(client.get(page))
    sharing.close()
    assert address(sharing, "try", 2569) in read(client.get(page))


def test_moved_percentages_change_heads_and_members_without_posting(sharing, client):
    before = Entry.objects.count()
    shown = figures_in(
        read(client.get(address(sharing, "try-figures", 2569), typed(share_dividend="40", share_reserve="25")))
    )
    assert "400.00" in shown
    assert "266.67" in shown  # Prani: two thirds of it
    assert (Entry.objects.count(), ShareOutPolicy.objects.count()) == (before, 0)


def test_what_does_not_sum_to_a_hundred_says_what_is_missing_and_keeps_what_was_typed(sharing, client):
    shown = read(client.get(address(sharing, "try-figures", 2569), typed(share_dividend="40")))
    assert "ยังขาดร้อยละ 10" in shown
    assert "ปราณี" not in shown
    assert "ประมาณ 400.00" in shown
    page = client.post(address(sharing, "try", 2569), typed(share_dividend="40", act="save", name="แบบ ก"))
    assert 'value="40"' in read(page)
    assert "ยังขาดร้อยละ 10" in read(page)
    assert not ShareOutPolicy.objects.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [("12,5", "อ่าน “12,5” ไม่ได้"), ("-1", "ติดลบไม่ได้"), ("101", "ไม่เกิน 100"), ("<b>", "อ่าน “&lt;b&gt;” ไม่ได้")],
)
def test_what_cannot_be_read_is_said_beside_its_field_and_stays(sharing, client, text, said):
    assert said in read(client.get(address(sharing, "try-figures", 2569), typed(share_welfare=text)))
    page = client.post(address(sharing, "try", 2569), typed(share_welfare=text, act="save", name="แบบ ก"))
    assert said in read(page)
    assert not ShareOutPolicy.objects.exists()


def test_thai_digits_are_read(sharing, client):
    client.post(address(sharing, "try", 2569), typed(share_dividend="๕๐", act="save", name="แบบ ก"))
    assert policy_of(ShareOutPolicy.objects.get()) == CUSTOMARY


def test_without_a_script_the_button_reckons_anew_and_the_address_keeps_what_was_typed(sharing, client):
    answer = client.post(address(sharing, "try", 2569), typed(share_dividend="40", share_reserve="25", act="show"))
    assert "share_dividend=40" in answer.url
    assert "csrf" not in answer.url
    assert "266.67" in figures_in(read(client.get(answer.url)))
    answer = client.post(address(sharing, "try", 2569), typed(share_dividend="40", act="fill"))
    assert "share_reserve=25" in answer.url


def test_a_way_is_saved_once_however_often_the_button_is_pressed(sharing, client):
    for _time in range(2):
        answer = client.post(address(sharing, "try", 2569), typed(act="save", name="แบบ ก"))
    row = ShareOutPolicy.objects.get()
    assert answer.url == address(sharing, "policy", row.pk)
    assert "ยังไม่ลงบัญชี" in read(client.get(answer.url))


def test_a_second_officer_with_the_same_name_is_told_and_keeps_what_was_typed(sharing, client):
    saved(sharing)
    client.force_login(sharing.village.chair)
    page = client.post(
        address(sharing, "try", 2569), typed(share_dividend="40", share_reserve="25", act="save", name="แบบ ก")
    )
    assert "มีแบบจัดสรรชื่อ “แบบ ก” แล้ว" in read(page)
    assert 'value="40"' in read(page)
    assert policy_of(ShareOutPolicy.objects.get()) == CUSTOMARY


def test_a_way_is_changed_and_deleted_on_its_page(sharing, client):
    row = saved(sharing)
    page = address(sharing, "policy", row.pk)
    seen = row.saved_at.isoformat()
    client.post(page, typed(act="change", name="แบบ ใหม่", share_dividend="40", share_reserve="25", seen=seen))
    row.refresh_from_db()
    assert (row.name, row.heads[0][1]) == ("แบบ ใหม่", 40_00)
    stale = client.post(page, typed(act="change", name="แบบ ใหม่", seen="2020-01-01"))
    assert "แก้ไข “แบบ ใหม่” ไปก่อนแล้ว" in read(stale)
    assert client.post(page, {"act": "delete"}).url == address(sharing, "try", 2569)
    assert not ShareOutPolicy.objects.exists()


def test_what_the_meeting_saw_can_no_longer_be_changed(sharing, client):
    sharing.close()
    row = sharing.adopt().policy
    page = address(sharing, "policy", row.pk)
    shown = read(client.get(page))
    assert "บันทึกมติที่ประชุมใหญ่แล้ว" in shown
    assert 'value="change"' not in shown
    client.post(page, typed(act="change", name="x", seen=row.saved_at.isoformat()))
    client.post(page, {"act": "delete"})
    assert ShareOutPolicy.objects.get().name == "แบบ ก"


def test_a_posted_year_leads_to_its_share_out(sharing, client):
    row = sharing.posted()
    there = address(sharing, "share-out", row.pk)
    for name, number in (("try", 2569), ("compare", 2569), ("policy", row.policy_id), ("policy-paper", row.policy_id)):
        assert client.get(address(sharing, name, number)).url == there
    assert client.post(address(sharing, "try", 2569), typed(act="save", name="แบบ ข")).url == there


def test_it_begins_with_what_was_decided_last_year(sharing, client):
    sharing.posted(replace(CUSTOMARY, step=25))
    shown = read(client.get(address(sharing, "try", 2570)))
    assert '<option value="25" selected>' in shown


def test_a_loss_says_that_nothing_can_be_divided(sharing, client):
    sharing.post("expense", ("O5100", "", 5_000_00), ("O1200", "", -5_000_00), on=date(2026, 12, 31))
    shown = read(client.get(address(sharing, "try", 2569)))
    assert "ปีนี้ขาดทุน ไม่มีกำไรให้จัดสรร" in shown
    assert "−4,000.00" in shown


def test_members_are_searched_and_come_as_files(sharing, client):
    page = address(sharing, "try", 2569)
    shown = read(client.get(page, typed(q="ปราณี")))
    assert "ปราณี" in shown
    assert "เกษม" not in shown
    for form in ("csv", "xlsx"):
        assert client.get(page, typed(format=form)).status_code == 200
    said = client.get(page, typed(format="csv", share_dividend="40", share_reserve="25")).content.decode("utf-8-sig")
    assert "266.67" in said


def test_who_is_in_arrears_is_marked_where_the_rule_asks_about_it(sharing, client):
    page = address(sharing, "try", 2569)
    assert "ค้างชำระ" not in figures_in(read(client.get(page, typed(q="6"))).split("<tbody>")[-1])
    assert "ค้างชำระ" in figures_in(read(client.get(page, typed(q="6", arrears="withhold"))).split("<tbody>")[-1])


def test_two_ways_stand_side_by_side(sharing, client):
    page = address(sharing, "compare", 2569)
    assert "ต้องมีสองแบบ" in read(client.get(page))
    first, second = saved(sharing), saved(sharing, "แบบ ข", replace(CUSTOMARY, step=100))
    assert "ต้องมีสองแบบ" not in read(client.get(page))
    shown = figures_in(read(client.get(page, {"a": second.pk, "b": first.pk, "q": "ปราณี"})))
    assert "+0.33" in shown
    assert "เกษม" not in shown
    for wrong in ("x", "0", str(first.pk + 999), "๑", str(second.pk)):
        assert client.get(page, {"a": wrong, "b": wrong}).status_code == 200
    said = client.get(page, {"a": first.pk, "b": second.pk, "format": "csv"}).content.decode("utf-8-sig")
    assert "-0.33" in said.replace("−", "-")


def test_the_paper_for_the_meeting_is_of_one_way_or_of_two(sharing, client):
    first, second = saved(sharing), saved(sharing, "แบบ ข", replace(CUSTOMARY, step=100))
    paper = address(sharing, "policy-paper", first.pk)
    assert client.get(paper).content.startswith(b"%PDF")
    assert client.get(paper, {"with": second.pk}).content.startswith(b"%PDF")
    for wrong in ("x", str(second.pk + 999), "", "๑", "1" * 30):
        assert client.get(paper, {"with": wrong}).status_code == 404


def test_another_groups_ways_are_nowhere(sharing, client):
    other = sharing.village.neighbour
    theirs_year = AccountYear.objects.filter(group=other.group).first() or AccountYear.objects.create(
        group=other.group, year=2569, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31)
    )
    theirs = save_policy(year=theirs_year, name="แบบ ของเขา", policy=CUSTOMARY, by=other.treasurer)
    own = saved(sharing)
    for name in ("policy", "policy-paper"):
        assert client.get(address(sharing, name, theirs.pk)).status_code == 404
    assert client.post(address(sharing, "policy", theirs.pk), {"act": "delete"}).status_code == 404
    assert client.get(address(sharing, "policy-paper", own.pk), {"with": theirs.pk}).status_code == 404
    assert "แบบ ของเขา" not in read(client.get(address(sharing, "compare", 2569), {"a": theirs.pk, "b": own.pk}))
    sharing.close()
    client.post(address(sharing, "adopt", 2569), {"policy": theirs.pk, "resolution": sharing.meeting().pk})
    assert "แบบ ของเขา" not in read(client.get(address(sharing, "adopt", 2569), {"policy": theirs.pk}))
    assert not ShareOut.objects.exists()
    assert ShareOutPolicy.objects.filter(pk=theirs.pk).exists()
    assert client.get(address(sharing, "try", 2499)).status_code == 404


def test_whoever_may_not_write_may_try_but_not_save(sharing, client):
    client.force_login(sharing.village.auditor)
    page = address(sharing, "try", 2569)
    assert 'value="save"' not in read(client.get(page))
    assert client.post(page, typed(act="save", name="แบบ ก")).status_code == 404
    assert client.post(page, typed(act="show")).status_code == 302
    row = saved(sharing)
    assert client.post(address(sharing, "policy", row.pk), {"act": "delete"}).status_code == 404


def test_long_names_and_commas_are_names(sharing, client):
    name, fund = "ก, " * 20, "โรงเรียน, วัด และศูนย์เด็กเล็ก"
    client.post(
        address(sharing, "try", 2569),
        typed(act="save", name=name, share_dividend="45", fund_0=fund, share_fund_0="5"),
    )
    row = ShareOutPolicy.objects.get()
    assert row.name == name.strip()
    assert ["other", 5_00, fund] in row.heads
    assert client.get(address(sharing, "policy-paper", row.pk)).status_code == 200


def test_each_change_is_answered_in_constant_queries(sharing, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        client.get(address(sharing, "try-figures", 2569), typed())
