"""What Wagtail's migrations make has English names, which editors meet in lists: they are named in the site's language.
Who has renamed them already keeps his names."""

from django.conf import settings
from django.db import migrations
from django.utils import translation
from django.utils.translation import gettext as _


def name(apps, schema_editor):
    with translation.override(settings.LANGUAGE_CODE):
        names = [
            (
                "wagtailcore.Page",
                {"depth": 1, "title": "Root"},
                {"title": _("All sites"), "draft_title": _("All sites")},
            ),
            ("wagtailcore.Collection", {"depth": 1, "name": "Root"}, {"name": _("Common files")}),
            ("auth.Group", {"name": "Editors"}, {"name": _("Editors of the whole site")}),
            ("auth.Group", {"name": "Moderators"}, {"name": _("Approvers of the whole site")}),
            ("wagtailcore.Workflow", {"name": "Moderators approval"}, {"name": _("Approval for the whole site")}),
            ("wagtailcore.Task", {"name": "Moderators approval"}, {"name": _("Approval for the whole site")}),
        ]
        for model, found, named in names:
            apps.get_model(model).objects.filter(**found).update(**named)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(name, migrations.RunPython.noop)]
