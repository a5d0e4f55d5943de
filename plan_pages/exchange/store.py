"""A plan, as values, into pages and monitoring rows: made or brought up to date by codes, in one transaction.

Pages go through their own save and publish, as an editor's do; so the register follows by itself. Identities and
progress stay: what the values no longer have is retired, and monitoring rows that they do not mention stay as they are.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.models import Page

from plan_pages.choices import Audience
from plan_pages.domain.plan import Chapter, Plan, Text
from plan_pages.exchange import differences
from plan_pages.exchange.differences import Differences
from plan_pages.exchange.monitoring import Refused, store_monitoring
from plan_pages.exchange.streams import KnownBlocks, goals_stream
from plan_pages.languages import language_codes
from plan_pages.pages.chapter import ChapterPage
from plan_pages.pages.group import GroupPage
from plan_pages.pages.plan import PlanPage
from plan_pages.projection import retire_chapter
from plan_pages.reading import Unavailable, read_plan
from plan_pages.register import Chapter as ChapterRow

SLUG_LENGTH = 80

_CODES_NAMED = 20

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Stored:
    """`set_aside`: titles of pages whose unpublished draft is now only in their history."""

    page: PlanPage
    differences: Differences
    set_aside: tuple[str, ...] = ()


__all__ = ["Refused", "Stored", "store"]


def store(
    plan: Plan,
    slug: str,
    parent: Page,
    *,
    user: Any = None,
    absent: Collection[tuple[str, str]] = (),
    progress: Progress = lambda step: None,
) -> Stored:
    """Store the plan under that slug: made below `parent`, or brought up to date where it stands.

    `absent`: (sheet, column) pairs that the source does not have at all: those fields are left as they are.
    `progress` is told of each chapter as it is done. Raises Refused, with every reason, and stores nothing then; a
    page that is not valid raises Django's ValidationError, and nothing is stored either.
    """
    with transaction.atomic():
        page = PlanPage.objects.filter(slug=slug).first()
        set_aside = _drafts(page) if page else ()
        before = _read(page) if page else None
        _check_language(before, plan, absent)
        page = _plan_page(page, plan, slug, parent, absent, user)
        groups = _group_pages(page, plan, absent, user)
        known = {row.code: row for row in ChapterRow.objects.filter(plan__page=page).select_related("page")}
        pages = []
        for chapter in plan.chapters:
            row = known.pop(chapter.code, None)
            pages.append(_chapter_page(page, chapter, row, groups, absent, user))
            progress(chapter.code)
        _order(pages)
        for row in known.values():
            if row.retired_at is None:
                _retire(row, user)
        store_monitoring(plan, page.plan, absent=absent, user=user)
        return Stored(page, differences.between(before, _read(page) or plan), set_aside)


def _read(page: PlanPage) -> Plan | None:
    try:
        return read_plan(page.plan, Audience.INTERNAL).current()
    except Unavailable:
        return None


def _check_language(before: Plan | None, plan: Plan, absent: Collection[tuple[str, str]]) -> None:
    """A source without the default language may bring texts, but nothing new: that would have no title."""
    default = language_codes()[0]
    if ("goals", f"title_{default}") not in absent:
        return
    new = [code for codes in differences.between(before, plan).new.values() for code in codes]
    if before is None or new:
        reason = _("The texts are not in the plan's default language; import it in that language (%(language)s) first.")
        more = _("The plan does not have these codes yet: %s") % ", ".join(new[:_CODES_NAMED])
        raise Refused([reason % {"language": default}, *([more] if new else [])])


def _drafts(page: PlanPage) -> tuple[str, ...]:
    """Titles of the plan's published pages that somebody is working on: what is stored builds on the published text."""
    pages = Page.objects.descendant_of(page, inclusive=True).filter(live=True, has_unpublished_changes=True)
    return tuple(pages.values_list("title", flat=True))


def _publish(page: Any, user: Any) -> None:
    page.save_revision(user=user).publish(user=user)


def _set_texts(page: Any, absent: Collection[str] = (), **texts: Text) -> None:
    """Each text in each language, but for the columns (`title_en`) that the source does not have."""
    for name, text in texts.items():
        column = "title" if name == "heading" else name
        for code in language_codes():
            if f"{column}_{code}" not in absent:
                setattr(page, f"{name}_{code}", text.get(code))


