"""Between two transactional tests the books are emptied, which only the tests' own configuration may do."""

import uuid

import pytest
from django.core.management import CommandError, call_command
from django.core.management.commands import flush
from django.db import connection

from funds.guards import install_guards, missing_guards
from funds.models import Entry
from funds.services import start_books
from tests.funds.conftest import make_group


@pytest.fixture
def written_books(transactional_db):
    start_books(group=make_group("ban-nong"), by="somporn", ok=["wichai"], operation=uuid.uuid4())
    assert Entry.objects.exists()


def test_after_a_flush_the_books_are_empty_and_guarded_again(written_books):
    call_command("flush", interactive=False, verbosity=0)
    assert not Entry.objects.exists()
    assert missing_guards(connection) == []


def test_without_the_tests_configuration_a_flush_is_refused(written_books, monkeypatch):
    wrapped = flush.Command.handle
    monkeypatch.setattr(flush.Command, "handle", wrapped.__wrapped__)
    with pytest.raises(CommandError):
        call_command("flush", interactive=False, verbosity=0)
    monkeypatch.setattr(flush.Command, "handle", wrapped)
    install_guards(connection)
    assert Entry.objects.exists()
