"""The acts of the meeting day, one atomic function each."""
