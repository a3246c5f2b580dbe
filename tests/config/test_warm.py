"""A server has loaded everything before its first request."""

import gc
from collections.abc import Iterator

import pytest
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.template.loaders.cached import Loader

from config.warm import warm_up


@pytest.fixture
def warm() -> Iterator[None]:
    gc.unfreeze()
    warm_up()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("warm")
def test_every_page_is_compiled_and_set_apart_before_the_first_request() -> None:
    django = engines["django"]
    assert isinstance(django, DjangoTemplates)
    [loader] = django.engine.template_loaders
    assert isinstance(loader, Loader)
    assert {"reports/home.html", "meetings/sheet_row.html", "base.html"} <= set(loader.get_template_cache)
    assert gc.get_freeze_count() > 100_000
