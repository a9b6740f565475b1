"""Most lines of the ledger answer no other: an index that holds them too misleads whoever asks for those that raise."""

import django.db.models.deletion
from django.db import migrations, models

# By its name, since altering the field would remake the table on SQLite, and a ledger's triggers with it.
OLD, FIELD = "programme_entry_answers_id_443ad166", '"answers_id"'


class Migration(migrations.Migration):

    dependencies = [("programme", "0019_duty_delegations")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"DROP INDEX {OLD}", reverse_sql=f'CREATE INDEX {OLD} ON "programme_entry" ({FIELD})'
                )
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="entry",
                    name="answers",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answered_by",
                        to="programme.entry",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("answers__isnull", False)), fields=["answers"], name="entry_answers"
            ),
        ),
    ]
