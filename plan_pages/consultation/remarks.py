"""The register of remarks: what a working group, or later a citizen, has to say on a part of a plan, and the answer to it.

The part's code, title and text are kept as they were when the remark was given: it stays readable when the plan changes.
Who a citizen is stands in fields of their own that no reading for the public knows, and is erased when its day comes.
"""

import uuid
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plan_pages.choices import (
    ANSWERS_WITH_REASON,
    GIVEN_REMARK_STATES,
    READABLE_MODERATION,
    HidingReason,
    Level,
    Moderation,
    RemarkAnswer,
    RemarkKind,
    RemarkState,
)
from plan_pages.consultation.rounds import RemarkRound
from plan_pages.domain.remarks import number_shown
from plan_pages.register import CODE_LENGTH, Chapter, Goal, Indicator, Measure, Plan, Task, in_language

TEXT_LENGTH = 20_000
ERASED = "…"
"""Stands for a text that was erased."""
PARTS = ("goal", "task", "measure", "indicator")
"""Fields that say of which part of a chapter a remark speaks; none: of the chapter, or of the whole plan."""


def _one_part_at_most() -> Q:
    """Of one chapter, or of one part in it, or of the plan."""
    none = Q(**{f"{name}__isnull": True for name in PARTS})
    return none | Q.create(
        [Q(chapter__isnull=False, **{f"{other}__isnull": other != name for other in PARTS}) for name in PARTS],
        connector=Q.OR,
    )


class RemarkQuerySet(models.QuerySet[Any]):
    def given(self) -> Self:
        """Handed in and not taken back."""
        return self.filter(state__in=GIVEN_REMARK_STATES)

    def readable(self) -> Self:
        """Given, and for tables: no citizen's remark that waits to be looked through or is not shown."""
        return self.given().filter(moderation__in=READABLE_MODERATION)

    def unanswered(self) -> Self:
        """Of what is not shown no answer is awaited."""
        return self.filter(state=RemarkState.SUBMITTED).exclude(moderation=Moderation.HIDDEN)

    def unmoderated(self) -> Self:
        return self.given().filter(moderation=Moderation.WAITING)

    def to_forget(self, today: date) -> Self:
        """Of citizens whose day has come and whose personal data are here still."""
        return self.filter(forget_on__lte=today, forgotten_at__isnull=True)

    def forget_people(self) -> int:
        """Erase the names and addresses of their citizens, the texts as they were before personal data were taken out of
        them, and the texts that nobody was shown. How many remarks."""
        self.filter(moderation=Moderation.HIDDEN).update(text=ERASED)
        return self.update(person_name="", person_email="", original_text="", forgotten_at=timezone.now())


