from django.db import migrations

# Who reports never confirms, and who confirms seldom reports. PostgreSQL takes the two for independent, expects a line of
# each kind from everybody, and reads the ledger through to find that a lead officer reported nothing.
MAKE = "CREATE STATISTICS entry_of_person_and_kind (mcv) ON by_id, kind FROM programme_entry"
DROP = "DROP STATISTICS entry_of_person_and_kind"


def on_postgresql(statement):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):

    dependencies = [
        ("programme", "0024_beside_duties"),
    ]

    operations = [
        migrations.RunPython(on_postgresql(MAKE), on_postgresql(DROP)),
    ]
