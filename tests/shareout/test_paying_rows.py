"""The rows of the payment sheet that are put together say to the letter what the template would have said."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
import time_machine
from django.template import engines
from django.test import RequestFactory

from shareout.policy import CUSTOMARY, Arrears
from shareout.selectors.payments import unpaid_shares
from shareout.templatetags.paying import is_plain
from tests.shareout.sharing import NOW, Sharing
from tests.village import TestVillage

pytestmark = pytest.mark.django_db
ONE_BY_ONE = '{% for each in shown %}{% include "shareout/pay_row.html" %}{% endfor %}'


@pytest.fixture
def sharing(village: TestVillage) -> Iterator[Sharing]:
    with time_machine.travel(NOW, tick=False):
        yield Sharing(village, more=3)


@pytest.mark.parametrize(("may_write", "rule"), [(True, Arrears.WITHHOLD), (True, Arrears.PAY), (False, Arrears.PAY)])
def test_each_row_reads_as_the_template_writes_it(may_write, rule, sharing):
    first = sharing.others[0]
    first.first_name, first.last_name = "อ้วน & <b>", "100% \"มาก\" 'จริง'"
    first.save()
    row = sharing.posted(replace(CUSTOMARY, arrears=rule))
    sharing.ask("Kasem", way="cash", satang=1_00)
    rows = unpaid_shares(sharing.group, officer=sharing.village.treasurer, of=row)
    assert {is_plain(each) for each in rows} == {True, False}
    assert any(each.overdue for each in rows)
    said = {
        "shown": rows, "group": sharing.group, "may_write": may_write, "me": sharing.village.treasurer,
    }  # fmt: skip
    request = RequestFactory().get("/")
    engine = engines["django"]
    together = engine.from_string("{% load paying %}{% pay_rows shown %}").render(said, request)
    assert together == engine.from_string(ONE_BY_ONE).render(said, request)
