"""A second officer signs exactly what is shown: once, within ten minutes, never the one who asked."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Protocol

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from members.access import Right, has_right
from members.door import SignInRefused, prove_signer
from members.errors import DomainError
from members.models import CoSignature, Office, SavingsGroup, User
from thai.dates import format_date
from thai.language import active_language

LIFETIME = timedelta(minutes=10)
LANGUAGES = ("th", "en")


class CoSignRefused(DomainError):
    """The signature cannot be given or used."""

    sentence = _("This cannot be signed now.")


class SignerIsAsker(CoSignRefused):
    """The one who asked cannot sign as well."""

    sentence = _("The approver must be someone other than the person who asked.")


class SignerLacksRight(CoSignRefused):
    """The signer holds no office that may sign this."""

    sentence = _("%(name)s holds no office that may sign this.")


class SignatureLapsed(CoSignRefused):
    """Ten minutes have gone by."""

    sentence = _("The signature has lapsed after ten minutes. Please ask for it again.")


class SignatureMissing(CoSignRefused):
    """Nobody has signed yet."""

    sentence = _("The second officer has not signed yet.")


class SignatureUsed(CoSignRefused):
    """A signature is good once."""

    sentence = _("This signature has been used already. Please ask for a new one.")


class SignatureDoubled(CoSignRefused):
    """Someone has signed already."""

    sentence = _("This has been signed already.")


class ContentChanged(CoSignRefused):
    """What is to be done is not what was signed."""

    sentence = _("This has changed since it was signed. Please ask for the signature again.")


def request_cosign(
    *,
    group: SavingsGroup,
    by: User,
    right: Right,
    title: str | Promise,
    content: Mapping[Any, Any],
    url: str = "",
) -> CoSignature:
    """Ask a second officer to sign a content, given as what is read -> what it says.

    Lazily translated keys and values and days (date) are kept in both languages; what is hashed is the Thai reading.
    Nothing in it may be put into words before: the signer, or the asker a minute later, may read another language.
    url: a page of ours on which the signer reads the particulars, checked by that page's own right.
    """
    now = timezone.now()
    clear_lapsed(group)
    readings: dict[str, Any] = {language: _reading(title, content, language) for language in LANGUAGES}
    if url.startswith("/") and not url.startswith("//"):
        readings["url"] = url
    with translation.override("th"):
        title_text = str(title)[:200]
    return CoSignature.objects.create(
        group=group,
        right=right.value,
        title=title_text,
        content_hash=content_hash(group=group, by=by, content=content),
        shown=json.dumps(readings, ensure_ascii=False),
        asked_by=by,
        asked_at=now,
        expires_at=now + LIFETIME,
    )


def sign(*, signature: CoSignature, username: str, password: str, address: str) -> CoSignature:
    """Sign at the first officer's device, by user name or member number and password (or code from the phone).

    Not to be called inside a transaction that may be rolled back: failed tries must stay counted. Raises
    SignInRefused, CoSignRefused.
    """
    _refuse_ended(signature)
    user = prove_signer(login=username, password=password, group=signature.group, address=address)
    return sign_as(signature=signature, user=user)


def sign_as(*, signature: CoSignature, user: User) -> CoSignature:
    """Sign as the person who is signed in, on the own phone. Raises CoSignRefused."""
    if user.pk == signature.asked_by_id:
        raise SignerIsAsker()
    if not has_right(user, signature.group, Right(signature.right)):
        raise SignerLacksRight(name=user.display_name)
    now = timezone.now()
    with transaction.atomic():
        unsigned = CoSignature.objects.filter(pk=signature.pk, signed_at__isnull=True, expires_at__gt=now)
        if not unsigned.update(signed_by=user, signed_at=now, expires_at=now + LIFETIME):
            signature.refresh_from_db()
            _refuse_ended(signature)
            raise SignatureDoubled()
    signature.refresh_from_db()
    return signature


class Asked(Protocol):
    """A row that one officer asked for and for which a second one may sign at the first one's laptop."""

    @property
    def signature(self) -> CoSignature | None: ...
    @property
    def is_waiting(self) -> bool: ...


