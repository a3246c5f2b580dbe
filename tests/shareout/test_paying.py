"""The sheet of payments: a press a member, parts, who signs for whom, and what an approver has seen."""

from dataclasses import replace
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from funds.journal import reverse_entry
from loans.models import Repayment
from members.cosign import ContentChanged, sign
from shareout.models import SharePayment
from shareout.policy import CUSTOMARY, Arrears
from shareout.selectors.payments import unpaid_shares, waiting_lists
from shareout.services.payments import PaymentList, approve_payments, cancel_payments, request_payments
from shareout.services.signatures import approve_signed_payments, ask_payments_signature
from shareout.share_out_errors import MoreThanUnpaid, PaymentDone, SetOffFirst
from tests.shareout.sharing import NOW, Sharing
from tests.village import PASSWORD

pytestmark = pytest.mark.django_db
Way = SharePayment.Way


def press(client, sharing, name, operation, *, turn=0, **headers):
    sent = {"pay": f"{sharing[name].pk}.{turn}", "page_operation": operation}
    return client.post(sharing.sheet, sent, **headers)


FETCH = {"HTTP_X_REQUESTED_WITH": "fetch"}


def test_a_press_asks_for_all_of_a_members_money_in_cash_and_a_double_press_asks_once(sharing, client):
    sharing.posted()
    client.force_login(sharing.village.treasurer)
    operation = uuid4()
    for _each in range(2):
        answer = press(client, sharing, "Prani", operation)
        assert answer.url.endswith(f"#m{sharing['Prani'].pk}")
    row = SharePayment.objects.get()
    assert (row.satang, row.way, row.member) == (333_33, "cash", sharing["Prani"])
    press(client, sharing, "Kasem", operation)
    [waiting] = waiting_lists(sharing.group)
    assert (len(waiting.rows), waiting.satang) == (2, 500_00)


def test_a_script_gets_the_row_and_what_waits_back(sharing, client):
    sharing.posted()
    client.force_login(sharing.village.treasurer)
    found = press(client, sharing, "Prani", uuid4(), **FETCH).json()
    assert "333" in found["row"]
    assert 'name="back"' in found["row"]
    assert "333" in found["waiting"]
    again = press(client, sharing, "Prani", uuid4(), **FETCH)
    assert again.status_code == 409
    assert again.json()["said"]
    assert SharePayment.objects.count() == 1


def test_what_was_pressed_by_mistake_is_taken_back_and_pressed_anew(sharing, client):
    sharing.posted()
    client.force_login(sharing.village.treasurer)
    operation = uuid4()
    press(client, sharing, "Prani", operation)
    back = {"back": SharePayment.objects.get().pk, "page_operation": operation}
    client.post(sharing.sheet, back)
    assert waiting_lists(sharing.group) == []
    [shown] = unpaid_shares(sharing.group, only=[sharing["Prani"].pk])
    assert (shown.turn, shown.free) == (1, 333_33)
    press(client, sharing, "Prani", operation, turn=1)
    assert waiting_lists(sharing.group)[0].satang == 333_33
    late = client.post(sharing.sheet, back, **FETCH)
    assert (late.status_code, late.json()["row"]) == (409, "")
    assert late.json()["said"] == str(PaymentDone.sentence)
    assert waiting_lists(sharing.group)[0].satang == 333_33


def test_two_officers_who_press_the_same_member_ask_once(sharing, client):
    sharing.posted()
    client.force_login(sharing.village.treasurer)
    press(client, sharing, "Prani", uuid4())
    client.force_login(sharing.village.secretary)
    found = press(client, sharing, "Prani", uuid4(), **FETCH)
    assert found.status_code == 409
    assert sharing.village.treasurer.display_name in found.json()["row"]
    assert SharePayment.objects.count() == 1


@pytest.mark.parametrize(
    "sent", [{"pay": "", "page_operation": ""}, {"pay": "x.y", "page_operation": "z"}, {"back": ""}]
)
def test_nonsense_is_refused_in_a_sentence(sharing, client, sent):
    sharing.posted()
    client.force_login(sharing.village.treasurer)
    assert client.post(sharing.sheet, sent, **FETCH).status_code == 409
    assert client.post(sharing.sheet, sent).status_code == 302
    client.force_login(sharing.village.auditor)
    assert client.post(sharing.sheet, sent).status_code == 404


