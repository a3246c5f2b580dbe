"""Receipts, vouchers and minutes say what the books say, to whom they concern and to nobody else."""

from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from config.headers import PDF_POLICY
from funds.accounts import account_for
from funds.journal import credit, debit, post_entry, reverse_entry
from funds.models import Entry
from papers.money_slips import PaperLine
from reports.papers.lines import PaidPart, _month_lines
from reports.papers.minutes import minutes_file, minutes_of
from reports.papers.slips import slip_of, slips_file, slips_of
from tests.meetings.evening import Evening, evening_with_pledges
from tests.village import TestVillage

NOVEMBER_5 = date(2026, 11, 5)


@pytest.fixture(autouse=True)
def _on_the_evening() -> Iterator[None]:
    with time_machine.travel("2026-11-22 12:00+07:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def evening(village: TestVillage) -> Evening:
    """A closed evening: Prani pays everything, Kasem late months, Somchai by transfer; stationery is bought."""
    village.group.village = village.group.village
    evening = evening_with_pledges(village)
    evening.receive("Prani", pledge=100_00, special=500_25, fee=40_00, fine=5_00)
    evening.receive("Kasem", pledge=300_00)
    evening.receive("Somchai", pledge=100_00, method="transfer", slip_ref="TR-00123")
    evening.pay(kind="expense", satang=35_00, code="A5100", payee="ร้านเครื่องเขียน", memo="สมุดและปากกา")
    evening.finish(off_by=-20_00, reason="ทอนเงินผิด")
    return evening


def entries(evening: Evening) -> list[Entry]:
    rows = Entry.objects.filter(group=evening.village.group).select_related("details", "reverses__details")
    return list(rows.order_by("pk"))


def entry_of(evening: Evening, name: str) -> Entry:
    row = evening.meeting.rows.get(member=evening.village.member(name))
    assert row.entry_id is not None
    return Entry.objects.select_related("details", "reverses__details").get(pk=row.entry_id)


def test_a_receipt_says_what_was_paid_and_what_stands_after(evening):
    slip = slip_of(evening.village.group, entry_of(evening, "Prani"))
    assert slip.comes_in
    assert [(line.text, line.satang) for line in slip.lines] == [
        ("Pledge, November\u00a02569", 100_00),
        (f"Special savings, book {evening.village.member('Prani').holder}-1", 500_25),
        ("Fines", 5_00),
        ("Fees", 40_00),
    ]
    assert [line.satang for line in slip.balances] == [100_00, 500_25]
    assert (slip.person, slip.member) == ("นางปราณี นาคำ", evening.village.member("Prani"))
    assert (slip.maker.name, slip.maker.office) == ("นางสมพร แก้วใส", "Treasurer")
    assert (slip.occasion, slip.voided_by) == (f"Meeting {evening.meeting}", None)


def test_a_late_month_says_so(evening):
    slip = slip_of(evening.village.group, entry_of(evening, "Kasem"))
    assert slip.lines[0].text.endswith("(paid late)")
    assert sum(line.satang for line in slip.lines) == 300_00


def test_a_transfer_names_its_slip(evening):
    slip = slip_of(evening.village.group, entry_of(evening, "Somchai"))
    assert slip.notes == ("Paid by bank transfer, slip TR-00123",)


def test_the_lines_of_every_paper_add_up_to_the_money_that_moved(evening):
    slips = slips_of(evening.village.group, entries(evening))
    assert len(slips) == 4
    for slip in slips:
        moved = sum(p.amount for p in slip.entry.postings.all() if p.account.code[1:] in ("1100", "1200"))
        assert slip.total == abs(moved)


def test_a_voucher_names_payee_requester_and_approver(evening):
    slip = next(slip for slip in slips_of(evening.village.group, entries(evening)) if not slip.comes_in)
    assert slip.person == "ร้านเครื่องเขียน"
    assert slip.lines[0].text.endswith(": สมุดและปากกา")
    assert (slip.maker.name, slip.approver.name) == ("นางสมพร แก้วใส", "นายวิชัย ทองดี")


def test_a_reversed_receipt_is_void_and_its_reversal_prints_both_numbers(evening):
    village, entry = evening.village, entry_of(evening, "Kasem")
    reversal = reverse_entry(entry=entry, by=village.treasurer, ok=[village.auditor], operation=uuid4(), reason="ผิดคน")
    assert slip_of(village.group, entry).voided_by == reversal.n
    again = Entry.objects.select_related("details", "reverses__details").get(pk=reversal.pk)
    slip = slip_of(village.group, again)
    assert not slip.comes_in
    assert slip.person == village.member("Kasem").full_name
    assert [line.text for line in slip.lines] == ["Pledge savings returned"]
    assert slip.notes == (f"Reverses no. {entry.n}: ผิดคน",)
    assert slip.total == 300_00


def test_what_moves_no_money_prints_no_paper(evening):
    kinds = {slip.entry.kind for slip in slips_of(evening.village.group, entries(evening))}
    assert kinds == {"receipt", "expense"}


def test_many_months_in_a_row_become_one_line_and_lose_no_satang():
    months = [PaidPart(date(2026, month, 1), 100_00) for month in range(1, 13)]
    lines = _month_lines([*months, PaidPart(date(2027, 1, 1), 40_00)], NOVEMBER_5)
    assert lines == [
        PaperLine("Pledge, Jan\u00a02569 to Dec\u00a02569 (12 months)", 1_200_00),
        PaperLine("Pledge, January\u00a02570 (in advance)", 40_00),
    ]


def test_a_pile_of_papers_takes_the_same_number_of_queries_as_one(evening):
    group = evening.village.group

    def count_queries(wanted: list[Entry]) -> int:
        with CaptureQueriesContext(connection) as captured:
            slips_of(group, wanted)
        return len(captured)

    rows = [entry for entry in entries(evening) if entry.kind == "receipt"]
    assert count_queries(rows) == count_queries(rows[:1])


def test_papers_are_printed_in_thai_whatever_language_is_active(evening):
    group = evening.village.group
    english = slips_file(group, entries(evening), comes_in=True)
    with translation.override("th"):
        assert slips_file(group, entries(evening), comes_in=True) == english
    assert english.startswith(b"%PDF-")
    assert slips_file(group, [], comes_in=True) == b""


def test_the_minutes_lead_from_the_cash_before_to_the_cash_counted(evening):
    minutes = minutes_of(evening.meeting)
    assert minutes.cash_after == minutes.count.counted_satang == sum(minutes.close.declared.values())
    for pool in minutes.pools:
        assert pool.before + sum(line.satang for line in pool.lines) == pool.after
    assert (minutes.receipts[0], minutes.vouchers, minutes.transfers) == (3, 1, (1, 100_00))
    assert dict(minutes.attendance)["Present"] == 3
    assert [signer.name for signer in minutes.signers] == ["นางสมพร แก้วใส", "นายวิชัย ทองดี", "นางอนงค์ ศรีสุข"]
    assert minutes.seal.number == minutes.close.n
    assert minutes_file(evening.meeting).startswith(b"%PDF-")


def test_a_meeting_that_is_not_closed_has_no_minutes(village):
    evening = evening_with_pledges(village)
    assert minutes_of(evening.meeting) is None
    with pytest.raises(ValueError, match="not closed"):
        minutes_file(evening.meeting)


@pytest.fixture
def as_user(client, evening):
    """Ask for a page of the evening as somebody; returns the status and the answer."""

    def ask(user, name, *args):
        client.force_login(user)
        return client.get(reverse(f"reports:{name}", args=[evening.village.group.code, *args]))

    return ask


PAGES = ["minutes", "minutes-pdf", "meeting-receipts", "meeting-vouchers", "sign-sheet"]


def test_the_papers_of_a_meeting_are_for_officers_of_the_group(as_user, evening):
    village = evening.village
    officers = (village.treasurer, village.auditor, village.chair)
    outsiders = (village.users["Prani"], village.stranger, village.neighbour.treasurer, village.district_officer,
                 village.administrator, village.former_treasurer)  # fmt: skip
    for name in PAGES:
        for user in officers:
            assert as_user(user, name, evening.meeting.pk).status_code == 200, (name, user)
        for user in outsiders:
            assert as_user(user, name, evening.meeting.pk).status_code == 404, (name, user)


def test_a_meeting_of_another_group_is_404(as_user, client, evening):
    client.force_login(evening.village.neighbour.treasurer)
    for name in PAGES:
        url = reverse(f"reports:{name}", args=[evening.village.neighbour.group.code, evening.meeting.pk])
        assert client.get(url).status_code == 404, name


def test_a_receipt_is_for_officers_and_for_whoever_opens_that_passbook(as_user, evening):
    village, n = evening.village, entry_of(evening, "Prani").n
    outsiders = (village.users["Kasem"], village.stranger, village.neighbour.treasurer, village.faraway.member_user,
                 village.administrator, village.district_officer)  # fmt: skip
    for name in ("receipt", "receipt-pdf"):
        for user in (village.treasurer, village.users["Prani"]):
            assert as_user(user, name, n).status_code == 200, (name, user)
        for user in outsiders:
            assert as_user(user, name, n).status_code == 404, (name, user)


def test_a_number_that_prints_no_paper_is_404(as_user, evening):
    for name in ("receipt", "receipt-pdf"):
        for n in (0, 1, evening.meeting.close_entry.n, 999, 2**31, 2**63):
            assert as_user(evening.village.treasurer, name, n).status_code == 404, (name, n)


def test_a_voucher_of_nobody_is_not_shown_to_a_member(as_user, evening):
    voucher = next(entry for entry in entries(evening) if entry.kind == "expense")
    assert as_user(evening.village.users["Prani"], "receipt", voucher.n).status_code == 404


def test_nobody_signed_in_is_led_to_the_door(client, evening):
    answer = client.get(reverse("reports:receipt", args=[evening.village.group.code, 2]))
    assert answer.status_code == 302


def test_the_page_shows_lines_code_and_qr_code(as_user, evening):
    text = as_user(evening.village.treasurer, "receipt", entry_of(evening, "Prani").n).content.decode()
    assert "หกร้อยสี่สิบห้าบาทยี่สิบห้าสตางค์" in text
    assert all(block in text for block in entry_of(evening, "Prani").paper_code.split())
    assert "<path" in text
    assert 'style="' not in text


def test_a_pdf_has_a_name_and_is_shown_in_place(as_user, evening):
    answer = as_user(evening.village.treasurer, "meeting-receipts", evening.meeting.pk)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("inline; filename=")
    assert answer["Content-Security-Policy"] == PDF_POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_meeting_without_vouchers_says_so(client, village):
    evening = evening_with_pledges(village)
    evening.receive("Prani", pledge=100_00)
    meeting = evening.finish()
    client.force_login(village.treasurer)
    answer = client.get(reverse("reports:meeting-vouchers", args=[village.group.code, meeting.pk]), follow=True)
    assert answer.redirect_chain[0][0] == reverse("reports:minutes", args=[village.group.code, meeting.pk])


def test_a_withdrawal_prints_a_voucher_that_the_member_may_open(as_user, evening):
    village, holder = evening.village, f"{evening.village.member('Prani').holder}-1"
    entry = post_entry(
        group=village.group,
        kind="withdrawal",
        on=date(2026, 11, 6),
        by=village.treasurer,
        ok=[village.auditor],
        lines=[
            debit(account_for(village.group, "O2200", holder), 200_25),
            credit(account_for(village.group, "O1100"), 200_25),
        ],
        details={"payee": "นางปราณี นาคำ"},
        operation=uuid4(),
    )
    slip = slip_of(village.group, entry)
    assert not slip.comes_in
    assert [(line.text, line.satang) for line in slip.lines] == [(f"From special savings, book {holder}", 200_25)]
    assert [line.satang for line in slip.balances] == [300_00]
    assert as_user(village.users["Prani"], "receipt-pdf", entry.n).status_code == 200
    assert as_user(village.users["Kasem"], "receipt-pdf", entry.n).status_code == 404
