from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("savings", "0001_initial"), ("funds", "0005_activities")]

    operations = []
