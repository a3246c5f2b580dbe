from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("loans", "0004_repayments")]

    operations = []
