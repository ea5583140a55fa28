"""What is filed on the register is never changed and never goes: the database refuses it."""

from django.db import migrations

from accord.web.audit.append_only import keep


class Migration(migrations.Migration):
    dependencies = [("immigration", "0001_initial")]

    operations = [
        keep(
            "immigration",
            {
                "entry": ("id", "uid", "key", "reference"),
                "version": ("id", ("entry_id", "number")),
                "scan": ("id", "uid"),
                "review": ("id", "version_id"),
                "clearance": ("id", "uid"),
                "acknowledgement": ("id", "uid"),
                "whomtocall": ("id", "uid"),
            },
        )
    ]
