from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("savings", "0002_pledges")]

    operations = []
