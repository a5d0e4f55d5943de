"""What can be found, and under which heading the results stand."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plan_pages.choices import Choice


class EntryKind(Choice):
    """What an entry is of."""

    MEASURE = "measure", _("Measure")
    INDICATOR = "indicator", _("Indicator")
    GOAL = "goal", _("Goal")
    TASK = "task", pgettext_lazy("of the plan", "Task")
    PLAN = "plan", _("Plan")
    CHAPTER = "chapter", _("Chapter")
    GROUP = "group", _("Working group")
    NEWS = "news", _("News article")
    DOCUMENT = "document", _("Document")
    PAGE = "page", _("Page")

    @property
    def section(self) -> "Section":
        return next(section for section in Section if self in section.kinds)


class Section(Choice):
    """Headings of the results, in their order."""

    MEASURES = "measures", _("Measures")
    INDICATORS = "indicators", _("Indicators")
    GOALS = "goals", _("Goals and tasks")
    CHAPTERS = "chapters", _("Chapters and groups")
    NEWS = "news", _("News")
    DOCUMENTS = "documents", _("Documents")
    PAGES = "pages", _("Other pages")

    @property
    def kinds(self) -> frozenset[EntryKind]:
        return _KINDS[self]


_KINDS = {
    Section.MEASURES: frozenset({EntryKind.MEASURE}),
    Section.INDICATORS: frozenset({EntryKind.INDICATOR}),
    Section.GOALS: frozenset({EntryKind.GOAL, EntryKind.TASK}),
    Section.CHAPTERS: frozenset({EntryKind.PLAN, EntryKind.CHAPTER, EntryKind.GROUP}),
    Section.NEWS: frozenset({EntryKind.NEWS}),
    Section.DOCUMENTS: frozenset({EntryKind.DOCUMENT}),
    Section.PAGES: frozenset({EntryKind.PAGE}),
}
