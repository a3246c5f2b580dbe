"""What the sheet needs to know of pledges: what is due from each, and which months can be paid."""
