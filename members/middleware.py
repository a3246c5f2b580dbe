"""The rules of a session: away too long, ended from elsewhere, and the way to the door."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from members.access import SignInNeeded
from members.models import User
from members.sessions import (
    DEVICE,
    DRAFT,
    IDLE_OFFICER,
    SEEN_EVERY,
    close_session,
    current_device,
    idle_limit,
    start_device,
)

BACKGROUND = "Satcha-Background"
DRAFT_LETTERS = 100_000
NEVER_KEPT = ("csrfmiddlewaretoken", "password", "password1", "password2", "code", "username", "national_id")

Answer = Callable[[HttpRequest], HttpResponseBase]


class SessionRules:
    """Sign out who was away too long, keep what they were typing, and lead a page's visitor to the door.

    What is answered to somebody signed in is kept by no browser and no proxy.

    A request with the header `Satcha-Background` (a page that asks by itself for news) is no sign of a person.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Apply the rules before the view; it then sees the user, or nobody."""
        personal = isinstance(request.user, User)
        if isinstance(request.user, User):
            self._hold_to_rules(request, request.user)
        response = self.get_response(request)
        if personal and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)  # the back button shows nothing once its reader has left
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Keep the form of someone who was away too long (after its token was checked), and ask who they are."""
        user_id = getattr(request, "signed_out_user_id", None)
        if user_id is None or request.method != "POST" or not _is_page(request):
            return None
        fields = [(name, value) for name, values in request.POST.lists() for value in values if name not in NEVER_KEPT]
        if not request.FILES and sum(len(name) + len(str(value)) for name, value in fields) <= DRAFT_LETTERS:
            request.session[DRAFT] = {"user": user_id, "path": request.get_full_path(), "fields": fields}
        return _to_the_door(request, reverse("members:landing"))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """A page asked for by nobody leads to the door; anything else stays a 404."""
        if isinstance(exception, SignInNeeded) and request.method == "GET" and _is_page(request):
            return _to_the_door(request, request.get_full_path())
        return None

    def _hold_to_rules(self, request: HttpRequest, user: User) -> None:
        if DEVICE not in request.session:
            start_device(request, user)
            return
        device = current_device(request, user)
        if device is None:
            close_session(request)
            return
        now = timezone.now()
        away = now - device.seen_at
        if away > IDLE_OFFICER and away > idle_limit(user):
            close_session(request)
            request.signed_out_user_id = user.pk  # type: ignore[attr-defined]
            messages.info(request, _("You were signed out because nothing was done for a while. Please sign in again."))
        elif away > SEEN_EVERY and BACKGROUND not in request.headers:
            device.seen_at = now
            device.save(update_fields=["seen_at"])


def _is_page(request: HttpRequest) -> bool:
    by_script = "HX-Request" in request.headers or request.headers.get("Sec-Fetch-Dest", "document") != "document"
    return not by_script and request.accepts("text/html")


def _to_the_door(request: HttpRequest, path: str) -> HttpResponse:
    door = reverse("members:sign-in")
    return HttpResponseRedirect(f"{door}?{urlencode({'next': path})}" if path != reverse("members:landing") else door)
