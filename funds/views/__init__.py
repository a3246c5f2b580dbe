"""Pages of the books that are written to: one module a noun."""
