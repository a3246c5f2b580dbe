"""What the sheet's page is answered: statuses, shapes, and never a redirect."""

import json
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.models import Meeting, SheetRow
from meetings.services.meetings import begin_count
from tests.meetings.evening import sent


@pytest.fixture
def treasurer(client, evening):
    client.force_login(evening.village.treasurer)
    return client


def url(evening, name, *args):
    return reverse(f"meetings:{name}", args=[evening.village.group.code, evening.meeting.pk, *args])


def post(client, address, data):
    body = data if isinstance(data, str | bytes) else json.dumps(data)
    return client.post(address, body, content_type="application/json")


def test_a_saved_line_is_answered_with_its_state_and_the_totals(treasurer, evening):
    answer = post(treasurer, url(evening, "row", 5), sent(pledge="๒๐๐", fee="10.50", given="300")).json()
    assert (answer["number"], answer["version"], answer["state"], answer["odd"]) == (5, 1, "paid", False)
    assert answer["total"] == {"satang": 210_50, "text": "210.50"}
    assert answer["change"]["satang"] == 89_50
    assert answer["months"] == [{"satang": 200_00, "text": "200.00", "month": "2026-11", "label": "พ.ย.\u00a02569"}]
    assert answer["totals"]["columns"]["total"]["satang"] == 210_50
    assert answer["totals"]["pools"]["administrative"]["satang"] == 10_50
    assert answer["totals"]["saved"] == 1
    assert answer["by_me"] is True


def test_a_resend_is_answered_alike(treasurer, evening):
    data = sent(pledge="200")
    first = post(treasurer, url(evening, "row", 5), data)
    again = post(treasurer, url(evening, "row", 5), data)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()


def test_a_conflict_shows_theirs_beside_mine(treasurer, evening):
    evening.receive("Prani", pledge=150_00, by=evening.village.secretary)
    mine = sent(pledge="200")
    answer = post(treasurer, url(evening, "row", 5), mine)
    body = answer.json()
    assert answer.status_code == 409
    assert body["conflict"]["amounts"]["pledge"]["satang"] == 150_00
    assert body["mine"] == mine
    assert body["version"] == 1
    assert post(treasurer, url(evening, "row", 5), {**mine, "version": 1}).status_code == 200


def test_an_operation_used_elsewhere_is_409_without_a_line(treasurer, evening):
    data = sent(pledge="200")
    post(treasurer, url(evening, "row", 5), data)
    answer = post(treasurer, url(evening, "row", 6), data)
    assert answer.status_code == 409
    assert answer.json()["conflict"] is None


def test_what_is_refused_is_said_beside_its_field_in_the_readers_language(treasurer, evening):
    answer = post(treasurer, url(evening, "row", 5), sent(special="1,5"))
    assert answer.status_code == 422
    assert "1,5" in answer.json()["errors"]["special"]


def test_a_counting_meeting_answers_423(treasurer, evening):
    begin_count(meeting=evening.meeting, by=evening.village.treasurer)
    answer = post(treasurer, url(evening, "row", 5), sent(pledge="200"))
    assert (answer.status_code, answer.json()["status"]) == (423, "counting")


def test_a_closed_meeting_answers_423(treasurer, evening):
    evening.finish()
    answer = post(treasurer, url(evening, "row", 5), sent(pledge="200"))
    assert (answer.status_code, answer.json()["status"]) == (423, "closed")


ENDPOINTS = [
    ("row", (5,), "post"),
    ("changes", (), "get"),
    ("rest-as-pledged", (), "post"),
    ("household", (5,), "get"),
    ("household", (5,), "post"),
    ("jump", (), "get"),
]


def test_an_ended_session_is_told_where_to_sign_in(client, evening):
    for name, args, method in ENDPOINTS:
        answer = getattr(client, method)(url(evening, name, *args))
        assert answer.status_code == 401, name
        assert answer.json()["sign_in"].startswith(reverse("members:sign-in"))


WITHOUT_THE_RIGHT = ["stranger", "former_treasurer", "auditor", "district_officer", "administrator"]


def test_strangers_and_those_without_the_right_find_nothing(client, evening):
    for who in WITHOUT_THE_RIGHT:
        client.force_login(getattr(evening.village, who))
        for name, args, method in ENDPOINTS:
            assert getattr(client, method)(url(evening, name, *args)).status_code == 404, (who, name)


def test_a_neighbours_treasurer_finds_nothing_under_either_address(client, evening):
    neighbour = evening.village.neighbour
    client.force_login(neighbour.treasurer)
    for name, args, method in ENDPOINTS:
        assert getattr(client, method)(url(evening, name, *args)).status_code == 404, name
        crossed = reverse(f"meetings:{name}", args=[neighbour.group.code, evening.meeting.pk, *args])
        assert getattr(client, method)(crossed).status_code == 404, name


def test_the_wrong_method_is_405(treasurer, evening):
    assert {treasurer.delete(url(evening, name, *args)).status_code for name, args, _method in ENDPOINTS} == {405}


