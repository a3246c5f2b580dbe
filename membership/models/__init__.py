"""The rows of joining and leaving."""

from membership.models.leaving import Leaving, Settlement, SettlementLine, SettlementPayee

__all__ = ["Leaving", "Settlement", "SettlementLine", "SettlementPayee"]
