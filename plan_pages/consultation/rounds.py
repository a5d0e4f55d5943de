"""Rounds of remarks: on what remarks are asked for, from when to when, and who has said that there are none."""

import uuid
from datetime import date, timedelta
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plan_pages.choices import RoundAudience, RoundState
from plan_pages.register import Chapter, Plan, in_language

KEEP_DAYS = 180


class RoundQuerySet(models.QuerySet[Any]):
    def open_on(self, today: date) -> Self:
        """Remarks may be given that day."""
        return self.filter(opens__lte=today, due__gte=today, closed_at__isnull=True)

    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def for_everyone(self) -> Self:
        """What has a public page: consultations at all times, rounds of the groups once they are published."""
        return self.filter(Q(published_at__isnull=False) | Q(audience=RoundAudience.PUBLIC))


class RemarkRound(models.Model):
    """Remarks on a plan, or on one chapter of it, are asked for from `opens` to `due`, both days included. `number`: within
    the plan, in public addresses. Published is what was closed, with its table of remarks and answers. `answer_by`,
    `keep_days`, `summary_url`: of a consultation of the public."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, verbose_name=_("plan"), on_delete=models.PROTECT, related_name="remark_rounds")
    chapter = models.ForeignKey(
        Chapter,
        verbose_name=_("chapter"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="remark_rounds",
    )
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    title = models.JSONField(_("title"), default=dict)
    asked = models.JSONField(_("what is asked"), default=dict, blank=True)
    opens = models.DateField(pgettext_lazy("round of remarks", "first day"))
    due = models.DateField(pgettext_lazy("round of remarks", "last day"))
    audience = models.CharField(
        _("who may give remarks"), max_length=10, choices=RoundAudience.choices, default=RoundAudience.GROUPS.value
    )
    documents = models.ManyToManyField(
        "wagtaildocs.Document", verbose_name=_("documents"), blank=True, related_name="+"
    )
    answer_by = models.DateField(pgettext_lazy("round of remarks", "answers by"), null=True, blank=True)
    keep_days = models.PositiveSmallIntegerField(
        _("names and e-mails of citizens are erased so many days after the last day"),
        default=KEEP_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
    )
    summary_url = models.URLField(_("Address of a summary"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("created at"), editable=False)
    announced_at = models.DateTimeField(_("groups told at"), null=True, blank=True, editable=False)
    reminded_on = models.DateField(_("groups reminded on"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round of remarks")
        verbose_name_plural = _("rounds of remarks")
        ordering = ["-opens", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="round_number_once_in_a_plan"),
            models.CheckConstraint(
                condition=Q(due__gte=F("opens")),
                name="round_is_due_after_opening",
                violation_error_message=_("The last day is before the first one."),
            ),
            models.CheckConstraint(
                condition=Q(audience__in=[each.value for each in RoundAudience]), name="round_audience_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(audience=RoundAudience.PUBLIC.value) | Q(answer_by__isnull=False, answer_by__gte=F("due")),
                name="public_round_is_answered_by_a_day_after_its_last",
                violation_error_message=_("Say by when remarks are answered: not before the last day."),
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(closed_at__isnull=False), name="published_round_is_closed"
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.title)

    @property
    def is_public(self) -> bool:
        return self.audience == RoundAudience.PUBLIC

    @property
    def forget_on(self) -> date:
        """The day on which names and e-mails of citizens are erased."""
        return self.due + timedelta(days=self.keep_days)

    def state_on(self, today: date) -> RoundState:
        if self.published_at is not None:
            return RoundState.PUBLISHED
        if self.closed_at is not None or self.due < today:
            return RoundState.CLOSED
        return RoundState.PLANNED if self.opens > today else RoundState.OPEN


class NoRemarks(models.Model):
    """A group has said that it has no remarks in a round."""

    round = models.ForeignKey(
        RemarkRound, verbose_name=_("round of remarks"), on_delete=models.CASCADE, related_name="without_remarks"
    )
    group = models.ForeignKey(
        "plan_pages.GroupPage", verbose_name=_("working group"), on_delete=models.CASCADE, related_name="+"
    )
    said_at = models.DateTimeField(_("said at"))
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("said by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("group without remarks")
        verbose_name_plural = _("groups without remarks")
        constraints = [models.UniqueConstraint(fields=["round", "group"], name="no_remarks_once_for_round_and_group")]

    def __str__(self) -> str:
        return f"{self.round} · {self.group}"
