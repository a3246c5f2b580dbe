"""A server has loaded everything before its first request."""

import gc
from collections.abc import Iterator

import pytest
from django.template import engines

from config.warm import warm_up


@pytest.fixture
def warm() -> Iterator[None]:
    gc.unfreeze()
    warm_up()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("warm")
def test_every_page_is_compiled_and_set_apart_before_the_first_request() -> None:
    [loader] = engines["django"].engine.template_loaders
    assert {"reports/home.html", "meetings/sheet_row.html", "base.html"} <= set(loader.get_template_cache)
    assert gc.get_freeze_count() > 100_000
