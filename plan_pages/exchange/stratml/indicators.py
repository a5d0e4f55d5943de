"""PerformanceIndicators into indicators with their values."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from plan_pages.choices import Aggregate, Direction, IndicatorKind
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Indicator, Value
from plan_pages.exchange.stratml import facts, texts
from plan_pages.exchange.stratml.outline import Node
from plan_pages.exchange.stratml.reading import NAME, Reading
from plan_pages.exchange.stratml.tree import Element
from plan_pages.exchange.stratml.vocabulary import (
    BASELINE,
    KINDS,
    MONEY_STAGE,
    NOTE,
    STATUS,
    TARGET,
    UNAVAILABLE,
)

# A target over more than about a year is no interim one.
_LONG = 400
_FACTS: dict[str, facts.Reader] = {
    facts.KIND: IndicatorKind,
    facts.DIRECTION: Direction,
    facts.AGGREGATE: Aggregate,
    facts.TOLERANCE: lambda text: amount(text),
    facts.THRESHOLD: lambda text: amount(text),
    facts.NEXT_UPDATE: lambda text: a_day(text),
    facts.SOURCE: texts.prose,
    facts.METHOD: texts.prose,
}
_COLUMNS = {
    facts.DIRECTION: "direction", facts.AGGREGATE: "aggregate", facts.TOLERANCE: "tolerance",
    facts.THRESHOLD: "threshold", facts.NEXT_UPDATE: "next_update", facts.SOURCE: "source",
}  # fmt: skip


def amount(text: str) -> Decimal:
    """A number that is not negative. Raises ValueError."""
    number = texts.plain(text)
    fitted = texts.fitted(number, False) if number is not None else None
    if fitted is None or fitted < 0:
        raise ValueError(text)
    return fitted


def a_day(text: str) -> date:
    found = texts.day(text)
    if found is None:
        raise ValueError(text)
    return found


@dataclass(slots=True)
class _Results:
    """What the measurements of one indicator come to. `words`: what has no place of its own."""

    baseline: Decimal | None = None
    baseline_year: int | None = None
    target: Decimal | None = None
    target_year: int | None = None
    has_target: bool = False
    has_baseline: bool = False
    targets: dict[Period, Decimal] = field(default_factory=dict)
    actuals: dict[Period, tuple[Decimal | None, bool, str]] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)


def read_indicator(node: Node, owner_title: str, reading: Reading) -> Indicator:
    element = node.element
    results = _Results()
    for instance in element.children("MeasurementInstance"):
        for each in instance.children("TargetResult"):
            _target(each, results, reading)
        for each in instance.children("ActualResult"):
            _actual(each, results, reading)
    found, rest = facts.read(element.text("OtherInformation"), _FACTS)
    given = {word: fact.value for word, fact in found.items()}
    reading.seen |= {("indicators", _COLUMNS[word]) for word in given if word in _COLUMNS}
    words = [each for each in dict.fromkeys(results.words) if each]
    method = reading.joined(element.line, given.get(facts.METHOD, ""), reading.rest(element, rest), "\n".join(words))
    if method:
        reading.seen.add(("indicators", "method"))
    if results.target_year and results.baseline_year and results.target_year < results.baseline_year:
        message = _("the target of {target} is before the baseline of {baseline}; the year of the baseline is left out")
        reading.notes.add(element.line, message, target=results.target_year, baseline=results.baseline_year)
        results.baseline_year = None
    return Indicator(
        code=node.code,
        name=reading.of(_name(element, words, owner_title, reading)),
        kind=given.get(facts.KIND) or _kind(element, reading),
        unit=reading.of(reading.line(element, "UnitOfMeasurement")),
        direction=given.get(facts.DIRECTION),
        aggregate=given.get(facts.AGGREGATE, Aggregate.LAST),
        baseline=results.baseline,
        baseline_year=results.baseline_year,
        target=results.target,
        target_year=results.target_year,
        tolerance=given.get(facts.TOLERANCE),
        threshold=given.get(facts.THRESHOLD),
        method=reading.of(method),
        source=reading.of(given.get(facts.SOURCE, "")),
        next_update=given.get(facts.NEXT_UPDATE),
        values=_values(results, reading),
    )


def _name(element: Element, words: Sequence[str], owner_title: str, reading: Reading) -> str:
    name = reading.line(element, "MeasurementDimension")
    if name:
        return name
    instead = texts.line(words[0]) if words else owner_title
    instead = reading.cut(instead, NAME, element.line)
    reading.notes.add(
        element.line_of("MeasurementDimension"), _("the indicator has no name; it is called “{name}”"), name=instead
    )
    return instead


def _kind(element: Element, reading: Reading) -> IndicatorKind:
    """An indicator that does not say its stage is a result indicator: that is optional, and told once by the caller."""
    stage = element.attributes.get("ValueChainStage", "").strip()
    kind = KINDS.get(stage)
    if stage and kind is None:
        message = _("“{found}” is no stage of the value chain; it is read as a result indicator")
        reading.notes.add(element.line, message, found=stage)
    elif stage == MONEY_STAGE:
        reading.notes.add(element.line, _("what is put in is no money of a measure; it is read as a process indicator"))
    return kind or IndicatorKind.RESULT


def _descriptor(element: Element) -> tuple[str, str]:
    found = element.child("Descriptor")
    if found is None:
        return "", ""
    return texts.line(found.text("DescriptorName")), texts.line(found.text("DescriptorValue"))


def _is(descriptor: tuple[str, str], status: str) -> bool:
    return (descriptor[0].lower(), descriptor[1].lower()) == (STATUS.lower(), status.lower())


def _words(element: Element, descriptor: tuple[str, str], prose: str, reading: Reading) -> str:
    """Description, descriptor and what stood instead of a number, as one text."""
    text = reading.prose(element, "Description")
    parts = ["" if texts.says_nothing(text) else text, prose]
    said = "\n".join(part for part in parts if part)
    label = ": ".join(part for part in descriptor if part)
    return f"{said} ({label})" if said and label else said or label


def _target(element: Element, results: _Results, reading: Reading) -> None:
    start, end = reading.days_of(element)
    number, prose = reading.number(element)
    descriptor = _descriptor(element)
    final = _is(descriptor, TARGET)
    results.words.append(_words(element, ("", "") if final else descriptor, prose, reading))
    if number is None and not final:
        return
    if start and end and (end - start).days > _LONG:
        final = True
    if final or not (start or end):
        if results.has_target:
            _twice(element, number, results, reading)
            return
        last = end or start
        results.has_target, results.target, results.target_year = True, number, last.year if last else None
        return
    period = _period(element, start, end, reading)
    assert number is not None
    if results.targets.setdefault(period, number) != number:
        _twice(element, number, results, reading)


def _actual(element: Element, results: _Results, reading: Reading) -> None:
    start, end = reading.days_of(element)
    number, prose = reading.number(element)
    descriptor = _descriptor(element)
    last = end or start
    if _is(descriptor, BASELINE):
        results.words.append(_words(element, ("", ""), prose, reading))
        if results.has_baseline:
            _twice(element, number, results, reading)
            return
        results.has_baseline, results.baseline = True, number
        results.baseline_year = last.year if last else None
        return
    unavailable, note = _is(descriptor, UNAVAILABLE), _is(descriptor, NOTE)
    if number is None and (unavailable or note):
        words = reading.prose(element, "Description")
    else:
        unavailable = note = False
        words = _words(element, descriptor, prose, reading)
    if number is None and not words:
        return
    if last is None or (number is None and not (unavailable or note)):
        _keep_in_words(element, last, number, words, results, reading)
        return
    given = (number, unavailable, words)
    if results.actuals.setdefault(_period(element, start, end, reading), given) != given:
        _twice(element, number, results, reading)


def _keep_in_words(
    element: Element, last: date | None, number: Decimal | None, words: str, results: _Results, reading: Reading
) -> None:
    """A result that is no number of a period: how an indicator is measured is where words have a place."""
    if last is None:
        reading.notes.add(element.line, _("the result has no date; it is kept in words with the method"))
    else:
        reading.notes.add(element.line, _("the result is no number; it is kept in words with the method"))
    said = (last.isoformat() if last else "", texts.written(number) if number is not None else "", words)
    results.words.append(": ".join(part for part in said if part))


def _twice(element: Element, number: Decimal | None, results: _Results, reading: Reading) -> None:
    message = _("there is another result for the same days; this one is kept in words with the method")
    reading.notes.add(element.line, message)
    if number is not None:
        results.words.append(texts.written(number))


def _period(element: Element, start: date | None, end: date | None, reading: Reading) -> Period:
    last = end or start
    assert last is not None
    if start and end and (exact := texts.exact_period(start, end)):
        return exact
    period = texts.nearest_period(start if end else None, last)
    message = _("{days} is no period of the calendar; it is read as {period}")
    days = " – ".join(each.isoformat() for each in (start, end) if each)
    reading.notes.add(element.line, message, days=days, period=str(period))
    return period


def _values(results: _Results, reading: Reading) -> tuple[Value, ...]:
    values = []
    for period in sorted({*results.targets, *results.actuals}):
        actual, unavailable, note = results.actuals.get(period, (None, False, ""))
        note = reading.cut(note, 10_000, 1)
        values.append(Value(period, results.targets.get(period), actual, unavailable, reading.of(note)))
    return tuple(values)
