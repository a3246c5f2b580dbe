"""The events of leaving and coming back."""

from membership.services.leaving import LeavingInput, cancel_leaving, record_leaving
from membership.services.readmission import readmit_member
from membership.services.settlements import (
    Heir,
    SettlementInput,
    approve_settlement,
    approve_signed_settlement,
    ask_signature,
    cancel_settlement,
    request_settlement,
)

__all__ = [
    "Heir",
    "LeavingInput",
    "SettlementInput",
    "approve_settlement",
    "approve_signed_settlement",
    "ask_signature",
    "cancel_leaving",
    "cancel_settlement",
    "readmit_member",
    "record_leaving",
    "request_settlement",
]
