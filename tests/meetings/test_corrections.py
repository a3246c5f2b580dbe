"""Correcting a receipt: a reversal and the right entry on a later day, by two people, months and floors kept."""

from datetime import date
from uuid import uuid4

import pytest

from funds.errors import DeclaredAccountTouched, InsufficientFunds
from funds.models import Entry
from funds.selectors import balances
from meetings.errors import CorrectionRefused, OperationTaken, PayeeIsOfficer, RowRefused
from meetings.models import Correction, SheetRow
from meetings.selectors.closed import row_of_receipt, standing_entry
from meetings.services.corrections import apply_correction, request_correction
from members import cosign
from savings.models import PledgeMonth
from savings.selectors import pledge_due
from tests.meetings.evening import Evening, typed
from tests.meetings.test_closing import lines_of


@pytest.fixture
def closed(evening):
    evening.receive("Kasem", pledge=600_00, special=100_00)
    evening.receive("Prani", pledge=200_00)
    evening.finish()
    return evening


def ask(evening, name="Kasem", *, by=None, reason="ลงผิด", **fields):
    rows = SheetRow.objects.select_related("member", "meeting", "entry")
    row = rows.get(member=evening.village.member(name), meeting=evening.meeting)
    row.meeting.group = evening.village.group
    return request_correction(row=row, corrected=typed(**fields), reason=reason, by=by or evening.village.treasurer)


def carry_out(evening, correction, *, by=None):
    cosign.sign_as(signature=correction.signature, user=by or evening.village.auditor)
    return apply_correction(correction=correction, by=evening.village.treasurer)


def test_the_old_receipt_is_mirrored_and_the_right_one_follows_it(closed):
    done = carry_out(closed, ask(closed, pledge=300_00, fine=10_00))
    assert done.reversal.kind == "reversal"
    assert done.reversal.reverses_id == done.entry_id
    assert done.replacement.n == done.reversal.n + 1
    assert lines_of(done.replacement) == [("O1100", "", 310_00), ("O2100", "0008", -300_00), ("O4200", "", -10_00)]
    assert -balances(closed.village.group, "O2100")["0008"] == 300_00


def test_both_are_signed_by_two(closed):
    done = carry_out(closed, ask(closed, pledge=300_00))
    for entry in (done.reversal, done.replacement):
        assert entry.maker == closed.village.treasurer.code
        assert entry.approvers == [closed.village.auditor.code]


def test_the_months_of_the_old_receipt_become_unpaid(closed):
    carry_out(closed, ask(closed, pledge=300_00, special=100_00))
    due = pledge_due(closed.village.group, date(2026, 11, 5))[closed.village.member("Kasem").pk]
    assert due.months_owed == [date(2026, 10, 1)]
    assert due.satang == 600_00


def test_with_the_same_pledge_the_months_stay_as_they_were(closed):
    done = carry_out(closed, ask(closed, pledge=600_00, special=10_00))
    months = PledgeMonth.objects.filter(entry=done.replacement).values_list("month", flat=True)
    assert list(months) == [date(2026, 9, 1), date(2026, 10, 1)]


def test_nothing_paid_is_a_reversal_alone(closed):
    done = carry_out(closed, ask(closed))
    assert done.replacement is None
    assert balances(closed.village.group, "O2100")["0008"] == 0


def test_a_correction_is_carried_out_once(closed):
    correction = ask(closed, pledge=300_00)
    first = carry_out(closed, correction)
    again = apply_correction(correction=correction, by=closed.village.treasurer)
    assert again.reversal == first.reversal
    assert Entry.objects.filter(kind="reversal").count() == 1


def test_a_corrected_receipt_stands_and_can_be_corrected_again(closed):
    first = carry_out(closed, ask(closed, pledge=300_00))
    assert standing_entry(first.row) == first.replacement
    assert row_of_receipt(closed.village.group, first.entry.n) is None
    assert row_of_receipt(closed.village.group, first.replacement.n) == first.row
    second = carry_out(closed, ask(closed, pledge=600_00))
    assert second.entry == first.replacement


def test_a_receipt_undone_is_not_corrected_again(closed):
    carry_out(closed, ask(closed))
    with pytest.raises(CorrectionRefused):
        ask(closed, pledge=100_00)


def test_the_one_who_asks_does_not_approve(closed):
    correction = ask(closed, pledge=300_00)
    with pytest.raises(cosign.SignerIsAsker):
        carry_out(closed, correction, by=closed.village.treasurer)


