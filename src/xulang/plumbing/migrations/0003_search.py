from django.db import migrations, models

from xulang.plumbing.full_text import FullText


class Migration(migrations.Migration):

    dependencies = [
        ('plumbing', '0002_append_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='IndexedText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('row_id', models.BigIntegerField()),
                ('start', models.PositiveIntegerField(default=0)),
                ('text', models.TextField()),
                ('folded', models.TextField()),
                ('marked', models.TextField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'row_id', 'start'), name='indexed_text_once')],
            },
        ),
        FullText("plumbing_indexedtext"),
    ]
