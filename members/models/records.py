"""What the door remembers: failed sign-ins, and who looked at whose page."""

from django.db import models

from members.models.groups import SavingsGroup
from members.models.member import Member
from members.models.user import User


class LoginThrottle(models.Model):
    """How often a door was tried in vain; `key` is a keyed hash, so no address or name is stored."""

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    last_failed_at = models.DateTimeField()
    blocked_until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["last_failed_at"], name="throttle_by_age")]

    def __str__(self) -> str:
        return self.key[:8]


class AccessRecord(models.Model):
    """Who opened which member's page, and when (Personal Data Protection Act); rows are only ever added."""

    group = models.ForeignKey(SavingsGroup, on_delete=models.PROTECT, related_name="access_records")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="access_records")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    page = models.CharField(max_length=60)
    seen_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-seen_at", "-id"]
        indexes = [models.Index(fields=["member", "-seen_at"], name="access_of_member")]

    def __str__(self) -> str:
        return self.page
