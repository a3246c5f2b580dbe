"""Books that go over to another product."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

PROTECTED = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+"}


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0002_house"),
        ("savings", "0003_products"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BookMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="From the month")),
                ("moved_at", models.DateTimeField(auto_now_add=True)),
                (
                    "book",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="savings.specialbook",
                    ),
                ),
                (
                    "from_product",
                    models.ForeignKey(blank=True, null=True, to="savings.specialproduct", **PROTECTED),
                ),
                ("to_product", models.ForeignKey(to="savings.specialproduct", **PROTECTED)),
                ("resolution", models.ForeignKey(to="members.resolution", **PROTECTED)),
                ("moved_by", models.ForeignKey(to=settings.AUTH_USER_MODEL, **PROTECTED)),
            ],
            options={
                "verbose_name": "book moved to another product",
                "ordering": ["book", "starts_on", "id"],
                "indexes": [models.Index(fields=["book", "starts_on"], name="book_move_of_book")],
                "constraints": [
                    models.CheckConstraint(condition=Q(starts_on__day=1), name="book_move_from_first"),
                    models.CheckConstraint(
                        condition=Q(from_product__isnull=True) | ~Q(from_product=F("to_product")),
                        name="book_move_to_another",
                    ),
                ],
            },
        ),
    ]