def test_nobody_corrects_their_own_receipt(evening):
    evening.receive("Somporn", special=100_00)
    evening.receive("Wichai", special=100_00)
    evening.finish()
    with pytest.raises(PayeeIsOfficer):
        ask(evening, "Somporn")
    correction = ask(evening, "Wichai")
    with pytest.raises(PayeeIsOfficer):
        carry_out(evening, correction)


def test_money_that_is_no_longer_there_is_not_given_back(closed):
    later = Evening(closed.village, held_on=date(2026, 11, 6))
    member = closed.village.member("Kasem")
    later.pay(kind="withdrawal", satang=100_00, code="O2200", holder="0008-1", member=member, payee="Kasem")
    later.finish()
    with pytest.raises(InsufficientFunds):
        carry_out(closed, ask(closed, pledge=600_00))


def test_a_day_whose_cash_is_declared_takes_no_correction(village):
    from django.utils import timezone

    evening = Evening(village, held_on=timezone.localdate())
    evening.receive("Prani", special=200_00)
    evening.finish()
    with pytest.raises(DeclaredAccountTouched):
        carry_out(evening, ask(evening, "Prani", special=100_00))


def test_a_pledge_that_no_months_explain_is_refused_and_nothing_is_posted(closed):
    correction = ask(closed, pledge=90_000_00)
    before = Entry.objects.count()
    with pytest.raises(RowRefused):
        carry_out(closed, correction)
    assert Entry.objects.count() == before
    assert Correction.objects.get().applied_at is None


def test_the_same_form_sent_twice_asks_once(closed):
    operation = uuid4()
    first = ask(closed, operation=operation, pledge=300_00)
    assert ask(closed, operation=operation, pledge=300_00) == first
    with pytest.raises(OperationTaken):
        ask(closed, operation=operation, pledge=400_00)


def test_the_page_says_what_was_asked_and_posts_it(client, closed):
    client.force_login(closed.village.treasurer)
    n = SheetRow.objects.get(member=closed.village.member("Kasem")).entry.n
    address = f"/g/{closed.village.group.code}/meetings/receipts/{n}/correct/"
    form = {"operation": str(uuid4()), "pledge": "๓๐๐", "method": "cash", "reason": "ลงผิด"}
    assert client.post(address, form).url == address
    correction = Correction.objects.get()
    assert "Waiting for the second officer" in client.get(address, headers={"accept-language": "en"}).content.decode()
    cosign.sign_as(signature=correction.signature, user=closed.village.auditor)
    signed = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert "Signed, confirm now" in signed
    assert "Waiting for the second officer" not in signed
    client.post(f"{address}{correction.pk}/apply/")
    correction.refresh_from_db()
    assert correction.replacement is not None


def test_a_receipt_corrected_already_leads_to_its_reversal_and_to_what_stands(client, closed):
    done = carry_out(closed, ask(closed, pledge=300_00))
    client.force_login(closed.village.treasurer)
    here = f"/g/{closed.village.group.code}/"
    page = client.get(f"{here}meetings/receipts/{done.entry.n}/correct/")
    assert page.status_code == 200
    assert "form" not in page.context
    for link in (f"books/entries/{done.reversal.n}/", f"meetings/receipts/{done.replacement.n}/correct/"):
        assert f'href="{here}{link}"' in page.content.decode()
    client.post(f"{here}meetings/receipts/{done.entry.n}/correct/", {"pledge": "1", "reason": "x"})
    assert Correction.objects.count() == 1


def test_a_receipt_undone_says_that_none_stands_in_its_place(client, closed):
    done = carry_out(closed, ask(closed))
    client.force_login(closed.village.treasurer)
    page = client.get(f"/g/{closed.village.group.code}/meetings/receipts/{done.entry.n}/correct/")
    assert (page.context["reversal"], page.context["replacement"]) == (done.reversal.n, None)


def test_junk_in_a_correction_is_refused_and_kept(client, closed):
    client.force_login(closed.village.treasurer)
    n = SheetRow.objects.get(member=closed.village.member("Kasem")).entry.n
    address = f"/g/{closed.village.group.code}/meetings/receipts/{n}/correct/"
    names = ("operation", "pledge", "special", "fee", "fine", "method", "slip_ref", "reason")
    for bad in ("-1", "1,5", "x", "9" * 99, "\x00", "<b>"):
        assert client.post(address, dict.fromkeys(names, bad)).status_code == 200, bad
    assert not Correction.objects.exists()


def test_only_receipts_of_the_group_are_corrected(client, closed):
    client.force_login(closed.village.treasurer)
    for n in (0, 1, 999, 10**30):
        assert client.get(f"/g/{closed.village.group.code}/meetings/receipts/{n}/correct/").status_code == 404, n
