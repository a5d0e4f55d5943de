"""Requests for information and advice: what the plan's authors ask of working groups, and what each group answers."""

import uuid
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plan_pages.choices import UNANSWERED_REQUEST_STATES, RequestState
from plan_pages.consultation.remarks import TEXT_LENGTH
from plan_pages.register import Plan, in_language


class InformationRequest(models.Model):
    """`asked_for`: the author of the plan for whom a coordinator asks, in words."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(
        Plan, verbose_name=_("plan"), on_delete=models.PROTECT, related_name="information_requests"
    )
    title = models.CharField(_("title"), max_length=255)
    question = models.TextField(_("question"), max_length=TEXT_LENGTH)
    due = models.DateField(_("due"))
    documents = models.ManyToManyField(
        "wagtaildocs.Document", verbose_name=_("documents"), blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked at"), editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    asked_for = models.CharField(_("for whom it is asked"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("request for information")
        verbose_name_plural = _("requests for information")
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class RequestAnswerQuerySet(models.QuerySet[Any]):
    def unanswered(self) -> Self:
        return self.filter(state__in=UNANSWERED_REQUEST_STATES)


class RequestAnswer(models.Model):
    """What one group answers to a request. `due`: the group's own day; asked again, it may be a later one."""

    request = models.ForeignKey(
        InformationRequest, verbose_name=_("request for information"), on_delete=models.PROTECT, related_name="answers"
    )
    group = models.ForeignKey(
        "plan_pages.GroupPage",
        verbose_name=_("working group"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="request_answers",
    )
    group_name = models.JSONField(_("name of the group"), default=dict)
    state = models.CharField(
        _("state"), max_length=10, choices=RequestState.choices, default=RequestState.WAITING.value, editable=False
    )
    due = models.DateField(_("due"))
    text = models.TextField(_("answer"), max_length=TEXT_LENGTH, blank=True)
    documents = models.ManyToManyField(
        "wagtaildocs.Document", verbose_name=_("documents"), blank=True, related_name="+"
    )
    reason = models.TextField(pgettext_lazy("request", "why it was asked again"), max_length=2000, blank=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)
    asked_at = models.DateTimeField(_("asked at"), editable=False)
    reminded_on = models.DateField(_("group reminded on"), null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = RequestAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to a request for information")
        verbose_name_plural = _("answers to requests for information")
        ordering = ["group__path", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "group"], name="request_answer_once_for_a_group"),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in RequestState]), name="request_state_is_known"
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=sorted(each.value for each in UNANSWERED_REQUEST_STATES), answered_at__isnull=True)
                )
                | (
                    ~Q(state__in=sorted(each.value for each in UNANSWERED_REQUEST_STATES))
                    & Q(answered_at__isnull=False)
                ),
                name="given_answer_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.GIVEN.value) | ~Q(text=""), name="given_answer_has_its_text"
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.AGAIN.value) | ~Q(reason=""), name="asked_again_has_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request} · {self.group_shown}"

    @property
    def group_shown(self) -> str:
        return in_language(self.group_name)

    @property
    def state_choice(self) -> RequestState:
        return RequestState(self.state)

    def is_overdue(self, today: date) -> bool:
        return self.state_choice in UNANSWERED_REQUEST_STATES and self.due < today
