"""What is typed on the pages of savings, one module a noun."""
