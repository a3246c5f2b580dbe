from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("members", "0004_households"), ("funds", "0005_activities"), ("savings", "0003_products")]

    operations = []
