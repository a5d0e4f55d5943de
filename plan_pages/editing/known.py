"""What is known of a chapter from before a period: the reading aid beside what an editor enters. Approved returns only."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from plan_pages.choices import CARRIED_FORWARD, ReturnState, Status
from plan_pages.domain import indicators as rules
from plan_pages.domain import plan as domain
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Text
from plan_pages.languages import language_codes, ordered
from plan_pages.monitoring import ChapterReturn, Entry, IndicatorValue
from plan_pages.reading.reported import number
from plan_pages.reading.tree import TEXTS, indicator_of
from plan_pages.register import Indicator


@dataclass(frozen=True, slots=True)
class KnownIndicator:
    """`last`: the value with the last actual before the period; `so_far`: what those until then are worth together."""

    indicator: domain.Indicator
    last: domain.Value | None
    so_far: Any


def known_indicators(chapter_return: ChapterReturn, rows: Iterable[Indicator]) -> dict[int, KnownIndicator]:
    """By the key of the row, in one query. Actuals of other returns only where those are approved."""
    rows = list(rows)
    if not rows:
        return {}
    period = chapter_return.period.value
    values: dict[int, list[domain.Value]] = defaultdict(list)
    languages = language_codes()
    found = IndicatorValue.objects.filter(indicator__in=rows)
    approved = ChapterReturn.objects.filter(
        chapter=chapter_return.chapter_id, period=OuterRef("period"), state=ReturnState.APPROVED
    )
    for row in (
        found.annotate(counts=Exists(approved))
        .order_by("period__last_day", "period__period")
        .values_list("indicator_id", "period__period", "target", "actual", "unavailable", "counts")
    ):
        key, written, target, actual, unavailable, counts = row
        of = Period.parse(written)
        if counts and of < period:
            values[key].append(domain.Value(of, number(target), number(actual), unavailable))
        elif target is not None:
            values[key].append(domain.Value(of, number(target)))
    known = {}
    for each in rows:
        texts = {name: Text.of(ordered(getattr(each, name), languages)) for name in TEXTS}
        indicator = indicator_of(each, texts, values[each.pk])
        last = rules.last_actual(indicator, period.start)
        known[each.pk] = KnownIndicator(indicator, last, rules.worth(indicator, period.last_day) if last else None)
    return known


@dataclass(frozen=True, slots=True)
class KnownMeasure:
    """What was reported of a measure last. `is_carried`: it was completed or stopped then, and stays so."""

    entry: domain.Entry

    @property
    def is_carried(self) -> bool:
        return self.entry.status in CARRIED_FORWARD

    @property
    def texts(self) -> list[tuple[str, str, str]]:
        """Name, label and words of what was written, in the default language."""
        language = settings.LANGUAGE_CODE
        labels = {"note": _("What was done"), "next": _("What is next"), "reason": _("Reason")}
        return [
            (name, label, text) for name, label in labels.items() if (text := getattr(self.entry, name).get(language))
        ]

    @property
    def has_texts(self) -> bool:
        return bool(self.texts)


def known_measures(chapter_return: ChapterReturn) -> dict[int, KnownMeasure]:
    """The last entry of each measure in an approved return of an earlier period, by the measure's key; one query."""
    languages = language_codes()
    rows = (
        Entry.objects.filter(
            chapter_return__chapter=chapter_return.chapter_id,
            chapter_return__state=ReturnState.APPROVED,
            chapter_return__period__last_day__lt=chapter_return.period.last_day,
        )
        .annotate(
            place=Window(
                RowNumber(),
                partition_by=F("measure_id"),
                order_by=[F("chapter_return__period__last_day").desc(), F("pk").desc()],
            )
        )
        .filter(place=1)
        .values_list("measure_id", "chapter_return__period__period", "status", "percent", "note", "next", "reason")
    )
    return {
        measure: KnownMeasure(
            domain.Entry(
                Period.parse(written),
                Status(status),
                number(percent),
                *(Text.of(ordered(texts, languages)) for texts in (note, following, reason)),
            )
        )
        for measure, written, status, percent, note, following, reason in rows
    }
