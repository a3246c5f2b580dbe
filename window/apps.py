from django.apps import AppConfig


class WindowConfig(AppConfig):
    name = "window"
    default_auto_field = "django.db.models.BigAutoField"
