"""The pages of people: the door, one's own data, the register, offices, settings."""
