"""The goals of a file as goals, tasks and measures, each with the code that it shall have.

Codes come from our own identifiers; else from the SequenceIndicators, with the parent's code before them where the
numbering restarts; else from the place. The same file gives the same codes.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from plan_pages.exchange.stratml import identifiers, texts
from plan_pages.exchange.stratml.identifiers import CODE_LENGTH, GOAL, INDICATOR, INDICATORS, MEASURE, TASK, is_code
from plan_pages.exchange.stratml.notes import Notes
from plan_pages.exchange.stratml.tree import Element


@dataclass(slots=True)
class Node:
    """`own`: kind and code of our own identifier, ("", "") for any other."""

    element: Element
    own: tuple[str, str]
    sequence: str
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)
    indicators: list["Node"] = field(default_factory=list)
    code: str = ""

    @classmethod
    def of(cls, element: Element, parent: "Node | None" = None) -> "Node":
        found = identifiers.parts_of(texts.line(element.text("Identifier")))
        own = (found[0], unicodedata.normalize("NFC", found[1][0])) if found and len(found[1]) == 1 else ("", "")
        sequence = unicodedata.normalize("NFC", texts.line(element.text("SequenceIndicator")))
        return cls(element, own, sequence, parent)


def outline(core: Element, is_money: Callable[[Element], bool], notes: Notes) -> list[Node]:
    """The goals, everything below them numbered. `is_money`: whether an indicator of a measure is of its money."""
    goals = [Node.of(each) for each in core.children("Goal")]
    for goal in goals:
        _objectives(goal)
    number(goals, GOAL, notes)
    tasks = [task for goal in goals for task in goal.children]
    number(tasks, TASK, notes)
    measures = [measure for task in tasks for measure in task.children]
    number(measures, MEASURE, notes)
    for task in tasks:
        task.indicators = _indicators(task)
    for measure in measures:
        measure.indicators = [each for each in _indicators(measure) if not is_money(each.element)]
    every = [each for goal in goals for each in _all_indicators(goal)]
    number(every, INDICATOR, notes)
    return goals


def _indicators(owner: Node) -> list[Node]:
    return [Node.of(each, owner) for each in owner.element.children("PerformanceIndicator")]


def _all_indicators(goal: Node) -> Iterable[Node]:
    yield from goal.indicators
    for task in goal.children:
        yield from task.indicators
        for measure in task.children:
            yield from measure.indicators


def _objectives(goal: Node) -> None:
    """An objective whose number continues that of another one is a measure of it."""
    nodes = [Node.of(each, goal) for each in goal.element.children("Objective")]
    numbers: dict[str, Node] = {}
    for node in nodes:
        if node.own[0] not in (INDICATORS, MEASURE) and node.sequence:
            numbers.setdefault(node.sequence, node)
    last: Node | None = None
    for node in nodes:
        if node.own[0] == INDICATORS:
            goal.indicators += [Node.of(each, goal) for each in node.element.children("PerformanceIndicator")]
            continue
        task = last if node.own[0] == MEASURE else None if node.own[0] == TASK else _task_of(node, numbers)
        if task is None:
            last = node
            goal.children.append(node)
        else:
            node.parent = task
            task.children.append(node)


def _task_of(node: Node, numbers: dict[str, Node]) -> Node | None:
    parts = node.sequence.split(".")
    for count in range(1, len(parts)):
        found = numbers.get(".".join(parts[:count]))
        if found is not None and found is not node:
            return found
    return None


def number(nodes: Sequence[Node], kind: str, notes: Notes) -> None:
    """Give every node of a level a code that no other has."""
    taken: set[str] = set()
    for node in nodes:
        if node.own[0] == kind and node.own[1] not in taken and is_code(node.own[1]):
            node.code = node.own[1]
            taken.add(node.code)
    bare = [node for node in nodes if not node.code]
    first: dict[str, int] = {}
    counts = Counter(node.sequence for node in bare if node.sequence)
    restarts = any(count > 1 for count in counts.values())
    places: Counter[int] = Counter()
    for node in nodes:
        places[id(node.parent)] += 1
        if node.code:
            continue
        before = f"{node.parent.code}." if node.parent else ""
        wanted = [f"{before}{places[id(node.parent)]}"]
        if is_code(node.sequence):
            own = node.sequence if not restarts or node.sequence.startswith(before) else before + node.sequence
            wanted.insert(0, own)
        node.code = _free(wanted, taken)
        taken.add(node.code)
        _tell(node, first, notes)
        first.setdefault(node.sequence, node.element.line)


def _free(wanted: Sequence[str], taken: set[str]) -> str:
    for code in wanted:
        if code not in taken and is_code(code):
            return code
    base, count = wanted[-1][: CODE_LENGTH - 8].rstrip(".-_") or "x", 2
    while f"{base}-{count}" in taken:
        count += 1
    return f"{base}-{count}"


def _tell(node: Node, first: dict[str, int], notes: Notes) -> None:
    line = node.element.line_of("SequenceIndicator")
    if not node.sequence:
        notes.add(line, _("there is no number; it has the code {code}"), code=node.code)
    elif node.sequence in first:
        message = _("the number “{found}” stands already in line {first}; it has the code {code}")
        notes.add(line, message, found=node.sequence, first=first[node.sequence], code=node.code)
    elif node.code != node.sequence:
        notes.add(line, _("the number “{found}” is read as the code {code}"), found=node.sequence, code=node.code)
