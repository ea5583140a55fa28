"""A determination of an emergency is never changed and never goes: the database refuses it."""

from django.db import migrations

from accord.web.audit.append_only import keep


class Migration(migrations.Migration):
    dependencies = [("records", "0002_emergencies")]

    operations = [keep("records", {"determination": ("id", "uid", "key"), "recipient": ("id", "request_id")})]
