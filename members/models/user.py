"""Those who sign in, and the devices they are signed in on."""

import secrets
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from members.agents import device_name

CODE_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
CODE_LENGTH = 12
SESSION_SALT = "members.User.session"


def new_code() -> str:
    """A person's code in the journal: random, 60 bits, unique across installations."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


class UserManager(BaseUserManager["User"]):
    """Makes users; a user without a user name signs in by group and member number."""

    def create_user(
        self,
        username: str = "",
        password: str | None = None,
        *,
        display_name: str = "",
        birth_on: date | None = None,
        **extra: Any,
    ) -> "User":
        """Store a new user; without a password nobody can sign in until a slip is used."""
        code = new_code()
        user = self.model(
            username=(username or code).strip().lower(),
            code=code,
            display_name=display_name or username or code,
            birth_on=birth_on,
            **extra,
        )
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **extra: Any) -> "User":
        """Store a system administrator, as `createsuperuser` asks for."""
        return self.create_user(username, password, is_administrator=True, **extra)

    def get_by_natural_key(self, username: str | None) -> "User":
        """User names are kept in lower case, whatever is typed."""
        return self.get(username=(username or "").strip().lower())


class User(AbstractBaseUser):
    """One person, one sign-in; what they may do follows from offices and passbooks, never from here."""

    username = models.CharField(max_length=60, unique=True, validators=[UnicodeUsernameValidator()])
    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_code, editable=False)
    display_name = models.CharField(max_length=160)
    birth_on = models.DateField(null=True, blank=True)
    is_administrator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    session_epoch = models.PositiveIntegerField(default=0)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="th")
    totp_sealed = models.CharField(max_length=255, blank=True)
    totp_last_step = models.BigIntegerField(default=0)
    activated_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(username=Lower("username")), name="user_name_lower"),
            models.CheckConstraint(condition=~models.Q(username=""), name="user_named"),
            models.CheckConstraint(condition=models.Q(code__regex=r"^[a-z2-7]{12}$"), name="user_code"),
            models.CheckConstraint(condition=models.Q(language__in=["th", "en"]), name="user_language"),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def has_totp(self) -> bool:
        """Whether this user signs with a code from their phone as well."""
        return bool(self.totp_sealed)

    def session_hash(self, secret: str | bytes | None = None) -> str:
        """What a session must carry: changes with the password and with the epoch, which ends all sessions."""
        value = f"{self.password}|{self.session_epoch}"
        return salted_hmac(SESSION_SALT, value, secret=secret, algorithm="sha256").hexdigest()

    def get_session_auth_hash(self) -> str:
        """Django's name for `session_hash`."""
        return self.session_hash()

    def get_session_auth_fallback_hash(self) -> Any:
        """The same under the secret keys being retired."""
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self.session_hash(secret=secret)


class DeviceSession(models.Model):
    """One sign-in on one device, so that its owner can see and end it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    key_hash = models.CharField(max_length=64, unique=True)
    agent = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-seen_at"]
        indexes = [models.Index(fields=["user", "-seen_at"], name="device_of_user")]
        constraints = [
            models.CheckConstraint(condition=models.Q(seen_at__gte=models.F("started_at")), name="device_seen_after"),
        ]

    def __str__(self) -> str:
        return self.agent or self.key_hash[:8]

    @property
    def name(self) -> str:
        """Browser and system, as a person calls them."""
        return device_name(self.agent)
