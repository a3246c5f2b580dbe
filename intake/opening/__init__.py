"""Opening balances from paper: three short tables, read by the importer's strict readers. Plain values, no database."""
