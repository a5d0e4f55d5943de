from django.db import migrations

from reports import insert_only


def install(apps, schema_editor):
    insert_only.install(schema_editor.connection)


def remove(apps, schema_editor):
    insert_only.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
