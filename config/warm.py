"""What a server does before its first request, so that no request has to: everything is loaded, and set apart.

The collector of garbage walks all that was made since the last `gc.freeze()`, every few requests: the templates alone,
compiled one by one as they are first shown, made one answer in fifteen 50 ms slower than the others.
"""

import gc
from pathlib import Path

from django.conf import settings
from django.template import engines
from django.urls import get_resolver
from django.utils import translation


def warm_up() -> None:
    """Load addresses, catalogues and templates, then put all of it out of the collector's way."""
    get_resolver().url_patterns  # noqa: B018 - reading them loads every view
    for language, _name in settings.LANGUAGES:
        with translation.override(language):  # taking a language up loads its catalogue
            pass
    engine = engines["django"]
    for folder in engine.template_dirs:
        for path in sorted(Path(folder).rglob("*.html")):
            engine.get_template(str(path.relative_to(folder)))
    gc.collect()
    gc.freeze()
