"""The app of the plan's pages."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import pre_delete
from django.utils.translation import gettext_lazy as _


class PlanPagesConfig(AppConfig):
    name = "plan_pages"
    label = "plan_pages"
    verbose_name = _("Strategic plan")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from plan_pages.pages.chapter import ChapterPage

        pre_delete.connect(_retire, sender=ChapterPage, dispatch_uid="plan_pages.retire_chapter")


def _retire(sender: type, instance: Any, **kwargs: Any) -> None:
    """A signal, because only it meets every way of deleting: the page itself, a parent of it, a queryset. It runs inside
    the transaction of the deletion: if it fails, nothing is deleted."""
    from plan_pages.projection import retire_chapter

    retire_chapter(instance)
