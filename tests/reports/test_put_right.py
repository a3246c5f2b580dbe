"""After a correction: the void receipt leads to what reversed it and to the receipt in its place."""

import pytest
import time_machine
from django.urls import reverse

from meetings.models import Correction, SheetRow
from meetings.services.corrections import apply_correction, request_correction
from members import cosign
from tests.meetings.evening import Evening, typed
from tests.reports.conftest import text_of

ENGLISH = {"accept-language": "en"}
NOVEMBER_9 = "2026-11-09 10:00+07:00"


@pytest.fixture
def corrected(closed: Evening) -> Correction:
    """Prani's 200 and 1,500 become 200 and 1,000, four days after the evening."""
    rows = SheetRow.objects.select_related("member", "meeting", "entry")
    row = rows.get(member=closed.village.member("Prani"), meeting=closed.meeting)
    row.meeting.group = closed.village.group
    with time_machine.travel(NOVEMBER_9, tick=False):
        asked = request_correction(
            row=row,
            corrected=typed(pledge=200_00, special=1_000_00),
            reason="ลงผิด",
            by=closed.village.treasurer,
        )
        assert asked.signature is not None
        cosign.sign_as(signature=asked.signature, user=closed.village.auditor)
        return apply_correction(correction=asked, by=closed.village.treasurer)


def links(corrected: Correction) -> tuple[str, str]:
    assert corrected.reversal is not None
    assert corrected.replacement is not None
    code = corrected.row.meeting.group.code
    return (
        f'href="{reverse("reports:entry", args=[code, corrected.reversal.n])}"',
        f'href="{reverse("reports:receipt", args=[code, corrected.replacement.n])}"',
    )


@pytest.mark.parametrize("page", ["reports:receipt", "reports:entry"])
def test_the_void_receipt_leads_to_the_reversal_and_to_the_new_receipt(closed, corrected, as_user, page):
    url = reverse(page, args=[closed.village.group.code, corrected.entry.n])
    answer = as_user(closed.village.treasurer).get(url).content.decode()
    for link in links(corrected):
        assert link in answer


def test_the_member_is_led_to_the_new_receipt_alone(closed, corrected, as_user):
    """The entry's page is the committee's."""
    url = reverse("reports:receipt", args=[closed.village.group.code, corrected.entry.n])
    answer = as_user(closed.village.user("Prani")).get(url).content.decode()
    reversal, receipt = links(corrected)
    assert receipt in answer
    assert reversal not in answer


def test_a_receipt_that_stands_leads_nowhere_else(closed, corrected, as_user):
    url = reverse("reports:receipt", args=[closed.village.group.code, corrected.replacement.n])
    answer = as_user(closed.village.treasurer).get(url, headers=ENGLISH)
    assert "See the receipt in its place" not in text_of(answer)


def test_the_members_page_names_the_day_that_the_balance_includes(closed, corrected, as_user):
    with time_machine.travel(NOVEMBER_9, tick=False):
        url = reverse("window:home", args=[closed.village.group.code])
        page = text_of(as_user(closed.village.user("Prani")).get(url, headers=ENGLISH))
        assert "With every entry up to 9 November 2569" in page
        assert "As after the close" not in page
        page = text_of(as_user(closed.village.user("Somchai")).get(url, headers=ENGLISH))
        assert "As after the close of the meeting of 5 November 2569" in page
