"""A plan written as StratML in one language. The same plan gives the same bytes; what was read back is written the same.

Texts that StratML must have (names, units) stand in another language where this one has none; prose does not.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from plan_pages.choices import Aggregate, IndicatorKind
from plan_pages.domain.plan import BudgetLine, Chapter, Goal, Indicator, Measure, Plan, Task, Text, Value
from plan_pages.exchange.stratml import facts, identifiers, texts
from plan_pages.exchange.stratml.identifiers import identifier
from plan_pages.exchange.stratml.vocabulary import (
    BASELINE,
    MONEY_STAGE,
    NAMESPACES,
    NOTE,
    PART_1,
    PART_2,
    PARTNER,
    STAGES,
    STATUS,
    TARGET,
    UNAVAILABLE,
)

Lines = Iterator[str]


class NoGoals(Exception):
    """StratML has no plan without a goal."""


def write(plan: Plan, *, language: str, part: int = 2) -> bytes:
    """The file's bytes. Raises NoGoals."""
    plan = plan.current()
    if not any(chapter.goals for chapter in plan.chapters):
        raise NoGoals
    return ("\n".join(_Writer(plan, language, part).root()) + "\n").encode()


class _Writer:
    def __init__(self, plan: Plan, language: str, part: int) -> None:
        self.plan = plan
        self.language = language
        self.part = part

    def root(self) -> Lines:
        name = PART_1 if self.part == 1 else PART_2
        reported = any(value.actual is not None for each in self.plan.indicators() for value in each.values)
        kind = "" if self.part == 1 else f' Type="Performance_{"Report" if reported else "Plan"}"'
        yield '<?xml version="1.0" encoding="UTF-8"?>'
        yield f'<{name} xmlns="{NAMESPACES[name]}"{kind}>'
        yield from _in(self.content())
        yield f"</{name}>"

    def content(self) -> Lines:
        yield _leaf("Name", self.must(self.plan.title))
        yield from _element("StrategicPlanCore", self.core())
        yield from _element("AdministrativeInformation", self.administration())

    def core(self) -> Lines:
        if owner := self.must(self.plan.owner):
            yield from _element("Organization", [_leaf("Name", owner)])
        if vision := self.may(self.plan.vision):
            yield from _element("Vision", [_leaf("Description", vision)])
        for chapter in self.plan.chapters:
            for place, goal in enumerate(chapter.goals):
                yield from _element("Goal", self.goal(goal, chapter, first=place == 0))

    def administration(self) -> Lines:
        plan = self.plan
        if self.part == 2 and plan.slug:
            yield _leaf("Identifier", identifier(identifiers.PLAN, plan.slug))
        yield from _days(plan.start, plan.last_day)
        if plan.data_date:
            yield _leaf("PublicationDate", plan.data_date.isoformat())
        if address := texts.line(plan.address.best(self.language)):
            yield _leaf("Source", address)

    def goal(self, goal: Goal, chapter: Chapter, first: bool) -> Lines:
        group = self.plan.group(chapter.group)
        said = facts.write(
            [
                (facts.CHAPTER, chapter.code, self.must(chapter.title) or chapter.code),
                (facts.SUMMARY, "", self.may(chapter.summary) if first else ""),
                (facts.CHAPTER_WEIGHT, "", _number(chapter.weight) if first else ""),
                (facts.GROUP, chapter.group, (self.must(group.name) if group else "") or chapter.group),
                (facts.WEIGHT, "", _number(goal.weight)),
            ]
        )
        yield from self.level(identifiers.GOAL, goal, goal.code, [], said)
        if goal.indicators and self.part == 2:
            yield from _element("Objective", self.indicators_of(goal))
        for place, task in enumerate(goal.tasks, 1):
            number = _dotted(task.code, goal.code, place)
            yield from _element("Objective", self.task(task, number))
            for within, measure in enumerate(task.measures, 1):
                yield from _element("Objective", self.measure(measure, _dotted(measure.code, number, within)))

    def indicators_of(self, goal: Goal) -> Lines:
        """The format knows no indicators of goals: an objective that is none holds them."""
        yield _leaf("Name", self.must(goal.title) or goal.code)
        yield _leaf("Identifier", identifier(identifiers.INDICATORS, goal.code))
        yield _leaf("SequenceIndicator", goal.code)
        yield from self.indicators(goal.indicators)

    def task(self, task: Task, number: str) -> Lines:
        said = facts.write([(facts.WEIGHT, "", _number(task.weight))])
        yield from self.level(identifiers.TASK, task, number, [], said)
        yield from self.indicators(task.indicators)

    def measure(self, measure: Measure, number: str) -> Lines:
        said = facts.write(
            [
                (facts.START, "", measure.start.isoformat() if measure.start else ""),
                (facts.END, "", measure.end.isoformat() if measure.end else ""),
                (facts.WEIGHT, "", _number(measure.weight)),
            ]
        )
        yield from self.level(identifiers.MEASURE, measure, number, self.stakeholders(measure), said)
        yield from self.indicators(measure.indicators)
        if self.part == 2:
            yield from self.money(measure)

    def level(
        self, kind: str, item: Goal | Task | Measure, number: str, stakeholders: Iterable[str], said: str
    ) -> Lines:
        yield _leaf("Name", self.must(item.title) or item.code)
        yield _leaf("Description", self.may(item.description))
        yield _leaf("Identifier", identifier(kind, item.code))
        yield _leaf("SequenceIndicator", number)
        yield from stakeholders
        if said:
            yield _leaf("OtherInformation", said)

    def stakeholders(self, measure: Measure) -> Lines:
        if name := texts.line(measure.responsible):
            yield from _element("Stakeholder", self.performer(name, "Responsible"))
        for partner in dict.fromkeys(texts.line(each) for each in measure.partners):
            if partner:
                yield from _element("Stakeholder", self.performer(partner, PARTNER))

    def performer(self, name: str, role: str) -> Lines:
        yield _leaf("Name", name)
        if self.part == 1:
            # There are no roles in Part 1.
            yield _leaf("Description", role)
        else:
            yield from _element("Role", [_leaf("Name", role), _leaf("RoleType", "Performer")])

    def indicators(self, indicators: Iterable[Indicator]) -> Lines:
        if self.part == 1:
            return
        for indicator in indicators:
            stage = f" ValueChainStage={quoteattr(STAGES[indicator.kind])}"
            yield from _element("PerformanceIndicator", self.indicator(indicator), stage)

    def indicator(self, indicator: Indicator) -> Lines:
        yield _leaf("SequenceIndicator", indicator.code)
        yield _leaf("MeasurementDimension", self.must(indicator.name) or indicator.code)
        yield _leaf("UnitOfMeasurement", self.must(indicator.unit))
        yield _leaf("Identifier", identifier(identifiers.INDICATOR, indicator.code))
        year = indicator.baseline_year
        if year and indicator.target_year and indicator.target_year < year:
            year = None  # No plan may say so, and no file is read so.
        if indicator.baseline is not None or year:
            result = _result("ActualResult", _year(year), _number(indicator.baseline), BASELINE)
            yield from _element("MeasurementInstance", result)
        if indicator.target is not None or indicator.target_year:
            result = _result("TargetResult", _year(indicator.target_year), _number(indicator.target), TARGET)
            yield from _element("MeasurementInstance", result)
        for value in sorted(indicator.values, key=lambda each: each.period):
            if results := list(self.value(value)):
                yield from _element("MeasurementInstance", results)
        said = facts.write(
            [
                (facts.KIND, "", indicator.kind.value if indicator.kind is IndicatorKind.IMPACT else ""),
                (facts.DIRECTION, "", indicator.direction.value if indicator.direction else ""),
                (facts.AGGREGATE, "", indicator.aggregate.value if indicator.aggregate is not Aggregate.LAST else ""),
                (facts.TOLERANCE, "", _number(indicator.tolerance)),
                (facts.THRESHOLD, "", _number(indicator.threshold)),
                (facts.NEXT_UPDATE, "", indicator.next_update.isoformat() if indicator.next_update else ""),
                (facts.SOURCE, "", self.may(indicator.source)),
                (facts.METHOD, "", self.may(indicator.method)),
            ]
        )
        if said:
            yield _leaf("OtherInformation", said)

    def value(self, value: Value) -> Lines:
        days = (value.period.start, value.period.last_day)
        if value.target is not None:
            yield from _result("TargetResult", days, _number(value.target))
        note = self.may(value.note)
        if value.unavailable:
            yield from _result(
                "ActualResult", days, "", UNAVAILABLE, note or texts.prose(value.note.best(self.language))
            )
        elif value.actual is not None:
            yield from _result(
                "ActualResult", days, _number(value.actual), note="" if texts.says_nothing(note) else note
            )
        elif note:
            yield from _result("ActualResult", days, "", NOTE, note)

    def money(self, measure: Measure) -> Lines:
        by_fund: dict[str, list[BudgetLine]] = {}
        for line in sorted(measure.budget, key=lambda each: (each.year, each.fund)):
            if line.planned is not None or line.spent is not None:
                by_fund.setdefault(line.fund, []).append(line)
        for fund in sorted(by_fund):
            content = self.fund(measure, fund, by_fund[fund])
            yield from _element("PerformanceIndicator", content, f' ValueChainStage="{MONEY_STAGE}"')

    def fund(self, measure: Measure, fund: str, lines: Iterable[BudgetLine]) -> Lines:
        yield _leaf("SequenceIndicator", fund)
        yield _leaf("MeasurementDimension", self.must(self.plan.fund_names.get(fund, Text())) or fund)
        yield _leaf("UnitOfMeasurement", self.plan.currency)
        yield _leaf("Identifier", identifier(identifiers.MONEY, measure.code, fund))
        for line in lines:
            days = _year(line.year)
            results = [
                *(_result("TargetResult", days, _number(line.planned)) if line.planned is not None else ()),
                *(_result("ActualResult", days, _number(line.spent)) if line.spent is not None else ()),
            ]
            yield from _element("MeasurementInstance", results)

    def must(self, text: Text) -> str:
        return texts.line(text.best(self.language))

    def may(self, text: Text) -> str:
        return texts.prose(text.get(self.language))


