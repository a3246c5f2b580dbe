"""A slip or a page of a bank book as a picture, kept with the books so that a backup holds it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from funds.pictures import LONGEST_SIDE
from members.models import SavingsGroup


class Photo(models.Model):
    """A JPEG that this program made itself: no EXIF, at most 1600 px a side. Officers only."""

    group = models.ForeignKey(SavingsGroup, on_delete=models.PROTECT, related_name="photos")
    jpeg = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(width__range=(1, LONGEST_SIDE), height__range=(1, LONGEST_SIDE)), name="photo_size"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id}:{self.pk}"
