"""A target is one of a period by its code: what was of a year so far is of the period that is the year."""

from django.db import migrations, models
from django.db.models.functions import Cast


def name_the_year(apps, schema_editor):
    """The code of a whole year is the year: "2026" is of 2026."""
    rows = apps.get_model("reporting", "Target").objects
    rows.update(period=Cast("year", models.CharField(max_length=10)))


class Migration(migrations.Migration):

    dependencies = [
        ('reporting', '0003_whole_reminding'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='target',
            name='target_once',
        ),
        migrations.AddField(
            model_name='target',
            name='period',
            field=models.CharField(default='', max_length=10),
            preserve_default=False,
        ),
        migrations.RunPython(name_the_year, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='target',
            name='year',
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.UniqueConstraint(fields=('programme', 'code', 'period'), name='target_once'),
        ),
    ]
