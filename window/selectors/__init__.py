"""What a member reads of the own passbook, and nothing of anybody else."""
