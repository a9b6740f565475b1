"""The journal can only be added to."""

from django.db import migrations

from xulang.plumbing.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("plumbing", "0001_initial")]
    operations = [AppendOnly("plumbing_journalentry")]
