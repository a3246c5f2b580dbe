"""What brings a workbook into the books."""

from intake.services.posting import Imported, post_year
from intake.services.uploads import ask_to_import, import_upload, store_upload

__all__ = ["Imported", "ask_to_import", "import_upload", "post_year", "store_upload"]
