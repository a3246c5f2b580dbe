"""What people type about people, read into domain types."""
