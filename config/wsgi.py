"""What gunicorn serves: a real installation unless DEBUG says otherwise, started only if its checks pass."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
from django.conf import settings

if not settings.configured:  # the trial server imports this module with its settings made: they stand
    os.environ.setdefault("DEBUG", "off")

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

from config.warm import warm_up

application = get_wsgi_application()
call_command("check", databases=["default"])
warm_up()
