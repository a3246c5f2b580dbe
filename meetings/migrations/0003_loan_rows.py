from django.db import migrations, models
from django.db.models import F, Q

AMOUNT_MAX = 99_999_999_99
NAMES = ("pledge_satang", "special_satang", "fee_satang", "fine_satang", "loan_satang")
WITHIN = (
    Q(pledge_satang__range=(0, AMOUNT_MAX), special_satang__range=(0, AMOUNT_MAX))
    & Q(fee_satang__range=(0, AMOUNT_MAX), fine_satang__range=(0, AMOUNT_MAX))
    & Q(loan_satang__range=(0, AMOUNT_MAX))
)
LOANS_NAMED = Q(loan_satang=0, loans=[]) | Q(loan_satang__gt=0) & ~Q(loans=[])
LOANS_READ = Q(loan_satang=0, loans=[]) | Q(loan_satang__gt=0, loans_read__isnull=False) & ~Q(loans=[])
TOTAL = F("pledge_satang") + F("special_satang") + F("fee_satang") + F("fine_satang") + F("loan_satang")
WHICH = "which loans: [[id, satang], ...]"


class Migration(migrations.Migration):
    """Money for loans on the sheet and in the correction of a receipt."""

    dependencies = [("meetings", "0002_payouts")]

    operations = [
        migrations.RemoveConstraint("correction", "correction_amounts"),
        migrations.RemoveConstraint("sheetrow", "sheetrow_amounts"),
        migrations.RemoveConstraint("sheetrow", "sheetrow_nothing_unless_received"),
        migrations.RemoveConstraint("sheetrow", "sheetrow_given_covers"),
        migrations.AddField("correction", "loan_satang", models.BigIntegerField(default=0)),
        migrations.AddField("correction", "loans", models.JSONField(blank=True, default=list, help_text=WHICH)),
        migrations.AddField(
            "sheetrow",
            "loan_satang",
            models.BigIntegerField(default=0, help_text="for loans: fines, interest and principal together"),
        ),
        migrations.AddField("sheetrow", "loans", models.JSONField(blank=True, default=list, help_text=WHICH)),
        migrations.AddField(
            "sheetrow",
            "loans_read",
            models.BigIntegerField(
                blank=True, null=True, help_text="the last entry of the books when the loans of this line were read"
            ),
        ),
        migrations.AddConstraint("correction", models.CheckConstraint(condition=WITHIN, name="correction_amounts")),
        migrations.AddConstraint(
            "correction", models.CheckConstraint(condition=LOANS_NAMED, name="correction_loans_named")
        ),
        migrations.AddConstraint("sheetrow", models.CheckConstraint(condition=WITHIN, name="sheetrow_amounts")),
        migrations.AddConstraint(
            "sheetrow",
            models.CheckConstraint(
                condition=Q(received=True) | Q(**dict.fromkeys(NAMES, 0)), name="sheetrow_nothing_unless_received"
            ),
        ),
        migrations.AddConstraint(
            "sheetrow",
            models.CheckConstraint(
                condition=Q(given_satang__isnull=True) | Q(given_satang__gte=TOTAL), name="sheetrow_given_covers"
            ),
        ),
        migrations.AddConstraint("sheetrow", models.CheckConstraint(condition=LOANS_READ, name="sheetrow_loans_named")),
    ]
