import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0004_households")]

    operations = [
        migrations.RemoveConstraint(model_name="member", name="national_id_once_a_group"),
        migrations.AddField(
            model_name="member",
            name="former",
            field=models.OneToOneField(
                blank=True,
                help_text="the membership that had ended when this person was admitted again",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="readmitted",
                to="members.member",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("national_id_index", ""), _negated=True), ("status__in", ["applicant", "active"])
                ),
                fields=("group", "national_id_index"),
                name="national_id_once_a_group",
            ),
        ),
    ]
