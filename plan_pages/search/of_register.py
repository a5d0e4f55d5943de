"""What can be found of a chapter's goals, tasks, measures and indicators: its rows that are in the plan now."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.conf import settings

from plan_pages.domain.plan import Text
from plan_pages.languages import language_codes, ordered
from plan_pages.register import Chapter, Goal, Indicator, Measure, Task
from plan_pages.search.kinds import EntryKind
from plan_pages.search.writing import Draft


def drafts_of(chapter: Chapter) -> Iterator[Draft]:
    """Four queries, however many rows there are."""
    where: dict[Any, str] = {}
    for model, kind in ((Goal, EntryKind.GOAL), (Task, EntryKind.TASK), (Measure, EntryKind.MEASURE)):
        for row in model.objects.filter(chapter=chapter).current():
            where[model, row.pk] = address = _address(row, kind)
            texts = (_text(row.description), *(_of_measure(row) if isinstance(row, Measure) else ()))
            yield _draft(chapter, row, kind, texts, address)
    for row in Indicator.objects.filter(chapter=chapter).current():
        of = (
            (Measure, row.measure_id) if row.measure_id else (Task, row.task_id) if row.task_id else (Goal, row.goal_id)
        )
        address = where.get(of, "")
        if row.measure_id:
            address += f"#indicator-{row.public_id}"
        texts = (_text(row.unit), _text(row.method), _text(row.source))
        yield _draft(chapter, row, EntryKind.INDICATOR, texts, address)


def _draft(chapter: Chapter, row: Any, kind: EntryKind, texts: tuple[Text, ...], address: str) -> Draft:
    return Draft(
        kind,
        _text(row.title),
        texts,
        code=row.code,
        page_id=chapter.page_id,
        reference=str(row.public_id),
        address=address,
    )


def _address(row: Any, kind: EntryKind) -> str:
    """From the chapter's page: a measure has a page of its own beside it."""
    return f"../measures/{quote(row.code)}/" if kind is EntryKind.MEASURE else f"#{kind}-{row.public_id}"


def _of_measure(row: Measure) -> Iterator[Text]:
    # Names are kept as they are, in no language: they are taken for the site's own.
    yield Text.of({settings.LANGUAGE_CODE: ", ".join(filter(None, [row.responsible, *row.partners, *row.tags]))})
    for each in row.milestones:
        yield _text(each["title"])


def _text(texts: dict[str, str]) -> Text:
    return Text.of(ordered(texts or {}, language_codes()))
