"""Proving who someone is: by user name or by group and member number, with a password or a code from the phone."""

import hashlib
import secrets
from collections.abc import Mapping

import pyotp
from django.contrib.auth.hashers import check_password, make_password
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.errors import DomainError
from members.models import PassbookAccess, SavingsGroup, User
from members.sealing import seal, unseal
from members.throttle import TryAgainLater, begin_try, take_back
from thai.digits import to_western

TOTP_STEP = 30
_NOBODY = make_password(None)


class SignInRefused(DomainError):
    """Number or password does not match; one sentence for every cause, so that nobody learns who exists."""

    sentence = _("Number or password does not match.")


class SignInDelayed(SignInRefused):
    """The same, with the seconds to wait."""

    sentence = _("Number or password does not match. Try again in %(seconds)s seconds.")


def find_person(*, login: str, group: SavingsGroup | None) -> User | None:
    """Who is meant: figures are a member number of the group, everything else a user name."""
    typed = _as_kept(login)
    if _is_number(typed):
        if group is None or len(typed) > 6:
            return None
        openers = PassbookAccess.objects.filter(
            member__group=group,
            member__number=int(typed),
            relation__in=[PassbookAccess.Relation.OWN, PassbookAccess.Relation.BODY],
        ).select_related("user")
        found = list(openers[:2])
        return found[0].user if len(found) == 1 else None
    return User.objects.filter(username=typed).first()


def prove_person(
    *,
    login: str,
    password: str,
    group: SavingsGroup | None,
    address: str,
    devices: Mapping[int, str] | None = None,
) -> User:
    """Return the person who gave the right password; wrong or unknown takes the same time and the same words.

    `devices`: the marks of the device asking, by the user who has signed in on it before. Raises SignInRefused,
    SignInDelayed (with the seconds to wait).
    """
    user = find_person(login=login, group=group)
    device = (devices or {}).get(user.pk, "") if user else ""
    account = f"user {user.pk}" if user else _unknown(login, group)
    try:
        attempt = begin_try(account=account, address=address, device=device)
    except TryAgainLater as delay:
        raise SignInDelayed(seconds=delay.seconds) from None
    good = check_password(password, user.password if user else _NOBODY)
    if user is None or not good or not user.is_active:
        raise SignInDelayed(seconds=attempt.wait) if attempt.wait else SignInRefused()
    take_back(attempt)
    return user


def _as_kept(login: str) -> str:
    return to_western(login).strip().lower()


def _is_number(typed: str) -> bool:
    return typed.isascii() and typed.isdigit()


def _unknown(login: str, group: SavingsGroup | None) -> str:
    """Whom the throttle counts when nobody is meant: every spelling of one person is one, as for those who exist."""
    typed = _as_kept(login)[:60]
    return f"number {group.pk if group else 0} {typed.lstrip('0')}" if _is_number(typed) else f"name {typed}"


def prove_signer(*, login: str, password: str, group: SavingsGroup, address: str) -> User:
    """As `prove_person`, for a signature: a code from the phone does instead of the password."""
    code = to_western(password).replace(" ", "")
    user = find_person(login=login, group=group)
    if user is None or not user.has_totp or not (code.isascii() and code.isdigit() and len(code) == 6):
        return prove_person(login=login, password=password, group=group, address=address)
    return prove_code(user=user, code=code, address=address)


def prove_code(*, user: User, code: str, address: str) -> User:
    """Check the six figures from a person's phone; each code is good once. Raises SignInRefused, SignInDelayed."""
    try:
        attempt = begin_try(account=f"code {user.pk}", address=address)
    except TryAgainLater as delay:
        raise SignInDelayed(seconds=delay.seconds) from None
    step = _matching_step(user, to_western(code).replace(" ", ""))
    spent = step and not User.objects.filter(pk=user.pk, totp_last_step__lt=step).update(totp_last_step=step)
    if not step or spent or not user.is_active:
        raise SignInDelayed(seconds=attempt.wait) if attempt.wait else SignInRefused()
    take_back(attempt)
    return user


def new_totp_secret() -> str:
    """A fresh secret for an authenticator app."""
    return pyotp.random_base32()


def totp_uri(user: User, secret: str) -> str:
    """The address inside the QR that an authenticator app reads."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name="Satcha")


def is_totp_code(secret: str, code: str) -> bool:
    """Whether a code fits a secret that is not stored yet."""
    return bool(pyotp.TOTP(secret).verify(to_western(code).replace(" ", ""), valid_window=1))


def keep_totp_secret(*, user: User, secret: str) -> None:
    """Switch codes from the phone on for a person; "" switches them off."""
    user.totp_sealed = seal(secret, purpose=f"totp {user.pk}") if secret else ""
    user.totp_last_step = 0
    user.save(update_fields=["totp_sealed", "totp_last_step"])


def reseal_totp(user: User) -> None:
    """Seal a person's authenticator secret under the first key (not saved here)."""
    user.totp_sealed = seal(unseal(user.totp_sealed, purpose=f"totp {user.pk}"), purpose=f"totp {user.pk}")


def _matching_step(user: User, code: str) -> int:
    totp = pyotp.TOTP(unseal(user.totp_sealed, purpose=f"totp {user.pk}"))
    now = int(timezone.now().timestamp()) // TOTP_STEP
    matching = [step for step in (now - 1, now, now + 1) if secrets.compare_digest(totp.generate_otp(step), code)]
    return matching[0] if matching else 0


def new_device_key() -> str:
    """The random name under which a session is known to the list of devices."""
    return secrets.token_urlsafe(32)


def device_hash(key: str) -> str:
    """What is stored of a device's key."""
    return hashlib.sha256(key.encode()).hexdigest()
