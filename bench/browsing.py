"""Pages opened as a person's browser opens them."""

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members.models import User

PAGE_LIMIT = 100


def signed_in(user: User) -> Client:
    """A browser of this person."""
    client = Client(headers={"accept-language": "th"})
    client.force_login(user)
    if "testserver" not in settings.ALLOWED_HOSTS:
        settings.ALLOWED_HOSTS.append("testserver")
    return client


def fetch(client: Client, address: str) -> None:
    """Open a page; anything but the page itself is a fault of the measurement."""
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")


def queries(client: Client, address: str) -> int:
    """Count the queries of a page that was opened before."""
    fetch(client, address)
    with CaptureQueriesContext(connection) as seen:
        fetch(client, address)
    return len(seen)
