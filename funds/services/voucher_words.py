"""A voucher in words: what the second officer signs, and what the entry keeps."""

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from funds.models import Voucher, Way
from funds.selectors.money_out import purpose_of
from thai.money import format_baht

_purpose = lazy(purpose_of, str)


def voucher_content(voucher: Voucher) -> dict[Any, Any]:
    """What the second officer signs: everything about the voucher, as it is read."""
    rest = {
        _("Paid to"): voucher.payee,
        _("For what exactly"): voucher.memo,
        _("Way of payment"): Way(voucher.way).label,
        _("Bank account"): voucher.bank_holder,
        _("Slip"): voucher.slip_ref,
        _("Resolution"): voucher.resolution.number if voucher.resolution else "",
    }
    return {
        _("Kind"): _purpose(voucher),
        _("Amount (baht)"): format_baht(voucher.satang),
        _("Day of payment"): voucher.paid_on,
        **{label: text for label, text in rest.items() if text},
        _("Accounts"): ", ".join(
            f"{line.account_code} {line.account_holder} {format_baht(line.satang)}" for line in voucher.lines.all()
        ),
        _("Reference"): str(voucher.operation),
    }


def voucher_details(voucher: Voucher) -> dict[str, Any]:
    """What the entry says in words."""
    said = {
        "memo": voucher.memo,
        "payee": voucher.payee,
        "member": voucher.member.holder if voucher.member else "",
        "method": voucher.way if voucher.way == "transfer" else "",
        "slip": voucher.slip_ref,
        "purpose": voucher.purpose,
        "resolution": voucher.resolution.number if voucher.resolution else "",
        "photo": voucher.photo.sha256 if voucher.photo else "",
    }
    return {key: text for key, text in said.items() if text}