class Remark(models.Model):
    """`number`: within the plan, given when the remark is handed in. `chapter`: in which its part lies; none: the plan.
    `told_at`: when its author was told of the answer as it stands. `original_text`: of a citizen's remark out of which
    personal data were taken, until they are erased."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, verbose_name=_("plan"), on_delete=models.PROTECT, related_name="remarks")
    round = models.ForeignKey(
        RemarkRound, verbose_name=_("round of remarks"), on_delete=models.PROTECT, related_name="remarks"
    )
    number = models.PositiveIntegerField(_("number"), null=True, blank=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=RemarkKind.choices, default=RemarkKind.REMARK.value)
    chapter = models.ForeignKey(Chapter, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    goal = models.ForeignKey(Goal, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    measure = models.ForeignKey(Measure, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    indicator = models.ForeignKey(Indicator, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    part_code = models.CharField(_("code of the part"), max_length=CODE_LENGTH, blank=True)
    part_title = models.JSONField(_("title of the part"), default=dict, blank=True)
    part_text = models.JSONField(_("text of the part"), default=dict, blank=True)
    text = models.TextField(_("text"), max_length=TEXT_LENGTH, blank=True)
    wording = models.TextField(_("proposed wording"), max_length=TEXT_LENGTH, blank=True)
    language = models.CharField(_("language"), max_length=10, default=settings.LANGUAGE_CODE)
    group = models.ForeignKey(
        "plan_pages.GroupPage",
        verbose_name=_("working group"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="remarks",
    )
    group_name = models.JSONField(_("name of the group"), default=dict, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    person_name = models.CharField(pgettext_lazy("of a person", "name"), max_length=255, blank=True)
    person_email = models.EmailField(_("e-mail"), blank=True)
    moderation = models.CharField(
        _("moderation"), max_length=10, choices=Moderation.choices, blank=True, default="", editable=False
    )
    hidden_because = models.CharField(
        _("why it is not shown"), max_length=15, choices=HidingReason.choices, blank=True, editable=False
    )
    moderated_at = models.DateTimeField(_("looked through at"), null=True, blank=True, editable=False)
    moderated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("looked through by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    original_text = models.TextField(_("text as it was given"), blank=True, editable=False)
    forget_on = models.DateField(_("personal data to be erased on"), null=True, blank=True)
    forgotten_at = models.DateTimeField(_("personal data erased at"), null=True, blank=True)
    documents = models.ManyToManyField(
        "wagtaildocs.Document", verbose_name=_("documents"), blank=True, related_name="+"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=RemarkState.choices, default=RemarkState.DRAFT.value, editable=False
    )
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    answer = models.CharField(_("answer"), max_length=15, choices=RemarkAnswer.choices, blank=True)
    reason = models.TextField(_("reason"), max_length=TEXT_LENGTH, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    told_at = models.DateTimeField(_("author told at"), null=True, blank=True, editable=False)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="remark_number_once_in_a_plan"),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in RemarkState]), name="remark_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[each.value for each in RemarkKind]), name="remark_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(answer="") | Q(answer__in=[each.value for each in RemarkAnswer]), name="answer_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=RemarkState.DRAFT.value, number__isnull=True, submitted_at__isnull=True)
                | (
                    ~Q(state=RemarkState.DRAFT.value)
                    & Q(number__isnull=False, submitted_at__isnull=False)
                    & ~Q(text="")
                ),
                name="remark_that_was_given_has_number_and_text",
            ),
            models.CheckConstraint(
                condition=(Q(state=RemarkState.WITHDRAWN.value) & Q(withdrawn_at__isnull=False))
                | (~Q(state=RemarkState.WITHDRAWN.value) & Q(withdrawn_at__isnull=True)),
                name="withdrawn_remark_has_its_time",
            ),
            models.CheckConstraint(
                condition=(Q(state=RemarkState.ANSWERED.value, answered_at__isnull=False) & ~Q(answer=""))
                | (~Q(state=RemarkState.ANSWERED.value) & Q(answered_at__isnull=True, answer="", reason="")),
                name="answered_remark_has_its_answer",
            ),
            models.CheckConstraint(
                condition=~Q(answer__in=sorted(each.value for each in ANSWERS_WITH_REASON)) | ~Q(reason=""),
                name="answer_has_its_reason",
            ),
            models.CheckConstraint(
                condition=_one_part_at_most(),
                name="remark_is_about_one_part",
            ),
            models.CheckConstraint(
                condition=Q(group_name={}) | Q(person_name="", person_email=""), name="remark_of_a_group_names_nobody"
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at__isnull=True) | Q(person_name="", person_email="", original_text=""),
                name="forgotten_author_has_no_name",
            ),
            models.CheckConstraint(
                condition=Q(moderation__in=[each.value for each in Moderation]), name="moderation_is_known"
            ),
            models.CheckConstraint(
                condition=Q(moderation="") | (~Q(state=RemarkState.DRAFT.value) & Q(group_name={})),
                name="only_a_citizens_remark_is_moderated",
            ),
            models.CheckConstraint(
                condition=(
                    Q(moderation=Moderation.HIDDEN.value) & Q(hidden_because__in=[each.value for each in HidingReason])
                )
                | (~Q(moderation=Moderation.HIDDEN.value) & Q(hidden_because="")),
                name="hidden_remark_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(person_name="", person_email="") | Q(forget_on__isnull=False),
                name="personal_data_have_their_day",
            ),
        ]
        indexes = [models.Index(fields=["round", "state"], name="remark_by_round_and_state")]

    def __str__(self) -> str:
        return number_shown(self.number) if self.number else self.part_shown

    @property
    def part_shown(self) -> str:
        return f"{self.part_code} {in_language(self.part_title)}".strip()

    @property
    def state_choice(self) -> RemarkState:
        return RemarkState(self.state)

    @property
    def kind_choice(self) -> RemarkKind:
        return RemarkKind(self.kind)

    @property
    def moderation_choice(self) -> Moderation:
        return Moderation(self.moderation)

    @property
    def hiding_choice(self) -> HidingReason | None:
        return HidingReason(self.hidden_because) if self.hidden_because else None

    @property
    def answer_choice(self) -> RemarkAnswer | None:
        return RemarkAnswer(self.answer) if self.answer else None

    @property
    def level(self) -> Level | None:
        """Of the part; None: the whole plan."""
        name = next((name for name in PARTS if getattr(self, f"{name}_id")), "chapter" if self.chapter_id else "")
        return Level(name) if name else None

    @property
    def author_shown(self) -> str:
        return in_language(self.group_name)
