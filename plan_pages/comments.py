"""What editors and coordinators say to each other about a row of a return. Never public."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plan_pages.monitoring import ChapterReturn
from plan_pages.register import Indicator, Measure

TEXT_LENGTH = 5000
_USER = {"null": True, "blank": True, "editable": False, "on_delete": models.SET_NULL, "related_name": "+"}


class RowComment(models.Model):
    """Of a measure, or of one indicator of it (or of its goal or task). Settled: nothing is left to do about it."""

    chapter_return = models.ForeignKey(
        ChapterReturn, verbose_name=_("return"), on_delete=models.PROTECT, related_name="comments"
    )
    measure = models.ForeignKey(
        Measure,
        verbose_name=_("measure"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="row_comments",
    )
    indicator = models.ForeignKey(
        Indicator,
        verbose_name=_("indicator"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="row_comments",
    )
    text = models.TextField(_("comment"), max_length=TEXT_LENGTH)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=pgettext_lazy("comment", "author"), **_USER)
    created_at = models.DateTimeField(pgettext_lazy("comment", "written at"), auto_now_add=True)
    settled_at = models.DateTimeField(pgettext_lazy("comment", "settled at"), null=True, blank=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=pgettext_lazy("comment", "settled by"), **_USER
    )

    class Meta:
        verbose_name = _("comment on a row")
        verbose_name_plural = _("comments on rows")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(measure__isnull=False, indicator__isnull=True)
                | Q(measure__isnull=True, indicator__isnull=False),
                name="comment_is_on_one_row",
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_settled(self) -> bool:
        return self.settled_at is not None

    @property
    def author_name(self) -> str:
        return (self.author.get_full_name() or self.author.get_username()) if self.author else "–"

    @property
    def row(self) -> str:
        """The key of its row on the screen."""
        return f"measure-{self.measure_id}" if self.measure_id else f"indicator-{self.indicator_id}"
