import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0004_bank"),
        ("members", "0004_households"),
    ]

    operations = [
        migrations.CreateModel(
            name="Activity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("shop", "Marketing demonstration centre, shop"),
                            ("granary", "Granary"),
                            ("rice_bank", "Rice bank"),
                            ("fertiliser", "Fertiliser"),
                            ("other", "Other activity"),
                        ],
                        max_length=10,
                    ),
                ),
                ("unit_book", models.CharField(blank=True, max_length=2)),
                ("started_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "group",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="members.savingsgroup",
                    ),
                ),
                (
                    "keeper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="members.member",
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
                "verbose_name_plural": "activities",
                "ordering": ["group", "name"],
                "constraints": [
                    models.UniqueConstraint(fields=("group", "name"), name="activity_name_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("unit_book", ""), _negated=True),
                        fields=("group", "unit_book"),
                        name="activity_unit_book_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("name__contains", ","), _negated=True),
                            models.Q(("name__startswith", " "), _negated=True),
                            models.Q(("name__endswith", " "), _negated=True),
                        ),
                        name="activity_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["shop", "granary", "rice_bank", "fertiliser", "other"])),
                        name="activity_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit_book__in", ["", "KF", "KG", "KM", "KR", "KS"])),
                        name="activity_unit_book",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True), ("ended_on__gte", models.F("started_on")), _connector="OR"
                        ),
                        name="activity_span",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Good",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("unit", models.CharField(max_length=20)),
                ("price_satang", models.BigIntegerField(blank=True, help_text="asked for one unit", null=True)),
                ("brought_quantity", models.BigIntegerField(default=0)),
                ("brought_satang", models.BigIntegerField(default=0)),
                (
                    "activity",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="goods",
                        to="funds.activity",
                    ),
                ),
            ],
            options={
                "ordering": ["activity", "name"],
                "constraints": [
                    models.UniqueConstraint(fields=("activity", "name"), name="good_name_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), models.Q(("unit", ""), _negated=True)
                        ),
                        name="good_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("price_satang__isnull", True), ("price_satang__range", (1, 9999999999)), _connector="OR"
                        ),
                        name="good_price",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("brought_quantity", 0), ("brought_satang", 0)),
                            models.Q(
                                ("brought_quantity__range", (1, 9999999000)), ("brought_satang__range", (0, 9999999999))
                            ),
                            _connector="OR",
                        ),
                        name="good_brought",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KindLoan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20)),
                ("grams", models.BigIntegerField()),
                ("interest_grams", models.BigIntegerField()),
                ("lent_on", models.DateField()),
                ("due_on", models.DateField()),
                (
                    "activity",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kind_loans",
                        to="funds.activity",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="kind_loans", to="members.member"
                    ),
                ),
            ],
            options={
                "ordering": ["activity", "-lent_on", "-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("activity", "number"), name="kind_loan_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("grams__range", (1, 9999999000)), ("interest_grams__range", (0, 9999999000))
                        ),
                        name="kind_loan_amount",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_on__gt", models.F("lent_on")), models.Q(("number", ""), _negated=True)
                        ),
                        name="kind_loan_due",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Act",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("operation", models.UUIDField(unique=True)),
                ("kind", models.CharField(max_length=16)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for the second officer"),
                            ("posted", "Posted"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=10,
                    ),
                ),
                ("done_on", models.DateField()),
                ("quantity", models.BigIntegerField()),
                ("satang", models.BigIntegerField(blank=True, null=True)),
                ("cost", models.BigIntegerField(default=0)),
                ("change", models.BigIntegerField(default=0)),
                ("interest", models.BigIntegerField(default=0)),
                (
                    "way",
                    models.CharField(
                        blank=True, choices=[("cash", "in cash"), ("transfer", "by bank transfer")], max_length=8
                    ),
                ),
                ("bank_holder", models.CharField(blank=True, max_length=40)),
                ("slip_ref", models.CharField(blank=True, max_length=60)),
                ("party", models.CharField(blank=True, max_length=120)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=200)),
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
                        related_name="act",
                        to="funds.entry",
                    ),
                ),
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
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acts",
                        to="members.member",
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
                (
                    "undoes",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="funds.act",
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acts",
                        to="funds.activity",
                    ),
                ),
                (
                    "good",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acts",
                        to="funds.good",
                    ),
                ),
                (
                    "loan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acts",
                        to="funds.kindloan",
                    ),
                ),
                (
                    "made_loan",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="act",
                        to="funds.kindloan",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["activity", "-done_on", "-id"], name="act_of_activity"),
                    models.Index(fields=["good", "state"], name="act_of_good"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "count",
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("quantity__range", (0, 9999999000)),
                            models.Q(
                                ("quantity__gt", 0),
                                ("kind__in", ("count", "kind_count")),
                                ("kind", "undo"),
                                _connector="OR",
                            ),
                        ),
                        name="act_quantity",
                    ),
                    models.CheckConstraint(
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
                                models.Q(
                                    ("kind__in", ("purchase", "sale", "kind_purchase", "kind_sale")), _negated=True
                                ),
                                ("satang__isnull", True),
                                ("way", ""),
                            ),
                            _connector="OR",
                        ),
                        name="act_price",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("requested_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="act_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                            models.Q(
                                ("approved_at__isnull", False), ("approved_by__isnull", False), ("state", "posted")
                            ),
                            _connector="OR",
                        ),
                        name="act_approved_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("entry__isnull", False),
                                ("state", "posted"),
                                models.Q(
                                    ("kind__in", ("sale", "kind_return", "kind_deposit", "kind_gift")),
                                    ("approved_by__isnull", False),
                                    _connector="OR",
                                ),
                            ),
                            models.Q(
                                ("entry__isnull", True),
                                ("state__in", ["waiting", "cancelled"]),
                                models.Q(
                                    ("kind__in", ("sale", "kind_return", "kind_deposit", "kind_gift")), _negated=True
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="act_posted_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("cancelled_at__isnull", False), ("cancelled_by__isnull", False), ("state", "cancelled")
                            ),
                            models.Q(
                                models.Q(("state", "cancelled"), _negated=True),
                                ("cancelled_at__isnull", True),
                                ("cancelled_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="act_cancelled_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("good__isnull", False), ("kind__in", ["purchase", "sale", "count"])),
                            models.Q(
                                models.Q(("kind__in", ["purchase", "sale", "count"]), _negated=True),
                                ("good__isnull", True),
                            ),
                            models.Q(("good__isnull", False), ("kind", "undo")),
                            _connector="OR",
                        ),
                        name="act_good",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["kind_loan", "kind_deposit", "kind_withdrawal"]), _negated=True),
                            ("member__isnull", False),
                            _connector="OR",
                        ),
                        name="act_member",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["kind_return", "kind_write_off"]), ("loan__isnull", False)),
                            models.Q(
                                models.Q(("kind__in", ["kind_return", "kind_write_off"]), _negated=True),
                                ("loan__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="act_loan",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_on__isnull", False), ("kind__in", ["kind_loan"])),
                            models.Q(models.Q(("kind__in", ["kind_loan"]), _negated=True), ("due_on__isnull", True)),
                            _connector="OR",
                        ),
                        name="act_due",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["undo"]), ("undoes__isnull", False)),
                            models.Q(models.Q(("kind__in", ["undo"]), _negated=True), ("undoes__isnull", True)),
                            _connector="OR",
                        ),
                        name="act_undoes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["kind_loss", "kind_write_off", "undo"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="act_explained",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("change", 0), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="act_difference_explained",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "kind_write_off"), _negated=True),
                            ("resolution__isnull", False),
                            _connector="OR",
                        ),
                        name="act_resolved",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("undoes__isnull", False), models.Q(("state", "cancelled"), _negated=True)),
                        fields=("undoes",),
                        name="act_undone_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KindTerms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("rate", models.PositiveIntegerField()),
                ("limit_grams", models.BigIntegerField()),
                ("set_at", models.DateTimeField()),
                (
                    "activity",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms",
                        to="funds.activity",
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
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["activity", "-valid_from"],
                "constraints": [
                    models.UniqueConstraint(fields=("activity", "valid_from"), name="kind_terms_once"),
                    models.CheckConstraint(condition=models.Q(("rate__lte", 10000)), name="kind_terms_rate"),
                    models.CheckConstraint(
                        condition=models.Q(("limit_grams__range", (1, 9999999000))), name="kind_terms_limit"
                    ),
                ],
            },
        ),
    ]
