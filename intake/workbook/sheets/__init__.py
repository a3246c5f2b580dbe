"""The nine sheets: what each is called, its columns, and its rows read."""
