"""Fields of our own pages that are kept in every language, one column each (django-modeltranslation)."""

from modeltranslation.translator import TranslationOptions, register

from plan_pages.pages.chapter import ChapterPage
from plan_pages.pages.group import GroupDocument, GroupMeeting, GroupMember, GroupPage
from plan_pages.pages.plan import PlanAmendment, PlanPage


@register(PlanPage)
class PlanPageTranslation(TranslationOptions):
    fields = (
        "heading",
        "owner_name",
        "approval_body",
        "vision",
        "body",
        "chapter_name",
        "goal_name",
        "task_name",
        "measure_name",
    )


@register(PlanAmendment)
class PlanAmendmentTranslation(TranslationOptions):
    fields = ("title",)


@register(ChapterPage)
class ChapterPageTranslation(TranslationOptions):
    fields = ("heading", "summary", "body")


@register(GroupPage)
class GroupPageTranslation(TranslationOptions):
    fields = ("heading", "remit", "body")


@register(GroupMember)
class GroupMemberTranslation(TranslationOptions):
    fields = ("institution", "role")


@register(GroupDocument)
class GroupDocumentTranslation(TranslationOptions):
    fields = ("title",)


@register(GroupMeeting)
class GroupMeetingTranslation(TranslationOptions):
    fields = ("title", "agenda", "minutes")
