"""What belongs to a working group beside its page: the role of its editors and the collection of its files.

Kept off the page itself: a page's fields follow its revisions, and going back to an old text must not change who may edit.
"""

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Collection


class GroupRole(models.Model):
    page = models.OneToOneField(
        "plan_pages.GroupPage", verbose_name=_("working group"), on_delete=models.CASCADE, related_name="role"
    )
    editors = models.OneToOneField(
        Group, verbose_name=_("editors' role"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    collection = models.OneToOneField(
        Collection,
        verbose_name=pgettext_lazy("of files", "collection"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    closed_collection = models.OneToOneField(
        Collection,
        verbose_name=_("collection of what is not public yet"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("role of a working group")
        verbose_name_plural = _("roles of working groups")

    def __str__(self) -> str:
        return str(self.editors or self.page)
