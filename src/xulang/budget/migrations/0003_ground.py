from django.db import migrations, models

from xulang.plumbing.append_only import AppendOnly, NotAppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ('budget', '0002_note_issue'),
    ]

    operations = [
        NotAppendOnly('budget_budgetentry'),
        migrations.AddField(
            model_name='budgetentry',
            name='ground',
            field=models.CharField(blank=True, max_length=10),
        ),
        AppendOnly('budget_budgetentry'),
    ]
