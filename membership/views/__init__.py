"""The pages of slips."""
