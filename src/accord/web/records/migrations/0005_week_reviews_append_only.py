"""A review of a week is never changed and never goes: the database refuses it."""

from django.db import migrations

from accord.web.audit.append_only import keep


class Migration(migrations.Migration):
    dependencies = [("records", "0004_week_reviews")]

    operations = [keep("records", {"weekreview": ("id", "monday")})]