def usable(signature: CoSignature | None) -> CoSignature | None:
    """A signature while it can still be given or used; None once it is spent or has lapsed."""
    if signature is None or signature.used_at is not None or signature.expires_at <= timezone.now():
        return None
    return signature


def live_signature(row: Asked) -> CoSignature | None:
    """The signature asked for at the first officer's laptop, while the row waits and it can still be given or used."""
    return usable(row.signature) if row.is_waiting else None


def use(*, signature: CoSignature, content: Mapping[Any, Any], by: User) -> User:
    """Spend a signature on the very content it was given for, and return who signed.

    Called inside the service's transaction, so that a refused act gives the signature back. Raises CoSignRefused.
    """
    signature.refresh_from_db()
    signer = signature.signed_by
    if signer is None:
        _refuse_ended(signature)
        raise SignatureMissing()
    if signature.asked_by_id != by.pk or content_hash(group=signature.group, by=by, content=content) != (
        signature.content_hash
    ):
        raise ContentChanged()
    if not has_right(signer, signature.group, Right(signature.right)):
        raise SignerLacksRight(name=signer.display_name)
    now = timezone.now()
    good = CoSignature.objects.filter(pk=signature.pk, used_at__isnull=True, expires_at__gt=now)
    if not good.update(used_at=now, shown=""):
        signature.refresh_from_db()
        _refuse_ended(signature)
        raise SignatureUsed()
    return signer


def waiting_for(user: User) -> QuerySet[CoSignature]:
    """What waits for a person's signature now, in every group where they hold an office."""
    groups = Office.objects.held_on().filter(user=user).values("group")
    return (
        CoSignature.objects.filter(group__in=groups, signed_at__isnull=True, expires_at__gt=timezone.now())
        .exclude(asked_by=user)
        .select_related("group", "asked_by")
    )


def clear_lapsed(group: SavingsGroup) -> int:
    """Forget the words of a group's signatures that have lapsed; their hashes stay."""
    lapsed = CoSignature.objects.filter(group=group, expires_at__lt=timezone.now())
    return lapsed.exclude(shown="").update(shown="")


def shown_title(signature: CoSignature) -> str:
    """The title in the reader's language."""
    return str(_shown(signature).get("title", signature.title))


def shown_lines(signature: CoSignature) -> list[tuple[str, str]]:
    """What is being signed, line by line, in the reader's language."""
    return [(label, text) for label, text in _shown(signature).get("lines", [])]


def shown_url(signature: CoSignature) -> str:
    """The page with the particulars of what is being signed; empty where there is none."""
    return str(json.loads(signature.shown).get("url", "")) if signature.shown else ""


def content_hash(*, group: SavingsGroup, by: User, content: Mapping[Any, Any]) -> str:
    """The fingerprint of a content, of its group and of who asked."""
    body = {"group": str(group.uuid), "by": by.code, "lines": _reading("", content, "th")["lines"]}
    canonical = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(b"SATCHA-COSIGN-1\n" + canonical.encode()).hexdigest()


def _reading(title: str | Promise, content: Mapping[Any, Any], language: str) -> dict[str, Any]:
    with translation.override(language):
        return {"title": str(title), "lines": [[str(label), _said(text)] for label, text in content.items()]}


def _said(what: object) -> str:
    return format_date(what, "long", active_language()) if isinstance(what, date) else str(what)


def _shown(signature: CoSignature) -> dict[str, Any]:
    readings = json.loads(signature.shown) if signature.shown else {}
    reading: dict[str, Any] = readings.get(active_language(), {})
    return reading


def _refuse_ended(signature: CoSignature) -> None:
    if signature.used_at is not None:
        raise SignatureUsed()
    if signature.expires_at <= timezone.now():
        raise SignatureLapsed()


__all__ = ["CoSignRefused", "SignInRefused", "request_cosign", "sign", "sign_as", "use", "waiting_for"]
