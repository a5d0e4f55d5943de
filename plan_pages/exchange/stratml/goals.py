"""The outline of a file into chapters with their goals, tasks and measures."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from plan_pages.domain.plan import Chapter, Goal, Group, Indicator, Measure, Task
from plan_pages.exchange.reported import with_reported
from plan_pages.exchange.stratml import facts, texts
from plan_pages.exchange.stratml.indicators import a_day, amount, read_indicator
from plan_pages.exchange.stratml.money import is_money, read_budget
from plan_pages.exchange.stratml.outline import Node
from plan_pages.exchange.stratml.reading import HEADING, NAME, Reading
from plan_pages.exchange.stratml.tree import Element
from plan_pages.exchange.stratml.vocabulary import PARTNER

_GOAL: dict[str, facts.Reader] = {
    facts.CHAPTER: texts.line,
    facts.SUMMARY: texts.prose,
    facts.CHAPTER_WEIGHT: amount,
    facts.GROUP: texts.line,
    facts.WEIGHT: amount,
}
_TASK: dict[str, facts.Reader] = {facts.WEIGHT: amount}
_MEASURE: dict[str, facts.Reader] = {facts.WEIGHT: amount, facts.START: a_day, facts.END: a_day}
_CODED = (facts.CHAPTER, facts.GROUP)


class Chapters:
    """`title` and `preface`: of the only chapter of a file that names none."""

    def __init__(self, reading: Reading, goals: Sequence[Node], title: str, preface: str) -> None:
        self.reading = reading
        self.nodes = goals
        self.title = title
        self.preface = preface
        self.groups: dict[str, Group] = {}
        self.chapters: dict[str, Chapter] = {}

    def build(self) -> list[Chapter]:
        goals: dict[str, list[Goal]] = {}
        for node in self.nodes:
            given, rest = facts.read(node.element.text("OtherInformation"), _GOAL, _CODED)
            code = self._chapter(node, given)
            goals.setdefault(code, []).append(self._goal(node, given, rest))
        return [with_reported(replace(chapter, goals=tuple(goals[code]))) for code, chapter in self.chapters.items()]

    def _chapter(self, node: Node, given: dict[str, facts.Fact]) -> str:
        reading, line = self.reading, node.element.line
        if facts.CHAPTER not in given:
            return self._only_chapter(line)
        code, title = given[facts.CHAPTER].code, given[facts.CHAPTER].value
        if code not in self.chapters:
            self.chapters[code] = Chapter(code, reading.of(reading.cut(title, HEADING, line)))
        chapter = self.chapters[code]
        if facts.SUMMARY in given:
            reading.seen.add(("chapters", "summary"))
            chapter = replace(chapter, summary=reading.of(given[facts.SUMMARY].value))
        if facts.CHAPTER_WEIGHT in given:
            reading.seen.add(("chapters", "weight"))
            chapter = replace(chapter, weight=given[facts.CHAPTER_WEIGHT].value)
        if facts.GROUP in given:
            reading.seen.add(("chapters", "group"))
            group = given[facts.GROUP]
            name = reading.of(reading.cut(group.value, HEADING, line))
            self.groups.setdefault(group.code, Group(group.code, name))
            chapter = replace(chapter, group=group.code)
        self.chapters[code] = chapter
        return code

    def _only_chapter(self, line: int) -> str:
        if not self.chapters:
            self.reading.notes.add(line, _("the goals name no chapter; they are read into one"))
            if self.preface:
                self.reading.seen.add(("chapters", "summary"))
            self.chapters["1"] = Chapter("1", self.reading.of(self.title), self.reading.of(self.preface))
            return "1"
        code = next(reversed(self.chapters))
        if code != "1" or len(self.chapters) > 1:
            self.reading.notes.add(line, _("the goal names no chapter; it is read into chapter {code}"), code=code)
        return code

    def _goal(self, node: Node, given: dict[str, facts.Fact], rest: str) -> Goal:
        for each in node.element.children("Stakeholder"):
            self._no_place(each)
        title, description = self._texts(node, rest)
        return Goal(
            **self._common("goals", node, given, title, description),
            tasks=tuple(self._task(each) for each in node.children),
        )

    def _task(self, node: Node) -> Task:
        given, rest = facts.read(node.element.text("OtherInformation"), _TASK)
        for each in node.element.children("Stakeholder"):
            self._no_place(each)
        title, description = self._texts(node, rest)
        return Task(
            **self._common("tasks", node, given, title, description),
            measures=tuple(self._measure(each) for each in node.children),
        )

    def _measure(self, node: Node) -> Measure:
        reading = self.reading
        given, rest = facts.read(node.element.text("OtherInformation"), _MEASURE)
        start, end = (given[word].value if word in given else None for word in (facts.START, facts.END))
        reading.seen |= {
            ("measures", column) for word, column in ((facts.START, "start"), (facts.END, "end")) if word in given
        }
        if start and end and end < start:
            message = _("the end {end} is before the start {start}; they are exchanged")
            line = node.element.line_of("OtherInformation")
            reading.notes.add(line, message, end=end.isoformat(), start=start.isoformat())
            start, end = end, start
        reading.days += [each for each in (start, end) if each]
        responsible, partners = self._performers(node.element)
        title, description = self._texts(node, rest)
        money = [each for each in node.element.children("PerformanceIndicator") if is_money(each, reading)]
        return Measure(
            **self._common("measures", node, given, title, description),
            responsible=responsible,
            partners=partners,
            start=start,
            end=end,
            budget=read_budget(money, reading),
        )

    def _common(
        self, sheet: str, node: Node, given: dict[str, facts.Fact], title: str, description: str
    ) -> dict[str, Any]:
        """What goals, tasks and measures have in common."""
        weight = given[facts.WEIGHT].value if facts.WEIGHT in given else None
        if weight is not None:
            self.reading.seen.add((sheet, "weight"))
        return {
            "code": node.code,
            "title": self.reading.of(title),
            "description": self.reading.of(description),
            "weight": weight,
            "indicators": self._indicators(node, title),
        }

    def _indicators(self, node: Node, title: str) -> tuple[Indicator, ...]:
        return tuple(read_indicator(each, title, self.reading) for each in node.indicators)

    def _texts(self, node: Node, rest: str) -> tuple[str, str]:
        """Title and description; what has no name is called by the first line of its description, or by its code."""
        reading, element = self.reading, node.element
        title, description = reading.line(element, "Name"), reading.prose(element, "Description")
        if not title:
            first, _newline, more = description.partition("\n")
            title = reading.cut(texts.line(first), NAME, element.line) or node.code
            description = more.strip() if len(first) <= NAME else description
            reading.notes.add(element.line_of("Name"), _("there is no name; it is called “{name}”"), name=title)
        return title, reading.joined(element.line, description, reading.rest(element, rest))

    def _performers(self, element: Element) -> tuple[str, tuple[str, ...]]:
        """Who is responsible: the first who performs; everyone else who performs is a partner."""
        responsible, partners = "", []
        for each in element.children("Stakeholder"):
            name = self.reading.line(each, "Name", NAME)
            roles = [role for role in each.children("Role") if texts.line(role.whole_text())]
            types = {texts.line(kind.whole_text()) for role in roles for kind in role.children("RoleType")} - {""}
            partner = PARTNER in (texts.line(each.text("Description")), *(texts.line(r.text("Name")) for r in roles))
            if not name:
                continue
            if types and "Performer" not in types:
                self._no_place(each)
            elif responsible or partner:
                if name not in partners:
                    partners.append(name)
            else:
                responsible = name
        return responsible, tuple(partners)

    def _no_place(self, stakeholder: Element) -> None:
        name = texts.line(stakeholder.text("Name"))
        if name:
            message = _("a plan names only who carries out a measure; “{name}” is not read")
            self.reading.notes.add(stakeholder.line, message, name=name)
