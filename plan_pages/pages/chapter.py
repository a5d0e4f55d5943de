"""A chapter of a plan: its group, summary, prose, and its goals with tasks, measures and indicators as blocks."""

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, PageChooserPanel, Panel, TabbedInterface
from wagtail.api import APIField
from wagtail.fields import RichTextField, StreamField

from plan_pages.blocks.code import check_code
from plan_pages.blocks.goal import GoalsBlock
from plan_pages.blocks.identity import with_ids
from plan_pages.blocks.tree import walk
from plan_pages.blocks.validation import check_goals
from plan_pages.domain import progress
from plan_pages.domain.plan import Plan
from plan_pages.languages import field_texts
from plan_pages.pages.around import around
from plan_pages.pages.base import PageForm, TranslatedPage, api_page, api_texts, api_values, in_languages, title_panels
from plan_pages.pages.comparing import GoalsPanel
from plan_pages.pages.content_checks import ContentChecksPanel
from plan_pages.pages.finding import BlockFinder
from plan_pages.pages.group import PROSE, GroupPage
from plan_pages.pages.previews import is_preview, plan_in_preview
from plan_pages.pages.searching import draft_of
from plan_pages.projection import codes_taken, gone_elsewhere, project_chapter
from plan_pages.reading import plan_of_page
from plan_pages.register import CODE_LENGTH, Chapter
from plan_pages.search.kinds import EntryKind
from plan_pages.search.of_register import drafts_of
from plan_pages.search.writing import Draft


class ChapterForm(PageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whoever sets the group says who may edit the chapter: its editors do not. (Not by a panel's `permission`: the
        # content API makes forms of some of the fields, and fails where a field with one is missing.)
        if self.for_user is not None and not self.for_user.has_perm("plan_pages.coordinate_plan"):
            self.fields.pop("group", None)


class ChapterPage(TranslatedPage):
    code = models.CharField(_("code"), max_length=CODE_LENGTH)
    group = models.ForeignKey(
        "plan_pages.GroupPage",
        verbose_name=_("working group"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="chapter_pages",
    )
    weight = models.DecimalField(_("weight"), max_digits=24, decimal_places=12, null=True, blank=True)
    summary = models.TextField(_("summary"), blank=True, max_length=10_000)
    body = RichTextField(_("text"), blank=True, features=PROSE)
    live: bool  # Wagtail's own field
    goals = StreamField(GoalsBlock(), verbose_name=_("goals"), blank=True)

    parent_page_types: ClassVar = ["plan_pages.PlanPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "plan_pages/chapter_page.html"
    found_as = EntryKind.CHAPTER
    found_by = ("summary", "body")
    base_form_class = ChapterForm

    content_panels: ClassVar[list[Panel]] = [
        *title_panels(),
        FieldPanel("code"),
        PageChooserPanel("group"),
        in_languages("summary", _("Summary")),
        in_languages("body", _("Text")),
        FieldPanel("weight"),
    ]
    api_fields: ClassVar[list[APIField]] = [
        *api_page(),
        *api_values("code", "group", "weight"),
        *api_texts("summary", "body"),
        *api_values("goals"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Content")),
            ObjectList(
                [ContentChecksPanel(), BlockFinder("goals"), GoalsPanel("goals")], heading=_("Goals, tasks, measures")
            ),
            ObjectList([FieldPanel("slug")], heading=_("Address")),
            ObjectList(TranslatedPage.settings_panels, heading=_("Settings")),
        ]
    )

    class Meta:
        verbose_name = _("chapter page")
        verbose_name_plural = _("chapter pages")
        constraints = [
            models.CheckConstraint(
                condition=Q(weight__isnull=True) | Q(weight__gte=0),
                name="chapter_weight_is_positive",
                violation_error_message=_("Weights are not negative."),
            )
        ]

    @property
    def summary_texts(self) -> dict[str, str]:
        return field_texts(self, "summary")

    def clean(self) -> None:
        super().clean()
        self.goals = with_ids(self.goals)
        errors: dict[str, Any] = {}
        parent = self.get_parent() if self.path else self.parent_to_be
        taken = codes_taken(parent, self) if parent else {}
        try:
            self.code = check_code(self.code or "")
        except ValidationError as error:
            errors["code"] = error
        if self.code in taken.get("chapter", ()):
            errors["code"] = ValidationError(_("Another chapter of the plan has this code."))
        if self.weight is not None and self.weight < 0:
            errors["weight"] = ValidationError(_("Weights are not negative."))
        if problem := check_goals(self.goals, taken, gone_elsewhere(self) if self.pk else {}):
            errors["goals"] = problem
        if errors:
            raise ValidationError(errors)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the page and, in one transaction, bring the register in line with what is published (`project`)."""
        with transaction.atomic():
            self.goals = with_ids(self.goals)
            if self._state.adding and self.live and self._is_copy():
                # Wagtail copies a live page as live. Its codes are taken: the copy begins as a draft.
                self.live = False
                self.has_unpublished_changes = True
            if self.live and kwargs.get("update_fields") is None:
                self._check_blocks()
            super().save(*args, **kwargs)

    def project(self) -> None:
        project_chapter(self)

    def search_drafts(self) -> Iterator[Draft]:
        """The chapter, and of the register what it has in the plan now."""
        yield draft_of(self, code=self.code)
        for chapter in Chapter.objects.filter(page_id=self.pk, retired_at__isnull=True):
            yield from drafts_of(chapter)

    def _check_blocks(self) -> None:
        """What the editor's form checks block by block, for what is published without it: a workflow, the API, a copy."""
        try:
            self.goals.stream_block.clean(self.goals)
        except ValidationError as error:
            raise ValidationError({"goals": [error]}) from error

    def can_move_to(self, parent: Any) -> bool:
        """Within its plan only: periods, returns and progress belong to the plan."""
        return bool(super().can_move_to(parent)) and parent.pk == self.get_parent().pk

    def _is_copy(self) -> bool:
        """Whether other chapters of the plan already have codes of this one."""
        taken = codes_taken(self.get_parent(), self)
        return self.code in taken["chapter"] or any(
            node.value.get("code") in taken[node.level.value] for node in walk(self.goals)
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        parent = self.get_parent().specific
        if is_preview(request):
            # The register knows published chapters only: a draft is shown by its blocks, without figures.
            context["plan"] = plan_in_preview(parent, request)
        else:
            plan = plan_of_page(parent, request, only=Q(page=self.pk))
            context |= self._figures(plan, timezone.localdate())
        groups = [each for each in around(request).children(parent) if isinstance(each, GroupPage)]
        context["group_page"] = next((each for each in groups if each.pk == self.group_id), None)
        return context

    def _figures(self, plan: Plan, today: date) -> dict[str, Any]:
        if not plan.chapters:
            raise Http404
        (chapter,) = plan.chapters
        return {"plan": plan, "progress": progress.of_chapter(chapter, plan, today)}
