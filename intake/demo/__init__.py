"""The demo district: villages that never were, their paper years, their first meetings of this year."""