BODIES = [b"", b"x", b"[]", b"null", b'"a"', b"\xff", b"{", b"1" * 600_000, b"[" * 20_000, b'{"a": NaN, "a": 1e999}']


def test_a_body_that_is_no_form_of_ours_is_refused_quietly(treasurer, evening):
    for name, args in [("row", (5,)), ("rest-as-pledged", ()), ("household", (5,))]:
        for body in BODIES:
            assert post(treasurer, url(evening, name, *args), body).status_code in (400, 422), (name, body[:20])
    assert not SheetRow.objects.exists()


def test_a_number_not_on_the_sheet_is_404(treasurer, evening):
    for number in (0, 12, 13, 999, 10**30):
        assert post(treasurer, url(evening, "row", number), sent()).status_code == 404, number


def test_changes_since_a_counter_are_told_and_no_others(treasurer, evening):
    evening.receive("Prani", pledge=200_00)
    counter = treasurer.get(url(evening, "changes")).json()["counter"]
    evening.receive("Somchai", pledge=500_00, by=evening.village.secretary)
    answer = treasurer.get(url(evening, "changes"), {"since": counter}).json()
    assert [row["number"] for row in answer["rows"]] == [6]
    assert answer["rows"][0]["by_me"] is False
    assert answer["totals"]["columns"]["pledge"]["satang"] == 700_00
    assert answer["csrf"]


def test_a_strange_since_tells_everything(treasurer, evening):
    evening.receive("Prani", pledge=200_00)
    for since in ("-1", "x", "1e3", "9" * 40, "١"):
        assert len(treasurer.get(url(evening, "changes"), {"since": since}).json()["rows"]) == 1, since


def test_while_the_cash_is_counted_no_total_is_told(treasurer, evening):
    evening.receive("Prani", pledge=200_00)
    begin_count(meeting=evening.meeting, by=evening.village.treasurer)
    answer = treasurer.get(url(evening, "changes")).json()
    assert (answer["status"], answer["totals"]) == ("counting", None)


def test_all_others_are_received_once(treasurer, evening):
    operation = str(uuid4())
    first = post(treasurer, url(evening, "rest-as-pledged"), {"operation": operation}).json()
    again = post(treasurer, url(evening, "rest-as-pledged"), {"operation": operation}).json()
    assert first == again
    assert first["received"]["satang"] == 1_700_00
    assert first["totals"]["waiting"] == 0


def test_a_household_is_shown_with_what_is_due(treasurer, evening):
    answer = treasurer.get(url(evening, "household", 6)).json()
    assert (answer["household"], [row["number"] for row in answer["rows"]]) == ("H002", [6, 8])
    assert answer["due"]["satang"] == 1_400_00


def test_a_household_gives_one_sum(treasurer, evening):
    rows = [{**sent(pledge="500"), "number": 6}, {**sent(pledge="300"), "number": 8}]
    answer = post(treasurer, url(evening, "household", 6), {"given": "1,000", "rows": rows}).json()
    assert (answer["total"]["satang"], answer["change"]["satang"]) == (800_00, 200_00)


def test_only_a_household_is_taken_together(treasurer, evening):
    rows = [{**sent(pledge="200"), "number": 5}, {**sent(pledge="300"), "number": 8}]
    assert post(treasurer, url(evening, "household", 6), {"rows": rows}).status_code == 422
    assert not SheetRow.objects.exists()


def test_strange_household_rows_are_refused(treasurer, evening):
    for rows in (None, [], [1], [None], [{"number": "6"}], [{"number": 6}], {}, "x"):
        assert post(treasurer, url(evening, "household", 6), {"rows": rows}).status_code == 422, rows


def test_a_member_is_found_by_number_or_part_of_a_name(treasurer, evening):
    for q, number in [("5", 5), ("๕", 5), ("0005", 5), ("ปราณี", 5), ("ไร่", 6), ("นาคำ ปรา", 5)]:
        assert treasurer.get(url(evening, "jump"), {"q": q}).json()["matches"][0]["number"] == number, q


def test_nobody_found_is_said(treasurer, evening):
    answer = treasurer.get(url(evening, "jump"), {"q": "ไม่มีใคร"}).json()
    assert answer["matches"] == []
    assert answer["message"]


def test_the_sheet_asks_the_same_number_of_questions_however_many_members(treasurer, evening):
    treasurer.get(url(evening, "sheet"))
    with CaptureQueriesContext(connection) as few:
        treasurer.get(url(evening, "sheet"))
    evening.village.add_members(120)
    with CaptureQueriesContext(connection) as many:
        treasurer.get(url(evening, "sheet"))
    assert len(many) == len(few) <= 20


def test_no_saved_line_before_the_close_has_a_number(treasurer, evening):
    post(treasurer, url(evening, "row", 5), sent(pledge="200"))
    assert SheetRow.objects.get().entry is None
    assert Meeting.objects.get().close_entry is None
