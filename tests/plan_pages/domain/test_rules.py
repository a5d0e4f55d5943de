"""The rules in plain words, and the sentences that go with a figure."""

import pytest
from django.utils.translation import override

from plan_pages.choices import Level, Status
from plan_pages.domain.plan import Measure
from plan_pages.domain.progress import Figure, MixedWeights, of_plan
from plan_pages.domain.rules import RULES, Rule, no_verdict_reason, warning_text
from tests.plan_pages.builders import a_measure, a_plan_of, an_entry


def figure_of(*measures: Measure) -> Figure:
    reported = a_measure(code="0", weight=0, entries=[an_entry("2026-Q1", Status.STOPPED)])
    plan = a_plan_of(*measures, reported) if measures else a_plan_of()
    return of_plan(plan, an_entry("2026-Q1").period.last_day).figure


def test_the_rules_stand_in_order_after_the_one_on_dates() -> None:
    assert [rule.number for rule in RULES] == [None, *range(1, 13)]


def test_each_rule_has_an_anchor_of_its_own() -> None:
    assert len({rule.key for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_a_rule_is_said_in_whole_sentences(rule: Rule) -> None:
    with override("en"):
        assert rule.title
        assert not rule.title.endswith(".")
        assert rule.paragraphs
        assert all(paragraph.endswith(".") and "  " not in paragraph for paragraph in rule.paragraphs)
        assert rule.text == " ".join(rule.paragraphs)


@pytest.mark.parametrize(
    ("measures", "reason"),
    [
        ([], "There are no measures."),
        ([a_measure(code="a", entries=[an_entry("2026-Q1", Status.STOPPED)])], "All measures are stopped."),
        (
            [a_measure(code=str(number)) for number in range(3)],
            "Only 0 of 3 measures that are not stopped have a percent: fewer than half.",
        ),
        ([a_measure()], "Only 0 of 1 measure that is not stopped has a percent: fewer than half."),
        (
            [a_measure(weight=0, entries=[an_entry("2026-Q1", percent=5)]), a_measure(code="b", weight=1)],
            "Whatever has a percent has a weight of zero.",
        ),
        ([a_measure(weight=1, entries=[an_entry("2026-Q1", percent=5)])], ""),
    ],
)
def test_it_says_why_there_is_no_verdict(measures: list[Measure], reason: str) -> None:
    with override("en"):
        assert no_verdict_reason(figure_of(*measures)) == reason


@pytest.mark.parametrize(
    ("level", "text"),
    [
        (Level.CHAPTER, "Some chapters have a weight and these do not, and count as 1: 2, 3."),
        (Level.GOAL, "Some goals of chapter 1 have a weight and these do not, and count as 1: 2, 3."),
        (Level.TASK, "Some tasks of goal 1 have a weight and these do not, and count as 1: 2, 3."),
        (Level.MEASURE, "Some measures of task 1 have a weight and these do not, and count as 1: 2, 3."),
    ],
)
def test_a_warning_names_the_parent_and_those_without_a_weight(level: Level, text: str) -> None:
    with override("en"):
        assert warning_text(MixedWeights("1", level, ("2", "3"))) == text
