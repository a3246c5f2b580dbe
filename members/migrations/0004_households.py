from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("members", "0003_application")]

    operations = [
        *(
            migrations.AddField(
                model_name="resolution",
                name=name,
                field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name=label),
            )
            for name, label in (
                ("present", "Present"),
                ("quorum", "Quorum"),
                ("votes_for", "In favour"),
                ("votes_against", "Against"),
                ("votes_abstained", "Abstained"),
            )
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=Q(votes_for__isnull=True, votes_against__isnull=True, votes_abstained__isnull=True)
                | Q(
                    votes_for__isnull=False,
                    votes_against__isnull=False,
                    votes_abstained__isnull=False,
                    votes_for__gt=F("votes_against"),
                ),
                name="resolution_carried",
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=Q(quorum__isnull=True) | Q(present__isnull=False, present__gte=F("quorum")),
                name="resolution_with_its_quorum",
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=Q(present__isnull=True)
                | Q(votes_for__isnull=True)
                | Q(present__gte=F("votes_for") + F("votes_against") + F("votes_abstained")),
                name="resolution_by_those_present",
            ),
        ),
    ]
