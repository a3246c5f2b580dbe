import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0002_house"),
    ]

    operations = [
        migrations.CreateModel(
            name="AdmissionDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("applied_on", models.DateField(blank=True, null=True)),
                ("outcome", models.CharField(choices=[("admitted", "Admitted"), ("refused", "Refused")], max_length=8)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("waives_fees", models.BooleanField(default=False)),
                ("decided_at", models.DateTimeField(auto_now_add=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="admissions",
                        to="members.savingsgroup",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="members.member"
                    ),
                ),
                (
                    "resolution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decided_applications",
                        to="members.resolution",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("member", "resolution"), name="application_decided_once_a_resolution"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "admitted")),
                        fields=("member",),
                        name="application_admitted_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "admitted"), ("reason", "")),
                            models.Q(models.Q(("outcome", "refused")), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="application_refused_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("waives_fees", False), ("outcome", "admitted"), _connector="OR"),
                        name="application_fees_waived",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MemberChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field", models.CharField(max_length=40)),
                ("before", models.TextField(blank=True)),
                ("after", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField()),
                ("changed_at", models.DateTimeField(auto_now_add=True)),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="member_changes",
                        to="members.savingsgroup",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="members.member"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["member", "-id"], name="changes_of_member")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("before", models.F("after")), _negated=True), name="member_change_changes"
                    )
                ],
            },
        ),
    ]