def _title(page: Any, text: Text) -> str:
    """What the admin calls the page: its heading in the default language, where the source or the page has one."""
    default = language_codes()[0]
    return str(getattr(page, f"heading_{default}") or text.best(default))[:255]


def _plan_page(
    page: PlanPage | None, plan: Plan, slug: str, parent: Page, absent: Collection[tuple[str, str]], user: Any
) -> PlanPage:
    made = page is None
    page = page or PlanPage(slug=slug, live=False)
    missing = {column for sheet, column in absent if sheet == "plan"}
    _set_texts(page, missing, heading=plan.title, vision=plan.vision)
    page.title = _title(page, plan.title)
    page.start_year, page.end_year = plan.start_year, plan.end_year
    if made or "frequency" not in missing:
        page.frequency = plan.frequency.value
    if made or "currency" not in missing:
        page.currency = plan.currency
    if made:
        _set_texts(page, owner_name=plan.owner, approval_body=plan.approval.body)
        page.stage = plan.stage.value
        page.is_demonstration = plan.demonstration
        page.approval_date, page.approval_number = plan.approval.date, plan.approval.number
        parent.add_child(instance=page)
    _publish(page, user)
    page.refresh_from_db()
    return page


def _group_pages(
    plan_page: PlanPage, plan: Plan, absent: Collection[tuple[str, str]], user: Any
) -> dict[str, GroupPage]:
    pages = {page.code: page for page in GroupPage.objects.child_of(plan_page)}
    # A group's name is the title of its page.
    missing = {column.replace("name_", "title_") for sheet, column in absent if sheet == "groups"}
    for group in plan.groups:
        page = pages.get(group.code)
        made = page is None
        page = page or GroupPage(code=group.code, live=False)
        _set_texts(page, missing, heading=group.name, remit=group.remit)
        page.title = _title(page, group.name)
        if made:
            page.kind = group.kind.value
            page.slug = _slug(plan_page, "-".join((pgettext("in an address", "group"), group.code)))
            plan_page.add_child(instance=page)
        _publish(page, user)
        page.refresh_from_db()
        pages[group.code] = page
    return pages


def _chapter_page(
    plan_page: PlanPage,
    chapter: Chapter,
    row: ChapterRow | None,
    groups: dict[str, GroupPage],
    absent: Collection[tuple[str, str]],
    user: Any,
) -> ChapterPage:
    page = row.page if row else None
    if page is None:
        # A draft that was never published has no row yet.
        page = ChapterPage.objects.child_of(plan_page).filter(code=chapter.code).first()
    made = page is None
    page = page or ChapterPage(code=chapter.code, live=False)
    missing = {column for sheet, column in absent if sheet == "chapters"}
    _set_texts(page, missing, heading=chapter.title, summary=chapter.summary)
    page.title = _title(page, chapter.title)
    if "weight" not in missing:
        page.weight = chapter.weight
    if "group" not in missing:
        page.group = groups.get(chapter.group)
    page.goals = goals_stream(chapter, KnownBlocks.of(row), absent)
    if made:
        page.slug = _slug(plan_page, f"{chapter.code}-{page.title}")
        plan_page.add_child(instance=page)
    _publish(page, user)
    page.refresh_from_db()
    return page


def _slug(parent: Page, text: str) -> str:
    """A free slug below the parent, in letters that every address bears."""
    base = slugify(text)[:SLUG_LENGTH].strip("-") or "skyrius"
    taken = set(parent.get_children().values_list("slug", flat=True))
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def _order(pages: list[ChapterPage]) -> None:
    """Chapters stand in the order of the plan."""
    paths = [page.path for page in pages]
    if paths == sorted(paths):
        return
    for page in pages:
        page.refresh_from_db()
        page.move(page.get_parent(), pos="last-child")


def _retire(row: ChapterRow, user: Any) -> None:
    """A chapter that the plan no longer has: its page is taken off the site and kept, its rows are retired."""
    if row.page is None:
        return
    was_live = row.live
    row.page.unpublish(user=user)
    retire_chapter(row.page)
    ChapterRow.objects.filter(pk=row.pk).update(live=was_live)
