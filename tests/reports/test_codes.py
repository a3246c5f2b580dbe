"""Anyone may check a code; the answer says matches or does not match, whatever is wrong, and comes slower each time."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from funds.selectors import head
from reports.codes import is_code_right

NOON = "2026-11-22 12:00+07:00"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def paper(village):
    """What stands on the paper of the group's last entry."""
    entry = head(village.group)
    return {"group": village.group.code, "number": str(entry.n), "code": entry.paper_code}


def ask(client, paper, **changes):
    return client.post(reverse("public:check"), {**paper, **changes})


def said(answer) -> str:
    """The answer without the token that protects the form and without what was typed."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
    return re.sub(r'value="[^"]*"', "", text)


def test_a_right_code_matches_without_signing_in(client, paper):
    assert ask(client, paper).context["answer"] == "yes"


@pytest.mark.parametrize("change", [
    {"code": "1" * 30},
    {"code": "x"},
    {"number": "999999"},
    {"number": "-1"},
    {"number": "1e3"},
    {"number": "9" * 20},
    {"group": "no-such-group"},
    {"group": "don-sai-ngam"},
    {"group": "'; drop table x; --"},
])  # fmt: skip
def test_whatever_is_wrong_the_answer_is_the_same(client, village, paper, change, clock):
    wrong = ask(client, paper, **change)
    assert wrong.status_code == 200
    assert wrong.context["answer"] == "no"
    clock.shift(timedelta(hours=13))
    assert said(ask(client, paper, code="2" * 30)) == said(wrong)


def test_the_qr_code_asks_the_same_question(client, paper):
    url = reverse("public:code", args=[paper["group"], paper["number"], paper["code"].replace(" ", "")])
    assert url == f"/c/{paper['group']}/{paper['number']}/{paper['code'].replace(' ', '')}"
    assert client.get(url).context["answer"] == "yes"
    assert client.get(url[:-1] + str((int(url[-1]) + 1) % 10)).context["answer"] == "no"


def test_the_answer_names_nobody_and_nothing(client, village, paper):
    text = ask(client, paper).content.decode()
    for secret in (village.group.name, "สมพร", "ปราณี", head(village.group).hash):
        assert secret not in text


def test_thai_digits_and_blanks_are_taken(client, paper):
    thai = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    typed = {"code": f"  {paper['code'].translate(thai)} ", "number": paper["number"].translate(thai)}
    assert ask(client, paper, **typed).context["answer"] == "yes"


@pytest.mark.parametrize("change", [{}, {"code": "1" * 30}, {"group": "nowhere"}, {"number": "77"}, {"number": "x"}])
def test_every_answer_costs_the_same_query(village, paper, change):
    asked = {**paper, **change}
    with CaptureQueriesContext(connection) as captured:
        is_code_right(group_code=asked["group"], number=asked["number"], code=asked["code"])
    assert len(captured) == 1


def test_wrong_codes_are_slowed_down_by_address_and_right_ones_too_while_it_lasts(client, paper, clock):
    for _ in range(3):
        assert ask(client, paper, code="1" * 30).status_code == 200
    for typed in (paper["code"], "1" * 30):
        later = ask(client, paper, code=typed)
        assert (later.status_code, later.context["answer"]) == (429, "later")
    assert client.post(reverse("public:check"), paper, REMOTE_ADDR="10.0.0.9").context["answer"] == "yes"
    clock.shift(timedelta(minutes=1))
    assert ask(client, paper).context["answer"] == "yes"


def test_checking_many_right_codes_is_not_slowed_down(client, paper):
    assert [ask(client, paper).status_code for _ in range(12)] == [200] * 12


def test_checking_codes_does_not_slow_down_the_door(client, village, paper):
    for _ in range(4):
        ask(client, paper, code="1" * 30)
    answer = client.post(reverse("members:sign-in"), {"username": "somporn", "password": "satcha-test-1"})
    assert answer.status_code == 302


def test_an_empty_form_is_shown_and_an_empty_field_is_named(client):
    assert client.get(reverse("public:check")).status_code == 200
    answer = client.post(reverse("public:check"), {"group": "x"})
    assert set(answer.context["form"].errors) == {"number", "code"}


@pytest.mark.parametrize(
    "path", ["/c/x/1/2", "/c/ก/๑/๒", "/c/x/99999999999999999999999/1", "/c/%00/1/2", "/c/x/1/" + "9" * 5000]
)
def test_any_address_gets_the_constant_answer(client, db, path):
    answer = client.get(path)
    assert (answer.status_code, answer.context["answer"]) == (200, "no")
