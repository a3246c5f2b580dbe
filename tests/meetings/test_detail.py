"""What the auditor reads before confirming: the whole counted evening, and nothing of it before the count is saved."""

import pytest
from django.urls import reverse

from meetings.selectors.closing import plan_close
from meetings.selectors.detail import counted_evening
from meetings.services.closing import close_content, request_close
from meetings.services.meetings import begin_count, resume_entering
from members.cosign import shown_lines, shown_url
from tests.meetings.evening import Evening
from tests.meetings.test_pages import OTHERS, in_english, of


@pytest.fixture
def paid(evening: Evening) -> Evening:
    """Somchai in cash, Boonmee by transfer, one expense of 45 baht: 588.75 should be in the box."""
    evening.receive("Somchai", pledge=500_00, special=33_75)
    evening.receive("Prani", fee=100_00)
    evening.receive("Boonmee", pledge=100_00, method="transfer", slip_ref="T-77")
    evening.pay(kind="expense", satang=45_00, code="O5100", memo="ค่าเครื่องเขียน", payee="ร้านบุญมา")
    return evening


FIGURES = ["533.75", "588.75", '588<span class="money__satang">.75', '533<span class="money__satang">.75', "45.00"]


@pytest.mark.parametrize("officer", ["auditor", "chair", "secretary", "treasurer"])
def test_before_the_count_is_saved_no_officer_reads_a_figure(client, paid, officer):
    client.force_login(getattr(paid.village, officer))
    begin_count(meeting=paid.meeting, by=paid.village.treasurer)
    assert counted_evening(paid.meeting) is None
    answer = client.get(of(paid, "detail"), follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain
    assert not [figure for figure in FIGURES if figure in page]
    assert "ร้านบุญมา" not in page


def test_a_count_that_is_set_aside_tells_nothing_any_more(client, paid):
    paid.count()
    paid.meeting.refresh_from_db()
    resume_entering(meeting=paid.meeting, by=paid.village.treasurer)
    client.force_login(paid.village.auditor)
    assert client.get(of(paid, "detail")).url == of(paid, "meeting")


def test_the_auditor_reads_every_line_on_the_own_phone(client, paid):
    paid.count(off_by=-1_25, reason="ทอนเกิน")
    client.force_login(paid.village.auditor)
    assert client.get(of(paid, "meeting")).url == of(paid, "detail")
    answer = client.get(of(paid, "detail"))
    page = answer.content.decode()
    evening = answer.context["evening"]
    assert [(each.key, each.cash, each.transfer) for each in evening.columns] == [
        ("pledge", 500_00, 100_00),
        ("special", 33_75, 0),
        ("fine", 0, 0),
        ("fee", 100_00, 0),
        ("loan", 0, 0),
    ]
    assert (evening.together.cash, evening.together.transfer) == (633_75, 100_00)
    assert (evening.count.counted_satang, evening.position.expected) == (587_50, 588_75)
    for text in ("ร้านบุญมา", "ค่าเครื่องเขียน", "T-77", "ทอนเกิน", '588<span class="money__satang">.75'):
        assert text in page


@pytest.mark.parametrize("who", OTHERS)
def test_the_evening_is_read_by_officers_of_the_group_alone(client, paid, who):
    paid.count()
    client.force_login(getattr(paid.village, who))
    assert client.get(of(paid, "detail")).status_code == 404


def test_the_signing_page_leads_to_the_evening_and_back(client, paid):
    paid.count()
    client.force_login(paid.village.treasurer)
    client.post(of(paid, "close-ask"))
    paid.meeting.refresh_from_db()
    signature = paid.meeting.signature
    assert shown_url(signature) == of(paid, "detail")
    client.force_login(paid.village.auditor)
    signing = reverse("members:cosign", args=[signature.uuid])
    assert f'href="{of(paid, "detail")}"' in client.get(signing).content.decode()
    assert f'href="{signing}"' in client.get(of(paid, "detail")).content.decode()


def test_pieces_difference_and_reason_are_signed(paid):
    paid.count(off_by=-1_25, reason="ทอนเกิน")
    signature = request_close(meeting=paid.meeting, by=paid.village.treasurer)
    lines = dict(shown_lines(signature))
    assert "100.00 × 5" in lines["ธนบัตรและเหรียญ"]
    assert lines["เงินสดขาดบัญชี"] == "1.25"
    assert lines["เหตุผล"] == "ทอนเกิน"


def test_the_code_read_is_the_code_signed(client, paid):
    paid.count()
    paid.meeting.refresh_from_db()
    client.force_login(paid.village.auditor)
    plan = plan_close(paid.meeting, operation=paid.meeting.operation)
    assert client.get(of(paid, "detail")).context["code"] in close_content(plan).values()


def test_reading_the_evening_takes_as_many_queries_for_one_line_as_for_many(village, django_assert_num_queries):
    evening = Evening(village)
    for name in ("Prani", "Somchai", "Kasem", "Boonmee"):
        evening.receive(name, special=10_00)
    evening.count()
    evening.meeting.refresh_from_db()
    with django_assert_num_queries(6):
        counted_evening(evening.meeting)


def test_the_words_are_there_in_english_too(client, paid):
    paid.count()
    client.force_login(paid.village.auditor)
    assert "The evening before the close" in in_english(client, of(paid, "detail"))