def _dotted(code: str, above: str, place: int) -> str:
    """The code, where it continues the number above; else the place below it."""
    return code if code.startswith(f"{above}.") else f"{above}.{place}"


def _number(number: Decimal | None) -> str:
    return "" if number is None else texts.written(number)


def _year(year: int | None) -> tuple[date, date] | None:
    return (date(year, 1, 1), date(year, 12, 31)) if year else None


def _result(name: str, days: tuple[date, date] | None, number: str, status: str = "", note: str = "") -> Lines:
    content: list[str] = []
    if days:
        content += _days(*days)
    if number:
        content.append(_leaf("NumberOfUnits", number))
    if status:
        descriptor = [_leaf("DescriptorName", STATUS), _leaf("DescriptorValue", status)]
        content += _element("Descriptor", descriptor)
    if note:
        content.append(_leaf("Description", note))
    yield from _element(name, content)


def _days(start: date, end: date) -> Lines:
    yield _leaf("StartDate", start.isoformat())
    yield _leaf("EndDate", end.isoformat())


def _leaf(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>" if text else f"<{name}/>"


def _element(name: str, content: Iterable[str], attributes: str = "") -> Lines:
    yield f"<{name}{attributes}>"
    yield from _in(content)
    yield f"</{name}>"


def _in(content: Iterable[str]) -> Lines:
    return (f"  {line}" for line in content)
