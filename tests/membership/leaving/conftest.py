"""Leavers on 22 November 2026."""

from typing import Any

import pytest

from tests.membership.leavers import Leavers
from tests.village import TestVillage


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)


@pytest.fixture
def leavers(village: TestVillage) -> Leavers:
    return Leavers(village)
