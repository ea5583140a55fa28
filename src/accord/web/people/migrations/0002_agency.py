"""A role with the police names the agency it is held for: written once, which the database keeps to."""

from django.db import migrations, models

from accord.web.audit.append_only import keep_once


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="rolegrant",
            name="agency",
            field=models.CharField(blank=True, max_length=120, verbose_name="agency"),
        ),
        migrations.AddField(
            model_name="rolegrant",
            name="agency_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="agency filed"),
        ),
        migrations.AddField(
            model_name="rolegrant",
            name="agency_by",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.CheckConstraint(
                name="role_grant_agency_filed_as_a_whole",
                condition=models.Q(agency="", agency_by="", agency_at__isnull=True)
                | (models.Q(agency_at__isnull=False) & ~models.Q(agency="") & ~models.Q(agency_by="")),
            ),
        ),
        keep_once("people_rolegrant", "agency", "agency_by", "agency_at"),
    ]
