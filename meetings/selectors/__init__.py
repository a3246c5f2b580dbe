"""What the meeting day reads."""
