import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0003_money"),
        ("members", "0004_households"),
    ]

    operations = [
        migrations.CreateModel(
            name="BankAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "holder",
                    models.CharField(
                        blank=True, default="", help_text="of O1200 and A1200 in the ledger", max_length=40
                    ),
                ),
                ("bank", models.CharField(max_length=60)),
                ("branch", models.CharField(blank=True, max_length=60)),
                ("number", models.CharField(max_length=24)),
                ("name", models.CharField(help_text="as it stands on the bank book", max_length=120)),
                ("is_private", models.BooleanField(help_text="in a person's name instead of the group's")),
                ("promptpay_id", models.CharField(blank=True, help_text="digits only", max_length=15)),
                ("in_operating", models.BooleanField(help_text="operating money stands there")),
                ("in_administrative", models.BooleanField(help_text="administrative money stands there")),
                ("opened_on", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("registered_at", models.DateTimeField()),
                (
                    "close_resolution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.resolution",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bank_accounts",
                        to="members.savingsgroup",
                    ),
                ),
                (
                    "registered_by",
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
                "verbose_name": "bank account",
                "ordering": ["group", "closed_on", "opened_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("group", "holder"), name="bank_account_holder_once"),
                    models.UniqueConstraint(fields=("group", "bank", "number"), name="bank_account_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("bank", ""), _negated=True),
                            models.Q(("number", ""), _negated=True),
                            models.Q(("name", ""), _negated=True),
                        ),
                        name="bank_account_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("in_operating", True), ("in_administrative", True), _connector="OR"),
                        name="bank_account_of_a_pool",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True), ("closed_on__gte", models.F("opened_on")), _connector="OR"
                        ),
                        name="bank_account_span",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("promptpay_id", ""),
                            ("promptpay_id__regex", "^(0[0-9]{9}|[0-9]{13}|[0-9]{15})$"),
                            _connector="OR",
                        ),
                        name="bank_account_promptpay",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BankAccountChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("changed", models.JSONField(help_text='{"promptpay_id": ["0812345678", "0898765432"], ...}')),
                ("at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="funds.bankaccount"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a bank account",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="BankMatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("through", models.DateField(help_text="the latest day among its lines and postings")),
                ("made_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="matches", to="funds.bankaccount"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bank_matches",
                        to="members.savingsgroup",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "match",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["account", "through"], name="bank_match_through"),
                ],
            },
        ),
        migrations.CreateModel(
            name="BankMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("operation", models.UUIDField(unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("bank_carry", "Carried to the bank"),
                            ("bank_fetch", "Fetched from the bank"),
                            ("bank_transfer", "Moved to another bank account"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "pool",
                    models.CharField(choices=[("O", "Operating pool"), ("A", "Administrative pool")], max_length=1),
                ),
                ("satang", models.BigIntegerField()),
                ("moved_on", models.DateField()),
                ("slip_ref", models.CharField(max_length=60)),
                ("memo", models.CharField(blank=True, max_length=200)),
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
                        related_name="bank_move",
                        to="funds.entry",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bank_moves",
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
                    "source",
                    models.ForeignKey(
                        blank=True,
                        help_text="none: the box",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves_out",
                        to="funds.bankaccount",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        blank=True,
                        help_text="none: the box",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves_in",
                        to="funds.bankaccount",
                    ),
                ),
            ],
            options={
                "verbose_name": "deposit or withdrawal at the bank",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["group", "-moved_on"], name="bank_move_group_day"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("satang__range", (1, 9999999999))), name="bank_move_amount"
                    ),
                    models.CheckConstraint(condition=models.Q(("pool__in", ["O", "A"])), name="bank_move_pool"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "bank_carry"), ("source__isnull", True), ("target__isnull", False)),
                            models.Q(("kind", "bank_fetch"), ("source__isnull", False), ("target__isnull", True)),
                            models.Q(
                                ("kind", "bank_transfer"),
                                ("source__isnull", False),
                                ("target__isnull", False),
                                models.Q(("source", models.F("target")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="bank_move_places",
                    ),
                    models.CheckConstraint(condition=models.Q(("slip_ref", ""), _negated=True), name="bank_move_slip"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("requested_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="bank_move_two_people",
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
                        name="bank_move_posted_whole",
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
                        name="bank_move_cancelled_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BankPage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(help_text="its first day")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Being typed"), ("typed", "Typed"), ("set_aside", "Set aside")],
                        default="draft",
                        max_length=9,
                    ),
                ),
                ("opening_satang", models.BigIntegerField(blank=True, null=True)),
                ("closing_satang", models.BigIntegerField(blank=True, null=True)),
                ("draft", models.JSONField(blank=True, default=dict)),
                ("version", models.PositiveIntegerField(default=1)),
                ("typed_on", models.DateField()),
                ("typed_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pages", to="funds.bankaccount"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bank_pages",
                        to="members.savingsgroup",
                    ),
                ),
                ("photos", models.ManyToManyField(blank=True, related_name="+", to="funds.photo")),
                (
                    "typed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "month of a bank book",
                "ordering": ["account", "-month", "-pk"],
                "indexes": [
                    models.Index(fields=["group", "month"], name="bank_page_group_month"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "set_aside"), _negated=True),
                        fields=("account", "month"),
                        name="bank_page_month_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "typed", "set_aside"])), name="bank_page_state"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "typed"), _negated=True),
                            models.Q(("closing_satang__gte", 0), ("opening_satang__gte", 0)),
                            _connector="OR",
                        ),
                        name="bank_page_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BankLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("on", models.DateField()),
                ("words", models.CharField(blank=True, max_length=120)),
                ("in_satang", models.BigIntegerField(default=0)),
                ("out_satang", models.BigIntegerField(default=0)),
                ("balance_satang", models.BigIntegerField()),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="funds.bankpage"
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a bank book",
                "ordering": ["page", "place"],
                "constraints": [
                    models.UniqueConstraint(fields=("page", "place"), name="bank_line_place_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("in_satang", 0), ("out_satang__range", (1, 9999999999))),
                            models.Q(("in_satang__range", (1, 9999999999)), ("out_satang", 0)),
                            _connector="OR",
                        ),
                        name="bank_line_in_or_out",
                    ),
                    models.CheckConstraint(condition=models.Q(("balance_satang__gte", 0)), name="bank_line_balance"),
                ],
            },
        ),
        migrations.CreateModel(
            name="EarlierPosting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.IntegerField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="earlier_postings",
                        to="funds.bankaccount",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="funds.entry"
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "posting before the typed bank book",
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "line"), name="earlier_posting_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="MatchedLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="matched", to="funds.bankline"
                    ),
                ),
                (
                    "match",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="funds.bankmatch"
                    ),
                ),
            ],
            options={
                "verbose_name": "matched line",
            },
        ),
        migrations.CreateModel(
            name="MatchedPosting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.IntegerField()),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="funds.entry"
                    ),
                ),
                (
                    "match",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="postings", to="funds.bankmatch"
                    ),
                ),
            ],
            options={
                "verbose_name": "matched posting",
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "line"), name="matched_posting_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reconciliation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField()),
                ("through", models.DateField(help_text="the month's last day")),
                ("book_satang", models.BigIntegerField()),
                ("ledger_satang", models.BigIntegerField()),
                ("open_lines_satang", models.BigIntegerField()),
                ("open_postings_satang", models.BigIntegerField()),
                ("beginning_satang", models.BigIntegerField(default=0)),
                ("matched", models.PositiveIntegerField(help_text="lines of the book found in the ledger")),
                ("items", models.JSONField(blank=True, default=list)),
                ("finished_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reconciliations",
                        to="funds.bankaccount",
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reconciliation", to="funds.entry"
                    ),
                ),
                (
                    "finished_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reconciliations",
                        to="members.savingsgroup",
                    ),
                ),
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reconciliation", to="funds.bankpage"
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "reconciliation",
                "ordering": ["account", "-month"],
                "indexes": [
                    models.Index(fields=["group", "account", "-finished_at"], name="reconciliation_last"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("account", "month"), name="reconciliation_month_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "book_satang",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("ledger_satang"), "+", models.F("open_lines_satang")
                                        ),
                                        "-",
                                        models.F("open_postings_satang"),
                                    ),
                                    "+",
                                    models.F("beginning_satang"),
                                ),
                            )
                        ),
                        name="reconciliation_explained",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("finished_by", models.F("signed_by")), _negated=True),
                        name="reconciliation_two_people",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="bankmatch",
            name="sealed",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="matches",
                to="funds.reconciliation",
            ),
        ),
    ]
