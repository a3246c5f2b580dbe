"""Where the demo must not load."""

import pytest
from django.core.management import CommandError, call_command

from members.models import SavingsGroup, User

pytestmark = pytest.mark.django_db


def test_the_demo_refuses_to_load_where_debug_is_off(settings):
    settings.DEBUG = False
    before = SavingsGroup.objects.count()
    with pytest.raises(CommandError):
        call_command("load_demo")
    assert SavingsGroup.objects.count() == before
    assert not User.objects.filter(username="treasurer").exists()


def test_the_demo_never_mixes_with_real_groups(village, settings):
    settings.DEBUG = True
    before = SavingsGroup.objects.count()
    with pytest.raises(CommandError):
        call_command("load_demo")
    assert SavingsGroup.objects.count() == before
