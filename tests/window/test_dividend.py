"""The own dividend in the own window: only what is posted, only of the own passbook."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from members.models import PassbookAccess, User
from tests.shareout.sharing import NOW, Sharing
from tests.village import TestVillage

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def sharing(village: TestVillage) -> Iterator[Sharing]:
    with time_machine.travel(NOW, tick=False):
        yield Sharing(village)


def window(sharing: Sharing, user: User, name: str = "dividend", **query: Any) -> Any:
    client = Client()
    client.force_login(user)
    return client.get(reverse(f"window:{name}", args=[sharing.group.code]), query, headers=ENGLISH)


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return answer.content.decode().replace("\u2060", "")


def test_the_own_dividend_is_explained_step_by_step(sharing):
    sharing.posted()
    said = text(window(sharing, sharing.village.user("Prani")))
    for figure in ("Your dividend of the year 2569", "66,000", "66.6666%", "333.3333", 'role="img"'):
        assert figure in said, figure


def test_nothing_in_the_window_leads_to_the_officers_pages_or_to_others(sharing):
    row = sharing.posted()
    said = text(window(sharing, sharing.village.user("Prani")))
    code = sharing.group.code
    for name, args in (
        ("share-out", [row.pk]), ("export", [row.pk]), ("explanation", [row.pk, 5]), ("payments", [row.pk]),
    ):  # fmt: skip
        assert reverse(f"shareout:{name}", args=[code, *args]) not in said
    assert sharing["Kasem"].full_name not in said


def test_what_is_adopted_and_not_posted_is_not_shown(sharing):
    sharing.adopted()
    prani = sharing.village.user("Prani")
    said = text(window(sharing, prani))
    assert "No profit has been shared out yet" in said
    assert "333" not in said
    assert window(sharing, prani, year=2569).status_code == 200
    assert window(sharing, prani, "dividend-paper").status_code == 302
    assert reverse("window:dividend", args=[sharing.group.code]) not in text(window(sharing, prani, "home"))


def test_another_members_number_opens_nothing(sharing):
    sharing.posted()
    prani = sharing.village.user("Prani")
    for name in ("dividend", "dividend-paper"):
        for number in (sharing["Kasem"].number, 999, "x", ""):
            assert window(sharing, prani, name, member=number).status_code == 404


def test_another_group_opens_nothing(sharing):
    sharing.posted()
    prani = sharing.village.user("Prani")
    client = Client()
    client.force_login(prani)
    for name in ("dividend", "dividend-paper"):
        assert client.get(reverse(f"window:{name}", args=[sharing.village.neighbour.group.code])).status_code == 404


def test_a_year_that_was_not_shared_out_is_not_there(sharing):
    sharing.posted()
    prani = sharing.village.user("Prani")
    for year in (2568, "x", ""):
        assert window(sharing, prani, year=year).status_code == 404
    assert window(sharing, prani, year=2569).status_code == 200


def test_a_parent_reads_the_childs_dividend(sharing):
    sharing.posted()
    prani = sharing.village.user("Prani")
    PassbookAccess.objects.create(user=prani, member=sharing["Kasem"], relation="child")
    said = text(window(sharing, prani, member=sharing["Kasem"].number))
    assert "33.3333%" in said
    assert sharing["Kasem"].full_name in said


def test_the_home_leads_there_and_says_what_is_still_to_be_paid(sharing):
    sharing.posted()
    prani = sharing.village.user("Prani")
    said = text(window(sharing, prani, "home"))
    assert reverse("window:dividend", args=[sharing.group.code]) in said
    assert "still to be paid: 333.33" in said
    sharing.pay("Prani", way="cash")
    assert "still to be paid" not in text(window(sharing, prani, "home"))
    assert "In cash, signed for" in text(window(sharing, prani))


def test_whoever_has_no_share_is_told_why(sharing):
    sharing.posted()
    said = text(window(sharing, sharing.village.user("Somchai")))
    assert "You had no pledge savings" in said
    assert "100.0000" in said


def test_the_paper_is_the_members_own(sharing):
    sharing.posted()
    answer = window(sharing, sharing.village.user("Prani"), "dividend-paper")
    assert answer.content.startswith(b"%PDF")
    assert "dividend-2569-5" in answer["Content-Disposition"]
