import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("savings", "0001_initial"), ("funds", "0005_activities")]

    operations = [
        migrations.CreateModel(
            name="Deposit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("operation", models.UUIDField(unique=True)),
                ("received_on", models.DateField()),
                (
                    "way",
                    models.CharField(choices=[("cash", "in cash"), ("transfer", "by bank transfer")], max_length=8),
                ),
                ("bank_holder", models.CharField(blank=True, max_length=40)),
                ("slip_ref", models.CharField(blank=True, max_length=60)),
                ("pledge_satang", models.BigIntegerField(default=0)),
                ("special_satang", models.BigIntegerField(default=0)),
                ("fee_satang", models.BigIntegerField(default=0)),
                ("fine_satang", models.BigIntegerField(default=0)),
                ("recorded_at", models.DateTimeField()),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deposit", to="funds.entry"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.savingsgroup",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deposits", to="members.member"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "deposit beside the meeting",
                "ordering": ["-received_on", "-id"],
                "indexes": [models.Index(fields=["group", "-received_on", "-id"], name="deposit_of_group")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fee_satang__range", (0, 9999999999)),
                            ("fine_satang__range", (0, 9999999999)),
                            ("pledge_satang__range", (0, 9999999999)),
                            ("special_satang__range", (0, 9999999999)),
                        ),
                        name="deposit_amounts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pledge_satang__gt", 0),
                            ("special_satang__gt", 0),
                            ("fee_satang__gt", 0),
                            ("fine_satang__gt", 0),
                            _connector="OR",
                        ),
                        name="deposit_of_something",
                    ),
                    models.CheckConstraint(condition=models.Q(("way__in", ["cash", "transfer"])), name="deposit_way"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("way", "transfer"), _negated=True),
                            models.Q(("slip_ref", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="deposit_slip",
                    ),
                ],
            },
        ),
    ]
