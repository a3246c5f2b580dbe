"""What intake reads of a group."""
