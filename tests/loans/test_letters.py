"""Reminders and notices: the 60 days of each missed instalment, what is written, printed, noted as sent."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from loans.act_errors import LetterSent, LetterSentTooEarly, NothingOverdue, NoticesWritten
from loans.demand import Stage, stage_of
from loans.letter_papers import letter_papers, letters_file
from loans.models import Letter, Loan
from loans.selectors.letters import letters, notices
from loans.services.letters import note_sent, write_notices, write_reminder
from papers.loan_letters import loan_letters_png
from tests.loans.acting import NOV_22, Acting
from tests.village import TestVillage

SEP_5, NOV_4 = date(2026, 9, 5), date(2026, 11, 4)


@pytest.fixture
def lending(time_machine: Any, village: TestVillage) -> Acting:
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)
    return Acting(village)


@pytest.fixture
def treasurer(client: Client, village: TestVillage) -> Client:
    client.force_login(village.treasurer)
    return client


def sent(letter: Letter, on: date, by: Any) -> Letter:
    return note_sent(letter=letter, sent_on=on, sent_ref="RT 1234 5678 9 TH", by=by)


@pytest.mark.parametrize(
    ("days", "stage"),
    [
        (29, Stage.EARLY), (30, Stage.SOON), (44, Stage.SOON), (45, Stage.URGENT), (54, Stage.URGENT),
        (55, Stage.LAST_DAYS), (60, Stage.LAST_DAYS), (61, Stage.MISSED),
    ],
)  # fmt: skip
def test_alarms_ring_on_day_30_45_and_55_and_after_60_it_is_missed(days: int, stage: Stage) -> None:
    as_of = date.fromordinal(SEP_5.toordinal() + days)
    assert stage_of(SEP_5, as_of, None) == stage
    assert stage_of(SEP_5, as_of, SEP_5) == Stage.SENT
    late = date.fromordinal(SEP_5.toordinal() + 61)
    assert stage_of(SEP_5, max(as_of, late), late) == Stage.SENT_LATE


def test_each_overdue_instalment_needs_a_notice_to_each_guarantor(lending: Acting) -> None:
    loan = lending.lend(guarantors=("Boonmee", "Kasem"))
    lending.pay_instalments(loan, 1)
    found = notices(lending.group, NOV_22)
    assert [(each.row.number, each.guarantee.member.first_name) for each in found] == [
        (2, "บุญมี"), (2, "เกษม"), (3, "บุญมี"), (3, "เกษม"),
    ]  # fmt: skip
    assert [each.deadline for each in found[:1]] == [date(2026, 12, 4)]
    assert [each.stage for each in found] == [Stage.URGENT, Stage.URGENT, Stage.EARLY, Stage.EARLY]


def test_a_missed_deadline_stays_visible_and_later_charges_are_not_asked(lending: Acting) -> None:
    lending.lend(terms=lending.product(late_rate_bp=100))
    first, second, third = notices(lending.group, NOV_22)
    assert (first.stage, second.stage, third.stage) == (Stage.MISSED, Stage.URGENT, Stage.EARLY)
    # 1,000 baht overdue for 78 days at 12 % a year, of which 60 are asked; its own interest arose before the default.
    assert (first.row.fine, first.claim.fine) == (25_64, 19_73)
    assert (first.claim.principal, first.claim.interest, first.claim.freed) == (1_000_00, 120_00, 25_64 - 19_73)
    # Of the third month's interest one day (4 to 5 November) lies after the first instalment's day 60.
    assert (third.row.interest_rest, third.claim.interest) == (120_00, 120_00 - 33)
    assert second.claim.freed == 0


def test_a_notice_sent_in_time_keeps_everything_owed(lending: Acting, time_machine: Any) -> None:
    time_machine.move_to("2026-11-03T03:00:00+00:00", tick=False)
    loan = lending.lend(terms=lending.product(late_rate_bp=100))
    for letter in write_notices(loan=loan, by=lending.village.treasurer):
        sent(letter, date(2026, 11, 3), lending.village.treasurer)
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)
    first = notices(lending.group, NOV_22)[0]
    assert (first.stage, first.claim.freed, first.is_sent) == (Stage.SENT, 0, True)


def test_a_guarantor_is_asked_for_no_more_than_they_stand_for(lending: Acting) -> None:
    loan = lending.lend()
    loan.guarantees.update(satang=700_00)
    assert [each.asked for each in notices(lending.group, NOV_22)] == [700_00, 700_00, 700_00]


def test_paid_released_and_declined_ones_need_no_notice(lending: Acting) -> None:
    loan = lending.lend(guarantors=("Boonmee", "Kasem"))
    loan.guarantees.filter(member=lending["Kasem"]).update(released_on=SEP_5)
    assert {each.guarantee.member.first_name for each in notices(lending.group, NOV_22)} == {"บุญมี"}
    lending.pay_instalments(loan, 3)
    assert notices(lending.group, NOV_22) == []


def test_letters_are_numbered_and_written_once(lending: Acting) -> None:
    loan, by = lending.lend(), lending.village.secretary
    reminder = write_reminder(loan=loan, by=by)
    assert write_reminder(loan=loan, by=by) == reminder
    assert (reminder.number, reminder.due_on, reminder.owed_satang) == (1, SEP_5, 3_360_00)
    made = write_notices(loan=loan, by=by)
    assert [(letter.number, letter.instalment) for letter in made] == [(2, 1), (3, 2), (4, 3)]
    with pytest.raises(NoticesWritten):
        write_notices(loan=loan, by=by)


def test_nothing_is_written_about_a_loan_that_is_not_overdue(lending: Acting) -> None:
    loan = lending.lend()
    lending.pay_instalments(loan, 3)
    for write in (write_reminder, write_notices):
        with pytest.raises(NothingOverdue):
            write(loan=loan, by=lending.village.secretary)


def test_a_letter_is_noted_as_sent_once_not_before_it_was_written(lending: Acting) -> None:
    letter = write_reminder(loan=lending.lend(), by=lending.village.secretary)
    with pytest.raises(LetterSentTooEarly):
        sent(letter, date(2026, 11, 21), lending.village.secretary)
    with pytest.raises(LetterSentTooEarly):
        sent(letter, date(2026, 11, 23), lending.village.secretary)
    done = sent(letter, NOV_22, lending.village.secretary)
    assert (done.sent_on, done.sent_ref) == (NOV_22, "RT 1234 5678 9 TH")
    assert sent(letter, NOV_22, lending.village.treasurer).sent_by == lending.village.secretary
    with pytest.raises(LetterSent):
        note_sent(letter=letter, sent_on=NOV_22, sent_ref="other", by=lending.village.secretary)


def test_the_notice_on_paper_says_whom_what_until_when_and_what_is_not_asked(lending: Acting) -> None:
    loan = lending.lend()
    write_reminder(loan=loan, by=lending.village.secretary)
    write_notices(loan=loan, by=lending.village.secretary)
    found = list(letters(lending.group).order_by("number"))
    papers = letter_papers(lending.group, found)
    reminder, first, second = papers[0], papers[1], papers[2]
    assert (reminder.guarantor_for, reminder.to) == ("", loan.member.full_name)
    assert (first.guarantor_for, first.deadline, first.too_late_since) == (loan.member.full_name, NOV_4, NOV_4)
    assert (second.deadline, second.too_late_since) == (date(2026, 12, 4), None)
    assert len(loan_letters_png(papers)) == 4  # a letter a page
    assert letters_file(lending.group, found).startswith(b"%PDF")


# --- pages ----------------------------------------------------------------------------------------------------


def text_of(client: Client, lending: Acting, name: str, *parts: Any, **query: str) -> str:
    answer = client.get(reverse(f"loans:{name}", args=[lending.group.code, *parts]), query)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u2060", "")


def write(client: Client, lending: Acting, loan: Loan, kind: str) -> str:
    url = reverse("loans:letter-write", args=[lending.group.code, loan.pk])
    return str(client.post(url, {"kind": kind}, follow=True).redirect_chain[-1][0])


def test_letters_are_written_printed_and_noted_from_the_pages(lending: Acting, treasurer: Client) -> None:
    loan = lending.lend()
    assert "เลยกำหนด 60 วัน" in text_of(treasurer, lending, "letters")
    here = write(treasurer, lending, loan, "reminder")
    letter = Letter.objects.get(kind="reminder")
    assert here == reverse("loans:letter", args=[lending.group.code, letter.pk])
    assert write(treasurer, lending, loan, "demand") == reverse("loans:letters", args=[lending.group.code])
    for name, parts in (("letter-paper", (letter.pk,)), ("letters-paper", ())):
        answer = treasurer.get(reverse(f"loans:{name}", args=[lending.group.code, *parts]))
        assert answer.content.startswith(b"%PDF")
    treasurer.post(here, {"sent_on": "22/11/2569", "sent_ref": "RT 1"})
    letter.refresh_from_db()
    assert (letter.sent_on, letter.sent_by) == (NOV_22, lending.village.treasurer)
    assert "RT 1" in text_of(treasurer, lending, "letters", show="sent")
    assert "RT 1" not in text_of(treasurer, lending, "letters", show="unsent")
    csv = treasurer.get(reverse("loans:letters", args=[lending.group.code]), {"format": "csv"}).content.decode()
    assert csv.count("\r\n") == 5


def test_where_no_letter_waits_the_printer_is_told_so(lending: Acting, treasurer: Client) -> None:
    code = lending.group.code
    answer = treasurer.get(reverse("loans:letters-paper", args=[code]), follow=True)
    assert answer.redirect_chain == [(reverse("loans:letters", args=[code]), 302)]
    assert "ไม่มีหนังสือที่รอส่ง" in answer.content.decode().replace("\u2060", "")


def test_home_of_loans_and_of_the_group_warn_of_the_60_days(lending: Acting, treasurer: Client) -> None:
    lending.lend()
    assert "พ้นกำหนด 60 วัน" in text_of(treasurer, lending, "home")
    home = treasurer.get(reverse("reports:home", args=[lending.group.code])).content.decode().replace("\u2060", "")
    assert reverse("loans:letters", args=[lending.group.code]) in home


def test_letters_of_another_group_are_not_found(lending: Acting, client: Client) -> None:
    letter = write_reminder(loan=lending.lend(), by=lending.village.secretary)
    client.force_login(lending.village.neighbour.treasurer)
    code = lending.village.neighbour.group.code
    assert client.get(reverse("loans:letter", args=[code, letter.pk])).status_code == 404
    assert client.get(reverse("loans:letter-paper", args=[code, letter.pk])).status_code == 404
    assert client.post(reverse("loans:letter-write", args=[code, letter.loan_id])).status_code == 404
