"""What is done at the year end: one atomic function a business event, one module a noun."""
