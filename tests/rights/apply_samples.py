"""One of everything that asking for a loan names in a path: a product, an application, a guarantee."""

from datetime import date
from typing import Any
from uuid import uuid4

from loans.services.applications import ApplicationInput, write_application
from loans.services.guarantors import name_guarantor
from loans.services.products import LoanTermsInput, open_loan_product
from members.models import Member, Resolution, SavingsGroup, User


def apply_samples(group: SavingsGroup, payer: Member, resolution: Resolution, treasurer: User) -> dict[str, Any]:
    """A product, what a member wrote down on the own page, and whom the member named."""
    terms = LoanTermsInput(
        valid_from=date(2026, 1, 1), rate_bp=100, savings_times=300, cap_satang=50_000_00, guarantors=2,
        instalments_max=12,
    )  # fmt: skip
    product = open_loan_product(
        group=group, kind="ordinary", name="เงินกู้สามัญ", terms=terms, resolution=resolution, by=treasurer
    )
    asked = ApplicationInput(product=product, satang=1_000_00, instalments=10, purpose="farming")
    application = write_application(member=payer, application=asked, operation=uuid4(), by=treasurer)
    other = (
        Member.objects.filter(group=group, status="active", kind="ordinary", parent=None).exclude(pk=payer.pk).first()
    )
    assert other is not None
    other.group = group
    guarantee = name_guarantor(application=application, member=other, by=treasurer)
    return {"loan_product_id": product.pk, "application_id": application.pk, "guarantee_id": guarantee.pk}
