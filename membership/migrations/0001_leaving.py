import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("members", "0011_readmission"),
        ("funds", "0005_activities"),
        ("savings", "0003_products"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Leaving",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("operation", models.UUIDField(unique=True)),
                (
                    "reason",
                    models.CharField(
                        choices=[("resignation", "Resignation"), ("expulsion", "Expulsion"), ("death", "Death")],
                        max_length=11,
                        verbose_name="Reason for leaving",
                    ),
                ),
                (
                    "begun_on",
                    models.DateField(
                        help_text="written request, resolution of expulsion or report of death: days count on"
                    ),
                ),
                ("ended_on", models.DateField(help_text="the membership's last day: as begun_on, or the day of death")),
                ("reported_by", models.CharField(blank=True, max_length=160, verbose_name="Reported by")),
                ("explanation", models.CharField(blank=True, max_length=200, verbose_name="Why")),
                ("due_on", models.DateField(help_text="the last day on which the savings are given back in time")),
                ("recorded_at", models.DateTimeField()),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="leavings", to="members.member"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "resolution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.resolution",
                    ),
                ),
            ],
            options={
                "verbose_name": "leaving",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["group", "-id"], name="leaving_of_group"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at__isnull", True)),
                        fields=("member",),
                        name="leaving_once_a_membership",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ["resignation", "expulsion", "death"])), name="leaving_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", "expulsion"), _negated=True),
                            models.Q(models.Q(("explanation", ""), _negated=True), ("resolution__isnull", False)),
                            _connector="OR",
                        ),
                        name="leaving_expulsion_explained",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", "death"), _negated=True),
                            models.Q(("reported_by", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="leaving_death_reported",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended_on__lte", models.F("begun_on"))), name="leaving_days_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("begun_on"))), name="leaving_due_after"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancelled_at__isnull", True), ("cancelled_by__isnull", True)),
                            models.Q(
                                ("cancelled_at__isnull", False),
                                ("cancelled_by__isnull", False),
                                ("settled_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="leaving_cancelled_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Settlement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("operation", models.UUIDField(unique=True)),
                ("paid_on", models.DateField()),
                ("owed_satang", models.BigIntegerField()),
                (
                    "interest_satang",
                    models.BigIntegerField(default=0, help_text="the part of it that the running period has earned"),
                ),
                ("set_off_satang", models.BigIntegerField()),
                ("lapsed_satang", models.BigIntegerField(default=0, help_text="fines that the savings did not cover")),
                ("paid_satang", models.BigIntegerField()),
                (
                    "way",
                    models.CharField(choices=[("cash", "in cash"), ("transfer", "by bank transfer")], max_length=8),
                ),
                ("bank_holder", models.CharField(blank=True, max_length=40)),
                ("slip_ref", models.CharField(blank=True, max_length=60)),
                ("requested_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settlement",
                        to="funds.entry",
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
                    "leaving",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="settlements", to="membership.leaving"
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "resolution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.resolution",
                    ),
                ),
                (
                    "signature",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.cosignature",
                    ),
                ),
            ],
            options={
                "verbose_name": "settlement of a leaver",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at__isnull", True)),
                        fields=("leaving",),
                        name="settlement_once_a_leaving",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lapsed_satang__gte", 0),
                            ("owed_satang__range", (0, 9999999999)),
                            ("interest_satang__gte", 0),
                            ("paid_satang__gte", 0),
                            ("set_off_satang__gte", 0),
                            (
                                "owed_satang",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("set_off_satang"), "+", models.F("paid_satang")
                                ),
                            ),
                        ),
                        name="settlement_comes_back_in_full",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["cash", "transfer"])), name="settlement_way"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("way", "transfer"), _negated=True),
                            models.Q(("slip_ref", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="settlement_slip",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("requested_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="settlement_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_at__isnull", True), ("approved_by__isnull", True), ("entry__isnull", True)
                            ),
                            models.Q(
                                ("approved_at__isnull", False), ("approved_by__isnull", False), ("entry__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="settlement_posted_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancelled_at__isnull", True), ("cancelled_by__isnull", True)),
                            models.Q(
                                ("cancelled_at__isnull", False),
                                ("cancelled_by__isnull", False),
                                ("entry__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="settlement_cancelled_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SettlementLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField()),
                ("account_code", models.CharField(max_length=12)),
                ("account_holder", models.CharField(blank=True, max_length=40)),
                ("satang", models.BigIntegerField()),
                (
                    "hold",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="funds.hold",
                    ),
                ),
                (
                    "settlement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="membership.settlement"
                    ),
                ),
            ],
            options={
                "ordering": ["settlement", "place"],
                "constraints": [
                    models.UniqueConstraint(fields=("settlement", "place"), name="settlement_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(("satang", 0), _negated=True), name="settlement_line_amount"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SettlementPayee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=160)),
                ("relation", models.CharField(blank=True, max_length=60)),
                ("percent", models.PositiveSmallIntegerField()),
                ("satang", models.BigIntegerField()),
                (
                    "settlement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payees", to="membership.settlement"
                    ),
                ),
            ],
            options={
                "ordering": ["settlement", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("settlement", "position"), name="settlement_payee_once"),
                    models.CheckConstraint(
                        condition=models.Q(("percent__range", (1, 100))), name="settlement_payee_percent"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("satang__range", (0, 9999999999))), name="settlement_payee_amount"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="settlement_payee_named"
                    ),
                ],
            },
        ),
    ]
