"""The app of the plan's pages."""

from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.models.signals import post_delete, post_migrate, post_save, pre_delete, pre_migrate
from django.utils.translation import gettext_lazy as _


class PlanPagesConfig(AppConfig):
    name = "plan_pages"
    label = "plan_pages"
    verbose_name = _("Strategic plan")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.models import ReferenceIndex

        from plan_pages.evidence import Evidence
        from plan_pages.pages.chapter import ChapterPage
        from plan_pages.pages.searching import every_page
        from plan_pages.roles import GroupRole
        from plan_pages.search.writing import register_source

        # So that Wagtail says where a document is used, and does not let it be deleted.
        ReferenceIndex.register_model(Evidence)
        register_source("pages", every_page)
        _set_up_api()
        pre_delete.connect(_retire, sender=ChapterPage, dispatch_uid="plan_pages.retire_chapter")
        post_save.connect(_follow_group, sender=ChapterPage, dispatch_uid="plan_pages.follow_group")
        pre_migrate.connect(_forget_version, sender=self, dispatch_uid="plan_pages.forget_version")
        post_migrate.connect(_count_versions, sender=self, dispatch_uid="plan_pages.count_versions")
        post_delete.connect(_close_role, sender=GroupRole, dispatch_uid="plan_pages.close_role")


def _set_up_api() -> None:
    """Where the site has one."""
    if apps.is_installed("wagtail.api.v3"):
        from plan_pages.api import content

        content.set_up()  # before anybody imports the API

        from wagtail.api.v3.api import api

        from plan_pages.api.routers import add_to

        add_to(api)


def _forget_version(sender: AppConfig, using: str, plan: Any = (), **kwargs: Any) -> None:
    from plan_pages import content_version

    if plan:
        content_version.remove(connections[using])


def _count_versions(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """After every migration of any app, as the tables are then."""
    from plan_pages import content_version

    known = {"apps": kwargs["apps"]} if kwargs.get("apps") else {}
    content_version.install(connections[using], **known)


def _retire(sender: type, instance: Any, **kwargs: Any) -> None:
    """A signal, because only it meets every way of deleting: the page itself, a parent of it, a queryset. It runs inside
    the transaction of the deletion: if it fails, nothing is deleted."""
    from plan_pages.projection import retire_chapter

    retire_chapter(instance)


def _follow_group(sender: type, instance: Any, raw: bool, update_fields: frozenset[str] | None, **kwargs: Any) -> None:
    """Inside the transaction of the page's save, as above. Pages lie below permissions and may not call them."""
    from plan_pages.permissions import follow_group

    if not raw and (update_fields is None or "group" in update_fields):
        follow_group(instance)


def _close_role(sender: type, instance: Any, **kwargs: Any) -> None:
    from plan_pages.permissions import close_role

    close_role(instance)
