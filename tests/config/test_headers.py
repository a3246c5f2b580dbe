"""Every answer carries the strict content policy; the visitor's address cannot be invented."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from config import headers


def address_seen(request):
    return headers.client_address(lambda inner: HttpResponse(inner.META["REMOTE_ADDR"]))(request).content.decode()


def test_the_policy_lets_nothing_in_from_elsewhere_and_nothing_inline():
    answer = headers.content_policy(lambda request: HttpResponse("ok"))(RequestFactory().get("/"))
    policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
    assert policy.pop("default-src") == "'none'"
    assert set(policy.values()) == {"'self'", "'none'"}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/there-is-no-such-page/"])
def test_every_answer_carries_the_policy(client, path):
    answer = client.get(path)
    assert answer["Content-Security-Policy"] == headers.POLICY
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_without_a_proxy_an_invented_address_is_ignored(settings):
    settings.BEHIND_PROXY = False
    assert address_seen(RequestFactory().get("/", headers={"X-Forwarded-For": "10.0.0.1"})) == "127.0.0.1"


def test_behind_a_proxy_only_the_proxys_own_word_counts(settings):
    settings.BEHIND_PROXY = True
    request = RequestFactory().get("/", headers={"X-Forwarded-For": "10.0.0.1, 203.0.113.9"})
    assert address_seen(request) == "203.0.113.9"
