"""Register to `domain.plan`: the one way in which anything reads a plan, in a constant number of queries.

Here `Any` ends: rows come in, typed frozen values go out. The goals' StreamField is never read.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Q
from django.http import Http404, HttpRequest
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction

from plan_pages.choices import (
    Aggregate,
    Audience,
    Direction,
    Frequency,
    GroupKind,
    IndicatorKind,
    Level,
    PlanStage,
    ReturnState,
    Status,
)
from plan_pages.domain import plan as domain
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Text
from plan_pages.funds import funds
from plan_pages.languages import field_texts, language_codes, ordered
from plan_pages.monitoring import BudgetLine, ChapterReturn, Entry, IndicatorValue
from plan_pages.register import Chapter, DeadlineChange, Goal, Indicator, Measure, Plan, Task

Accept = Callable[[PageViewRestriction], bool]
Key = tuple[str, int]


class Unavailable(LookupError):
    """The plan is not published, or not for this audience."""


def read_plan(plan: Plan, audience: Audience = Audience.PUBLIC, *, accept: Accept | None = None) -> domain.Plan:
    """The whole plan for an audience: only published chapters, only entries of approved returns.

    `accept` lifts restrictions for a reader who has passed them (a password, a login). Raises Unavailable.
    """
    page = plan.page
    if page is None or not page.live:
        raise Unavailable(f"the plan “{plan}” is not published")
    lifted = accept if audience is Audience.PUBLIC else _anyone
    closed = _closed_paths(lifted)
    if _is_closed(page.path, closed):
        raise Unavailable(f"the plan “{plan}” is not for this audience")
    chapters = _chapters(plan, audience, closed)
    return _Reading(plan, page, chapters).plan()


def plan_by_slug(slug: str) -> Plan | None:
    """The row of the plan whose page has that slug, the one that was made first if there are several."""
    return Plan.objects.select_related("page").filter(page__slug=slug).order_by("pk").first()


def plan_of_page(page: Any, request: HttpRequest) -> domain.Plan:
    """The plan of a plan page as the reader of this request may see it. Raises Http404."""
    plan = Plan.objects.select_related("page").filter(page_id=page.pk).first()
    if plan is None:
        raise Http404
    try:
        return read_plan(plan, accept=lambda restriction: restriction.accept_request(request))
    except Unavailable as error:
        raise Http404 from error


def _anyone(restriction: PageViewRestriction) -> bool:
    return True


def _closed_paths(accept: Accept | None) -> tuple[str, ...]:
    """Tree paths of pages that the reader may not see, nor what lies below them."""
    if accept is _anyone:
        return ()
    restrictions = PageViewRestriction.objects.select_related("page")
    return tuple(each.page.path for each in restrictions if accept is None or not accept(each))


def _is_closed(path: str, closed: tuple[str, ...]) -> bool:
    return path.startswith(closed) if closed else False


def _chapters(plan: Plan, audience: Audience, closed: tuple[str, ...]) -> list[Any]:
    rows = (
        Chapter.objects.filter(plan=plan, live=True)
        .select_related("group")
        .only("public_id", "code", "title", "summary", "weight", "retired_at", "restricted", "page_id", "group__code")
        .annotate(page_path=F("page__path"), page_slug=F("page__slug"), page_published_at=F("page__last_published_at"))
    )
    # The order of the pages is the order of the plan; what has no page any more comes last.
    opened = [row for row in rows if _is_open(row, audience, closed)]
    return sorted(opened, key=lambda row: (row.page_path is None, row.page_path or "", row.pk))


def _is_open(chapter: Any, audience: Audience, closed: tuple[str, ...]) -> bool:
    if chapter.page_path is None:
        return audience is Audience.INTERNAL or not chapter.restricted
    return not _is_closed(chapter.page_path, closed)


class _Reading:
    """One reading of one plan: the rows of each table once, then the tree from the bottom up."""

    def __init__(self, plan: Plan, page: Any, chapters: list[Any]) -> None:
        self.row = plan
        self.page = page
        self.chapters = chapters
        self.ids = [chapter.pk for chapter in chapters]
        self.languages = language_codes()
        self.changes: list[Any] = [page.last_published_at]
        self.reported: dict[int, dict[int, Period]] = self._reported()

    def plan(self) -> domain.Plan:
        page = self.page
        entries, values, budget, deadlines = self._entries(), self._values(), self._budget(), self._deadlines()
        indicators = self._indicators(values)
        measures = self._measures(indicators, entries, budget, deadlines)
        tasks = self._tasks(indicators, measures)
        goals = self._goals(indicators, tasks)
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
                for each in page.amendments.all()
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
                    group=row.group.code if row.group else "",
                    weight=_number(row.weight),
                    goals=tuple(goals[row.pk]),
                    reported=tuple(sorted(self.reported[row.pk].values())),
                    retired=_day(row.retired_at),
                    address=_below(address, row.page_slug) if row.page_slug and row.retired_at is None else Text(),
                    id=str(row.public_id),
                )
                for row in self.chapters
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
            for group in self.page.group_pages()
        )

    def _reported(self) -> dict[int, dict[int, Period]]:
        """Chapter to the periods of its approved returns, by the period's key."""
        reported: dict[int, dict[int, Period]] = defaultdict(dict)
        returns = ChapterReturn.objects.filter(chapter__in=self.ids, state=ReturnState.APPROVED)
        for chapter, key, written, moment in returns.values_list(
            "chapter_id", "period_id", "period__period", "approved_at"
        ):
            reported[chapter][key] = Period.parse(written)
            self.changes.append(moment)
        return reported

    def _entries(self) -> dict[int, list[domain.Entry]]:
        found = defaultdict(list)
        rows = (
            Entry.objects.filter(chapter_return__chapter__in=self.ids, chapter_return__state=ReturnState.APPROVED)
            .order_by("chapter_return__period__last_day", "chapter_return__period__period")
            .values_list("measure_id", "chapter_return__period__period", "status", "percent", "note", "next", "reason")
        )
        periods = _Periods()
        for measure, period, status, percent, note, following, reason in rows.iterator():
            found[measure].append(
                domain.Entry(
                    periods[period],
                    Status(status),
                    _number(percent),
                    self._text(note),
                    self._text(following),
                    self._text(reason),
                )
            )
        return found

    def _values(self) -> dict[int, list[domain.Value]]:
        """Targets are the plan's; actuals and their notes count once the chapter's return is approved."""
        found = defaultdict(list)
        rows = (
            IndicatorValue.objects.filter(indicator__chapter__in=self.ids)
            .order_by("period__last_day", "period__period")
            .values_list(
                "indicator_id",
                "indicator__chapter_id",
                "period_id",
                "period__period",
                "target",
                "actual",
                "unavailable",
                "note",
            )
        )
        periods = _Periods()
        for indicator, chapter, key, period, target, actual, unavailable, note in rows.iterator():
            if key in self.reported[chapter]:
                value = domain.Value(periods[period], _number(target), _number(actual), unavailable, self._text(note))
            elif target is not None:
                value = domain.Value(periods[period], _number(target))
            else:
                continue
            found[indicator].append(value)
        return found

    def _budget(self) -> dict[int, list[domain.BudgetLine]]:
        found = defaultdict(list)
        rows = BudgetLine.objects.filter(measure__chapter__in=self.ids).order_by("year", "fund")
        for measure, year, fund, planned, spent in rows.values_list(
            "measure_id", "year", "fund", "planned", "spent"
        ).iterator():
            found[measure].append(domain.BudgetLine(year, fund, planned, spent))
        return found

    def _deadlines(self) -> dict[int, list[domain.DeadlineChange]]:
        found = defaultdict(list)
        rows = DeadlineChange.objects.filter(measure__chapter__in=self.ids).order_by("changed", "pk")
        for measure, changed, was, became in rows.values_list("measure_id", "changed", "was", "became"):
            found[measure].append(domain.DeadlineChange(changed, was, became))
        return found

    def _indicators(self, values: Mapping[int, list[domain.Value]]) -> dict[Key, list[domain.Indicator]]:
        found = defaultdict(list)
        # Those in the plan, and those that left it together with what they belong to.
        left_with = Q()
        for owner in ("goal", "task", "measure"):
            left_with |= Q(retired_at=F(f"{owner}__retired_at"))
        rows = Indicator.objects.filter(Q(retired_at__isnull=True) | left_with, chapter__in=self.ids)
        rows = rows.order_by("position", "pk")
        for row in rows.iterator(chunk_size=2000):
            of = next(
                (name, key)
                for name, key in (("goal", row.goal_id), ("task", row.task_id), ("measure", row.measure_id))
                if key
            )
            found[of].append(
                domain.Indicator(
                    code=row.code,
                    name=self._text(row.title),
                    kind=IndicatorKind(row.kind),
                    unit=self._text(row.unit),
                    direction=Direction(row.direction) if row.direction else None,
                    aggregate=Aggregate(row.aggregate),
                    baseline=_number(row.baseline),
                    baseline_year=row.baseline_year,
                    target=_number(row.target),
                    target_year=row.target_year,
                    tolerance=_number(row.tolerance),
                    threshold=_number(row.threshold),
                    method=self._text(row.method),
                    source=self._text(row.source),
                    next_update=row.next_update,
                    values=tuple(values.get(row.pk, ())),
                    id=str(row.public_id),
                )
            )
        return found

    def _measures(
        self,
        indicators: Mapping[Key, list[domain.Indicator]],
        entries: Mapping[int, list[domain.Entry]],
        budget: Mapping[int, list[domain.BudgetLine]],
        deadlines: Mapping[int, list[domain.DeadlineChange]],
    ) -> dict[int, list[domain.Measure]]:
        found = defaultdict(list)
        for row in self._rows(Measure):
            found[row.task_id].append(
                domain.Measure(
                    **self._common(row, indicators, "measure"),
                    responsible=row.responsible,
                    partners=tuple(row.partners),
                    start=row.start,
                    end=row.end,
                    original_end=row.original_end,
                    deadline_changes=tuple(deadlines.get(row.pk, ())),
                    milestones=tuple(
                        domain.Milestone(
                            self._text(each["title"]), date.fromisoformat(each["date"]) if each["date"] else None
                        )
                        for each in row.milestones
                    ),
                    links=tuple(domain.Link(each["title"], each["url"]) for each in row.links),
                    tags=tuple(row.tags),
                    entries=tuple(entries.get(row.pk, ())),
                    budget=tuple(budget.get(row.pk, ())),
                )
            )
        return found

    def _tasks(
        self, indicators: Mapping[Key, list[domain.Indicator]], measures: Mapping[int, list[domain.Measure]]
    ) -> dict[int, list[domain.Task]]:
        found = defaultdict(list)
        for row in self._rows(Task):
            task = domain.Task(**self._common(row, indicators, "task"), measures=tuple(measures.get(row.pk, ())))
            found[row.goal_id].append(task)
        return found

    def _goals(
        self, indicators: Mapping[Key, list[domain.Indicator]], tasks: Mapping[int, list[domain.Task]]
    ) -> dict[int, list[domain.Goal]]:
        found = defaultdict(list)
        for row in self._rows(Goal):
            goal = domain.Goal(**self._common(row, indicators, "goal"), tasks=tuple(tasks.get(row.pk, ())))
            found[row.chapter_id].append(goal)
        return found

    def _rows(self, model: Any) -> Iterable[Any]:
        return model.objects.filter(chapter__in=self.ids).order_by("position", "pk").iterator(chunk_size=2000)

    def _common(self, row: Any, indicators: Mapping[Key, list[domain.Indicator]], level: str) -> dict[str, Any]:
        return {
            "code": row.code,
            "title": self._text(row.title),
            "description": self._text(row.description),
            "weight": _number(row.weight),
            "indicators": tuple(indicators.get((level, row.pk), ())),
            "retired": _day(row.retired_at),
            "id": str(row.public_id),
        }

    def _data_date(self) -> date | None:
        """The day of the last change: of a published page, or of an approved return."""
        self.changes += [chapter.page_published_at for chapter in self.chapters]
        moments = [moment for moment in self.changes if moment]
        return timezone.localdate(max(moments)) if moments else None


class _Periods(dict[str, Period]):
    """Written periods to values, each parsed once."""

    def __missing__(self, written: str) -> Period:
        self[written] = period = Period.parse(written)
        return period


def _below(address: Text, slug: str) -> Text:
    return Text.of({code: f"{url}{slug}/" for code, url in address.pairs})


def _number(value: Decimal | None) -> Decimal | None:
    """Without the zeros that the column's scale adds, and never in exponents: 5, not 5.000000000000, nor 1E+2."""
    if value is None:
        return None
    short = value.normalize()
    return short if short.as_tuple().exponent <= 0 else short.quantize(Decimal(1))  # type: ignore[operator]


def _day(moment: Any) -> date | None:
    return timezone.localdate(moment) if moment else None
