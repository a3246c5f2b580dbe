"""What happens around a guarantee, for the tests."""

from datetime import date

from loans.models import Guarantee, Loan
from loans.services.guarantors import confirm_guarantee
from members.models import Member


def marry(lending, name, other):
    Member.objects.filter(pk=lending[name].pk).update(spouse=lending[other])


def adopt(lending, number, borrower, guarantor):
    """A loan that the books began with, and its guarantor from paper."""
    lending.post("donation", ("O1300", number, 4_000_00), ("O3300", "", -4_000_00), on=date(2026, 1, 5))
    loan = Loan.objects.create(
        group=lending.group, number=number, member=lending[borrower], operation="6f1c0b5e-9f6f-4f3e-8a6a-2f4b3a1c9d10",
        satang=6_000_00, instalments=12, contracted_on=date(2025, 10, 5), first_due_on=date(2025, 11, 5),
        made_at="2026-01-05T00:00:00+00:00", paid_out_on=date(2025, 10, 5), rate_bp=100,
        brought_on=date(2026, 1, 5), brought_satang=4_000_00,
    )  # fmt: skip
    return Guarantee.objects.create(
        loan=loan, member=lending[guarantor], position=1, satang=0, named_at="2026-01-05T00:00:00+00:00"
    )


def own_word(lending, guarantee, user=None):
    return confirm_guarantee(guarantee=guarantee, way="own_page", by=user or lending.village.user("Kasem"))
