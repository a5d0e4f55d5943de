"""Uploads that wait to be confirmed: what a workbook asks for, kept between its preview and the decision of the one person
who uploaded it. The file itself is not kept.
"""

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

KEPT = timedelta(hours=24)


class PendingUploadQuerySet(models.QuerySet["PendingUpload"]):
    def waiting(self, user: Any, now: datetime) -> Self:
        """What the user has uploaded and not decided on yet."""
        return self.filter(user=user, made_at__gt=now - KEPT)

    def expired(self, now: datetime) -> Self:
        return self.filter(made_at__lte=now - KEPT)

    def keep(self, user: Any, asked: dict[str, Any], file_name: str, now: datetime, **of: Any) -> "PendingUpload":
        """In the place of what the user uploaded for the same before; what nobody came back for goes with it."""
        self.expired(now).delete()
        self.filter(user=user, **of).delete()
        return self.create(user=user, asked=asked, file_name=file_name, made_at=now, **of)


class PendingUpload(models.Model):
    """Of a return, or of the indicators of a whole plan for a period. `asked`: see `editing.workbook.proposal.Asked`."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="+"
    )
    chapter_return = models.ForeignKey(
        "plan_pages.ChapterReturn",
        verbose_name=_("return"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    period = models.ForeignKey(
        "plan_pages.ReportingPeriod",
        verbose_name=_("reporting period"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    asked = models.JSONField(_("what is asked for"))
    file_name = models.CharField(_("file"), max_length=255)
    made_at = models.DateTimeField(_("uploaded at"))

    objects = PendingUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload that waits")
        verbose_name_plural = _("uploads that wait")
        constraints = [
            models.UniqueConstraint(fields=["user", "chapter_return"], name="upload_once_for_user_and_return"),
            models.UniqueConstraint(fields=["user", "period"], name="upload_once_for_user_and_period"),
            models.CheckConstraint(
                condition=Q(chapter_return__isnull=False, period__isnull=True)
                | Q(chapter_return__isnull=True, period__isnull=False),
                name="upload_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
