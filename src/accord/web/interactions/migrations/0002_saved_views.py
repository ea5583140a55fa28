

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('interactions', '0001_initial'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=60, verbose_name='name of the view')),
                ('query', models.CharField(max_length=400)),
                ('saved_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.AddIndex(
            model_name='interaction',
            index=models.Index(fields=['school', 'author'], name='interaction_school_author'),
        ),
        migrations.AddIndex(
            model_name='version',
            index=models.Index(condition=models.Q(('is_current', True)), fields=['-occurred_at', '-id'], name='version_current_newest'),
        ),
        migrations.AddIndex(
            model_name='version',
            index=models.Index(condition=models.Q(('is_current', True)), fields=['at', 'id', 'by', 'interaction'], name='version_current_filed'),
        ),
        migrations.AddField(
            model_name='savedview',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.UniqueConstraint(fields=('user', 'name'), name='saved_view_name_once'),
        ),
    ]
