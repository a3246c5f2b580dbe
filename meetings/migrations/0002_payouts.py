from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial"), ("loans", "0001_initial")]

    operations = []
