"""Indicators: the list, and one with its values, the path that was expected, and its trend."""

from datetime import date
from typing import Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from typing_extensions import TypedDict

from plan_pages.api.answering import answer, batch, part
from plan_pages.api.asking import Dated, DatedBatch, PlanSlug, left_out, words
from plan_pages.api.shapes import (
    Batch,
    Day,
    LocalText,
    Number,
    PeriodCode,
    PlanReference,
    Uri,
    day_or_none,
    local_text,
    number,
    number_or_none,
)
from plan_pages.api.subject import Subject, subject_of
from plan_pages.api.summaries import IndicatorSummary, indicator_summary, plan_reference, reference
from plan_pages.choices import Aggregate, Direction, Frequency, IndicatorKind, Level
from plan_pages.domain import indicators
from plan_pages.domain.indicators import Reading
from plan_pages.domain.plan import Indicator, Value
from plan_pages.pages.indicators import IndicatorPlace, find, frequency, places

router = Router(tags=["plan"])


class IndicatorBatch(Batch):
    items: list[IndicatorSummary]


class SeriesValue(TypedDict):
    """A period. `target`: its interim target; `expected`: where the expected path stands on its last day; `unavailable`:
    there is no actual, and `note` says why."""

    period: PeriodCode
    first_day: Day
    last_day: Day
    target: Number | None
    expected: Number | None
    actual: Number | None
    unavailable: bool
    note: LocalText | None


class PathPoint(TypedDict):
    """A day on the expected path."""

    date: Day
    value: Number


class Course(TypedDict):
    """Against what was expected at the last period with an actual. `expected_now`: where the path stands on the day."""

    expected: Number | None
    expected_achievement: Number | None
    on_course: bool | None
    expected_now: Number | None
    path: list[PathPoint]


class TrendShape(TypedDict):
    """`change`: of the worth since the period `compared`; it must exceed `threshold` to be a trend."""

    change: Number | None
    compared: PeriodCode | None
    threshold: Number | None


class IndicatorLinks(TypedDict):
    """`page`: on the site; null of what has left the plan. `values`: as CSV."""

    page: Uri | None
    values: Uri | None
    plan: Uri
    up: Uri


class IndicatorDetail(IndicatorSummary):
    """`frequency`: how often it is measured. `unavailable`: a later value than the last actual, "not available"."""

    plan: PlanReference
    parents: list[PlanReference]
    as_of: Day
    direction: Direction | None
    aggregate: Aggregate
    baseline_year: int | None
    target_year: int | None
    tolerance: Number | None
    method: LocalText | None
    source: LocalText | None
    frequency: Frequency
    next_update: Day | None
    retired: Day | None
    course: Course
    trend_since: TrendShape
    unavailable: SeriesValue | None
    series: list[SeriesValue]
    links: IndicatorLinks


class IndicatorsAsked(DatedBatch):
    code: str | None = left_out("The indicator's own code.")
    chapter: str | None = left_out("The code of a chapter.")
    kind: IndicatorKind | None = left_out("The kind of indicator.", **words(IndicatorKind))
    of: Literal[Level.GOAL, Level.TASK, Level.MEASURE] | None = left_out("What the indicator belongs to.")


@router.get(
    "/{slug}/indicators/",
    response=IndicatorBatch,
    url_name="indicators_list",
    operation_id="indicators_list",
    summary="Indicators of a plan",
)
def indicators_list(request: HttpRequest, slug: PlanSlug, query: Query[IndicatorsAsked]) -> HttpResponse:
    """In the order of the plan, each with its worth and achievement."""
    subject = subject_of(request, slug, query)
    found = [place for place in places(subject.plan) if place.retired is None and _fits(place, query)]
    items = [indicator_summary(subject, place, _reading(subject, place)) for place in part(found, query)]
    return answer(batch(request, query, len(found), items), subject.language)


