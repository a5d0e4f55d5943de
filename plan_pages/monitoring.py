"""Monitoring: reporting periods, chapters' returns, entries of measures, values of indicators, money. It hangs on the
register's rows and is never deleted with them. What must never be is refused by the database itself.
"""

import hashlib
import json
from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plan_pages.choices import ReturnState, Status
from plan_pages.domain.periods import Period
from plan_pages.register import Chapter, Indicator, Measure, Plan

NUMBER = {"max_digits": 24, "decimal_places": 12, "null": True, "blank": True}
MONEY = {"max_digits": 20, "decimal_places": 2, "null": True, "blank": True}


def check_period(text: str) -> None:
    """Raises ValidationError where the text is not a period."""
    try:
        Period.parse(text)
    except ValueError as error:
        raise ValidationError(
            _("“%(text)s” is not a period: write 2026, 2026-H1, 2026-Q3 or 2026-09."), params={"text": text}
        ) from error


class ReportingPeriod(models.Model):
    """A period for which progress is reported. Locked means locked: what was approved for it is not changed any more."""

    plan = models.ForeignKey(Plan, verbose_name=_("plan"), on_delete=models.PROTECT, related_name="periods")
    period = models.CharField(
        _("period"), max_length=8, validators=[check_period], help_text=_("2026, 2026-H1, 2026-Q3 or 2026-09.")
    )
    last_day = models.DateField(_("last day"), editable=False)
    opens = models.DateField(_("opens"), null=True, blank=True)
    due = models.DateField(_("due"), null=True, blank=True)
    locked_at = models.DateTimeField(
        pgettext_lazy("reporting period", "locked at"), null=True, blank=True, editable=False
    )

    class Meta:
        verbose_name = _("reporting period")
        verbose_name_plural = _("reporting periods")
        ordering = ["last_day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "period"],
                name="period_once_in_a_plan",
                violation_error_message=_("The plan has this period already."),
            ),
            models.CheckConstraint(
                condition=Q(opens__isnull=True) | Q(due__isnull=True) | Q(due__gte=models.F("opens")),
                name="period_is_due_after_opening",
                violation_error_message=_("The due day is before the opening day."),
            ),
        ]

    def __str__(self) -> str:
        return self.period

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.last_day = self.value.last_day
        super().save(*args, **kwargs)

    @property
    def value(self) -> Period:
        return Period.parse(self.period)

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None


