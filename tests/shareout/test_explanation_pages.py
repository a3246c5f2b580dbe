"""The explanation on the officers' page, as paper, and the file that recomputes a share-out: of the own group only."""

import json
import runpy
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse

from members.models import AccessRecord, Member
from papers.share_explanation import explanation_png
from shareout.explanation_paper import explanation_paper, explanations_file
from shareout.export import SCRIPT
from shareout.models import MemberShare
from shareout.policy import CUSTOMARY, Head, HeadShare, Leavers, Policy
from shareout.selectors.explanation import explanation_of, explanations_of, plan_of
from shareout.weights import Weighting
from tests.shareout.sharing import FEBRUARY_20, Sharing

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
RULES = [
    CUSTOMARY,
    replace(CUSTOMARY, weighting=Weighting.BY_DAY, cap_satang=2_000_00, step=100),
    replace(CUSTOMARY, weighting=Weighting.AVERAGE, minimum_months=3),
    replace(CUSTOMARY, weighting=Weighting.YEAR_END, leavers=Leavers.PRO_RATA),
    Policy(
        heads=(HeadShare(Head.DIVIDEND, 0), HeadShare(Head.REBATE, 40_00), HeadShare(Head.RESERVE, 60_00)),
        fixed_rate_bp=2_50,
    ),
    Policy(heads=(HeadShare(Head.RESERVE, 100_00),)),
]


def address(sharing: Sharing, name: str, *args: object) -> str:
    return reverse(f"shareout:{name}", args=[sharing.group.code, *args])


def page(client, sharing: Sharing, share_out, name: str) -> str:
    client.force_login(sharing.village.treasurer)
    found = client.get(address(sharing, "explanation", share_out.pk, sharing[name].number), headers=ENGLISH)
    assert found.status_code == 200
    return found.content.decode().replace("\u2060", "")


def test_the_page_says_how_the_share_came_about(sharing, client):
    row = sharing.posted()
    said = page(client, sharing, row, "Prani")
    for figure in ("66,000", "99,000", "66.6666%", "500<", "333.3333", "333<"):
        assert figure in said, figure  # 6,000 baht x 11 months of 99,000 baht-months; two thirds of 500 baht
    assert "place 1, so you get" not in said
    assert "50% of the profit of 1,000.00 baht" in said
    assert "You paid no loan interest in this year." in said
    assert (
        reverse("reports:entry", args=[sharing.group.code, MemberShare.objects.get(member=sharing["Prani"]).entry.n])
        in said
    )


def test_whoever_gets_no_dividend_is_told_why_and_the_rebate_all_the_same(sharing, client):
    row = sharing.posted()
    assert "(Honorary) earns no dividend" in page(client, sharing, row, "Chai")
    assert "100.0000" in page(client, sharing, row, "Somchai")
    assert "You had no pledge savings" in page(client, sharing, row, "Somchai")


def test_a_leaver_is_told_once_when_they_left_and_what_the_meeting_decided(sharing, client):
    Member.objects.filter(pk=sharing["Kasem"].pk).update(left_on=date(2026, 6, 5), status="resigned")
    row = sharing.posted()
    said = page(client, sharing, row, "Kasem")
    assert said.count("You left the group on 5\xa0June\xa02569. Whoever left") == 1
    steps = explanation_paper(explanation_of(row, Member.objects.get(pk=sharing["Kasem"].pk))).steps
    assert len(steps) == 1


@pytest.mark.parametrize("policy", RULES)
def test_every_rule_has_its_page_and_its_paper(policy, sharing, client):
    row = sharing.posted(policy)
    for name in ("Prani", "Chai", "Somchai"):
        assert page(client, sharing, row, name)
        [sheet, *_rest] = explanation_png([explanation_paper(explanation_of(row, sharing[name]))])
        assert sheet.startswith(b"\x89PNG")


def test_the_sums_of_the_list_open_into_the_explanations(sharing, client):
    row = sharing.posted()
    client.force_login(sharing.village.treasurer)
    shown = client.get(address(sharing, "share-out", row.pk)).content.decode()
    assert address(sharing, "explanation", row.pk, sharing["Prani"].number) in shown
    assert address(sharing, "export", row.pk) in shown


def test_the_explanations_are_those_of_the_rows_that_were_posted(sharing):
    row = sharing.posted()
    plan = plan_of(row)
    assert {each.head: each.satang for each in row.heads.all()} == {str(k): v for k, v in plan.by_head.items()}
    for view in explanations_of(row):
        assert view.share is not None
        assert view.found.dividend.share == view.share.dividend_satang
        assert view.found.rebate.share == view.share.rebate_satang
        assert view.found.dividend.weight == view.share.weight


def test_what_was_adopted_is_explained_as_frozen_though_the_books_went_on(sharing):
    row = sharing.posted()
    before = explanation_of(row, sharing["Prani"]).found
    sharing.post("prior_year", ("O1200", "", 10_00), ("O3900", "", -10_00), on=FEBRUARY_20)
    assert explanation_of(row, sharing["Prani"]).found == before


