"""A settlement in words: what the second officer signs, and what the entry keeps."""

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from funds.models import Way
from membership.models import Leaving, Settlement, SettlementPayee
from thai.money import format_baht


def settlement_content(row: Settlement) -> dict[Any, Any]:
    """What the second officer signs: everything about the settlement, as it is read."""
    member, leaving = row.leaving.member, row.leaving
    resolution = row.resolution or leaving.resolution
    rest = {
        _("Bank account"): row.bank_holder,
        _("Slip"): row.slip_ref,
        _("Resolution"): resolution.number if resolution else "",
    }
    return {
        _("Member"): f"{member.number} {member.full_name}",
        _("Reason for leaving"): Leaving.Reason(leaving.reason).label,
        _("Owed to the member"): format_baht(row.owed_satang),
        _("Set off"): format_baht(row.set_off_satang),
        _("Paid"): format_baht(row.paid_satang),
        _("Paid to"): _all_paid(row),
        _("Day of payment"): row.paid_on,
        _("Way of payment"): Way(row.way).label,
        **{label: text for label, text in rest.items() if text},
        _("Accounts"): ", ".join(
            f"{line.account_code} {line.account_holder} {format_baht(line.satang)}" for line in row.lines.all()
        ),
        _("Reference"): str(row.operation),
    }


def _paid_to(payee: SettlementPayee) -> str:
    way = f"{payee.get_way_display()} {payee.bank_holder} {payee.slip_ref}".split()
    return f"{payee.name} {format_baht(payee.satang)} ({' '.join(way)})"


_all_paid = lazy(lambda row: ", ".join(map(_paid_to, row.payees.all())), str)


def settlement_details(row: Settlement) -> dict[str, Any]:
    """What the entry says in words."""
    member, leaving = row.leaving.member, row.leaving
    resolution = row.resolution or leaving.resolution
    payees = list(row.payees.all())
    said: dict[str, Any] = {
        "payee": ", ".join(each.name for each in payees),
        "member": member.holder,
        "reason": leaving.reason,
        "memo": leaving.explanation,
        "method": "transfer" if any(each.way == "transfer" for each in payees) else "",
        "slip": ", ".join(dict.fromkeys(each.slip_ref for each in payees if each.slip_ref)),
        "resolution": resolution.number if resolution else "",
        "shares": [
            {"name": each.name, "percent": each.percent, "satang": each.satang, "method": each.way} for each in payees
        ],
    }
    return {key: text for key, text in said.items() if text}
