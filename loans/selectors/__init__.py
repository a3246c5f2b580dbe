"""What is read of the loans, one module a noun."""
