from django.apps import AppConfig


class ShareoutConfig(AppConfig):
    name = "shareout"
    default_auto_field = "django.db.models.BigAutoField"
