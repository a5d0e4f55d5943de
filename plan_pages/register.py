"""The register: plan, chapters, goals, tasks, measures and indicators as rows, written by the projection of a chapter's
blocks. It holds what is published and its identity; monitoring data hang on its rows, so no row that has data goes.

A block is known by its chapter and its block id; a row that lost its block is retired, never deleted.
"""

import uuid
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from plan_pages.choices import Aggregate, Direction, Frequency, IndicatorKind

CODE_LENGTH = 40
NUMBER = {"max_digits": 24, "decimal_places": 12, "null": True, "blank": True}


class Plan(models.Model):
    """A plan's identity. Periods, returns and schedules hang on it, so that no deed on a page can lose them."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    page = models.OneToOneField(
        "plan_pages.PlanPage",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="plan",
    )
    title = models.JSONField(_("title"), default=dict)
    frequency = models.CharField(
        _("frequency"), max_length=10, choices=Frequency.choices, default=Frequency.QUARTER.value
    )
    start_year = models.PositiveSmallIntegerField(_("first year"))
    end_year = models.PositiveSmallIntegerField(_("last year"))

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        permissions = [("coordinate_plan", _("Can approve returns, keep periods and make reports"))]
        constraints = [
            models.CheckConstraint(condition=Q(end_year__gte=models.F("start_year")), name="plan_ends_after_start")
        ]

    def __str__(self) -> str:
        return in_language(self.title)


class Chapter(models.Model):
    """A chapter's identity. `live`: its page is published now, or was when it was deleted. `restricted`: its page could
    not be read by everyone when it was deleted (while there is a page, the page itself says so)."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, verbose_name=_("plan"), on_delete=models.PROTECT, related_name="chapters")
    page = models.OneToOneField(
        "plan_pages.ChapterPage",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="chapter",
    )
    group = models.ForeignKey(
        "plan_pages.GroupPage",
        verbose_name=_("working group"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="chapters",
    )
    code = models.CharField(_("code"), max_length=CODE_LENGTH)
    title = models.JSONField(_("title"), default=dict)
    summary = models.JSONField(_("summary"), default=dict, blank=True)
    weight = models.DecimalField(_("weight"), **NUMBER)
    live = models.BooleanField(_("published"), default=False)
    restricted = models.BooleanField(_("restricted"), default=False)
    retired_at = models.DateTimeField(_("retired at"), null=True, blank=True)

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        ordering = ["page__path", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "code"], condition=Q(retired_at__isnull=True), name="chapter_code_once_in_a_plan"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {in_language(self.title)}"


class RowQuerySet(models.QuerySet[Any]):
    def current(self) -> Self:
        """Rows that are in the plan now."""
        return self.filter(retired_at__isnull=True)

    def reported_by(self, chapter: int, last_day: date) -> Self:
        """Measures or indicators that the chapter reports for a period with that last day: those that it has, without
        those that stood in another chapter then, and with those that have gone to another one since."""
        measure = "pk" if self.model is Measure else "measure_id"
        then = FormerPlace.objects.filter(measure=OuterRef(measure), reported_until__gte=last_day)
        former = Subquery(then.order_by("pk").values("chapter_id")[:1])
        reporting = Coalesce(former, F("chapter_id"), output_field=models.BigIntegerField())
        ever = Q(chapter=chapter) | Q(
            **{f"{measure}__in": FormerPlace.objects.filter(chapter=chapter).values("measure")}
        )
        return self.filter(ever).annotate(reporting_chapter=reporting).filter(reporting_chapter=chapter)


class Row(models.Model):
    """What every published block has: its place, its identity and its code."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, verbose_name=_("plan"), on_delete=models.PROTECT, related_name="+")
    chapter = models.ForeignKey(Chapter, verbose_name=_("chapter"), on_delete=models.PROTECT, related_name="%(class)ss")
    block_id = models.UUIDField(_("block id"))
    code = models.CharField(_("code"), max_length=CODE_LENGTH)
    title = models.JSONField(_("title"), default=dict)
    position = models.PositiveIntegerField(_("position"), default=0)
    retired_at = models.DateTimeField(_("retired at"), null=True, blank=True)

    objects = RowQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["chapter", "block_id"], name="%(class)s_block_once_in_a_chapter"),
            models.UniqueConstraint(
                fields=["plan", "code"], condition=Q(retired_at__isnull=True), name="%(class)s_code_once_in_a_plan"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {in_language(self.title)}"


class Weighted(Row):
    """A level that is rolled up: goal, task, measure."""

    description = models.JSONField(_("description"), default=dict, blank=True)
    weight = models.DecimalField(_("weight"), **NUMBER)

    class Meta(Row.Meta):
        abstract = True


class Goal(Weighted):
    class Meta(Weighted.Meta):
        verbose_name = _("goal")
        verbose_name_plural = _("goals")


class Task(Weighted):
    goal = models.ForeignKey(Goal, verbose_name=_("goal"), on_delete=models.PROTECT, related_name="tasks")

    class Meta(Weighted.Meta):
        verbose_name = pgettext_lazy("of the plan", "task")
        verbose_name_plural = pgettext_lazy("of the plan", "tasks")


class Measure(Weighted):
    """`original_end`: the first published end; what became of it since stands in `DeadlineChange`."""

    task = models.ForeignKey(
        Task, verbose_name=pgettext_lazy("of the plan", "task"), on_delete=models.PROTECT, related_name="measures"
    )
    responsible = models.CharField(_("responsible body"), max_length=500, blank=True)
    partners = models.JSONField(_("partners"), default=list, blank=True)
    start = models.DateField(_("start"), null=True, blank=True)
    end = models.DateField(_("end"), null=True, blank=True)
    original_end = models.DateField(_("original end"), null=True, blank=True)
    milestones = models.JSONField(_("milestones"), default=list, blank=True)
    links = models.JSONField(_("council decisions"), default=list, blank=True)
    tags = models.JSONField(_("tags"), default=list, blank=True)

    class Meta(Weighted.Meta):
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(end__gte=models.F("start")),
                name="measure_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(weight__isnull=True) | Q(weight__gte=0), name="measure_weight_is_positive"
            ),
        ]


class DeadlineChange(models.Model):
    """The published end of a measure was moved."""

    measure = models.ForeignKey(
        Measure, verbose_name=_("measure"), on_delete=models.PROTECT, related_name="deadline_changes"
    )
    changed = models.DateField(_("changed on"))
    was = models.DateField(pgettext_lazy("end of a measure", "was"), null=True)
    became = models.DateField(pgettext_lazy("end of a measure", "became"), null=True)

    class Meta:
        verbose_name = _("moved deadline")
        verbose_name_plural = _("moved deadlines")
        ordering = ["changed", "pk"]

    def __str__(self) -> str:
        return f"{self.was} → {self.became}"


class FormerPlace(models.Model):
    """Where a measure stood before: under another code, or as another block of another chapter.

    `reported_until`: where it changed its chapter, the last day of the periods that stay with the chapter it left, whose
    returns hold what was reported; later ones are reported by the chapter it went to.
    """

    measure = models.ForeignKey(
        Measure, verbose_name=_("measure"), on_delete=models.PROTECT, related_name="former_places"
    )
    left = models.DateField(_("changed on"))
    chapter = models.ForeignKey(Chapter, verbose_name=_("chapter"), on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("code"), max_length=CODE_LENGTH)
    block_id = models.UUIDField(_("block id"))
    reported_until = models.DateField(_("reported until"), null=True, blank=True)

    class Meta:
        verbose_name = _("former place of a measure")
        verbose_name_plural = _("former places of measures")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.chapter} · {self.code}"


class Indicator(Row):
    """Of exactly one goal, task or measure. `title` is its name."""

    goal = models.ForeignKey(Goal, null=True, blank=True, on_delete=models.PROTECT, related_name="indicators")
    task = models.ForeignKey(Task, null=True, blank=True, on_delete=models.PROTECT, related_name="indicators")
    measure = models.ForeignKey(Measure, null=True, blank=True, on_delete=models.PROTECT, related_name="indicators")
    unit = models.JSONField(_("unit"), default=dict, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=IndicatorKind.choices)
    direction = models.CharField(_("direction"), max_length=10, choices=Direction.choices, blank=True)
    aggregate = models.CharField(
        _("worth after several periods"), max_length=10, choices=Aggregate.choices, default=Aggregate.LAST.value
    )
    baseline = models.DecimalField(_("baseline"), **NUMBER)
    baseline_year = models.PositiveSmallIntegerField(_("year of the baseline"), null=True, blank=True)
    target = models.DecimalField(_("target"), **NUMBER)
    target_year = models.PositiveSmallIntegerField(_("year of the target"), null=True, blank=True)
    tolerance = models.DecimalField(_("tolerance"), **NUMBER)
    threshold = models.DecimalField(_("trend threshold"), **NUMBER)
    method = models.JSONField(_("method"), default=dict, blank=True)
    source = models.JSONField(_("source"), default=dict, blank=True)
    next_update = models.DateField(_("next update"), null=True, blank=True)

    class Meta(Row.Meta):
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=(
                    Q(goal__isnull=False, task__isnull=True, measure__isnull=True)
                    | Q(goal__isnull=True, task__isnull=False, measure__isnull=True)
                    | Q(goal__isnull=True, task__isnull=True, measure__isnull=False)
                ),
                name="indicator_of_exactly_one",
            ),
        ]


LEVELS = (Goal, Task, Measure, Indicator)


def in_language(texts: dict[str, str]) -> str:
    """The text in the active language, else in the first one given."""
    return texts.get(get_language() or "") or next(iter(texts.values()), "")