def test_what_was_paid_what_waits_and_what_is_left_stand_above(sharing, client):
    row = sharing.posted()
    assert "Still to be paid" in page(client, sharing, row, "Prani")
    sharing.ask("Prani", way="cash")
    assert "Waiting for the second officer" in page(client, sharing, row, "Prani")
    sharing.pay("Kasem", way="cash")
    said = page(client, sharing, row, "Kasem")
    assert "In cash, signed for" in said
    assert "Still to be paid" not in said


def test_before_it_is_posted_the_page_says_so(sharing, client):
    row = sharing.adopted()
    assert "Adopted, not posted yet" in page(client, sharing, row, "Prani")
    assert "ยังไม่ได้ลงบัญชี" not in page(client, sharing, row, "Prani")
    assert not explanation_paper(explanation_of(row, sharing["Prani"])).is_posted


def test_looking_at_a_members_explanation_is_remembered(sharing, client):
    row = sharing.posted()
    page(client, sharing, row, "Prani")
    client.get(address(sharing, "explanation-paper", row.pk, sharing["Prani"].number))
    client.get(address(sharing, "explanations-paper", row.pk))
    pages = set(AccessRecord.objects.filter(member=sharing["Prani"]).values_list("page", flat=True))
    assert pages == {"shareout:explanation", "shareout:explanation-paper", "shareout:explanations-paper"}


def test_the_papers_are_pdf_a_sheet_for_everyone_who_gets_something(sharing, client):
    row = sharing.posted()
    client.force_login(sharing.village.treasurer)
    for name, args in (("explanation-paper", [row.pk, 5]), ("explanations-paper", [row.pk])):
        assert client.get(address(sharing, name, *args)).content.startswith(b"%PDF")
    views = explanations_of(row)
    assert {view.member.number for view in views} == {5, 6, 8}
    assert len(explanation_png([explanation_paper(view) for view in views])) == 3
    assert explanations_file(views).startswith(b"%PDF")


def test_a_number_of_nobody_and_a_share_out_of_another_group_are_not_there(sharing, client):
    row = sharing.posted()
    client.force_login(sharing.village.treasurer)
    assert client.get(address(sharing, "explanation", row.pk, 999)).status_code == 404
    assert client.get(address(sharing, "export", row.pk + 1)).status_code == 404
    other = sharing.village.neighbour
    for name, args in (("explanation", [row.pk, 1]), ("export", [row.pk]), ("explanations-paper", [row.pk])):
        client.force_login(other.treasurer)
        path = reverse(f"shareout:{name}", args=[other.group.code, *args])
        assert client.get(path).status_code == 404
        assert client.get(address(sharing, name, *args)).status_code == 404


def test_a_member_opens_neither_the_officers_page_nor_the_file(sharing, client):
    row = sharing.posted()
    client.force_login(sharing.village.user("Prani"))
    for name, args in (("explanation", [row.pk, 5]), ("explanation-paper", [row.pk, 5]), ("export", [row.pk])):
        assert client.get(address(sharing, name, *args)).status_code == 404


@pytest.mark.parametrize("policy", RULES)
def test_the_file_holds_numbers_without_names_and_the_script_agrees_with_what_was_posted(
    policy, sharing, client, tmp_path: Path, capsys
):
    row = sharing.posted(policy)
    client.force_login(sharing.village.auditor)
    sent = client.get(address(sharing, "export", row.pk))
    text = sent.content.decode()
    assert sent["Content-Disposition"].endswith('share-out-2569.json"')
    for member in Member.objects.filter(group=sharing.group):
        for name in (member.first_name, member.last_name, member.body_name):
            assert not name or name not in text
    content = json.loads(text)
    assert (content["state"], content["fingerprint"]) == ("posted", row.fingerprint)
    path = tmp_path / "share-out.json"
    path.write_bytes(sent.content)
    main = runpy.run_path(str(SCRIPT))["main"]
    assert main(str(path)) == 0
    code = "".join(explanation_paper(explanation_of(row, sharing["Prani"])).code)
    assert f"code {code}" in capsys.readouterr().out


def test_a_share_that_was_changed_in_the_database_is_found_by_the_script(sharing, client, tmp_path: Path, capsys):
    row = sharing.adopted()
    client.force_login(sharing.village.auditor)
    content = json.loads(client.get(address(sharing, "export", row.pk)).content)
    content["result"]["dividend"]["5"] += 1
    path = tmp_path / "share-out.json"
    path.write_text(json.dumps(content))
    assert runpy.run_path(str(SCRIPT))["main"](str(path)) == 1
    assert "dividend of 5" in capsys.readouterr().out


def test_the_script_is_sent_as_it_stands(sharing, client):
    client.force_login(sharing.village.auditor)
    sent = client.get(address(sharing, "script"))
    assert sent.content == SCRIPT.read_bytes()


def test_the_page_takes_no_more_queries_for_a_larger_village(sharing, client, django_assert_max_num_queries):
    row = sharing.posted()
    page(client, sharing, row, "Prani")
    with django_assert_max_num_queries(30):
        page(client, sharing, row, "Prani")
