"""Blocks to register: brings the rows of a plan or chapter in line with what its page publishes. Idempotent.

Runs inside the transaction of the page's save. Rows keep their identity by (chapter, block id); a new block that bears
the code of a row which this save would retire takes that row over. Nothing is deleted.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.blocks import StructValue

from plan_pages.blocks.tree import Node, walk
from plan_pages.choices import Aggregate, IndicatorKind, Level
from plan_pages.register import Chapter, DeadlineChange, FormerPlace, Goal, Indicator, Measure, Plan, Row, Task

MODELS: dict[Level, type[Row]] = {
    Level.GOAL: Goal,
    Level.TASK: Task,
    Level.MEASURE: Measure,
    Level.INDICATOR: Indicator,
}
MODELS_LEVEL = {model: level for level, model in MODELS.items()}
# Never written by an update: identity stays.
_IDENTITY = {"id", "public_id", "plan", "chapter"}


def project_plan(page: Any) -> Plan:
    """The row of a plan page. The first one is made as soon as the page is stored, published or not."""
    plan, _made = Plan.objects.update_or_create(
        page=page,
        defaults={
            "title": page.heading_texts,
            "frequency": page.frequency,
            "start_year": page.start_year,
            "end_year": page.end_year,
        },
    )
    return plan


def project_chapter(page: Any) -> None:
    """Bring the chapter's rows in line with its page. A page that is not live changes no row but `live`."""
    chapter = Chapter.objects.filter(page=page).first()
    if not page.live:
        if chapter and chapter.live:
            chapter.live = False
            chapter.save(update_fields=["live"])
        return
    plan = Plan.objects.get(page_id=page.get_parent().pk)
    with transaction.atomic():
        chapter, revived = _chapter_row(chapter, plan, page)
        _Projection(chapter, timezone.now(), revived).run(list(walk(page.goals)))


def retire_chapter(page: Any) -> None:
    """The page goes: its chapter and all its rows are retired, and remember whether everyone could read them."""
    now = timezone.now()
    for chapter in Chapter.objects.filter(page=page, retired_at__isnull=True):
        chapter.retired_at = now
        chapter.restricted = page.get_view_restrictions().exists()
        chapter.save(update_fields=["retired_at", "restricted"])
        for model in MODELS.values():
            model.objects.filter(chapter=chapter, retired_at__isnull=True).update(retired_at=now)


def codes_taken(plan_page: Any, chapter_page: Any) -> dict[str, set[str]]:
    """Level to the codes that other chapters of the plan use now."""
    rows = {level.value: model.objects for level, model in MODELS.items()}
    taken = {
        level: set(
            manager.filter(plan__page_id=plan_page.pk, retired_at__isnull=True)
            .exclude(chapter__page_id=chapter_page.pk)
            .values_list("code", flat=True)
        )
        for level, manager in rows.items()
    }
    taken[Level.CHAPTER.value] = set(
        Chapter.objects.filter(plan__page_id=plan_page.pk, retired_at__isnull=True)
        .exclude(page_id=chapter_page.pk)
        .values_list("code", flat=True)
    )
    return taken


def gone_elsewhere(chapter_page: Any) -> dict[UUID, Measure]:
    """Block ids of measures that have moved from this chapter to another, with the measure as it stands there."""
    places = FormerPlace.objects.filter(chapter__page_id=chapter_page.pk).exclude(measure__chapter=F("chapter"))
    return {place.block_id: place.measure for place in places.select_related("measure__chapter")}


def leaving(page: Any) -> list[Measure]:
    """Measures of the plan that would leave it if the page were published as it is."""
    nodes = [node for node in walk(page.goals) if node.level is Level.MEASURE]
    rows = Measure.objects.filter(chapter__page_id=page.pk, retired_at__isnull=True).order_by("position", "pk")
    rows = rows.exclude(block_id__in=[node.block_id for node in nodes])
    return list(rows.exclude(code__in=[node.value["code"] for node in nodes]))


def _chapter_row(chapter: Chapter | None, plan: Plan, page: Any) -> tuple[Chapter, datetime | None]:
    """The stored row of the page's chapter, and since when it had been retired."""
    if chapter is None:
        # A chapter deleted and made anew under its code goes on where it was.
        chapter = Chapter.objects.filter(plan=plan, page=None, code=page.code).order_by("-retired_at").first()
        chapter = chapter or Chapter(plan=plan)
    if Chapter.objects.filter(plan=plan, code=page.code, retired_at__isnull=True).exclude(pk=chapter.pk).exists():
        raise ValidationError({"code": _("Another chapter of the plan has this code.")})
    if chapter.plan_id != plan.pk:
        raise ValidationError(_("A chapter with progress cannot move to another plan."))
    revived = chapter.retired_at
    chapter.page_id = page.pk
    chapter.group_id = page.group_id
    chapter.code = page.code
    chapter.title = page.heading_texts
    chapter.summary = page.summary_texts
    chapter.weight = page.weight
    chapter.live = True
    chapter.restricted = False
    chapter.retired_at = None
    chapter.save()
    return chapter, revived


