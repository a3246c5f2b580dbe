"""Headers that every answer carries, and the address of who asks when a proxy stands before us.

The content policy is one constant: no view can loosen it, so no page can carry an inline script, an inline style or a
foreign file. A page that needs one has to be written differently. A PDF is no page: browsers wrap it in a viewer of
their own, and some apply the answer's policy to that wrapper, whose styles, scripts and embedded document a page's
policy would refuse.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

POLICY = "; ".join(  # noqa: FLY002 - one line each is what a reader can check
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
PDF = "application/pdf"
PDF_POLICY = "; ".join(  # noqa: FLY002
    [
        "object-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

Answer = Callable[[HttpRequest], HttpResponseBase]


def content_policy(get_response: Answer) -> Answer:
    """Set Content-Security-Policy and Permissions-Policy on every answer."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        kind = response.get("Content-Type", "").partition(";")[0].strip().lower()
        response["Content-Security-Policy"] = PDF_POLICY if kind == PDF else POLICY
        response["Permissions-Policy"] = PERMISSIONS
        return response

    return middleware


def client_address(get_response: Answer) -> Answer:
    """Put the visitor's own address into REMOTE_ADDR, as the one trusted proxy wrote it.

    Only the last entry of X-Forwarded-For counts: the proxy appends it, everything before it is whatever the visitor
    claims. With BEHIND_PROXY off the header is ignored, otherwise anybody could escape the throttle by inventing
    addresses.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if settings.BEHIND_PROXY and forwarded:
            request.META["REMOTE_ADDR"] = forwarded
        return get_response(request)

    return middleware
