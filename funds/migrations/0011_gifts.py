from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0010_reversals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="kindterms",
            options={"ordering": ["activity", "-valid_from", "-id"]},
        ),
        migrations.RemoveConstraint(
            model_name="act",
            name="act_kind",
        ),
        migrations.RemoveConstraint(
            model_name="act",
            name="act_price",
        ),
        migrations.RemoveConstraint(
            model_name="act",
            name="act_posted_whole",
        ),
        migrations.RemoveConstraint(
            model_name="act",
            name="act_good",
        ),
        migrations.RemoveConstraint(
            model_name="act",
            name="act_explained",
        ),
        migrations.RemoveConstraint(
            model_name="kindterms",
            name="kind_terms_once",
        ),
        migrations.AddIndex(
            model_name="kindterms",
            index=models.Index(fields=["activity", "-valid_from", "-id"], name="kind_terms_of_activity"),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "count",
                            "gift_in",
                            "gift_out",
                            "kind_count",
                            "kind_deposit",
                            "kind_gift",
                            "kind_loan",
                            "kind_loss",
                            "kind_purchase",
                            "kind_return",
                            "kind_sale",
                            "kind_withdrawal",
                            "kind_write_off",
                            "purchase",
                            "sale",
                            "undo",
                        ],
                    )
                ),
                name="act_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind__in", ("purchase", "sale", "kind_purchase", "kind_sale")),
                        ("satang__isnull", False),
                        ("satang__range", (1, 9999999999)),
                        models.Q(
                            ("way", "cash"),
                            models.Q(("way", "transfer"), models.Q(("slip_ref", ""), _negated=True)),
                            _connector="OR",
                        ),
                    ),
                    models.Q(
                        ("kind__in", ("gift_in",)),
                        ("satang__isnull", False),
                        ("satang__range", (1, 9999999999)),
                        ("way", ""),
                    ),
                    models.Q(
                        models.Q(
                            ("kind__in", ["purchase", "sale", "kind_purchase", "kind_sale", "gift_in"]), _negated=True
                        ),
                        ("satang__isnull", True),
                        ("way", ""),
                    ),
                    _connector="OR",
                ),
                name="act_price",
            ),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("entry__isnull", False),
                        ("state", "posted"),
                        models.Q(
                            ("kind__in", ("sale", "gift_in", "kind_return", "kind_deposit", "kind_gift")),
                            ("approved_by__isnull", False),
                            _connector="OR",
                        ),
                    ),
                    models.Q(
                        ("entry__isnull", True),
                        ("state__in", ["waiting", "cancelled"]),
                        models.Q(
                            ("kind__in", ("sale", "gift_in", "kind_return", "kind_deposit", "kind_gift")), _negated=True
                        ),
                    ),
                    _connector="OR",
                ),
                name="act_posted_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("good__isnull", False), ("kind__in", ["purchase", "sale", "gift_in", "gift_out", "count"])
                    ),
                    models.Q(
                        models.Q(("kind__in", ["purchase", "sale", "gift_in", "gift_out", "count"]), _negated=True),
                        ("good__isnull", True),
                    ),
                    models.Q(("good__isnull", False), ("kind", "undo")),
                    _connector="OR",
                ),
                name="act_good",
            ),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ["gift_out", "kind_loss", "kind_write_off", "undo"]), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="act_explained",
            ),
        ),
    ]
