"""Contracts of one decision one after another; spouses' consent; savings set aside while a set-off waits."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("funds", "0011_gifts"), ("loans", "0006_adopted")]

    operations = [
        migrations.AddField(model_name="loan", name="asks_spouses", field=models.BooleanField(default=False)),
        migrations.AddField(
            model_name="loanact",
            name="hold",
            field=models.OneToOneField(
                blank=True,
                help_text="savings set aside for a set-off that waits, beyond what secures the loan",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="funds.hold",
            ),
        ),
        migrations.AlterField(
            model_name="loan",
            name="application",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contracts",
                to="loans.loanapplication",
            ),
        ),
        migrations.AddConstraint(
            model_name="loanact",
            constraint=models.CheckConstraint(
                condition=models.Q(("hold__isnull", True), ("kind", "set_off"), _connector="OR"),
                name="loan_act_holds_set_off",
            ),
        ),
    ]
