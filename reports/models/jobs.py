"""A report on its way to an edition: the one mutable row of it, and who has it in hand. Truth, where a queue is a hint."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from plan_pages.domain.periods import Period
from plan_pages.leases import Claimable, ClaimableQuerySet
from plan_pages.monitoring import ReportingPeriod, check_period
from plan_pages.register import Chapter
from reports.choices import UNFINISHED_JOB_STATES, JobFault, JobState
from reports.models.schedules import DueReport, ReportSchedule


class ReportJobQuerySet(ClaimableQuerySet):
    def begin(self, missing: Iterable[DueReport], now: datetime) -> int:
        """Rows for what is due; of several schedulers that begin the same, one succeeds. How many are new."""
        jobs = [
            ReportJob(
                schedule=each.schedule,
                chapter=each.chapter,
                period=str(each.due.period),
                last_day=each.due.period.last_day,
                due_at=each.due.moment,
                state=JobState.WAITING if each.schedule.waits_for_lock else JobState.PENDING,
                next_attempt=now,
            )
            for each in missing
        ]
        before = self.count()
        self.bulk_create(jobs, ignore_conflicts=True)
        return self.count() - before

    def ready(self, now: datetime) -> Self:
        """May be made now. Reports of one schedule are made in their order: each is compared with the one before."""
        # Of a schedule either every job has a chapter or none has: kinds do not change under their jobs.
        earlier = ReportJob.objects.filter(
            Q(chapter=OuterRef("chapter")) | Q(chapter__isnull=True),
            schedule=OuterRef("schedule"),
            last_day__lt=OuterRef("last_day"),
            state__in=UNFINISHED_JOB_STATES,
        )
        return self.filter(~Exists(earlier), state=JobState.PENDING, next_attempt__lte=now)

    def abandoned(self, now: datetime) -> Self:
        """Being made by somebody who fell silent."""
        return self.filter(state=JobState.RUNNING).run_out(now)

    def failed(self) -> Self:
        return self.filter(state=JobState.FAILED)

    def waiting(self) -> Self:
        return self.filter(state=JobState.WAITING)


class ReportJob(Claimable):
    """`number`: of the edition that is to be made. The scheduler asks for the first; a correction, with its reason, for
    the next. `fault`: why the last attempt failed; `error`: the same in the program's words, for an administrator."""

    schedule = models.ForeignKey(
        ReportSchedule, verbose_name=_("schedule"), on_delete=models.PROTECT, related_name="jobs"
    )
    chapter = models.ForeignKey(
        Chapter, verbose_name=_("chapter"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    period = models.CharField(_("period"), max_length=8, validators=[check_period])
    last_day = models.DateField(_("last day"))
    due_at = models.DateTimeField(_("due at"))
    state = models.CharField(_("state"), max_length=10, choices=JobState.choices, default=JobState.PENDING.value)
    fault = models.CharField(_("what went wrong"), max_length=12, choices=JobFault.choices, blank=True, editable=False)
    number = models.PositiveSmallIntegerField(_("number of the edition"), default=1)
    reason = models.TextField(_("reason of the correction"), blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = ReportJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("report in the making")
        verbose_name_plural = _("reports in the making")
        ordering = ["-last_day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "period"], condition=Q(chapter__isnull=True), name="job_once_for_period"
            ),
            models.UniqueConstraint(
                fields=["schedule", "chapter", "period"],
                condition=Q(chapter__isnull=False),
                name="job_once_for_chapter_and_period",
            ),
            models.CheckConstraint(condition=Q(state__in=[each.value for each in JobState]), name="job_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state=JobState.RUNNING.value) | Q(claim__isnull=False, lease_until__isnull=False),
                name="running_job_is_claimed",
            ),
            models.CheckConstraint(
                condition=Q(number=1, reason="") | (Q(number__gt=1) & ~Q(reason="")), name="correction_has_its_reason"
            ),
        ]
        indexes = [models.Index(fields=["state", "next_attempt"], name="job_by_state")]

    def __str__(self) -> str:
        return " · ".join(filter(None, [self.schedule.kind_choice.label, str(self.chapter or ""), self.period]))

    @property
    def state_choice(self) -> JobState:
        return JobState(self.state)

    @property
    def period_value(self) -> Period:
        return Period.parse(self.period)

    @property
    def fault_choice(self) -> JobFault | None:
        return JobFault(self.fault) if self.fault else None

    @property
    def must_wait(self) -> bool:
        """Whether its schedule has it wait for the returns, and they are not all settled: a reporting period of the plan
        that has days in common with this one is still open, or there is none yet."""
        if not self.schedule.waits_for_lock:
            return False
        period = self.period_value
        later = ReportingPeriod.objects.filter(plan_id=self.schedule.plan_id, last_day__gte=period.start)
        common = [each for each in later if each.value.start < period.end]
        return not common or not all(each.is_locked for each in common)
