"""What belongs to one browser: its session, its place in the list of devices, and the mark of a device known before."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import login, logout
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from members.access import districts_of
from members.door import device_hash, new_device_key
from members.models import DeviceSession, Office, SavingsGroup, User

IDLE_OFFICER = timedelta(minutes=15)
IDLE_MEMBER = timedelta(minutes=30)
SEEN_EVERY = timedelta(seconds=30)
DEVICE = "device"
DRAFT = "draft"
MARK = "satcha_device"
MARK_AGE = 365 * 24 * 60 * 60
MARK_USERS = 20
GROUP_COOKIE = "satcha_group"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def open_session(request: HttpRequest, user: User) -> None:
    """Sign a user in on this browser; what was kept for after signing in stays."""
    login(request, user, backend=BACKEND)
    start_device(request, user)


def start_device(request: HttpRequest, user: User) -> DeviceSession:
    """Put this browser on the user's list of devices."""
    key = new_device_key()
    request.session[DEVICE] = key
    now = timezone.now()
    return DeviceSession.objects.create(
        user=user,
        key_hash=device_hash(key),
        agent=request.headers.get("User-Agent", "")[:200],
        started_at=now,
        seen_at=now,
    )


def current_device(request: HttpRequest, user: User) -> DeviceSession | None:
    """This browser's row in the user's list; None when the user has ended it from elsewhere."""
    key = request.session.get(DEVICE, "")
    found = DeviceSession.objects.raw(
        "SELECT * FROM members_devicesession WHERE user_id = %s AND key_hash = %s AND ended_at IS NULL",
        [user.pk, device_hash(key)],
    )
    return next(iter(found), None)


def close_session(request: HttpRequest) -> None:
    """Sign out here."""
    key = request.session.get(DEVICE, "")
    if key:
        DeviceSession.objects.filter(key_hash=device_hash(key), ended_at__isnull=True).update(ended_at=timezone.now())
    logout(request)


def idle_limit(user: User) -> timedelta:
    """How long a user may be away: officers, who hold others' money, less."""
    holds_office = user.is_administrator or Office.objects.held_on().filter(user=user).exists()
    return IDLE_OFFICER if holds_office or districts_of(user).exists() else IDLE_MEMBER


def known_devices(request: HttpRequest) -> dict[int, str]:
    """The marks that this browser carries, by the users who have signed in on it."""
    try:
        marks = signing.loads(request.COOKIES.get(MARK, ""), salt=MARK, max_age=MARK_AGE)
    except signing.BadSignature:
        return {}
    return {int(user_id): str(mark) for user_id, mark in marks.items()}


def mark_device(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """Let this browser be known to the throttle when the user comes again."""
    marks = known_devices(request)
    marks = {user.pk: marks.get(user.pk) or secrets.token_urlsafe(16)} | marks
    value = signing.dumps({str(key): mark for key, mark in list(marks.items())[:MARK_USERS]}, salt=MARK)
    response.set_cookie(
        MARK, value, max_age=MARK_AGE, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


def remember_group(response: HttpResponseBase, group: SavingsGroup) -> None:
    """Let the door name the group first when somebody comes again with this browser."""
    response.set_cookie(
        GROUP_COOKIE,
        group.code,
        max_age=MARK_AGE,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def set_language(response: HttpResponseBase, language: str) -> None:
    """Let the next pages speak a language."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=MARK_AGE,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
