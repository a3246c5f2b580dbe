"""Special savings and deposits: products with dated terms, and the members' books."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thai.money import MAX_SATANG

BASIS_POINTS = 100_00


class SpecialProduct(models.Model):
    """A way to save beside the pledge, by name; what it gives and asks stands in its dated terms."""

    group = models.ForeignKey("members.SavingsGroup", on_delete=models.PROTECT, related_name="special_products")
    name = models.CharField(_("Name of the product"), max_length=60)
    is_default = models.BooleanField(default=False, help_text="new books are of this product unless told")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["group", "id"]
        constraints = [
            models.UniqueConstraint(fields=["group", "name"], name="special_product_name_once"),
            models.UniqueConstraint(
                fields=["group"], condition=Q(is_default=True), name="special_product_default_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="special_product_named"),
        ]

    def __str__(self) -> str:
        return self.name


class ProductTerms(models.Model):
    """What a product gives and asks from a month on; a change is a further row, never a new figure in an old one."""

    class Method(models.TextChoices):
        DAILY = "daily", _("by the balance of each day")
        MONTHLY = "monthly", _("by the lowest balance of each month")

    product = models.ForeignKey(SpecialProduct, on_delete=models.PROTECT, related_name="terms", db_index=False)
    valid_from = models.DateField(_("From the month"))
    rate = models.PositiveIntegerField(_("Interest a year"), help_text="hundredths of a per cent a year")
    method = models.CharField(_("Reckoned"), max_length=8, choices=Method.choices)
    first_credit_month = models.PositiveSmallIntegerField(_("Credited at the end of"))
    second_credit_month = models.PositiveSmallIntegerField(_("and at the end of"), null=True, blank=True)
    minimum_satang = models.BigIntegerField(_("Lowest balance"), default=0)
    withdrawals_a_month = models.PositiveSmallIntegerField(_("Withdrawals a month"), default=0, help_text="0: any")
    notice_days = models.PositiveSmallIntegerField(_("Days of notice"), default=0)
    resolution = models.ForeignKey("members.Resolution", on_delete=models.PROTECT, related_name="+")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["product", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["product", "valid_from"], name="product_terms_begin_once"),
            models.CheckConstraint(condition=Q(valid_from__day=1), name="product_terms_from_first"),
            models.CheckConstraint(condition=Q(rate__lte=BASIS_POINTS), name="product_terms_rate"),
            models.CheckConstraint(condition=Q(method__in=["daily", "monthly"]), name="product_terms_method"),
            models.CheckConstraint(
                condition=Q(first_credit_month__range=(1, 12))
                & (Q(second_credit_month__isnull=True) | Q(second_credit_month__range=(1, 12)))
                & ~Q(first_credit_month=models.F("second_credit_month")),
                name="product_terms_months",
            ),
            models.CheckConstraint(condition=Q(minimum_satang__range=(0, MAX_SATANG)), name="product_terms_minimum"),
            models.CheckConstraint(condition=Q(notice_days__lte=366), name="product_terms_notice"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id}:{self.valid_from}"

    @property
    def credit_months(self) -> tuple[int, ...]:
        """The months (1-12) at whose end interest is credited."""
        both = (self.first_credit_month, self.second_credit_month)
        return tuple(sorted(month for month in both if month is not None))


class SpecialBook(models.Model):
    """A book of special savings; its number is the holder of its account: `0005-1`."""

    group = models.ForeignKey("members.SavingsGroup", on_delete=models.PROTECT, related_name="special_books")
    member = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="special_books")
    number = models.CharField(max_length=12)
    product = models.ForeignKey(
        SpecialProduct, on_delete=models.PROTECT, related_name="books", null=True, blank=True, help_text="its terms"
    )
    opened_at = models.DateTimeField(auto_now_add=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["member", "number"]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="special_book_number_once"),
            models.CheckConstraint(
                condition=Q(number__regex=r"^[0-9]{4}-[1-9][0-9]{0,3}$"), name="special_book_number"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class BookMove(models.Model):
    """A book that goes over to another product, from the day up to which the interest of both is credited."""

    book = models.ForeignKey(SpecialBook, on_delete=models.PROTECT, related_name="moves", db_index=False)
    from_product = models.ForeignKey(SpecialProduct, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    to_product = models.ForeignKey(SpecialProduct, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(_("From the month"))
    resolution = models.ForeignKey("members.Resolution", on_delete=models.PROTECT, related_name="+")
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    moved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["book", "starts_on", "id"]
        verbose_name = _("book moved to another product")
        indexes = [models.Index(fields=["book", "starts_on"], name="book_move_of_book")]
        constraints = [
            models.CheckConstraint(condition=Q(starts_on__day=1), name="book_move_from_first"),
            models.CheckConstraint(
                condition=Q(from_product__isnull=True) | ~Q(from_product=models.F("to_product")),
                name="book_move_to_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.book_id}:{self.starts_on}"
