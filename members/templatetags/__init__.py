"""What templates print of people."""
