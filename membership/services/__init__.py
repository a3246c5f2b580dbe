"""The events of leaving and coming back."""

from membership.payees import Heir
from membership.services.dating import date_settlement_today
from membership.services.leaving import LeavingInput, cancel_leaving, record_leaving
from membership.services.readmission import readmit_member
from membership.services.settlement_input import PayeeWay, SettlementInput
from membership.services.settlements import (
    approve_settlement,
    approve_signed_settlement,
    ask_signature,
    cancel_settlement,
    request_settlement,
)

__all__ = [
    "Heir",
    "LeavingInput",
    "PayeeWay",
    "SettlementInput",
    "approve_settlement",
    "approve_signed_settlement",
    "ask_signature",
    "cancel_leaving",
    "cancel_settlement",
    "date_settlement_today",
    "readmit_member",
    "record_leaving",
    "request_settlement",
]
