"""What is missing, for a person who can mend it: each finding in words, with the way to where it is mended.

Group editors see their own chapters, coordinators all. Judged is what is published and approved; drafts are not looked at.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.permission_policies.pages import PagePermissionPolicy

from plan_pages import formats
from plan_pages.choices import REPORTED_GAPS, Audience, GapKind, Level
from plan_pages.domain import gaps
from plan_pages.domain.gaps import Gap
from plan_pages.domain.plan import Plan
from plan_pages.editing.returns import is_open
from plan_pages.monitoring import ChapterReturn, ReportingPeriod
from plan_pages.permissions import chapters_for, is_coordinator
from plan_pages.reading import Unavailable, read_plan
from plan_pages.register import Chapter, Indicator, Measure


@dataclass(frozen=True, slots=True)
class Finding:
    """A gap in the reader's language. `chapter_key`, `group_key`: keys of the chapter's row and of the group's page.
    `address`: where it is mended, or, for who may not mend it, where it is seen; "" where it is nowhere."""

    kind: GapKind
    chapter_key: int
    chapter_code: str
    chapter_title: str
    level: Level
    code: str
    title: str
    title_language: str
    group_key: int | None
    group: str
    detail: str
    since: date | None
    address: str

    @property
    def kind_label(self) -> str:
        return self.kind.label

    @property
    def level_label(self) -> str:
        return self.level.label

    @property
    def chapter(self) -> str:
        return f"{self.chapter_code} {self.chapter_title}"

    @property
    def full_address(self) -> str:
        """As it stands in a file that leaves the site."""
        if not self.address.startswith("/"):
            return self.address
        return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + self.address


def may_see_gaps(user: Any) -> bool:
    return is_coordinator(user) or chapters_for(user).exists()


def findings_for(user: Any, today: date, language: str) -> list[Finding]:
    """In the order of the plans and their chapters; in a constant number of queries a plan."""
    chapters = list(chapters_for(user).filter(live=True, page__isnull=False).select_related("plan__page"))
    ways = _Ways(user, chapters, today)
    found: list[Finding] = []
    for plan in dict.fromkeys(chapter.plan for chapter in chapters):
        try:
            whole = read_plan(plan, Audience.INTERNAL)
        except Unavailable:
            continue
        rows = {str(chapter.public_id): chapter for chapter in chapters if chapter.plan_id == plan.pk}
        own = replace(whole, chapters=tuple(each for each in whole.chapters if each.id in rows))
        found += _worded(own, rows, ways, today, language)
    return found


class _Ways:
    """To where things are mended: the editor of a chapter at a block, the return of the open period at a row."""

    def __init__(self, user: Any, chapters: list[Chapter], today: date) -> None:
        keys = [chapter.pk for chapter in chapters]
        mine = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
        self.editable = set(mine.filter(pk__in=[chapter.page_id for chapter in chapters]).values_list("pk", flat=True))
        periods = ReportingPeriod.objects.filter(plan__in={chapter.plan_id for chapter in chapters})
        opened = [period.pk for period in periods if is_open(period, today)]
        returns = ChapterReturn.objects.filter(chapter__in=keys, period__in=opened).order_by("period__last_day", "pk")
        self.returns = dict(returns.values_list("chapter_id", "pk"))
        self.rows = {
            str(public_id): f"{level}-{key}"
            for level, model in ((Level.MEASURE, Measure), (Level.INDICATOR, Indicator))
            for public_id, key in model.objects.filter(chapter__in=keys).values_list("public_id", "pk")
        }

    def to_return(self, gap: Gap, chapter: Chapter) -> str:
        """The latest return that is open; where none was begun, the list in which one is."""
        key = self.returns.get(chapter.pk)
        if key is None:
            return reverse("plan_pages_returns")
        return reverse("plan_pages_return", args=[key]) + (f"#{self.rows[gap.id]}" if gap.id in self.rows else "")

    def to_text(self, gap: Gap, chapter: Chapter) -> str:
        if chapter.page_id not in self.editable:
            return ""
        address = reverse("wagtailadmin_pages:edit", args=[chapter.page_id])
        return address if gap.level is Level.CHAPTER else f"{address}#{gap.level}-{gap.code}"


def _worded(plan: Plan, rows: Mapping[str, Chapter], ways: _Ways, today: date, language: str) -> Iterator[Finding]:
    chapters = {each.code: (each, rows[each.id]) for each in plan.chapters}
    for gap in gaps.of_plan(plan, today):
        chapter, row = chapters[gap.chapter]
        group = plan.group(gap.group)
        is_reported = gap.kind in REPORTED_GAPS
        address = ways.to_return(gap, row) if is_reported else ways.to_text(gap, row)
        yield Finding(
            kind=gap.kind,
            chapter_key=row.pk,
            chapter_code=chapter.code,
            chapter_title=chapter.title.best(language),
            level=gap.level,
            code=gap.code,
            title=gap.title.best(language),
            title_language=gap.title.language(language),
            group_key=row.group_id if group else None,
            group=group.name.best(language) if group else "",
            detail=_detail(gap, language),
            since=gap.since,
            address=address or _on_the_site(gap, plan, chapter.address.best(language), language),
        )


def _on_the_site(gap: Gap, plan: Plan, chapter: str, language: str) -> str:
    measure = next((each for each in plan.measures() if each.id == gap.id), None)
    return plan.measure_address(measure, language) if measure else chapter


def _detail(gap: Gap, language: str) -> str:
    period = formats.period(gap.last, language, short=True) if gap.last else ""
    match gap.kind:
        case GapKind.NO_VALUE:
            return _("last value: %(period)s") % {"period": period} if period else _("no value yet")
        case GapKind.NO_ENTRY | GapKind.NO_REASON:
            return _("last entry: %(period)s") % {"period": period} if period else _("no entry yet")
        case GapKind.LONG_TITLE:
            said = ngettext("%(count)d character", "%(count)d characters", gap.count)
            return said % {"count": gap.count}
        case GapKind.NOT_TRANSLATED:
            name = formats.locale(gap.language).get_language_name(language) or gap.language
            said = ngettext(
                "%(language)s: %(count)d text is missing", "%(language)s: %(count)d texts are missing", gap.count
            )
            return said % {"language": name[:1].upper() + name[1:], "count": gap.count}
        case _:
            return ""
