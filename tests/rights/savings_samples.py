"""One of everything that savings names in a path: a product, a crediting of interest, a withdrawal."""

from datetime import date
from typing import Any
from uuid import uuid4

from members.models import Member, Resolution, SavingsGroup, User
from savings.selectors.products import preview
from savings.services import open_special_book
from savings.services.deposits import DepositInput, record_deposit
from savings.services.products import TermsInput, approve_interest, open_product, request_interest
from savings.services.withdrawals import WithdrawalInput, request_withdrawal


def savings_samples(
    group: SavingsGroup, payer: Member, resolution: Resolution, treasurer: User, auditor: User
) -> dict[str, Any]:
    """A product whose September is credited, and a withdrawal that waits."""
    book = open_special_book(member=payer, by=treasurer)
    transfer = DepositInput(received_on=date(2026, 9, 1), way="transfer", slip_ref="1", special=10_000_00)
    record_deposit(member=payer, deposit=transfer, operation=uuid4(), by=treasurer)
    terms = TermsInput(valid_from=date(2026, 9, 1), rate=3_00, method="monthly", first_credit_month=9)
    product = open_product(group=group, name="เงินรับฝาก", terms=terms, resolution=resolution, by=treasurer)
    found = preview(product, date(2026, 9, 1), date(2026, 9, 30))
    run = request_interest(
        product=product,
        starts_on=found.starts_on,
        ends_on=found.ends_on,
        fingerprint=found.fingerprint,
        operation=uuid4(),
        by=treasurer,
    )
    approve_interest(run=run, by=auditor)
    book.refresh_from_db()
    row = request_withdrawal(book=book, withdrawal=WithdrawalInput(satang=5_00), operation=uuid4(), by=treasurer)
    return {"product_id": product.pk, "run_id": run.pk, "withdrawal_id": row.pk, "book_id": book.pk}