class ChapterReturn(models.Model):
    """What one chapter reports for one period: draft, submitted, returned with a reason, approved."""

    chapter = models.ForeignKey(Chapter, verbose_name=_("chapter"), on_delete=models.PROTECT, related_name="returns")
    period = models.ForeignKey(
        ReportingPeriod, verbose_name=_("reporting period"), on_delete=models.PROTECT, related_name="returns"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=ReturnState.choices, default=ReturnState.DRAFT.value, editable=False
    )
    reason = models.TextField(_("reason for returning it"), blank=True, max_length=2000, editable=False)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("submitted by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("approved by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("return of a chapter")
        verbose_name_plural = _("returns of chapters")
        ordering = ["-period__last_day", "chapter__page__path", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["chapter", "period"], name="return_once_for_chapter_and_period"),
            models.CheckConstraint(
                condition=~Q(state=ReturnState.APPROVED.value) | Q(approved_at__isnull=False),
                name="approved_return_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReturnState.RETURNED.value) | ~Q(reason=""), name="returned_return_has_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chapter} · {self.period}"

    @property
    def state_choice(self) -> ReturnState:
        return ReturnState(self.state)


class Reported(models.Model):
    """A row that editors of a return write: who changed it last, and when."""

    changed_at = models.DateTimeField(_("changed at"), null=True, blank=True, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("changed by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    WRITTEN: ClassVar[tuple[str, ...]]
    """The columns that editors write."""

    class Meta:
        abstract = True


def fingerprint(row: Reported | None) -> str:
    """Sixteen characters that are others as soon as anything is written into the row; those of nothing for None.
    Whoever sends a change says on which one it was based: so a colleague's is never overwritten unseen."""
    values = [getattr(row, name) for name in row.WRITTEN] if row else None
    told = json.dumps(values, default=_as_text, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _as_text(value: Any) -> str:
    """Of a number its worth, not its zeros: stored and read again it has more of them."""
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


class Entry(Reported):
    """What was reported of a measure in a return. Texts are mappings of language to text."""

    chapter_return = models.ForeignKey(
        ChapterReturn, verbose_name=_("return"), on_delete=models.PROTECT, related_name="entries"
    )
    measure = models.ForeignKey(Measure, verbose_name=_("measure"), on_delete=models.PROTECT, related_name="entries")
    status = models.CharField(_("status"), max_length=12, choices=Status.choices)
    percent = models.DecimalField(_("percent"), max_digits=15, decimal_places=12, null=True, blank=True)
    note = models.JSONField(_("what was done"), default=dict, blank=True)
    next = models.JSONField(_("what is next"), default=dict, blank=True)
    reason = models.JSONField(_("reason"), default=dict, blank=True)

    WRITTEN = ("status", "percent", "note", "next", "reason")

    class Meta:
        verbose_name = _("entry of a measure")
        verbose_name_plural = _("entries of measures")
        constraints = [
            models.UniqueConstraint(fields=["chapter_return", "measure"], name="entry_once_for_measure_and_return"),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__gte=0, percent__lte=100), name="percent_is_0_to_100"
            ),
            models.CheckConstraint(condition=Q(status__in=[status.value for status in Status]), name="status_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.measure} · {self.chapter_return.period}"


class IndicatorValue(Reported):
    """An indicator's interim target and actual for a period. The target is the plan's; the actual counts when the
    chapter's return for the period is approved. `unavailable`: there is no actual, and the note says why.
    `confirmed`: an actual that looked odd, and of which an editor said that it is right."""

    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicator"), on_delete=models.PROTECT, related_name="values"
    )
    period = models.ForeignKey(
        ReportingPeriod, verbose_name=_("reporting period"), on_delete=models.PROTECT, related_name="values"
    )
    target = models.DecimalField(_("interim target"), **NUMBER)
    actual = models.DecimalField(_("actual"), **NUMBER)
    unavailable = models.BooleanField(_("not available"), default=False)
    note = models.JSONField(_("note"), default=dict, blank=True)
    confirmed = models.DecimalField(_("confirmed"), editable=False, **NUMBER)

    WRITTEN = ("target", "actual", "unavailable", "note", "confirmed")

    class Meta:
        verbose_name = _("value of an indicator")
        verbose_name_plural = _("values of indicators")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "period"], name="value_once_for_indicator_and_period"),
            models.CheckConstraint(
                condition=Q(unavailable=False) | Q(actual__isnull=True), name="unavailable_value_has_no_actual"
            ),
            models.CheckConstraint(
                condition=Q(unavailable=False) | ~Q(note={}), name="unavailable_value_has_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} · {self.period}"


class BudgetLine(models.Model):
    """Money of a measure for a year from a fund, in the plan's currency, with cents."""

    measure = models.ForeignKey(Measure, verbose_name=_("measure"), on_delete=models.PROTECT, related_name="budget")
    year = models.PositiveSmallIntegerField(_("year"))
    fund = models.CharField(_("fund"), max_length=10)
    planned = models.DecimalField(pgettext_lazy("money", "planned"), **MONEY)
    spent = models.DecimalField(pgettext_lazy("money", "spent"), **MONEY)

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ["year", "fund"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "year", "fund"], name="budget_once_for_measure_year_and_fund"),
            models.CheckConstraint(
                condition=(Q(planned__isnull=True) | Q(planned__gte=0)) & (Q(spent__isnull=True) | Q(spent__gte=0)),
                name="money_is_not_negative",
                violation_error_message=_("Amounts are not negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} · {self.year} {self.fund}"


class BudgetEntry(Reported):
    """What a return reports of a measure's money: it becomes the plan's `BudgetLine` when the return is approved."""

    chapter_return = models.ForeignKey(
        ChapterReturn, verbose_name=_("return"), on_delete=models.PROTECT, related_name="budget_entries"
    )
    measure = models.ForeignKey(
        Measure, verbose_name=_("measure"), on_delete=models.PROTECT, related_name="budget_entries"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    fund = models.CharField(_("fund"), max_length=10)
    planned = models.DecimalField(pgettext_lazy("money", "planned"), **MONEY)
    spent = models.DecimalField(pgettext_lazy("money", "spent"), **MONEY)

    WRITTEN = ("planned", "spent")

    class Meta:
        verbose_name = _("reported budget line")
        verbose_name_plural = _("reported budget lines")
        ordering = ["year", "fund"]
        constraints = [
            models.UniqueConstraint(
                fields=["chapter_return", "measure", "year", "fund"], name="budget_entry_once_in_a_return"
            ),
            models.CheckConstraint(
                condition=(Q(planned__isnull=True) | Q(planned__gte=0)) & (Q(spent__isnull=True) | Q(spent__gte=0)),
                name="reported_money_is_not_negative",
                violation_error_message=_("Amounts are not negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} · {self.year} {self.fund}"
