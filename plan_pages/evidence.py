"""What proves a report of a measure: a document or a link, one of them. Private until its return is approved."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model_string

from plan_pages.choices import ReturnState
from plan_pages.monitoring import ChapterReturn
from plan_pages.register import Measure

TITLE_LENGTH = 255


class EvidenceQuerySet(models.QuerySet[Any]):
    def public(self) -> "EvidenceQuerySet":
        """Of approved returns."""
        return self.filter(chapter_return__state=ReturnState.APPROVED)


class Evidence(models.Model):
    chapter_return = models.ForeignKey(
        ChapterReturn, verbose_name=_("return"), on_delete=models.PROTECT, related_name="evidence"
    )
    measure = models.ForeignKey(Measure, verbose_name=_("measure"), on_delete=models.PROTECT, related_name="evidence")
    document = models.ForeignKey(
        get_document_model_string(),
        verbose_name=_("document"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    url = models.URLField(_("address"), max_length=2000, blank=True)
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("added by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(document__isnull=False, url="") | (Q(document__isnull=True) & ~Q(url="")),
                name="evidence_is_a_document_or_a_link",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def address(self) -> str:
        """Where it is read."""
        return self.document.url if self.document else self.url
