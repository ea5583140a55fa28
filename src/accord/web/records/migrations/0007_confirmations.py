"""Words of others on what whoever asks says: never changed, never gone; the database refuses it."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from accord.web.audit.append_only import keep


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0006_gate_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "claim",
                    models.CharField(
                        choices=[
                            ("interest", "Their work gives them an interest in these records"),
                            ("agency", "They serve the agency they name"),
                            ("teaches_student", "They teach or supervise the student"),
                            ("reported_crime", "A crime by the student was reported to them"),
                            ("probable_cause", "There is probable cause that the student was kidnapped"),
                            ("may_be_enrolled", "The abductor may have enrolled the student in a school"),
                            ("investigation_active", "The investigation has begun"),
                            ("shows", "The officer shows consent, emergency, subpoena or order"),
                            ("statute", "A state law allows it"),
                            ("before_adjudication", "The court has not ruled on the child yet"),
                            ("enrolls_there", "The student is enrolled at their school, or about to be"),
                            ("parent_started_it", "The parent started the transfer"),
                            ("aid_applied_for", "The student applied for the aid, or receives it"),
                            ("program", "There is an audit or evaluation of the program they name"),
                        ],
                        max_length=40,
                        verbose_name="what is claimed",
                    ),
                ),
                ("yes", models.BooleanField(verbose_name="is it so")),
                ("source", models.TextField(verbose_name="how it is known")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="confirmations", to="records.request"
                    ),
                ),
            ],
            options={
                "ordering": ["request_id", "number"],
                "constraints": [models.UniqueConstraint(fields=("request", "number"), name="confirmation_number_once")],
            },
        ),
        keep("records", {"confirmation": ("id", "uid", ("request_id", "number"))}),
    ]
