"""A receipt of a closed meeting that paid a loan, put right: counted from the meeting's day, newest first."""

from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from funds.models import Entry
from funds.selectors import balances
from loans.models import Repayment
from loans.repayment_errors import LaterRepaymentFirst, MoreThanSettlement
from loans.selectors.standings import standing_of
from meetings.models import SheetRow
from meetings.services.corrections import apply_correction, request_correction
from members import cosign
from tests.loans.cast import Lending
from tests.meetings.evening import Evening, typed

OCTOBER_5, NOVEMBER_5 = date(2026, 10, 5), date(2026, 11, 5)


@pytest.fixture
def lending(village):
    """Somchai owes 12,000 baht since October and paid 1,120 at November's meeting; it is the ninth now."""
    with time_machine.travel("2026-11-09T10:00:00+07:00", tick=True):
        made = Lending(village)
        made.save("Boonmee", 20_000_00)
        made.loan = made.lend("Somchai", on=OCTOBER_5)
        evening = Evening(village, held_on=NOVEMBER_5)
        evening.receive("Somchai", special=50_00, loan=1_120_00)
        evening.finish()
        made.row = SheetRow.objects.select_related("meeting").get(member=made["Somchai"])
        yield made


def correct(lending, **fields):
    correction = request_correction(
        row=lending.row, corrected=typed(**fields), reason="ลงผิด", by=lending.village.treasurer
    )
    cosign.sign_as(signature=correction.signature, user=lending.village.chair)
    return apply_correction(correction=correction, by=lending.village.treasurer)


def standing_parts(lending):
    rows = Repayment.objects.filter(entry__reversals__isnull=True)
    return [(row.paid_on, row.principal_satang, row.interest_satang) for row in rows]


def test_the_same_loan_money_pays_the_same_from_the_meetings_day_on(lending):
    done = correct(lending, special=500_00, loan=1_120_00, loans=((lending.loan.pk, 1_120_00),))
    assert standing_parts(lending) == [(NOVEMBER_5, 1_000_00, 120_00)]
    assert done.replacement.booked_on == date(2026, 11, 9)
    assert balances(lending.group, "O1300")[lending.loan.number] == 11_000_00


def test_another_sum_is_laid_anew_as_of_the_meetings_day(lending):
    correct(lending, special=50_00, loan=2_000_00, loans=((lending.loan.pk, 2_000_00),))
    assert standing_parts(lending) == [(NOVEMBER_5, 1_880_00, 120_00)]
    assert standing_of(lending.loan).outstanding == 10_120_00


def test_a_receipt_that_should_have_paid_no_loan_leaves_it_owed(lending):
    correct(lending, special=50_00)
    assert standing_parts(lending) == []
    assert standing_of(lending.loan, NOVEMBER_5).due_satang == 1_120_00


def test_more_than_paid_the_loan_off_then_is_refused_before_anybody_signs(lending):
    with pytest.raises(MoreThanSettlement):
        request_correction(
            row=lending.row,
            corrected=typed(loan=20_000_00, loans=((lending.loan.pk, 20_000_00),)),
            reason="ลงผิด",
            by=lending.village.treasurer,
        )


def test_a_receipt_whose_loan_was_paid_again_since_waits_until_that_is_reversed(lending):
    before = Entry.objects.count()
    lending.repay(lending.loan, date(2026, 11, 9), 100_00)
    with pytest.raises(LaterRepaymentFirst):
        correct(lending, special=50_00)
    assert Entry.objects.count() == before + 1


def test_a_correction_that_pays_the_loan_off_frees_its_security_and_undone_holds_it_again(lending):
    guarantee = lending.loan.guarantees.get()
    paid = correct(lending, loan=12_120_00, loans=((lending.loan.pk, 12_120_00),))
    guarantee.hold.refresh_from_db()
    assert guarantee.hold.released_at is not None
    lending.row.refresh_from_db()
    correct(lending, loan=1_120_00, loans=((lending.loan.pk, 1_120_00),))
    guarantee.refresh_from_db()
    assert guarantee.hold.released_at is None
    assert paid.replacement.reversals.count() == 1


def test_the_page_has_a_field_for_each_loan_with_what_was_paid(client, lending):
    client.force_login(lending.village.treasurer)
    address = reverse("meetings:correct", args=[lending.group.code, lending.row.entry.n])
    form = client.get(address).context["form"]
    assert form[f"loan_{lending.loan.pk}"].value() == "1,120.00"
    sent = {
        "operation": str(uuid4()), "special": "50", "method": "cash", "reason": "ลงผิด",
        f"loan_{lending.loan.pk}": "1,000",
    }  # fmt: skip
    assert client.post(address, sent).status_code == 302
    assert lending.row.corrections.get().loans == [[lending.loan.pk, 1_000_00]]
    assert lending.loan.number in client.get(address).content.decode()
