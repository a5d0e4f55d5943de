"""Register to `domain.plan`: the one way in which anything reads a plan, in a constant number of queries.

Here `Any` ends: rows come in, typed frozen values go out. The goals' StreamField is never read.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction

from plan_pages.choices import Audience, Frequency, GroupKind, Level, PlanStage
from plan_pages.domain import plan as domain
from plan_pages.domain.plan import Text
from plan_pages.funds import funds
from plan_pages.languages import field_texts, language_codes, ordered
from plan_pages.reading.collection import without_collection
from plan_pages.reading.reported import Reported, number
from plan_pages.reading.tree import Tree, day
from plan_pages.register import Chapter, Plan

Accept = Callable[[PageViewRestriction], bool]

CHAPTERS = (
    "pk", "public_id", "code", "title", "summary", "weight", "retired_at", "restricted", "is_read",
    "group__code", "page__path", "page__slug", "page__last_published_at",
)  # fmt: skip


class Unavailable(LookupError):
    """The plan is not published, or not for this audience."""


def read_plan(
    plan: Plan,
    audience: Audience = Audience.PUBLIC,
    *,
    accept: Accept | None = None,
    only: Q | None = None,
    restrictions: list[PageViewRestriction] | None = None,
) -> domain.Plan:
    """The whole plan for an audience: only published chapters, only entries of approved returns.

    `accept` lifts restrictions for a reader who has passed them (a password, a login). `only`: the plan has no other
    chapters than those, and no amendments; what else is said of the plan itself, such as the day of its data, is the
    same. `restrictions`: all
    there are, where they are known. Raises Unavailable.
    """
    page = plan.page
    if page is None or not page.live:
        raise Unavailable(f"the plan “{plan}” is not published")
    lifted = accept if audience is Audience.PUBLIC else _anyone
    restrictions = _restrictions() if restrictions is None else restrictions
    closed = _closed_paths(restrictions, lifted)
    if _is_closed(page.path, closed):
        raise Unavailable(f"the plan “{plan}” is not for this audience")
    chapters = _chapters(plan, audience, closed, only)
    with without_collection():
        return _Reading(plan, page, chapters, _closed_paths(restrictions, None), is_whole=only is None).plan()


def plan_by_slug(slug: str, version: str | None = None) -> Plan | None:
    """The row of the plan whose page has that slug, the one that was made first if there are several. `version`: the
    content version, asked for before: the same row is then not asked for twice."""
    kept = _rows.get(slug)
    if version is not None and kept is not None and kept[0] == version:
        return kept[1]
    row = Plan.objects.select_related("page").filter(page__slug=slug).order_by("pk").first()
    if version is not None and row is not None:
        _rows[slug] = version, row
    return row


def plans_for_everyone() -> list[Plan]:
    """The rows of the plans that everyone may read, with their pages; the one that was made first stands first."""
    closed = _closed_paths(_restrictions(), None)
    rows = Plan.objects.select_related("page").filter(page__live=True).order_by("pk")
    return [row for row in rows if row.page and not _is_closed(row.page.path, closed)]


def plan_of_page(page: Any, request: HttpRequest, only: Q | None = None) -> domain.Plan:
    """The plan of a plan page as the reader of this request may see it; `only` as in `read_plan`. Raises Http404."""
    plan = Plan.objects.filter(page_id=page.pk).first() if _plan_is_unknown(page) else page.plan
    if plan is None:
        raise Http404
    plan.page = page
    # Set for those who read what everyone does: see `plan_pages.content_version`.
    version: str | None = getattr(request, "content_version", None) if only is None else None
    kept = _kept.get(plan.pk)
    if version is not None and kept is not None and kept[0] == version:
        return kept[1]
    try:
        value = read_plan(
            plan,
            accept=lambda restriction: restriction.accept_request(request),
            only=only,
            restrictions=restrictions_of(request),
        )
    except Unavailable as error:
        raise Http404 from error
    if version is not None:
        _kept[plan.pk] = version, value
    return value


def plan_for_everyone(plan: Plan, version: str | None, only: Q | None = None) -> domain.Plan:
    """The plan as everyone reads it, at least the chapters `only`; the whole is kept while the content is of that
    version, which the caller asked for before reading anything. Raises Unavailable."""
    kept = _kept.get(plan.pk)
    if version is not None and kept is not None and kept[0] == version:
        return kept[1]
    value = read_plan(plan, only=only)
    if version is not None and only is None:
        _kept[plan.pk] = version, value
    return value


_kept: dict[int, tuple[str, domain.Plan]] = {}
"""The whole of each plan as everyone reads it, and the content version of which it is: it is frozen, and a large one
takes longer to read than to show. The latest only."""
_rows: dict[str, tuple[str, Plan]] = {}
"""Likewise the rows of plans, by the slugs of their pages."""


def _plan_is_unknown(page: Any) -> bool:
    return "plan" not in page._state.fields_cache


def restrictions_of(request: HttpRequest) -> list[PageViewRestriction]:
    """All restrictions of pages, read once a request."""
    known: list[PageViewRestriction] | None = getattr(request, "_plan_restrictions", None)
    if known is None:
        known = _restrictions()
        request._plan_restrictions = known
    return known


def open_chapters(plan: Plan, audience: Audience, accept: Accept | None = None) -> set[int]:
    """Keys of the chapters that this audience may read, `accept` as in `read_plan`; in two queries."""
    lifted = accept if audience is Audience.PUBLIC else _anyone
    return {chapter.pk for chapter in _chapters(plan, audience, _closed_paths(_restrictions(), lifted))}


def _anyone(restriction: PageViewRestriction) -> bool:
    return True


def _restrictions() -> list[PageViewRestriction]:
    return list(PageViewRestriction.objects.select_related("page"))


def _closed_paths(restrictions: list[PageViewRestriction], accept: Accept | None) -> tuple[str, ...]:
    """Tree paths of pages that the reader may not see, nor what lies below them; without `accept`, of all that not
    everyone may see."""
    return tuple(each.page.path for each in restrictions if accept is None or not accept(each))


def _is_closed(path: str, closed: tuple[str, ...]) -> bool:
    return path.startswith(closed) if closed else False


def _chapters(plan: Plan, audience: Audience, closed: tuple[str, ...], only: Q | None = None) -> list[Any]:
    """Each with `is_read`: whether it is among those wanted."""
    wanted = Q() if only is None else only
    rows = Chapter.objects.filter(plan=plan, live=True).order_by()
    rows = rows.annotate(is_read=Exists(Chapter.objects.filter(wanted, pk=OuterRef("pk")).order_by()))
    # The order of the pages is the order of the plan; what has no page any more comes last.
    opened = [row for row in rows.values_list(*CHAPTERS, named=True) if _is_open(row, audience, closed)]
    return sorted(opened, key=lambda row: (row.page__path is None, row.page__path or "", row.pk))


def _is_open(chapter: Any, audience: Audience, closed: tuple[str, ...]) -> bool:
    if chapter.page__path is None:
        return audience is Audience.INTERNAL or not chapter.restricted
    return not _is_closed(chapter.page__path, closed)


class _Reading:
    """One reading of one plan: its page, its groups, its chapters. `closed`: tree paths that not everyone may see."""

    def __init__(self, plan: Plan, page: Any, chapters: list[Any], closed: tuple[str, ...], *, is_whole: bool) -> None:
        self.is_whole = is_whole
        self.row = plan
        self.page = page
        self.chapters = chapters
        self.closed = closed
        self.ids = [chapter.pk for chapter in chapters]
        self.languages = language_codes()
        self.read = [chapter for chapter in chapters if chapter.is_read]
        self.read_ids = [chapter.pk for chapter in self.read]
        self.reported = Reported(self.ids, self.languages, self.read_ids)

    def plan(self) -> domain.Plan:
        page = self.page
        goals = Tree(self.read_ids, self.languages, self.reported).goals()
        address = self._address()
        return domain.Plan(
            title=self._text(page.heading_texts),
            start_year=page.start_year,
            end_year=page.end_year,
            vision=self._field("vision"),
            frequency=Frequency(page.frequency),
            currency=page.currency,
            stage=PlanStage(page.stage),
            approval=domain.Approval(self._field("approval_body"), page.approval_date, page.approval_number),
            amendments=tuple(
                domain.Amendment(each.date, each.number, self._text(field_texts(each, "title")))
                for each in (page.amendments.all() if self.is_whole else ())
            ),
            owner=self._field("owner_name"),
            demonstration=page.is_demonstration,
            languages=tuple(self.languages),
            level_names={
                level.value: name
                for level in (Level.CHAPTER, Level.GOAL, Level.TASK, Level.MEASURE)
                if (name := self._field(f"{level}_name"))
            },
            fund_names=self._fund_names(),
            groups=self._groups(address),
            chapters=tuple(
                domain.Chapter(
                    code=row.code,
                    title=self._text(row.title),
                    summary=self._text(row.summary),
                    group=row.group__code or "",
                    weight=number(row.weight),
                    goals=tuple(goals.get(row.pk, ())),
                    reported=tuple(sorted(self.reported.periods[row.pk].values())),
                    retired=day(row.retired_at),
                    address=_below(address, row.page__slug) if row.page__slug and row.retired_at is None else Text(),
                    id=str(row.public_id),
                )
                for row in self.read
            ),
            data_date=self._data_date(),
            slug=page.slug,
            address=address,
            id=str(self.row.public_id),
        )

    def _text(self, texts: Mapping[str, str]) -> Text:
        return Text.of(ordered(texts, self.languages))

    def _field(self, name: str) -> Text:
        return self._text(field_texts(self.page, name))

    def _address(self) -> Text:
        found = {}
        for code in self.languages:
            with translation.override(code):
                found[code] = self.page.get_full_url() or ""
        return Text.of(found)

    def _fund_names(self) -> dict[str, Text]:
        """The site's funds, named in every language of the plan: a snapshot has to be read without the site."""
        found: dict[str, dict[str, str]] = {code: {} for code in funds()}
        for language in self.languages:
            with translation.override(language):
                for code, label in funds().items():
                    found[code][language] = str(label)
        return {code: Text.of(names) for code, names in found.items()}

    def _groups(self, address: Text) -> tuple[domain.Group, ...]:
        return tuple(
            domain.Group(
                code=group.code,
                name=self._text(group.heading_texts),
                remit=self._text(field_texts(group, "remit")),
                kind=GroupKind(group.kind),
                address=_below(address, group.slug),
            )
            for group in self.page.live_group_pages()
            if not _is_closed(group.path, self.closed)
        )

    def _data_date(self) -> date | None:
        """The day of the last change: of a published page, or of an approved return."""
        published = [self.page.last_published_at, *(chapter.page__last_published_at for chapter in self.chapters)]
        moments = [moment for moment in [*published, *self.reported.approvals] if moment]
        return timezone.localdate(max(moments)) if moments else None


def _below(address: Text, slug: str) -> Text:
    return Text.of({code: f"{url}{slug}/" for code, url in address.pairs})
