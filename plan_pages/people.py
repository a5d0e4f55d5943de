"""People of the plan beside their roles: the language and rhythm of their mails, who stands in for whom and when, and what
each was told. Knows no wording and no rights; the day of today is an argument.
"""

from collections.abc import Collection
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from plan_pages.choices import MailState, NoticeKind
from plan_pages.languages import language_codes


class ChoicesQuerySet(models.QuerySet[Any]):
    def away(self, today: date) -> Self:
        """Of people for whom somebody stands in today. A person who may not log in has nobody."""
        days = Q(deputy_from__lte=today, deputy_until__gte=today)
        return self.filter(days, user__is_active=True, deputy__is_active=True)


class PersonalChoices(models.Model):
    """What a person has chosen for themselves. `digest`: all notices of a day in one mail, in the morning. The deputy
    gets the person's notices too in these days, first and last included, and reports for the person's chapters."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="plan_choices"
    )
    language = models.CharField(_("language of mails"), max_length=10, blank=True)
    digest = models.BooleanField(_("one mail a day, in the morning"), default=False)
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("deputy"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="stands_in_for",
    )
    deputy_from = models.DateField(_("first day"), null=True, blank=True)
    deputy_until = models.DateField(_("last day"), null=True, blank=True)

    objects = ChoicesQuerySet.as_manager()

    class Meta:
        verbose_name = _("choices of a person")
        verbose_name_plural = _("choices of people")
        constraints = [
            models.CheckConstraint(
                condition=Q(deputy__isnull=True) | ~Q(deputy=F("user")),
                name="nobody_is_their_own_deputy",
                violation_error_message=_("Nobody is their own deputy."),
            ),
            models.CheckConstraint(
                condition=Q(deputy__isnull=True) | Q(deputy_from__isnull=False, deputy_until__gte=F("deputy_from")),
                name="deputy_has_first_and_last_day",
                violation_error_message=_("A deputy has a first day and a last day, in this order."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


class NoticeQuerySet(models.QuerySet[Any]):
    def unsent(self) -> Self:
        """In no mail yet: they wait for the morning."""
        return self.filter(mail__isnull=True)

    def in_state(self, state: str) -> Self:
        """Of this state of the mail; "waiting" for those that have none yet."""
        return self.unsent() if state == WAITING else self.filter(mail__state=state)

    def for_a_person(self) -> Self:
        """Of mails that somebody must look at."""
        return self.filter(mail__state__in=[MailState.FAILED, MailState.UNCERTAIN])


WAITING = "waiting"


class Notice(models.Model):
    """One thing that a person is told by mail, once: in a mail of its own, or with others in one of the morning.

    `event`: what happened, so that the same is not told twice. `message`: a `letters.Message` in `language`."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=40, choices=NoticeKind.choices)
    event = models.CharField(_("event"), max_length=100)
    period = models.ForeignKey(
        "plan_pages.ReportingPeriod",
        verbose_name=_("reporting period"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    language = models.CharField(_("language"), max_length=10)
    message = models.JSONField(_("message"))
    at = models.DateTimeField(_("time"))
    mail = models.ForeignKey(
        "plan_pages.OutboxMail",
        verbose_name=_("mail"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="notices",
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "kind", "event"], name="notice_once_of_an_event")]
        indexes = [models.Index(fields=["at"], name="notice_by_time")]

    def __str__(self) -> str:
        return f"{self.person} · {self.subject}"

    @property
    def subject(self) -> str:
        return str(self.message["subject"])

    @property
    def kind_choice(self) -> NoticeKind:
        return NoticeKind(self.kind)


class Reminder(models.Model):
    """A person was reminded of a period for the step that fell on `day`. `run`: of which round; the first has it."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="+"
    )
    period = models.ForeignKey(
        "plan_pages.ReportingPeriod",
        verbose_name=_("reporting period"),
        on_delete=models.CASCADE,
        related_name="reminders",
    )
    day = models.DateField(_("day"))
    sent_on = models.DateField(_("sent on"))
    run = models.UUIDField(editable=False)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["day", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "period", "day"], name="reminder_once_of_a_step")]

    def __str__(self) -> str:
        return f"{self.person} · {self.period} · {self.day}"


def language_of(user: Any) -> str:
    """The language of mails to this person: chosen for mails, else for the admin, else the site's first. Read with
    `plan_choices` and `wagtail_userprofile`."""
    choices = getattr(user, "plan_choices", None)
    profile = getattr(user, "wagtail_userprofile", None)
    known = language_codes()
    wanted = (choices.language if choices else "", profile.preferred_language if profile else "")
    return next((code for code in wanted if code in known), settings.LANGUAGE_CODE)


def wants_digest(user: Any) -> bool:
    choices = getattr(user, "plan_choices", None)
    return bool(choices and choices.digest)


def deputies_of(keys: Collection[int], today: date) -> dict[int, int]:
    """Of these people, those for whom somebody stands in today: key of the person to key of the deputy."""
    found = PersonalChoices.objects.away(today).filter(user__in=keys)
    return dict(found.values_list("user_id", "deputy_id"))