def test_who_approves_has_seen_the_list(sharing, client):
    sharing.posted()
    [first] = sharing.ask("Prani")
    page = reverse("shareout:payment", args=[sharing.group.code, first.pk])
    client.force_login(sharing.village.auditor)
    seen = client.get(page).context["list"].code
    sharing.ask("Kasem")
    client.post(page, {"act": "approve", "seen": seen})
    client.post(page, {"act": "approve"})
    assert sharing.entries("share_payment") == []
    client.post(page, {"act": "approve", "seen": client.get(page).context["list"].code})
    assert len(sharing.entries("share_payment")) == 2


def test_what_is_pressed_while_the_second_officer_signs_is_a_list_of_its_own(sharing):
    sharing.posted()
    rows = sharing.ask("Prani")
    signature = ask_payments_signature(rows=rows)
    sign(signature=signature, username="wichai", password=PASSWORD, address="127.0.0.1")
    sharing.ask("Kasem")
    signed, other = waiting_lists(sharing.group)
    assert [len(each.rows) for each in (signed, other)] == [1, 1]
    approve_signed_payments(rows=signed.rows)
    assert sharing.unpaid() == {"0006": 100_00, "0008": 166_67}


def test_a_list_that_shrank_after_it_was_signed_is_not_paid(sharing):
    sharing.posted()
    rows = sharing.ask("Prani", "Kasem")
    signature = ask_payments_signature(rows=rows)
    sign(signature=signature, username="wichai", password=PASSWORD, address="127.0.0.1")
    cancel_payments(payments=rows[:1], by=sharing.village.treasurer)
    [rest] = waiting_lists(sharing.group)
    with pytest.raises(ContentChanged):
        approve_signed_payments(rows=rest.rows)


def test_a_share_is_paid_part_in_cash_part_into_savings_and_the_rest_by_transfer(sharing, client):
    sharing.posted()
    url = reverse("shareout:pay", args=[sharing.group.code, sharing["Prani"].number])
    client.force_login(sharing.village.treasurer)
    for sent in (
        {"satang": "100", "way": "cash"},
        {"satang": "200.33", "way": "savings"},
        {"satang": "33", "way": "transfer", "slip_ref": "KTB-7"},
    ):
        assert client.get(url).status_code == 200
        assert client.post(url, {**sent, "operation": uuid4()}).status_code == 302
    assert client.post(url, {"satang": "0.01", "way": "cash", "operation": uuid4()}).status_code == 200
    for each in waiting_lists(sharing.group):
        approve_payments(payments=each.rows, by=sharing.village.auditor)
    assert "0005" not in sharing.unpaid()
    assert sorted(row.satang for row in SharePayment.objects.filter(entry__isnull=False)) == [33_00, 100_00, 200_33]
    assert sharing.found() == []
    assert "KTB-7" in client.get(url).content.decode()


def test_set_off_first_then_the_rest_is_paid(sharing):
    terms = sharing.product("เงินกู้งวดเดียว", rate_bp=0)
    sharing.lend("Kasem", 60_00, terms=terms, instalments=1, guarantors=("Malee",))
    sharing.posted(replace(CUSTOMARY, arrears=Arrears.SET_OFF))
    [shown] = unpaid_shares(sharing.group, only=[sharing["Kasem"].pk])
    assert (shown.is_set_off_first, shown.set_off, shown.may_pay) == (True, 60_00, False)
    with pytest.raises(SetOffFirst):
        sharing.ask("Kasem")
    sharing.pay("Kasem", way=Way.SET_OFF)
    [shown] = unpaid_shares(sharing.group, only=[sharing["Kasem"].pk])
    assert (shown.overdue, shown.free, shown.may_pay) == (0, 106_67, True)
    sharing.pay("Kasem")
    assert "0008" not in sharing.unpaid()
    assert sharing.found() == []


