from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisation', '0012_twins'),
        ('programme', '0021_guidance'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='tally',
            index=models.Index(fields=['unit', 'state', 'programme', 'due', 'late', 'issued_on', 'n'], name='tally_of_unit'),
        ),
    ]
