"""Large plans of plain values, made in code: for measuring, and for query counts that must not grow with the plan."""

from datetime import date
from decimal import Decimal

from plan_pages.choices import IndicatorKind, Status
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import (
    BudgetLine,
    Chapter,
    Entry,
    Goal,
    Indicator,
    Measure,
    Plan,
    Task,
    Text,
    Value,
)

PERIODS = [Period.parse(f"{year}-Q{number}") for year in (2024, 2025, 2026) for number in (1, 2, 3, 4)][3:11]
MEASURES_A_TASK = 5
TASKS_A_GOAL = 4
STATUSES = (Status.ON_TRACK, Status.DELAYED, Status.ON_TRACK, Status.NOT_STARTED)


def large_plan(measures: int, chapters: int = 1) -> Plan:
    """A plan of that many measures, each with an indicator, money of two years and 8 quarters of progress."""
    numbers = [(number * measures // chapters, (number + 1) * measures // chapters) for number in range(chapters)]
    return Plan(
        Text.of({"lt": "Didelis planas", "en": "A large plan"}),
        2022,
        2030,
        chapters=tuple(_chapter(number + 1, last - first) for number, (first, last) in enumerate(numbers)),
    )


def _chapter(number: int, measures: int) -> Chapter:
    tasks = [
        Task(
            f"{number}.1.{task + 1}",
            Text.of({"lt": f"Gerinti paslaugų prieinamumą: {task + 1} kryptis"}),
            measures=tuple(
                _measure(f"{number}.1.{task + 1}.{each + 1}", each)
                for each in range(min(MEASURES_A_TASK, measures - task * MEASURES_A_TASK))
            ),
        )
        for task in range(-(-measures // MEASURES_A_TASK))
    ]
    goals = [
        Goal(
            f"{number}.{goal + 1}",
            Text.of({"lt": "Kurti patogų ir žalią miestą", "en": "A convenient, green city"}),
            tasks=tuple(tasks[goal * TASKS_A_GOAL : (goal + 1) * TASKS_A_GOAL]),
        )
        for goal in range(-(-len(tasks) // TASKS_A_GOAL))
    ]
    title = Text.of({"lt": f"{number} skyrius", "en": f"Chapter {number}"})
    return Chapter(str(number), title, goals=tuple(goals), reported=tuple(PERIODS))


def _measure(code: str, number: int) -> Measure:
    status = STATUSES[number % len(STATUSES)]
    entries = tuple(
        Entry(
            period,
            status,
            Decimal(10 * place),
            note=Text.of({"lt": "Parengtas techninis projektas, vyksta viešasis pirkimas."}),
            reason=Text.of({"lt": "Užtruko viešasis pirkimas."} if status is Status.DELAYED else {}),
        )
        for place, period in enumerate(PERIODS, start=1)
    )
    indicator = Indicator(
        f"R-{code}",
        Text.of({"lt": "Atnaujintų objektų skaičius", "en": "Renewed sites"}),
        IndicatorKind.OUTPUT,
        unit=Text.of({"lt": "vnt."}),
        baseline=Decimal(0),
        baseline_year=2021,
        target=Decimal(20),
        target_year=2030,
        values=tuple(Value(period, Decimal(place), Decimal(place)) for place, period in enumerate(PERIODS, start=1)),
    )
    return Measure(
        code,
        Text.of(
            {"lt": f"Atnaujinti viešąsias erdves ir pritaikyti jas visiems ({code})", "en": f"Renew spaces {code}"}
        ),
        responsible="Miesto tvarkymo skyrius",
        start=date(2024, 1, 1),
        end=date(2027, 12, 31),
        indicators=(indicator,),
        entries=entries,
        budget=tuple(BudgetLine(year, "SB", Decimal("150000.50"), Decimal("75000.25")) for year in (2025, 2026)),
    )
