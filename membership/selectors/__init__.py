"""Reading of leaving: what stands in the way, what is owed, who leaves, who may come back."""
