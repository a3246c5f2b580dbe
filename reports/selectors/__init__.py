"""Reads for pages and papers: one module a noun, keyword-only, a constant number of queries."""
