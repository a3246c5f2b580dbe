"""What brings a workbook into the books."""

from intake.services.posting import Imported, post_year

__all__ = ["Imported", "post_year"]
