"""Pages of savings: the passbook, the pledge."""
