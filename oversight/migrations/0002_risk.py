from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("oversight", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="groupfigures",
            name="late_loans",
            field=models.PositiveIntegerField(default=0, help_text="with something overdue"),
        ),
        migrations.AddField(
            model_name="groupfigures",
            name="at_risk_satang",
            field=models.BigIntegerField(default=0, help_text="outstanding of loans that PAR30 counts"),
        ),
    ]
