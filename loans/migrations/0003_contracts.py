"""Decisions that wait for the second officer, and the money that a payout sets aside."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("loans", "0002_applications")]

    operations = [
        migrations.AddField(
            model_name="disbursement",
            name="hold",
            field=models.OneToOneField(
                blank=True,
                help_text="of cash or bank",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="funds.hold",
            ),
        ),
        migrations.CreateModel(
            name="DecisionProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("operation", models.UUIDField(unique=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("approved", "Approved"),
                            ("reduced", "Approved for less"),
                            ("refused", "Not approved"),
                        ],
                        max_length=8,
                    ),
                ),
                ("satang", models.BigIntegerField(default=0)),
                ("instalments", models.PositiveSmallIntegerField(default=0)),
                ("grace", models.PositiveSmallIntegerField(default=0)),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="Reason")),
                ("votes", models.JSONField(default=list)),
                ("recorded_at", models.DateTimeField()),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "application",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="loans.loanapplication",
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
                    "decision",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposal",
                        to="loans.decision",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="loan_proposals",
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
                    "terms",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="loans.loanterms"
                    ),
                ),
            ],
            options={
                "ordering": ["application", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(cancelled_at__isnull=True),
                        fields=["application"],
                        name="decision_proposal_once",
                    ),
                    models.CheckConstraint(
                        condition=Q(outcome__in=["approved", "reduced"], satang__gte=1, instalments__gte=1)
                        | Q(outcome="refused", satang=0, instalments=0) & ~Q(reason=""),
                        name="decision_proposal_outcome",
                    ),
                    models.CheckConstraint(
                        condition=Q(cancelled_by__isnull=True, cancelled_at__isnull=True)
                        | Q(cancelled_by__isnull=False, cancelled_at__isnull=False, decision__isnull=True),
                        name="decision_proposal_cancelled_whole",
                    ),
                ],
            },
        ),
    ]