class _Projection:
    """One run over one chapter, a level at a time, parents first: `rows` holds each level's rows by block id.

    `revived`: when the chapter was retired, if this run brings it back. Its rows may then be taken over by their codes.
    """

    def __init__(self, chapter: Chapter, now: datetime, revived: datetime | None) -> None:
        self.chapter = chapter
        self.now = now
        self.revived = revived
        self.rows: dict[Level, dict[UUID, Any]] = {}

    def run(self, nodes: list[Node]) -> None:
        for level, model in MODELS.items():
            self._level(model, [node for node in nodes if node.level is level])

    def _level(self, model: type[Row], nodes: list[Node]) -> None:
        known = {row.block_id: row for row in model.objects.filter(chapter=self.chapter)}
        wanted = {node.block_id for node in nodes}
        leaving = {row.code: row for row in known.values() if row.block_id not in wanted and self._may_leave(row)}
        fields = [field for field in model._meta.concrete_fields if field.name not in _IDENTITY]
        made, changed, recoded = [], [], []
        moved: list[DeadlineChange] = []
        former: list[FormerPlace] = []
        rows = {}
        for node in nodes:
            row = known.get(node.block_id) or leaving.pop(node.value["code"], None)
            if row is None:
                row = model(plan_id=self.chapter.plan_id, chapter=self.chapter)
                made.append(row)
                self._fill(row, node)
            else:
                before = {field.attname: getattr(row, field.attname) for field in fields}
                self._fill(row, node)
                if any(getattr(row, name) != value for name, value in before.items()):
                    changed.append(row)
                    if row.code != before["code"]:
                        recoded.append(row.pk)
                        if isinstance(row, Measure):
                            former.append(self._former_place(row, before["code"]))
                if "end" in before and before["end"] != row.end and row.original_end is not None:
                    moved.append(
                        DeadlineChange(
                            measure=row, changed=timezone.localdate(self.now), was=before["end"], became=row.end
                        )
                    )
            if isinstance(row, Measure) and row.original_end is None:
                row.original_end = row.end
            rows[node.block_id] = row
        gone = [row.pk for row in leaving.values() if row.retired_at is None]
        model.objects.filter(pk__in=gone).update(retired_at=self.now)
        # Two rows may swap codes: a code is freed before another row takes it.
        model.objects.filter(pk__in=recoded).update(code=Concat(Value("~"), Cast("pk", CharField())))
        model.objects.bulk_update(changed, [field.name for field in fields], batch_size=50)
        model.objects.bulk_create(made)
        DeadlineChange.objects.bulk_create(moved)
        FormerPlace.objects.bulk_create(former)
        self.rows[MODELS_LEVEL[model]] = rows

    def _former_place(self, measure: Measure, code: str) -> FormerPlace:
        """Its old address goes on leading to it."""
        return FormerPlace(
            measure=measure,
            left=timezone.localdate(self.now),
            chapter=self.chapter,
            code=code,
            block_id=measure.block_id,
        )

    def _may_leave(self, row: Row) -> bool:
        return row.retired_at is None or (self.revived is not None and row.retired_at == self.revived)

    def _fill(self, row: Any, node: Node) -> None:
        value = node.value
        row.block_id = node.block_id
        row.position = node.position
        row.retired_at = None
        row.code = value["code"]
        if node.parent is not None:
            self._hang(row, node.parent)
        if isinstance(row, Indicator):
            _fill_indicator(row, value)
            return
        row.title = value["title"].texts
        row.description = value["description"].texts
        row.weight = value["weight"]
        if isinstance(row, Measure):
            _fill_measure(row, value)

    def _hang(self, row: Any, parent: Node) -> None:
        above = self.rows[parent.level][parent.block_id]
        if isinstance(row, Indicator):
            row.goal = above if parent.level is Level.GOAL else None
            row.task = above if parent.level is Level.TASK else None
            row.measure = above if parent.level is Level.MEASURE else None
        else:
            setattr(row, parent.level.value, above)


def _fill_measure(row: Measure, value: StructValue) -> None:
    row.responsible = value["responsible"].strip()
    row.partners = _lines(value["partners"])
    row.start = value["start"]
    row.end = value["end"]
    row.milestones = [
        {"title": child.value["title"].texts, "date": _iso(child.value["date"])} for child in value["milestones"]
    ]
    row.links = [{"title": child.value["title"], "url": child.value["url"]} for child in value["decisions"]]
    row.tags = _lines(value["tags"])


def _fill_indicator(row: Indicator, value: StructValue) -> None:
    row.title = value["name"].texts
    for name in ("unit", "method", "source"):
        setattr(row, name, value[name].texts)
    row.kind = value["kind"] or IndicatorKind.OUTPUT.value
    row.direction = value["direction"] or ""
    row.aggregate = value["aggregate"] or Aggregate.LAST.value
    for name in ("baseline", "baseline_year", "target", "target_year", "tolerance", "threshold", "next_update"):
        setattr(row, name, value[name])


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
