"""Requests, decisions, consents, the log and all else that is filed is never changed and never goes: the database
refuses it.
"""

from django.db import migrations

from accord.web.audit.append_only import keep


class Migration(migrations.Migration):
    dependencies = [("records", "0005_week_reviews_append_only")]

    operations = [
        keep(
            "records",
            {
                "disclosure": ("id", "uid"),
                "request": ("id", "uid", "key", "reference"),
                "step": ("id", ("request_id", "number")),
                "decision": ("id", "request_id"),
                "released": ("id", ("decision_id", "copy_id")),
                "consent": ("id", "uid", "key"),
                "revocation": ("id", "consent_id"),
                "copy": ("id", "uid"),
                "held": ("id", "uid"),
                "heldend": ("id", "held_id"),
                "link": ("id", "uid"),
                "linkstep": ("id", ("link_id", "kind")),
            },
        )
    ]
