"""The site's own app: news, content pages, look, settings."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("Site")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.admin_words import count_without_nouns, label_fields  # forms need the models, which are there only now

        label_fields()
        count_without_nouns()