def test_the_page_says_who_is_withheld_and_why(sharing, client):
    sharing.posted(replace(CUSTOMARY, arrears=Arrears.WITHHOLD))
    client.force_login(sharing.village.treasurer)
    shown = client.get(sharing.sheet).content.decode()
    assert f'value="{sharing["Somchai"].pk}.0"' not in shown
    assert f'value="{sharing["Prani"].pk}.0"' in shown
    page = client.get(reverse("shareout:pay", args=[sharing.group.code, sharing["Somchai"].number])).content.decode()
    assert sharing.loan.number in page
    assert "ระงับ" in page


def test_a_set_off_that_is_reversed_owes_the_share_and_the_loan_again(sharing):
    sharing.posted()
    [row] = sharing.pay("Somchai", way=Way.SET_OFF)
    reverse_entry(
        entry=row.entry, by=sharing.village.treasurer, ok=[sharing.village.auditor], operation=uuid4(), reason="ผิด"
    )
    assert sharing.unpaid()["0006"] == 100_00
    assert Repayment.objects.get(entry=row.entry).entry.reversals.exists()
    assert sharing.found() == []
    assert sharing.pay("Somchai", way=Way.SET_OFF)[0].satang == 100_00


def test_a_payment_that_was_reversed_is_asked_for_by_a_new_press(sharing, client):
    sharing.posted()
    client.force_login(sharing.village.treasurer)
    operation = uuid4()
    press(client, sharing, "Prani", operation)
    [row] = approve_payments(payments=list(SharePayment.objects.all()), by=sharing.village.auditor)
    reverse_entry(
        entry=row.entry, by=sharing.village.treasurer, ok=[sharing.village.auditor], operation=uuid4(), reason="ผิดคน"
    )
    shown = client.get(sharing.sheet).content.decode()
    assert f'value="{sharing["Prani"].pk}.1"' in shown
    press(client, sharing, "Prani", operation, turn=1)
    assert SharePayment.objects.filter(entry__isnull=True).get().satang == 333_33
    page = client.get(reverse("shareout:pay", args=[sharing.group.code, sharing["Prani"].number])).content.decode()
    assert f">{row.entry.n}</a>" in page


def test_more_than_is_unpaid_is_refused_at_the_part_form_too(sharing):
    sharing.posted()
    with pytest.raises(MoreThanUnpaid):
        sharing.ask("Prani", satang=333_34)


def test_paid_and_all_are_to_be_seen_too(sharing, client):
    sharing.posted()
    sharing.pay("Prani")
    client.force_login(sharing.village.treasurer)
    shown = {show: client.get(sharing.sheet, {"show": show}).context["shown"] for show in ("due", "paid", "all")}
    assert {show: [row.member.number for row in rows] for show, rows in shown.items()} == {
        "due": [6, 8], "paid": [5], "all": [5, 6, 8],
    }  # fmt: skip


def queries_of(client, sharing, of):
    with CaptureQueriesContext(connection) as captured:
        client.get(sharing.sheet) if of == "sheet" else press(client, sharing, "Kasem", uuid4(), **FETCH)
    rows = list(SharePayment.objects.filter(entry__isnull=True, cancelled_at__isnull=True))
    if rows:
        cancel_payments(payments=rows, by=sharing.village.treasurer)
    return len(captured)


@pytest.mark.parametrize("of", ["sheet", "press"])
def test_the_sheet_asks_as_much_for_sixty_as_for_three(village, client, of):
    with time_machine.travel(NOW, tick=False):
        sharing = Sharing(village, more=60)
        sharing.posted()
        client.force_login(sharing.village.treasurer)
        queries_of(client, sharing, of)  # what is read once for all: settings, the reader's offices
        many = queries_of(client, sharing, of)
        assert len(unpaid_shares(sharing.group)) == 63
        rest = [row.member.pk for row in unpaid_shares(sharing.group) if row.member.number not in (5, 6, 8)]
        asked = PaymentList(members=dict.fromkeys(rest), way=Way.SAVINGS)
        rows = request_payments(group=sharing.group, asked=asked, operation=uuid4(), by=sharing.village.treasurer)
        approve_payments(payments=rows, by=sharing.village.auditor)
        assert len(unpaid_shares(sharing.group)) == 3
        assert queries_of(client, sharing, of) == many
