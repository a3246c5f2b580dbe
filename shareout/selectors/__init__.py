"""What is read for the share-out, one module a noun."""
