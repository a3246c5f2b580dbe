"""A payment of the evening may be a loan paid out."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial"), ("loans", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="paymentline", name="payment_kind"),
        migrations.RemoveConstraint(model_name="paymentline", name="payment_withdrawal_has_member"),
        migrations.AlterField(
            model_name="paymentline",
            name="kind",
            field=models.CharField(
                choices=[
                    ("withdrawal", "Withdrawal of special savings"),
                    ("expense", "Expense"),
                    ("loan", "Loan paid out"),
                    ("bank_fetch", "Fetched from the bank"),
                    ("bank_carry", "Carried to the bank"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentline",
            constraint=models.CheckConstraint(
                condition=Q(kind__in=["withdrawal", "expense", "loan", "bank_fetch", "bank_carry"]),
                name="payment_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentline",
            constraint=models.CheckConstraint(
                condition=~Q(kind__in=["withdrawal", "loan"]) | Q(member__isnull=False), name="payment_to_a_member"
            ),
        ),
    ]
