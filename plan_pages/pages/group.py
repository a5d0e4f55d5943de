"""A working group of the plan, or the group that coordinates them: remit, members, documents, meetings."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel, Panel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import CollectionViewRestriction

from plan_pages.choices import GroupKind, MemberKind
from plan_pages.domain import progress
from plan_pages.domain.plan import Text
from plan_pages.pages.around import around
from plan_pages.pages.base import RowOfPage, TranslatedPage, api_page, api_texts, api_values, in_languages, title_panels
from plan_pages.pages.previews import is_preview, plan_in_preview
from plan_pages.pages.searching import draft_of, plain_texts
from plan_pages.reading import plan_of_page
from plan_pages.register import CODE_LENGTH
from plan_pages.search.kinds import EntryKind
from plan_pages.search.writing import Draft

PROSE = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class GroupPage(TranslatedPage):
    code = models.CharField(_("code"), max_length=CODE_LENGTH)
    kind = models.CharField(_("kind"), max_length=12, choices=GroupKind.choices, default=GroupKind.WORKING.value)
    answers_to = models.ForeignKey(
        "self",
        verbose_name=_("answers to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="answering_groups",
    )
    remit = models.TextField(_("remit"), blank=True, max_length=10_000)
    body = RichTextField(_("text"), blank=True, features=PROSE)
    email = models.EmailField(
        _("e-mail address"), blank=True, help_text=_("Of an office, not of a person: everyone sees it on the site.")
    )
    phone = models.CharField(_("telephone"), max_length=50, blank=True)

    parent_page_types: ClassVar = ["plan_pages.PlanPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "plan_pages/group_page.html"
    found_as = EntryKind.GROUP
    found_by = ("remit", "body")

    content_panels: ClassVar[list[Panel]] = [
        *title_panels(),
        FieldPanel("code"),
        FieldPanel("kind"),
        PageChooserPanel("answers_to"),
        in_languages("remit", _("Remit")),
        in_languages("body", _("Text")),
        MultiFieldPanel([FieldRowPanel([FieldPanel("email"), FieldPanel("phone")])], heading=_("Contact")),
        InlinePanel("members", heading=_("Members"), label=_("Member")),
        InlinePanel("documents", heading=_("Documents"), label=_("Document")),
        InlinePanel("meetings", heading=_("Meetings"), label=_("Meeting")),
    ]
    promote_panels: ClassVar[list[Panel]] = [FieldPanel("slug")]
    api_fields: ClassVar[list[APIField]] = [
        *api_page(),
        *api_values("code", "kind", "answers_to"),
        *api_texts("remit", "body"),
        *api_values("email", "phone", "members", "documents", "meetings"),
    ]

    class Meta:
        verbose_name = _("working group page")
        verbose_name_plural = _("working group pages")

    def clean(self) -> None:
        super().clean()
        if self.answers_to_id and self.answers_to_id == self.pk:
            raise ValidationError({"answers_to": _("A group does not answer to itself.")})
        parent = self.get_parent() if self.path else self.parent_to_be
        others = GroupPage.objects.child_of(parent).exclude(pk=self.pk) if parent else None
        if others is not None and others.filter(code=self.code).exists():
            raise ValidationError({"code": _("Another group of the plan has this code.")})

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        parent = self.get_parent().specific
        plan = (
            plan_in_preview(parent, request)
            if is_preview(request)
            else plan_of_page(parent, request, only=models.Q(group=self.pk))
        )
        context["plan"] = plan
        if plan is not None:
            today = timezone.localdate()
            context["chapters"] = [
                progress.of_chapter(chapter, plan, today)
                for chapter in plan.chapters
                if chapter.group == self.code and chapter.retired is None
            ]
        public = [each for each in around(request).children(parent) if isinstance(each, GroupPage)]
        context["answers_to"] = next((each for each in public if each.pk == self.answers_to_id), None)
        context["answering"] = [each for each in public if each.answers_to_id == self.pk]
        members = list(self.members.all())
        context["chairs"] = [each for each in members if each.chairs]
        context["members"] = _by_kind(members)
        documents = list(_with_files(self.documents))
        meetings = list(_with_files(self.meetings).order_by("-date", "-pk"))
        closed = _closed_to(request, [*documents, *meetings])
        context["documents"] = [each for each in documents if _is_open(each, closed)]
        context["meetings"] = [(each, each.document_id and _is_open(each, closed)) for each in meetings]
        return context

    def rows_shown(self, name: str, request: Any) -> list[Any]:
        """Rows of one of the lists, as this reader may see them: without files that are closed to them."""
        if name == "members":
            return list(self.members.all())
        rows = list(_with_files(getattr(self, name)))
        closed = _closed_to(request, rows)
        for each in rows:
            if each.document_id and not _is_open(each, closed):
                each.document = None
        return rows if name == "meetings" else [each for each in rows if each.document_id]

    def search_drafts(self) -> Iterator[Draft]:
        """The group with its members and meetings, and its documents."""
        yield draft_of(self, *self._texts_of_parts())
        for each in self.documents.select_related("document"):
            title = plain_texts(each, "title")
            about = Text.of({settings.LANGUAGE_CODE: each.number})
            address = each.document.url
            yield Draft(
                EntryKind.DOCUMENT,
                title,
                (about, Text.of(self.heading_texts)),
                page_id=self.pk,
                document_id=each.document_id,
                address=address,
                day=each.date,
            )

    def _texts_of_parts(self) -> Iterator[Text]:
        for member in self.members.all():
            yield Text.of({settings.LANGUAGE_CODE: member.person})
            yield plain_texts(member, "institution")
            yield plain_texts(member, "role")
        for meeting in self.meetings.all():
            yield from (plain_texts(meeting, name) for name in ("title", "agenda", "minutes"))


class GroupMember(RowOfPage):
    """Who sits in a group: a person may be named, the institution and role always say what they stand for."""

    page = ParentalKey(GroupPage, on_delete=models.CASCADE, related_name="members")
    kind = models.CharField(_("kind"), max_length=20, choices=MemberKind.choices)
    person = models.CharField(pgettext_lazy("of a person", "name"), max_length=255, blank=True)
    institution = models.CharField(_("institution"), max_length=500, blank=True)
    role = models.CharField(_("role in the group"), max_length=255, blank=True)
    chairs = models.BooleanField(_("chairs the group"), default=False)

    panels: ClassVar[list[Panel]] = [
        FieldPanel("kind"),
        FieldPanel("person"),
        in_languages("institution"),
        in_languages("role"),
        FieldPanel("chairs"),
    ]
    api_fields: ClassVar[list[APIField]] = [
        *api_values("kind", "person"),
        *api_texts("institution", "role"),
        *api_values("chairs"),
    ]

    class Meta(RowOfPage.Meta):
        verbose_name = _("member")
        verbose_name_plural = _("members")

    def __str__(self) -> str:
        return self.person or self.institution


class GroupDocument(RowOfPage):
    """The mayor's order on the group's composition, its rules of procedure, and others."""

    page = ParentalKey(GroupPage, on_delete=models.CASCADE, related_name="documents")
    title = models.CharField(_("title"), max_length=500)
    document = models.ForeignKey(
        "wagtaildocs.Document", verbose_name=_("document"), on_delete=models.PROTECT, related_name="+"
    )
    date = models.DateField(_("date"), null=True, blank=True)
    number = models.CharField(_("number"), max_length=50, blank=True)

    panels: ClassVar[list[Panel]] = [
        in_languages("title"),
        FieldPanel("document"),
        FieldPanel("date"),
        FieldPanel("number"),
    ]
    api_fields: ClassVar[list[APIField]] = [*api_texts("title"), *api_values("document", "date", "number")]

    class Meta(RowOfPage.Meta):
        verbose_name = _("document of a group")
        verbose_name_plural = _("documents of a group")

    def __str__(self) -> str:
        return self.title


class GroupMeeting(RowOfPage):
    page = ParentalKey(GroupPage, on_delete=models.CASCADE, related_name="meetings")
    date = models.DateField(_("date"))
    title = models.CharField(_("title"), max_length=255, blank=True)
    agenda = models.TextField(_("agenda"), blank=True, max_length=10_000, help_text=_("One item a line."))
    minutes = models.TextField(_("minutes"), blank=True, max_length=50_000)
    document = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("minutes as a file"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    panels: ClassVar[list[Panel]] = [
        FieldPanel("date"),
        in_languages("title"),
        in_languages("agenda"),
        in_languages("minutes"),
        FieldPanel("document"),
    ]
    api_fields: ClassVar[list[APIField]] = [
        *api_values("date"),
        *api_texts("title", "agenda", "minutes"),
        *api_values("document"),
    ]

    class Meta(RowOfPage.Meta):
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")

    def __str__(self) -> str:
        return self.date.isoformat()


def _by_kind(members: list[GroupMember]) -> list[tuple[str, list[GroupMember]]]:
    """In the order of kinds."""
    found = [(kind.label, [each for each in members if each.kind == kind.value]) for kind in MemberKind]
    return [(label, some) for label, some in found if some]


def _with_files(rows: Any) -> Any:
    """Documents or meetings with their files, and whether not everyone may open these; of a preview, whose rows are not
    stored, that is not known."""
    rows = rows.select_related("document__collection")
    if not isinstance(rows, models.QuerySet):
        return rows
    path = models.ExpressionWrapper(models.OuterRef("document__collection__path"), models.CharField())
    over = CollectionViewRestriction.objects.annotate(below=path)
    restricted = models.Exists(over.filter(below__startswith=models.F("collection__path")))
    return rows.annotate(is_restricted=restricted)


def _closed_to(request: Any, rows: list[Any]) -> tuple[str, ...]:
    """Tree paths of collections of files that this reader may not open: all that are restricted, for one who has neither
    logged in nor given a password."""
    if not any(_may_be_restricted(each) for each in rows):
        return ()
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ("",)
    restrictions = CollectionViewRestriction.objects.select_related("collection")
    return tuple(each.collection.path for each in restrictions if not each.accept_request(request))


def _may_be_restricted(row: Any) -> bool:
    return row.document is not None and getattr(row, "is_restricted", True)


def _is_open(row: Any, closed: tuple[str, ...]) -> bool:
    return not (closed and _may_be_restricted(row) and row.document.collection.path.startswith(closed))
