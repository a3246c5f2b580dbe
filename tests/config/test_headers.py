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


@pytest.mark.parametrize("kind", ["application/pdf", "Application/PDF; charset=binary"])
def test_a_pdf_carries_a_policy_under_which_the_browsers_own_viewer_shows_it(kind):
    answer = headers.content_policy(lambda request: HttpResponse(b"%PDF-1.7", content_type=kind))(
        RequestFactory().get("/")
    )
    policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
    assert not {"default-src", "sandbox", "style-src", "script-src", "plugin-types"} & policy.keys()
    assert policy["object-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["form-action"] == "'none'"


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "application/pdfx", "text/html; x=application/pdf", ""])
def test_whatever_is_no_pdf_keeps_the_strict_policy(kind):
    answer = headers.content_policy(lambda request: HttpResponse("x", content_type=kind))(RequestFactory().get("/"))
    assert answer["Content-Security-Policy"] == headers.POLICY


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
