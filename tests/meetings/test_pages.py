"""The pages of the meeting day: who sees them, what they keep, what they must not tell."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from meetings.models import CashCount, Meeting, PaymentLine
from meetings.services.meetings import begin_count
from members import cosign
from tests.meetings.evening import pieces_of
from tests.village import PASSWORD


@pytest.fixture
def treasurer(client, evening):
    client.force_login(evening.village.treasurer)
    return client


def url(evening, name, *args):
    return reverse(f"meetings:{name}", args=[evening.village.group.code, *args])


def of(evening, name, *args):
    return url(evening, name, evening.meeting.pk, *args)


def count_form(satang):
    return {"operation": str(uuid4()), **{f"d{value}": str(count) for value, count in pieces_of(satang).items()}}


def text(answer):
    return answer.content.decode()


def in_english(client, address):
    return text(client.get(address, headers={"accept-language": "en"}))


def opening_form(evening, **fields):
    return {"operation": str(uuid4()), "held_on": "6/11/2569", "number": "2", "place": "ศาลา", **fields}


def test_a_meeting_is_opened_by_the_treasurer_with_the_last_cash(treasurer, evening):
    evening.receive("Prani", pledge=200_00, fee=15_00)
    evening.finish()
    page = text(treasurer.get(url(evening, "open")))
    assert "215" in page
    treasurer.post(url(evening, "open"), opening_form(evening))
    meeting = Meeting.objects.get(status="open")
    assert (str(meeting), meeting.held_on) == ("2/2569", date(2026, 11, 6))


def test_the_opening_form_sent_twice_opens_one_meeting(treasurer, evening):
    evening.finish()
    form = opening_form(evening)
    first = treasurer.post(url(evening, "open"), form)
    again = treasurer.post(url(evening, "open"), form)
    assert first.url == again.url
    assert Meeting.objects.filter(status="open").count() == 1


def test_a_second_meeting_waits_until_the_first_is_closed(treasurer, evening):
    page = text(treasurer.post(url(evening, "open"), opening_form(evening)))
    assert "1/2569" in page
    assert Meeting.objects.count() == 1


DATES = [
    "",
    "x",
    "5/11/2569",
    "31/12/2569",
    "30/2/2569",
    "1/1/0001",
    "6/11/1483",
    "-1",
    "6/11/69x",
    "๖/11/2569",
    "\x00",
    "9" * 99,
]


def test_a_day_that_cannot_be_is_refused_and_kept_as_typed(treasurer, evening):
    evening.finish()
    for typed in DATES:
        answer = treasurer.post(url(evening, "open"), opening_form(evening, held_on=typed))
        assert answer.status_code == 200, typed
        assert answer.context["form"].errors["held_on"], typed
        assert not typed.isprintable() or answer.context["form"]["held_on"].value() == typed
    assert not Meeting.objects.filter(status="open").exists()


def test_a_number_that_cannot_be_is_refused(treasurer, evening):
    evening.finish()
    for number in ("", "0", "-1", "1", "1000", "x", "1.5", "9" * 30):
        answer = treasurer.post(url(evening, "open"), opening_form(evening, number=number))
        assert answer.context["form"].errors["number"], number
    assert not Meeting.objects.filter(status="open").exists()


def test_a_form_without_its_operation_does_nothing(treasurer, evening):
    evening.finish()
    for operation in ("", "x", "0"):
        treasurer.post(url(evening, "open"), opening_form(evening, operation=operation))
    assert not Meeting.objects.filter(status="open").exists()


PAGES = ["sheet", "payments", "count", "close", "changes", "meeting"]


def test_before_the_count_is_saved_no_answer_holds_the_expected_sum(treasurer, evening):
    evening.receive("Prani", pledge=200_00)
    evening.finish()
    evening.meeting = evening.open(date(2026, 11, 6))
    evening.receive("Somchai", pledge=500_00, special=33_75)
    evening.receive("Boonmee", pledge=100_00)
    expected = ["833.75", "83375", '833<span class="money__satang">.75']
    opened = [text(treasurer.get(of(evening, name), follow=True)) for name in PAGES]
    begin_count(meeting=evening.meeting, by=evening.village.treasurer)
    counting = [text(treasurer.get(of(evening, name), follow=True)) for name in PAGES]
    received = ["633.75", '633<span class="money__satang">.75', "63375"]
    assert not [sum_ for page in opened for sum_ in expected if sum_ in page]
    assert not [sum_ for page in counting for sum_ in [*expected, *received] if sum_ in page]
    treasurer.post(of(evening, "count"), count_form(700_00))
    assert '833<span class="money__satang">.75' in text(treasurer.get(of(evening, "count")))


def test_a_refused_payment_does_not_tell_what_is_in_the_box(treasurer, evening):
    evening.receive("Prani", pledge=200_00)
    form = {
        "operation": str(uuid4()),
        "purpose": "stationery",
        "satang": "300",
        "payee": "ร้าน",
        "memo": "ปากกา",
        "paid_from": "cash",
    }
    answer = text(treasurer.post(of(evening, "payments") + "?add=expense", form))
    assert "300.00" in answer
    assert "200.00" not in answer
    assert '200<span class="money__satang">' not in answer


COUNTS = ["-1", "1.5", "x", "1e3", "100000", "๑2", "9" * 40, "\x00", "１"]


def test_a_strange_count_of_notes_is_refused_and_kept(treasurer, evening):
    begin_count(meeting=evening.meeting, by=evening.village.treasurer)
    for typed in COUNTS:
        answer = treasurer.post(of(evening, "count"), {"operation": str(uuid4()), "d10000": typed, "d2000": "3"})
        assert answer.status_code == 200, typed
        assert 'value="3"' in text(answer)
    assert not CashCount.objects.exists()


def test_an_empty_count_is_no_count(treasurer, evening):
    begin_count(meeting=evening.meeting, by=evening.village.treasurer)
    treasurer.post(of(evening, "count"), {"operation": str(uuid4())})
    assert not CashCount.objects.exists()


def test_a_count_sent_twice_is_one_count(treasurer, evening):
    begin_count(meeting=evening.meeting, by=evening.village.treasurer)
    form = count_form(5_00)
    treasurer.post(of(evening, "count"), form)
    treasurer.post(of(evening, "count"), form)
    assert CashCount.objects.count() == 1


def test_counting_again_sets_the_first_count_aside_and_keeps_it(treasurer, evening):
    begin_count(meeting=evening.meeting, by=evening.village.treasurer)
    treasurer.post(of(evening, "count"), count_form(5_00))
    treasurer.post(of(evening, "count"), count_form(0))
    first, second = CashCount.objects.order_by("number")
    assert first.set_aside_at is not None
    assert second.set_aside_at is None


def test_a_difference_needs_its_reason_before_the_close(treasurer, evening):
    evening.count(off_by=20_00)
    answer = treasurer.post(of(evening, "count-reason"), {"reason": ""})
    assert "is-invalid" in text(answer)
    assert treasurer.get(of(evening, "close")).url == of(evening, "count")
    treasurer.post(of(evening, "count-reason"), {"reason": "ทอนเกิน"})
    assert treasurer.get(of(evening, "close")).status_code == 200


def test_the_evening_is_closed_by_forms_alone(treasurer, evening):
    evening.receive("Prani", pledge=200_00)
    treasurer.post(of(evening, "count-begin"))
    treasurer.post(of(evening, "count"), count_form(200_00))
    treasurer.post(of(evening, "close-ask"))
    evening.meeting.refresh_from_db()
    cosign.sign(signature=evening.meeting.signature, username="wichai", password=PASSWORD, address="127.0.0.1")
    page = treasurer.get(of(evening, "close"))
    form = page.context["form"].initial
    answer = treasurer.post(of(evening, "close"), {name: str(value) for name, value in form.items()}, follow=True)
    evening.meeting.refresh_from_db()
    assert evening.meeting.is_closed
    assert answer.status_code == 200
    again = treasurer.post(of(evening, "close"), {name: str(value) for name, value in form.items()})
    assert again.url == of(evening, "meeting")


def test_a_close_form_that_shows_something_else_closes_nothing(treasurer, evening):
    evening.count()
    operation, _fingerprint = evening.sign()
    for fingerprint in ("", "0" * 64, "x" * 64, "0" * 63):
        treasurer.post(of(evening, "close"), {"operation": str(operation), "fingerprint": fingerprint})
    evening.meeting.refresh_from_db()
    assert evening.meeting.is_counting


@pytest.mark.parametrize("kind", ["withdrawal", "expense", "bank_fetch", "bank_carry"])
def test_an_empty_payment_is_refused_beside_its_fields(treasurer, evening, kind):
    answer = treasurer.post(of(evening, "payments") + f"?add={kind}", {"operation": str(uuid4())})
    assert answer.status_code == 200
    assert "satang" in answer.context["form"].errors
    assert not PaymentLine.objects.exists()


BAD = ["-1", "0", "1,5", "1e9", "x", "\x00", "9" * 99, "\ud800", "<b>", "99999", "' OR 1=1"]


@pytest.mark.parametrize("kind", ["withdrawal", "expense", "bank_fetch", "bank_carry"])
def test_junk_in_every_field_of_a_payment_gives_no_error_page_and_no_payment(treasurer, evening, kind):
    address = of(evening, "payments") + f"?add={kind}"
    fields = treasurer.get(address).context["form"].fields
    for bad in BAD:
        answer = treasurer.post(address, {name: bad.encode("utf-8", "replace").decode() for name in fields})
        assert answer.status_code == 200, bad
    assert not PaymentLine.objects.exists()


def test_a_payment_is_written_down_approved_and_cancelled(treasurer, evening):
    evening.receive("Prani", pledge=200_00, fee=100_00)
    form = {
        "operation": str(uuid4()),
        "purpose": "stationery",
        "satang": "๒๕",
        "payee": "ร้าน",
        "memo": "ปากกา",
        "paid_from": "cash",
    }
    treasurer.post(of(evening, "payments") + "?add=expense", form)
    line = PaymentLine.objects.get()
    assert (line.state, line.account_code, line.satang) == ("requested", "A5100", 25_00)
    assert "Waiting for the second officer" in in_english(treasurer, of(evening, "payments"))
    cosign.sign_as(signature=line.signature, user=evening.village.auditor)
    signed = in_english(treasurer, of(evening, "payments"))
    assert "Signed, confirm now" in signed
    assert "Waiting for the second officer" not in signed
    treasurer.post(of(evening, "payment-approve", line.pk))
    line.refresh_from_db()
    assert (line.state, line.cosigned_by) == ("cosigned", evening.village.auditor)
    treasurer.post(of(evening, "payment-cancel", line.pk))
    line.refresh_from_db()
    assert line.state == "cancelled"


OTHERS = ["stranger", "former_treasurer", "district_officer", "administrator"]


def test_officers_read_the_list_and_a_closed_meeting(client, evening):
    evening.receive("Prani", pledge=200_00)
    evening.finish()
    for who in ("treasurer", "secretary", "auditor", "chair"):
        client.force_login(getattr(evening.village, who))
        assert client.get(url(evening, "list")).status_code == 200
        assert client.get(of(evening, "meeting")).status_code == 200


GET_PAGES = ["list", "open"]
MEETING_PAGES = ["meeting", "sheet", "payments", "count", "close"]


def test_nobody_else_finds_a_meeting(client, evening):
    for who in OTHERS:
        client.force_login(getattr(evening.village, who))
        assert {client.get(url(evening, name)).status_code for name in GET_PAGES} == {404}
        assert {client.get(of(evening, name)).status_code for name in MEETING_PAGES} == {404}


def test_the_secretary_enters_and_counts_but_neither_opens_nor_closes(client, evening):
    client.force_login(evening.village.secretary)
    assert client.get(of(evening, "sheet")).status_code == 200
    assert client.get(of(evening, "count")).status_code == 200
    assert client.get(url(evening, "open")).status_code == 404
    assert client.get(of(evening, "close")).status_code == 404
    assert client.post(of(evening, "close-ask")).status_code == 404


def test_a_meeting_from_paper_shows_its_entries(client, evening):
    Meeting.objects.filter(pk=evening.meeting.pk).update(from_paper=True)
    evening.receive("Prani", pledge=200_00)
    closed = evening.finish()
    client.force_login(evening.village.chair)
    page = client.get(of(evening, "meeting"))
    assert [entry.n for entry in page.context["entries"]] == [closed.first_entry.n, closed.close_entry.n]
    assert page.context["entries"][0].satang == 200_00
