"""The meeting day's own rows; what they become at the close stands in `funds`."""

from meetings.models.corrections import Correction
from meetings.models.counts import CashCount
from meetings.models.meetings import Meeting
from meetings.models.payments import PaymentLine
from meetings.models.rows import RestReceived, SheetRow

__all__ = ["CashCount", "Correction", "Meeting", "PaymentLine", "RestReceived", "SheetRow"]
