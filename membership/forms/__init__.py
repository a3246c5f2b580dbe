"""What is typed with a slip in the hand."""
