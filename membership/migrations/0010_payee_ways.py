import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0011_readmission"),
        ("membership", "0001_leaving"),
    ]

    operations = [
        migrations.AddField(
            model_name="settlementpayee",
            name="bank_holder",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="settlementpayee",
            name="member",
            field=models.ForeignKey(
                blank=True,
                help_text="the payee, where it is a member",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.member",
            ),
        ),
        migrations.AddField(
            model_name="settlementpayee",
            name="slip_ref",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="settlementpayee",
            name="way",
            field=models.CharField(
                choices=[("cash", "in cash"), ("transfer", "by bank transfer")], default="cash", max_length=8
            ),
        ),
        migrations.AddConstraint(
            model_name="settlementpayee",
            constraint=models.CheckConstraint(
                condition=models.Q(("way__in", ["cash", "transfer"])), name="settlement_payee_way"
            ),
        ),
        migrations.AddConstraint(
            model_name="settlementpayee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("way", "transfer"), _negated=True),
                    models.Q(("slip_ref", ""), _negated=True),
                    _connector="OR",
                ),
                name="settlement_payee_slip",
            ),
        ),
    ]
