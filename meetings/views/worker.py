"""The service worker and the one page that it shows when the server cannot be reached.

Neither knows who asks: what a browser keeps for bad days holds no name and no amount.
"""

import hashlib
import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from thai.language import active_language

WEIGHTS = (400, 600, 700)
PAGE_FILES = (
    "img/mark.svg",
    "css/tokens.css",
    "css/base.css",
    "css/components.css",
    "meetings/offline.js",
    *(f"fonts/sarabun-{script}-{weight}-normal.woff2" for script in ("thai", "latin") for weight in WEIGHTS),
)
IMPORTED_FILES = ("meetings/store.js", "meetings/words.js", "vendor/idb-8.0.4/index.js")  # by their plain names


@require_safe
@cache_control(no_cache=True)
def script(request: HttpRequest) -> HttpResponse:
    """The service worker; the language asked for is the one that its offline page speaks."""
    offline = f"{reverse('worker:offline')}?language={_language(request)}"
    files = [static(name) for name in PAGE_FILES] + [settings.STATIC_URL + name for name in IMPORTED_FILES]
    page = _offline_page(_language(request))
    version = hashlib.sha256(json.dumps([offline, page, files]).encode()).hexdigest()[:16]
    context = {"constants": json.dumps({"offline": offline, "files": files, "version": version})}
    return HttpResponse(render_to_string("meetings/sheet_worker.js", context), content_type="text/javascript")


@require_safe
@cache_control(no_cache=True)
def offline(request: HttpRequest) -> HttpResponse:
    """No connection: what was typed is kept on this device, and how many rows wait."""
    return HttpResponse(_offline_page(_language(request)))


def _offline_page(language: str) -> str:
    with translation.override(language):
        return render_to_string("meetings/sheet_offline.html")


def _language(request: HttpRequest) -> str:
    wanted = request.GET.get("language", "")
    return wanted if wanted in dict(settings.LANGUAGES) else active_language()
