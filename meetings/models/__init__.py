"""The meeting day's own rows; what they become at the close stands in `funds`."""

from .counts import CashCount
from .meetings import Meeting
from .payments import PaymentLine
from .rows import RestReceived, SheetRow

__all__ = ["CashCount", "Meeting", "PaymentLine", "RestReceived", "SheetRow"]
