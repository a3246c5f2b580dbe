from django.apps import AppConfig


class HouseConfig(AppConfig):
    """The house as a whole: its start-up checks."""

    name = "config"

    def ready(self) -> None:
        """Register the checks."""
        from config import checks  # noqa: F401, PLC0415 - Django's checks import the database layer
