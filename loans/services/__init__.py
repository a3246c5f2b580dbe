"""What is done with loans: one atomic function a business event, one module a noun."""
