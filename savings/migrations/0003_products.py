import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("savings", "0002_pledges")]

    operations = [
        migrations.CreateModel(
            name="SpecialProduct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="Name of the product")),
                (
                    "is_default",
                    models.BooleanField(default=False, help_text="new books are of this product unless told"),
                ),
                ("opened_at", models.DateTimeField(auto_now_add=True)),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="special_products",
                        to="members.savingsgroup",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["group", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("group", "name"), name="special_product_name_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)), fields=("group",), name="special_product_default_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="special_product_named"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProductTerms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="From the month")),
                (
                    "rate",
                    models.PositiveIntegerField(
                        help_text="hundredths of a per cent a year", verbose_name="Interest a year"
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("daily", "by the balance of each day"),
                            ("monthly", "by the lowest balance of each month"),
                        ],
                        max_length=8,
                        verbose_name="Reckoned",
                    ),
                ),
                ("first_credit_month", models.PositiveSmallIntegerField(verbose_name="Credited at the end of")),
                (
                    "second_credit_month",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="and at the end of"),
                ),
                ("minimum_satang", models.BigIntegerField(default=0, verbose_name="Lowest balance")),
                (
                    "withdrawals_a_month",
                    models.PositiveSmallIntegerField(default=0, help_text="0: any", verbose_name="Withdrawals a month"),
                ),
                ("notice_days", models.PositiveSmallIntegerField(default=0, verbose_name="Days of notice")),
                ("set_at", models.DateTimeField(auto_now_add=True)),
                (
                    "resolution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.resolution"
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms",
                        to="savings.specialproduct",
                    ),
                ),
            ],
            options={
                "ordering": ["product", "valid_from"],
                "constraints": [
                    models.UniqueConstraint(fields=("product", "valid_from"), name="product_terms_begin_once"),
                    models.CheckConstraint(condition=models.Q(("valid_from__day", 1)), name="product_terms_from_first"),
                    models.CheckConstraint(condition=models.Q(("rate__lte", 10000)), name="product_terms_rate"),
                    models.CheckConstraint(
                        condition=models.Q(("method__in", ["daily", "monthly"])), name="product_terms_method"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_credit_month__range", (1, 12)),
                            models.Q(
                                ("second_credit_month__isnull", True),
                                ("second_credit_month__range", (1, 12)),
                                _connector="OR",
                            ),
                            models.Q(("first_credit_month", models.F("second_credit_month")), _negated=True),
                        ),
                        name="product_terms_months",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minimum_satang__range", (0, 9999999999))), name="product_terms_minimum"
                    ),
                    models.CheckConstraint(condition=models.Q(("notice_days__lte", 366)), name="product_terms_notice"),
                ],
            },
        ),
        migrations.CreateModel(
            name="InterestRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("operation", models.UUIDField(unique=True)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("credited_on", models.DateField()),
                ("total_satang", models.BigIntegerField()),
                (
                    "fingerprint",
                    models.CharField(help_text="of every balance and figure that the preview showed", max_length=64),
                ),
                ("requested_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "voided_at",
                    models.DateTimeField(
                        blank=True, help_text="its entry was reversed, the period is open again", null=True
                    ),
                ),
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
                        related_name="interest_run",
                        to="funds.entry",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.savingsgroup"
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
                    "product",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="savings.specialproduct",
                    ),
                ),
            ],
            options={
                "verbose_name": "crediting of interest",
                "ordering": ["-starts_on", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at__isnull", True), ("voided_at__isnull", True)),
                        fields=("product", "starts_on"),
                        name="interest_once_a_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="interest_period"
                    ),
                    models.CheckConstraint(condition=models.Q(("starts_on__day", 1)), name="interest_whole_months"),
                    models.CheckConstraint(condition=models.Q(("total_satang__gt", 0)), name="interest_total"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("requested_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="interest_two_people",
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
                        name="interest_posted_whole",
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
                        name="interest_cancelled_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("voided_at__isnull", True), ("entry__isnull", False), _connector="OR"),
                        name="interest_voided_was_posted",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="specialbook",
            name="product",
            field=models.ForeignKey(
                blank=True,
                help_text="its terms",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="books",
                to="savings.specialproduct",
            ),
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("operation", models.UUIDField(unique=True)),
                ("satang", models.BigIntegerField()),
                (
                    "way",
                    models.CharField(choices=[("cash", "in cash"), ("transfer", "by bank transfer")], max_length=8),
                ),
                ("bank_holder", models.CharField(blank=True, max_length=40)),
                ("slip_ref", models.CharField(blank=True, max_length=60)),
                ("pay_from", models.DateField(help_text="the first day after the notice that the product asks for")),
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
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawals",
                        to="savings.specialbook",
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
                        related_name="savings_withdrawal",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="withdrawals", to="members.member"
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
                "verbose_name": "withdrawal of special savings",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["group", "-id"], name="withdrawal_of_group"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("satang__range", (1, 9999999999))), name="withdrawal_amount"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["cash", "transfer"])), name="withdrawal_way"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("way", "transfer"), _negated=True),
                            models.Q(("slip_ref", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="withdrawal_slip",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hold__isnull", False), ("cancelled_at__isnull", False), _connector="OR"),
                        name="withdrawal_held",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("requested_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="withdrawal_two_people",
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
                        name="withdrawal_posted_whole",
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
                        name="withdrawal_cancelled_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InterestLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("satang", models.BigIntegerField()),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="interest", to="savings.specialbook"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="savings.interestrun",
                    ),
                ),
            ],
            options={
                "ordering": ["run", "book"],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "book"), name="interest_once_a_book"),
                    models.CheckConstraint(condition=models.Q(("satang__gt", 0)), name="interest_line_amount"),
                ],
            },
        ),
    ]
