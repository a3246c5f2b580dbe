import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0005_activities"),
        ("members", "0011_readmission"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReversalRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("operation", models.UUIDField(unique=True)),
                ("reason", models.CharField(max_length=200)),
                ("requested_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "reversal asked for",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="reversal_explained"
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="bankloan",
            name="bank_loan_once",
        ),
        migrations.RemoveConstraint(
            model_name="voucher",
            name="voucher_instalment_once",
        ),
        migrations.AddField(
            model_name="bankloan",
            name="is_void",
            field=models.BooleanField(default=False, help_text="its entry was reversed; the number may come again"),
        ),
        migrations.AddField(
            model_name="voucher",
            name="is_void",
            field=models.BooleanField(
                default=False, help_text="its entry was reversed; its instalment may be paid again"
            ),
        ),
        migrations.AddConstraint(
            model_name="bankloan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_void", False)), fields=("group", "number"), name="bank_loan_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="voucher",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cancelled_at__isnull", True), ("instalment__isnull", False), ("is_void", False)),
                fields=("instalment",),
                name="voucher_instalment_once",
            ),
        ),
        migrations.AddField(
            model_name="reversalrequest",
            name="approved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reversalrequest",
            name="cancelled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reversalrequest",
            name="entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="reversal_requests", to="funds.entry"
            ),
        ),
        migrations.AddField(
            model_name="reversalrequest",
            name="group",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reversal_requests",
                to="members.savingsgroup",
            ),
        ),
        migrations.AddField(
            model_name="reversalrequest",
            name="holds",
            field=models.ManyToManyField(blank=True, related_name="+", to="funds.hold"),
        ),
        migrations.AddField(
            model_name="reversalrequest",
            name="requested_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="reversalrequest",
            name="resolution",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.resolution",
            ),
        ),
        migrations.AddField(
            model_name="reversalrequest",
            name="reversal",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reversal_request",
                to="funds.entry",
            ),
        ),
        migrations.AddField(
            model_name="reversalrequest",
            name="signature",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.cosignature",
            ),
        ),
        migrations.AddIndex(
            model_name="reversalrequest",
            index=models.Index(fields=["group", "-id"], name="reversal_request_of_group"),
        ),
        migrations.AddConstraint(
            model_name="reversalrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cancelled_at__isnull", True)), fields=("entry",), name="reversal_asked_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="reversalrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(("approved_by", models.F("requested_by")), _negated=True),
                    _connector="OR",
                ),
                name="reversal_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="reversalrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True), ("reversal__isnull", True)),
                    models.Q(
                        ("approved_at__isnull", False), ("approved_by__isnull", False), ("reversal__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="reversal_posted_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="reversalrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cancelled_at__isnull", True), ("cancelled_by__isnull", True)),
                    models.Q(
                        ("cancelled_at__isnull", False), ("cancelled_by__isnull", False), ("reversal__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="reversal_cancelled_whole",
            ),
        ),
    ]
