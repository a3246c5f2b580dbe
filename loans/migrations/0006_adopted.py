from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("loans", "0005_arrears")]

    operations = []
