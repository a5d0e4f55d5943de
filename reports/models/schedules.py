"""What is to be reported, when, and to whom. A coordinator sets it up once; the schedule value says when it is due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel

from plan_pages.choices import Audience, Frequency
from plan_pages.languages import language_codes
from plan_pages.register import Chapter, Plan
from reports import schedule as timing
from reports.choices import ReportKind
from reports.sentence import sentence

MOST_DAYS = 366


def check_languages(codes: Any) -> None:
    """Raises ValidationError unless these are languages of the site, at least one."""
    known = language_codes()
    if not isinstance(codes, list) or not codes or len(set(codes)) < len(codes) or not set(codes) <= set(known):
        raise ValidationError(_("Choose at least one language of the site: %(known)s."), params={"known": known})


@dataclass(frozen=True, slots=True)
class DueReport:
    """A report that is due and has no job yet. `chapter` where the report is about one."""

    schedule: "ReportSchedule"
    chapter: Chapter | None
    due: timing.Due


class ReportScheduleQuerySet(models.QuerySet["ReportSchedule"]):
    def active(self) -> Self:
        return self.filter(active=True)

    def due(self, now: datetime) -> list[DueReport]:
        """Everything that is due by now and was never begun, the earliest first."""
        found = [each for schedule in self.active().select_related("plan") for each in schedule.missing(now)]
        return sorted(found, key=lambda each: (each.due, each.schedule.pk, each.chapter.pk if each.chapter else 0))


class ReportSchedule(ClusterableModel):
    """`since`: due times before that moment do not count; they were before the schedule began, or while it rested."""

    plan = models.ForeignKey(Plan, verbose_name=_("plan"), on_delete=models.PROTECT, related_name="schedules")
    kind = models.CharField(_("kind of report"), max_length=10, choices=ReportKind.choices)
    chapters = ParentalManyToManyField(
        Chapter,
        verbose_name=_("chapters"),
        blank=True,
        related_name="+",
        help_text=_("Of reports about single chapters: which ones. None chosen: all that are in the plan."),
    )
    languages = models.JSONField(_("languages"), default=language_codes, validators=[check_languages])
    frequency = models.CharField(
        _("how often"), max_length=10, choices=Frequency.choices, default=Frequency.QUARTER.value
    )
    days = models.PositiveSmallIntegerField(
        _("days after the period’s end"),
        default=20,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)],
    )
    hour = models.PositiveSmallIntegerField(_("hour"), default=8, validators=[MaxValueValidator(23)])
    release_at_once = models.BooleanField(
        _("release at once"),
        default=False,
        help_text=_("Otherwise the report waits until a coordinator has read and released it."),
    )
    waits_for_lock = models.BooleanField(
        _("wait until the period is locked"),
        default=False,
        help_text=_("Otherwise the report is made when it is due, and says what is missing."),
    )
    audience = models.CharField(_("for whom"), max_length=10, choices=Audience.choices, default=Audience.INTERNAL.value)
    active = models.BooleanField(pgettext_lazy("schedule", "active"), default=True)
    since = models.DateTimeField(_("counts from"), default=timezone.now, editable=False)

    objects = ReportScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = _("schedule of reports")
        verbose_name_plural = _("schedules of reports")
        ordering = ["plan", "kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=MOST_DAYS),
                name="schedule_days_are_1_to_366",
                violation_error_message=_("A report is due 1 to 366 days after the period’s end."),
            ),
            models.CheckConstraint(
                condition=Q(hour__lte=23),
                name="schedule_hour_is_0_to_23",
                violation_error_message=_("The hour is 0 to 23."),
            ),
            models.CheckConstraint(condition=Q(kind__in=[each.value for each in ReportKind]), name="kind_is_known"),
            models.CheckConstraint(
                condition=Q(frequency__in=[each.value for each in Frequency]), name="schedule_frequency_is_known"
            ),
            models.CheckConstraint(
                condition=Q(audience__in=[each.value for each in Audience]), name="schedule_audience_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_choice.label} · {Frequency(self.frequency).label} · {self.plan}"

    def clean(self) -> None:
        before = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        is_another = before is not None and (before.kind, before.plan_id) != (self.kind, self.plan_id)
        if is_another and self.jobs.exists():
            raise ValidationError(
                _("Reports were made by this schedule: end it and make another for another kind or plan.")
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        before = type(self).objects.select_related("plan").filter(pk=self.pk).first() if self.pk else None
        if before is not None:
            now = timezone.now()
            # What fell due while the schedule rested is not caught up either.
            rested = self.active and not before.active
            self.since = now if rested else timing.counts_from(before.value, self.value, before.since, now)
        super().save(*args, **kwargs)

    @property
    def kind_choice(self) -> ReportKind:
        return ReportKind(self.kind)

    @property
    def is_by_chapter(self) -> bool:
        """Makes a report of each chapter, not one of the plan."""
        return self.kind_choice.is_by_chapter

    @property
    def value(self) -> timing.Schedule:
        """Hours are of the clock in the site's time zone: it is the city's."""
        return timing.Schedule(
            Frequency(self.frequency),
            self.days,
            self.hour,
            settings.TIME_ZONE,
            self.plan.start_year,
            self.plan.end_year,
        )

    def next_five(self, now: datetime) -> tuple[timing.Due, ...]:
        """The next due times, for a preview."""
        return timing.next_five(self.value, max(now, self.since))

    def in_words(self, now: datetime) -> str:
        """The whole schedule in one sentence, in the active language."""
        return sentence(self.kind_choice, self.value, max(now, self.since), active=self.active)

    def subjects(self) -> list[Chapter | None]:
        """What a report is made about each time: the plan, or each of the chapters that are in it now."""
        if not self.is_by_chapter:
            return [None]
        current = Chapter.objects.filter(plan_id=self.plan_id, retired_at__isnull=True, live=True)
        chosen = [chapter.pk for chapter in self.chapters.all()]
        return list(current.filter(pk__in=chosen) if chosen else current)

    def missing(self, now: datetime) -> Iterator[DueReport]:
        """What is due by now and was never begun."""
        # Due at this very moment is due: the end of a range is not in it.
        due = timing.due_times(self.value, self.since, now + datetime.resolution)
        if not due:
            return
        begun = set(self.jobs.values_list("chapter_id", "period"))
        subjects = self.subjects()
        for each in due:
            for chapter in subjects:
                if (chapter.pk if chapter else None, str(each.period)) not in begun:
                    yield DueReport(self, chapter, each)


class ReportRecipient(models.Model):
    """A person, everyone in a role, or a plain address, with the language of their mail; without one, the person's."""

    schedule = ParentalKey(
        ReportSchedule, verbose_name=_("schedule"), on_delete=models.CASCADE, related_name="recipients"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    role = models.ForeignKey(
        Group, verbose_name=_("role"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    address = models.EmailField(_("address"), blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(user__isnull=False, role__isnull=True, address="")
                    | Q(user__isnull=True, role__isnull=False, address="")
                    | (Q(user__isnull=True, role__isnull=True) & ~Q(address=""))
                ),
                name="recipient_is_exactly_one",
                violation_error_message=_("Give a person, a role or an address: one of them."),
            )
        ]

    def __str__(self) -> str:
        return str(self.user or self.role or self.address)

    def clean(self) -> None:
        if self.language and self.language not in language_codes():
            raise ValidationError({"language": _("The site has no such language.")})
