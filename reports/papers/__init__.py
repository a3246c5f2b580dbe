"""From the books to papers: receipts, vouchers and minutes as they are printed and shown."""
