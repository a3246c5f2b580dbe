import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0002_references"),
        ("members", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="BankLoan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=40)),
                ("lender", models.CharField(max_length=120)),
                ("principal_satang", models.BigIntegerField()),
                ("rate", models.PositiveIntegerField(help_text="hundredths of a per cent a year")),
                ("received_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bank_loans",
                        to="members.savingsgroup",
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
                "ordering": ["-received_on", "-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("group", "number"), name="bank_loan_once"),
                    models.CheckConstraint(
                        condition=models.Q(("principal_satang__range", (1, 9999999999))), name="bank_loan_amount"
                    ),
                    models.CheckConstraint(condition=models.Q(("rate__lte", 10000)), name="bank_loan_rate"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number", ""), _negated=True), models.Q(("lender", ""), _negated=True)
                        ),
                        name="bank_loan_named",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BankLoanInstalment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("due_on", models.DateField()),
                ("principal_satang", models.BigIntegerField()),
                ("interest_satang", models.BigIntegerField()),
                (
                    "loan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="instalments", to="funds.bankloan"
                    ),
                ),
            ],
            options={
                "ordering": ["loan", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("loan", "number"), name="bank_instalment_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("interest_satang__range", (0, 9999999999)),
                            ("principal_satang__range", (0, 9999999999)),
                            models.Q(("principal_satang__gt", 0), ("interest_satang__gt", 0), _connector="OR"),
                        ),
                        name="bank_instalment_amount",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MoneyIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("operation", models.UUIDField(unique=True)),
                ("source", models.CharField(max_length=20)),
                ("received_on", models.DateField()),
                ("satang", models.BigIntegerField()),
                ("account_code", models.CharField(max_length=12)),
                ("account_holder", models.CharField(blank=True, max_length=40)),
                ("giver", models.CharField(blank=True, max_length=120)),
                ("purpose", models.CharField(blank=True, max_length=200)),
                (
                    "way",
                    models.CharField(choices=[("cash", "in cash"), ("transfer", "by bank transfer")], max_length=8),
                ),
                ("bank_holder", models.CharField(blank=True, max_length=40)),
                ("slip_ref", models.CharField(blank=True, max_length=60)),
                ("recorded_at", models.DateTimeField()),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="money_in", to="funds.entry"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="money_in",
                        to="members.savingsgroup",
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
                "verbose_name": "money received",
                "ordering": ["-received_on", "-id"],
                "indexes": [
                    models.Index(fields=["group", "-received_on", "-id"], name="money_in_of_group"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("satang__range", (1, 9999999999))), name="money_in_amount"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "source__in",
                                [
                                    "subsidy",
                                    "subsidy_returnable",
                                    "donation",
                                    "bank_loan",
                                    "bank_interest",
                                    "bank_interest_admin",
                                    "other",
                                    "other_admin",
                                ],
                            )
                        ),
                        name="money_in_source",
                    ),
                    models.CheckConstraint(condition=models.Q(("way__in", ["cash", "transfer"])), name="money_in_way"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("way", "transfer"), _negated=True),
                            models.Q(("slip_ref", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="money_in_slip",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("source__startswith", "bank_interest"),
                            models.Q(("giver", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="money_in_has_giver",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="bankloan",
            name="received",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="bank_loan", to="funds.moneyin"
            ),
        ),
        migrations.CreateModel(
            name="Photo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("jpeg", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("kept_at", models.DateTimeField()),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="photos", to="members.savingsgroup"
                    ),
                ),
                (
                    "kept_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("height__range", (1, 1600)), ("width__range", (1, 1600))), name="photo_size"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="moneyin",
            name="photo",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="funds.photo"
            ),
        ),
        migrations.CreateModel(
            name="Voucher",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("operation", models.UUIDField(unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("expense", "Expense"),
                            ("subsidy_return", "Returnable subsidy given back"),
                            ("bank_loan_payment", "Instalment of the group's bank loan"),
                            ("officer_advance", "Advance to an officer"),
                            ("advance_settled", "Settlement of an advance"),
                            ("pool_advance", "Advance between the pools"),
                        ],
                        max_length=18,
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        blank=True, help_text="key of an expense; of an advance: lend or return", max_length=20
                    ),
                ),
                ("paid_on", models.DateField()),
                ("satang", models.BigIntegerField()),
                (
                    "way",
                    models.CharField(choices=[("cash", "in cash"), ("transfer", "by bank transfer")], max_length=8),
                ),
                ("bank_holder", models.CharField(blank=True, max_length=40)),
                ("slip_ref", models.CharField(blank=True, max_length=60)),
                ("payee", models.CharField(blank=True, max_length=120)),
                ("memo", models.CharField(max_length=200)),
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
                        related_name="voucher",
                        to="funds.entry",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vouchers",
                        to="members.savingsgroup",
                    ),
                ),
                (
                    "instalment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vouchers",
                        to="funds.bankloaninstalment",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vouchers",
                        to="members.member",
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="funds.photo",
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
                        related_name="vouchers",
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
                "verbose_name": "voucher",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["group", "-paid_on", "-id"], name="voucher_of_group"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("satang__range", (1, 9999999999))), name="voucher_amount"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                (
                                    "expense",
                                    "subsidy_return",
                                    "bank_loan_payment",
                                    "officer_advance",
                                    "advance_settled",
                                    "pool_advance",
                                ),
                            )
                        ),
                        name="voucher_kind",
                    ),
                    models.CheckConstraint(condition=models.Q(("way__in", ["cash", "transfer"])), name="voucher_way"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("way", "transfer"), _negated=True),
                            models.Q(("slip_ref", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="voucher_slip",
                    ),
                    models.CheckConstraint(condition=models.Q(("memo", ""), _negated=True), name="voucher_explained"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "pool_advance"), models.Q(("payee", ""), _negated=True), _connector="OR"
                        ),
                        name="voucher_has_payee",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("requested_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="voucher_two_people",
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
                        name="voucher_posted_whole",
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
                        name="voucher_cancelled_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "pool_advance"), _negated=True),
                            ("purpose__startswith", "return"),
                            models.Q(("purpose__startswith", "lend"), ("resolution__isnull", False)),
                            _connector="OR",
                        ),
                        name="voucher_advance_resolved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["officer_advance", "advance_settled"]), _negated=True),
                            ("member__isnull", False),
                            _connector="OR",
                        ),
                        name="voucher_advance_to_member",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("instalment__isnull", False), ("kind", "bank_loan_payment")),
                            models.Q(
                                models.Q(("kind", "bank_loan_payment"), _negated=True), ("instalment__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="voucher_of_instalment",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at__isnull", True), ("instalment__isnull", False)),
                        fields=("instalment",),
                        name="voucher_instalment_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VoucherLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField()),
                ("account_code", models.CharField(max_length=12)),
                ("account_holder", models.CharField(blank=True, max_length=40)),
                ("satang", models.BigIntegerField()),
                ("memo", models.CharField(blank=True, max_length=200)),
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
                    "voucher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="funds.voucher"
                    ),
                ),
            ],
            options={
                "ordering": ["voucher", "place"],
                "constraints": [
                    models.UniqueConstraint(fields=("voucher", "place"), name="voucher_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("satang__range", (-9999999999, 9999999999)), models.Q(("satang", 0), _negated=True)
                        ),
                        name="voucher_line_amount",
                    ),
                ],
            },
        ),
    ]
