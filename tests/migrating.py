"""Migrate a new test database in one second instead of eight: only the model that an operation changes is rendered.

Django renders a model anew, with all that are related to it, at each operation: here nearly all are, through people and
groups. An operation on the schema reads the one model that it changes; what runs Python is given a whole state by
Django itself, since the state says that it is delayed. tests/test_migrating.py holds the result to that of `migrate`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db.migrations.state import ModelState, ProjectState


def _add_model(state: Any, model: ModelState) -> None:
    key = model.app_label, model.name_lower
    state.models[key] = model
    if state._relations is not None:
        state.resolve_model_relations(key)
    _render(state, *key)


def _reload_model(state: Any, app_label: str, model_name: str, delay: bool = False) -> None:
    _render(state, app_label, model_name)


def _render(state: Any, app_label: str, model_name: str) -> None:
    if "apps" in vars(state):
        state.is_delayed = True
        state._reload({(app_label, model_name)})


@contextmanager
def quickly() -> Iterator[None]:
    """Migrate quickly within; afterwards as Django does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ProjectState, "add_model", _add_model)
        patch.setattr(ProjectState, "reload_model", _reload_model)
        yield
