"""Where people live: the official provinces, districts and tambons, and the villages below them."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language


class Place(models.Model):
    """A place with the Ministry of Interior's code and its name in both languages."""

    name_th = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_en if (get_language() or "th").startswith("en") else self.name_th


class Province(Place):
    """One of Thailand's provinces; the code has two digits."""

    code = models.CharField(primary_key=True, max_length=2, validators=[RegexValidator(r"^\d{2}$")])

    class Meta:
        ordering = ["code"]
        constraints = [models.CheckConstraint(condition=models.Q(code__regex=r"^[0-9]{2}$"), name="province_code")]


class District(Place):
    """An amphoe; the code has four digits, the first two are its province's."""

    code = models.CharField(primary_key=True, max_length=4, validators=[RegexValidator(r"^\d{4}$")])
    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="districts")

    class Meta:
        ordering = ["code"]
        constraints = [models.CheckConstraint(condition=models.Q(code__regex=r"^[0-9]{4}$"), name="district_code")]


class Tambon(Place):
    """A subdistrict; the code has six digits, the first four are its district's."""

    code = models.CharField(primary_key=True, max_length=6, validators=[RegexValidator(r"^\d{6}$")])
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="tambons")

    class Meta:
        ordering = ["code"]
        constraints = [models.CheckConstraint(condition=models.Q(code__regex=r"^[0-9]{6}$"), name="tambon_code")]


class Village(models.Model):
    """A village of a tambon, with its moo number as people say it."""

    tambon = models.ForeignKey(Tambon, on_delete=models.PROTECT, related_name="villages")
    moo = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["tambon", "moo", "name"]
        constraints = [
            models.UniqueConstraint(fields=["tambon", "moo", "name"], name="village_once"),
            models.CheckConstraint(condition=models.Q(moo__gte=1, moo__lte=99), name="village_moo"),
            models.CheckConstraint(condition=~models.Q(name=""), name="village_named"),
        ]

    def __str__(self) -> str:
        return self.name