def _fits(place: IndicatorPlace, query: IndicatorsAsked) -> bool:
    return (
        query.code in (None, place.indicator.code)
        and query.chapter in (None, place.chapter.code)
        and query.kind in (None, place.indicator.kind)
        and query.of in (None, _level(place))
    )


def _level(place: IndicatorPlace) -> Level:
    return Level.MEASURE if place.measure else Level.TASK if place.task else Level.GOAL


@router.get(
    "/{slug}/indicators/{public_id}/",
    response=IndicatorDetail,
    url_name="indicator_detail",
    operation_id="indicator_detail",
    summary="An indicator",
)
def indicator_detail(request: HttpRequest, slug: PlanSlug, public_id: UUID, query: Query[Dated]) -> HttpResponse:
    """With every value that was approved, the interim targets, the expected path and the trend."""
    subject = subject_of(request, slug, query)
    place = find(subject.plan, lambda each: each.indicator.id == str(public_id))
    if place is None:
        raise Http404(_("The plan has no such indicator."))
    return answer(indicator_shape(subject, place), subject.language)


def indicator_shape(subject: Subject, place: IndicatorPlace) -> IndicatorDetail:
    plan, indicator, language = subject.plan, place.indicator, subject.language
    reading = _reading(subject, place)
    above = [each for each in (place.chapter, place.goal, place.task, place.measure) if each is not None]
    page = plan.address.best(language) if place.retired is None else ""
    unavailable = reading.unavailable
    return {
        **indicator_summary(subject, place, reading),
        "plan": plan_reference(subject),
        "parents": [reference(subject, each) for each in above],
        "as_of": subject.as_of.isoformat(),
        "direction": indicator.direction,
        "aggregate": indicator.aggregate,
        "baseline_year": indicator.baseline_year,
        "target_year": indicator.target_year,
        "tolerance": number_or_none(indicator.tolerance),
        "method": local_text(indicator.method, language),
        "source": local_text(indicator.source, language),
        "frequency": frequency(plan, indicator),
        "next_update": day_or_none(indicator.next_update),
        "retired": day_or_none(place.retired),
        "course": _course(subject, indicator, reading),
        "trend_since": {
            "change": number_or_none(reading.change),
            "compared": str(reading.compared) if reading.compared else None,
            "threshold": number_or_none(reading.threshold),
        },
        "unavailable": _value(subject, indicator, unavailable) if unavailable else None,
        "series": [_value(subject, indicator, each) for each in reading.series],
        "links": {
            "page": f"{page}id/{indicator.id}/" if page else None,
            "values": f"{page}id/{indicator.id}/?format=csv" if page else None,
            "plan": subject.address,
            "up": reference(subject, above[-1])["@id"],
        },
    }


def _reading(subject: Subject, place: IndicatorPlace) -> Reading:
    at = place.standpoint(subject.plan, subject.as_of)
    return indicators.of_indicator(place.indicator, subject.plan, at.day, place.chapter.reported)


def _course(subject: Subject, indicator: Indicator, reading: Reading) -> Course:
    plan = subject.plan
    years = range(plan.start_year - 1, plan.end_year + 1)
    ends = [date(year, 12, 31) for year in years]
    path = [(day, indicators.on_path(indicator, plan, day)) for day in ends]
    return {
        "expected": number_or_none(reading.expected),
        "expected_achievement": number_or_none(reading.expected_achievement),
        "on_course": reading.on_course,
        "expected_now": number_or_none(indicators.on_path(indicator, plan, subject.as_of)),
        "path": [{"date": day.isoformat(), "value": number(value)} for day, value in path if value is not None],
    }


def _value(subject: Subject, indicator: Indicator, value: Value) -> SeriesValue:
    period = value.period
    return {
        "period": str(period),
        "first_day": period.start.isoformat(),
        "last_day": period.last_day.isoformat(),
        "target": number_or_none(value.target),
        "expected": number_or_none(indicators.on_path(indicator, subject.plan, period.last_day)),
        "actual": number_or_none(value.actual),
        "unavailable": value.unavailable,
        "note": local_text(value.note, subject.language),
    }
