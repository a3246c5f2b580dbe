"""Money out: asked for by one officer, approved by another, posted once."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from funds.accounts import account_for
from funds.errors import PeopleNotApart
from funds.models import Entry, Voucher
from funds.money_errors import (
    PoolHasNotEnough,
    VoucherDone,
    VoucherTaken,
)
from funds.purposes import BY_KEY, EXPENSES
from funds.selectors import available
from funds.services.vouchers import (
    approve_signed_voucher,
    approve_voucher,
    cancel_voucher,
)
from funds.voucher_lines import (
    Place,
)
from members import cosign
from tests.funds.ledger import assert_ledger_row
from tests.funds.vouchers.conftest import BANK, BOX, ask, pay, spend
from tests.village import TestVillage


@pytest.mark.parametrize("purpose", [each.key for each in EXPENSES])
@pytest.mark.parametrize("place", [BOX, BANK], ids=["cash", "bank"])
def test_each_purpose_debits_its_one_account_and_its_own_pool(purpose: str, place: Place, rich: TestVillage) -> None:
    pool = BY_KEY[purpose].pool
    if pool == "A" and place is BANK:
        with override("en"), pytest.raises(PoolHasNotEnough, match="allotment"):
            ask(rich, spend(purpose, 100_00, place))
        return
    entry = pay(rich, spend(purpose, 100_00, place))
    kind = "operating" if pool == "O" else "administrative"
    assert_ledger_row(f"a voucher is paid from {kind} capital", entry)
    assert (entry.maker, entry.approvers) == (rich.treasurer.code, [rich.auditor.code])
    assert entry.details.data["payee"] == "ร้านเครื่องเขียน"


def test_nobody_approves_what_they_asked_for(rich: TestVillage) -> None:
    voucher = ask(rich, spend("stationery", 100_00))
    with pytest.raises(cosign.SignerIsAsker):
        approve_voucher(voucher=voucher, by=rich.treasurer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Voucher.objects.filter(pk=voucher.pk).update(
            approved_by=rich.treasurer, approved_at=voucher.requested_at, entry=rich.group.entries.first()
        )


def test_the_one_who_is_paid_neither_asks_nor_approves(rich: TestVillage) -> None:
    with pytest.raises(PeopleNotApart):
        ask(rich, spend("committee_pay", 100_00, member=rich.member("Somporn")))
    voucher = ask(rich, spend("committee_pay", 100_00, member=rich.member("Wichai")))
    with pytest.raises(PeopleNotApart):
        approve_voucher(voucher=voucher, by=rich.auditor)
    assert approve_voucher(voucher=voucher, by=rich.chair).entry is not None


def test_somebody_without_an_office_approves_nothing(rich: TestVillage) -> None:
    voucher = ask(rich, spend("stationery", 100_00))
    with pytest.raises(cosign.SignerLacksRight):
        approve_voucher(voucher=voucher, by=rich.neighbour.treasurer)


def test_the_second_officer_signs_at_the_first_ones_laptop(rich: TestVillage) -> None:
    voucher = ask(rich, spend("stationery", 100_00))
    with pytest.raises(cosign.SignatureMissing):
        approve_signed_voucher(voucher=voucher)
    assert voucher.signature is not None
    cosign.sign_as(signature=voucher.signature, user=rich.chair)
    posted = approve_signed_voucher(voucher=voucher)
    assert posted.approved_by == rich.chair


def test_approved_twice_is_posted_once(rich: TestVillage) -> None:
    voucher = ask(rich, spend("stationery", 100_00))
    first = approve_voucher(voucher=voucher, by=rich.auditor)
    assert approve_voucher(voucher=voucher, by=rich.auditor).entry == first.entry
    with pytest.raises(VoucherDone):
        approve_voucher(voucher=voucher, by=rich.chair)
    assert Entry.objects.filter(group=rich.group, kind="expense").count() == 1


def test_sent_twice_is_one_voucher_and_other_content_is_refused(rich: TestVillage) -> None:
    operation = uuid.uuid4()
    first = ask(rich, spend("stationery", 100_00), operation)
    assert ask(rich, spend("stationery", 100_00), operation) == first
    with pytest.raises(VoucherTaken):
        ask(rich, spend("stationery", 200_00), operation)


def test_what_a_waiting_voucher_takes_is_held_until_it_is_cancelled(rich: TestVillage) -> None:
    cash = account_for(rich.group, "A1100")
    voucher = ask(rich, spend("stationery", 700_00))
    assert available(cash) == 300_00
    with pytest.raises(PoolHasNotEnough):
        ask(rich, spend("contact", 400_00))
    cancel_voucher(voucher=voucher, by=rich.treasurer)
    assert available(cash) == 1000_00
    with pytest.raises(VoucherDone):
        approve_voucher(voucher=voucher, by=rich.auditor)
