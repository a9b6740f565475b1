"""A version whose number was cancelled can be given another."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reporting', '0004_targets_of_periods'),
    ]

    operations = [
        migrations.AlterField(
            model_name='issue',
            name='consolidation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='issues', to='reporting.consolidation'),
        ),
    ]
