import xulang.organisation.models.directory
from django.db import migrations

from xulang.organisation.matching import sought


def fill(apps, schema_editor):
    for name, columns in (("UnitName", ("name", "short_name", "english")), ("UnitAlias", ("alias",))):
        table = apps.get_model("organisation", name)
        rows = list(table.objects.all())
        for row in rows:
            row.sought = sought(*(getattr(row, column) for column in columns))
        table.objects.bulk_update(rows, ["sought"], batch_size=200)


class Migration(migrations.Migration):

    dependencies = [
        ('organisation', '0010_language'),
    ]

    operations = [
        migrations.AddField(
            model_name='unitalias',
            name='sought',
            field=xulang.organisation.models.directory.Sought('alias'),
        ),
        migrations.AddField(
            model_name='unitname',
            name='sought',
            field=xulang.organisation.models.directory.Sought('name', 'short_name', 'english'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
