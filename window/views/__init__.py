"""Pages of a member's own window."""
