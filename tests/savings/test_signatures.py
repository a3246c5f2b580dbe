"""The second officer signs at the laptop of who asked: withdrawals and interest are posted once, by two people."""

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from funds.models import Entry
from members import cosign
from members.cosign import sign_as
from members.models import CoSignature
from savings.errors import RequestDone
from savings.guards import GUARDS
from savings.models import InterestRun, Withdrawal
from savings.services.products import cancel_interest
from savings.services.signatures import approve_signed, ask_signature
from savings.services.withdrawals import approve_withdrawal, cancel_withdrawal
from tests.savings.asked import interest_of_june, withdrawal_of


@pytest.fixture(autouse=True)
def _in_july():
    with time_machine.travel("2026-07-10 12:00+07:00", tick=False):
        yield


@pytest.fixture
def row(savers):
    """Prani asks 500 of her 10,000 baht back."""
    return withdrawal_of(savers, "Prani", 500_00)


@pytest.fixture
def run(savers):
    """The interest of half a year on Prani's 10,000 baht."""
    return interest_of_june(savers, "Prani")


def signed(row, by):
    """Somebody signs at the laptop."""
    return sign_as(signature=ask_signature(row=row), user=by)


def test_a_withdrawal_signed_at_the_laptop_is_paid_once(savers, row):
    signed(row, savers.village.auditor)
    for _click in range(2):
        paid = approve_signed(row=Withdrawal.objects.get(pk=row.pk))
    assert paid.approved_by == savers.village.auditor
    assert Entry.objects.filter(kind="withdrawal").count() == 1


def test_interest_signed_at_the_laptop_is_credited_once(savers, run):
    signed(run, savers.village.auditor)
    for _click in range(2):
        credited = approve_signed(row=InterestRun.objects.get(pk=run.pk))
    assert credited.approved_by == savers.village.auditor
    assert Entry.objects.filter(kind="special_interest").count() == 1


@pytest.mark.parametrize("asked", ["row", "run"])
def test_nothing_is_posted_without_the_signature(db, request, asked):
    found = request.getfixturevalue(asked)
    with pytest.raises(cosign.SignatureMissing):
        approve_signed(row=found)
    ask_signature(row=found)
    with pytest.raises(cosign.SignatureMissing):
        approve_signed(row=found)
    assert not Entry.objects.filter(kind__in=["withdrawal", "special_interest"]).exists()


def test_who_asked_cannot_sign(savers, row, run):
    for asked in (row, run):
        with pytest.raises(cosign.SignerIsAsker):
            signed(asked, savers.village.treasurer)


def test_a_signature_is_good_for_what_it_says_only(savers, row):
    signed(row, savers.village.auditor)
    GUARDS.drop(connection)  # which would refuse another amount themselves
    Withdrawal.objects.filter(pk=row.pk).update(satang=400_00)
    with pytest.raises(cosign.ContentChanged):
        approve_signed(row=row)


def test_cancelled_is_neither_signed_nor_paid(savers, row, run):
    for asked, cancel, word in ((row, cancel_withdrawal, "withdrawal"), (run, cancel_interest, "run")):
        signed(asked, savers.village.auditor)
        cancel(**{word: asked, "by": savers.village.treasurer})
        for act in (approve_signed, ask_signature):
            with pytest.raises(RequestDone):
                act(row=asked)


def test_approved_on_the_telephone_while_the_laptop_waits_is_paid_once(savers, row):
    signed(row, savers.village.auditor)
    approve_withdrawal(withdrawal=row, by=savers.village.chair)
    with pytest.raises(RequestDone):
        approve_signed(row=Withdrawal.objects.get(pk=row.pk))
    assert Entry.objects.filter(kind="withdrawal").count() == 1


@pytest.mark.parametrize(("asked", "name"), [("row", "withdrawal"), ("run", "interest")])
def test_the_page_goes_from_asking_to_the_posted_entry(savers, request, client, asked, name):
    found, village = request.getfixturevalue(asked), savers.village
    url = reverse(f"savings:{name}", args=[savers.group.code, found.pk])
    client.force_login(village.auditor)
    assert client.post(url, {"act": "ask"}).status_code == 404
    client.force_login(village.treasurer)
    client.post(url, {"act": "ask"})
    signature = CoSignature.objects.get()
    assert str(signature.uuid) in client.get(url).content.decode()
    sign_as(signature=signature, user=village.auditor)
    assert b'value="signed"' in client.get(url).content
    client.post(url, {"act": "signed"})
    found.refresh_from_db()
    assert found.entry is not None
