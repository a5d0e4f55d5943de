"""Schedules: their form, and the deeds of keeping one and of having a report made before its time. Coordinators only;
every change is logged. Making itself is the work of `reports.making`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.log_actions import log

from plan_pages.choices import Frequency
from plan_pages.domain.periods import Period
from plan_pages.editing.refusal import Refused
from plan_pages.languages import language_codes
from plan_pages.register import Chapter, Plan
from reports.choices import JobState, ReportKind
from reports.making import tell_workers
from reports.models.jobs import ReportJob
from reports.models.schedules import DueReport, ReportSchedule
from reports.permissions import may_make_reports
from reports.schedule import Due, due_time


def language_choices() -> list[tuple[str, Any]]:
    names = dict(settings.LANGUAGES)
    return [(code, names[code]) for code in language_codes()]


def _mail_languages() -> list[tuple[str, Any]]:
    return [("", _("the person’s own")), *language_choices()]


Choices = Sequence[tuple[Any, str]]


def _choices_of_recipients() -> Mapping[str, Choices]:
    """People and roles, asked for once for all rows of a form."""
    people = get_user_model().objects.filter(is_active=True)
    return {
        "user": [("", ""), *((user.pk, str(user)) for user in people.order_by("last_name", "first_name", "username"))],
        "role": [("", ""), *((role.pk, role.name) for role in Group.objects.order_by("name"))],
    }


class RecipientForm(WagtailAdminModelForm):
    def __init__(self, *args: Any, choices: Mapping[str, Choices], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = self.fields["user"].queryset.filter(is_active=True)
        for name, found in choices.items():
            self.fields[name].choices = found


class RecipientsPanel(InlinePanel):
    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = RecipientForm
        return options


class ScheduleForm(WagtailAdminModelForm):
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        choices=language_choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("The report is made in each of them."),
    )
    hour = forms.TypedChoiceField(
        label=gettext_lazy("Hour"),
        coerce=int,
        choices=[(hour, f"{hour:02d}:00") for hour in range(24)],
        help_text=gettext_lazy("Of the clock in the city."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plans = Plan.objects.order_by("pk")
        self.fields["plan"].queryset = plans
        if len(plans) == 1:
            self.fields["plan"].empty_label = None
        chapters = Chapter.objects.filter(retired_at__isnull=True).select_related("plan").order_by("plan", "page__path")
        self.fields["chapters"].queryset = chapters
        recipients = self.formsets["recipients"]
        recipients.form_kwargs = {**recipients.form_kwargs, "choices": _choices_of_recipients()}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        chapters, plan, kind = cleaned.get("chapters"), cleaned.get("plan"), cleaned.get("kind")
        if not chapters or not plan or not kind:
            return cleaned
        if not ReportKind(kind).is_by_chapter:
            self.add_error("chapters", _("A report of this kind is about the whole plan: choose no chapters."))
        elif any(chapter.plan_id != plan.pk for chapter in chapters):
            self.add_error("chapters", _("These chapters are of another plan."))
        return cleaned


PANELS = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel("plan"),
                FieldPanel("kind"),
                FieldPanel("chapters", widget=forms.CheckboxSelectMultiple),
                FieldPanel("languages"),
            ],
            heading=gettext_lazy("What"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("frequency"),
                FieldRowPanel([FieldPanel("days"), FieldPanel("hour")]),
                FieldPanel("waits_for_lock"),
                FieldPanel("active"),
            ],
            heading=gettext_lazy("When"),
        ),
        MultiFieldPanel(
            [FieldPanel("audience"), FieldPanel("release_at_once")],
            heading=gettext_lazy("For whom"),
        ),
        RecipientsPanel(
            "recipients",
            [
                FieldPanel("user"),
                FieldPanel("role"),
                FieldPanel("address"),
                FieldPanel("language", widget=forms.Select(choices=lazy(_mail_languages, list)())),
            ],
            heading=gettext_lazy("Recipients"),
            label=gettext_lazy("Recipient"),
            help_text=gettext_lazy("A person, everyone in a role, or an address: one of them in each row."),
        ),
    ],
    base_form_class=ScheduleForm,
).bind_to_model(ReportSchedule)


@transaction.atomic
def keep(form: ScheduleForm, user: Any) -> ReportSchedule:
    """Store a new schedule, or a changed one."""
    _check(user)
    made = form.instance.pk is None
    schedule = form.save()
    log(schedule, "wagtail.create" if made else "wagtail.edit", user=user)
    return schedule


def periods_over(schedule: ReportSchedule, now: datetime) -> list[Period]:
    """The periods of the plan that are over, the latest first."""
    value = schedule.value
    period = min(Period.last_complete(timezone.localtime(now).date(), Frequency(schedule.frequency)), value.last_period)
    found = []
    while period >= value.first_period:
        found.append(period)
        period = period.previous()
    return found


def periods_to_make(schedule: ReportSchedule, now: datetime) -> list[Period]:
    """Those that are over and of which no report was begun, or not of every chapter."""
    begun = set(schedule.jobs.values_list("chapter_id", "period"))
    subjects = [chapter.pk if chapter else None for chapter in schedule.subjects()]
    return [
        period for period in periods_over(schedule, now) if any((key, str(period)) not in begun for key in subjects)
    ]


def parse_period(written: str) -> Period:
    try:
        return Period.parse(written)
    except ValueError as error:
        raise Refused(_("Choose a period.")) from error


@transaction.atomic
def make_now(schedule: ReportSchedule, period: Period, user: Any) -> list[ReportJob]:
    """The jobs that the schedule would begin when the report of this period is due, begun now. It will not begin them
    again: what comes of them is the report of the period."""
    _check(user)
    now = timezone.now()
    if period not in periods_over(schedule, now):
        raise Refused(_("A report is made of a period of the plan that is over."))
    begun = set(schedule.jobs.filter(period=str(period)).values_list("chapter_id", flat=True))
    due = Due(due_time(schedule.value, period), period)
    missing = [
        DueReport(schedule, chapter, due)
        for chapter in schedule.subjects()
        if (chapter.pk if chapter else None) not in begun
    ]
    if not missing:
        raise Refused(_("There is a report of this period already: correct it, or try it again if it failed."))
    ReportJob.objects.begin(missing, now)
    jobs = ReportJob.objects.filter(schedule=schedule, period=str(period)).exclude(
        chapter_id__in=[key for key in begun if key is not None]
    )
    jobs.filter(state__in=[JobState.PENDING, JobState.WAITING], asked_by=None).update(asked_by=user)
    log(schedule, "reports.schedule.make_now", user=user, data={"period": str(period)})
    tell_workers([job.pk for job in jobs], now)
    return list(jobs)


def _check(user: Any) -> None:
    if not may_make_reports(user):
        raise PermissionDenied
