"""What gunicorn serves: a real installation unless DEBUG says otherwise, started only if its checks pass."""

import gc
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
from django.conf import settings

if not settings.configured:  # the trial server imports this module with its settings made: they stand
    os.environ.setdefault("DEBUG", "off")

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
call_command("check", databases=["default"])
gc.freeze()  # what was loaded stays: no request waits while the collector walks all of it again
