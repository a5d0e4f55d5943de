"""A small plan in which everything stands once: every state, moved ends, gaps, indicators of each kind, money."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from plan_pages.choices import Aggregate, Direction, IndicatorKind, PlanStage, Status
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Approval, DeadlineChange, Measure, Plan
from tests.plan_pages.builders import (
    a_budget_line,
    a_chapter,
    a_goal,
    a_group,
    a_measure,
    a_plan,
    a_task,
    a_value,
    an_entry,
    an_indicator,
    text,
)

PERIOD = Period.parse("2026-Q3")
REPORTED = ("2026-Q1", "2026-Q2", "2026-Q3")


def measure(code: str, title: str, **given: object) -> Measure:
    return a_measure(code=code, title=text(f"{title} LT", f"{title} EN"), responsible="Atsakingas LT", **given)


def entries(*statuses: tuple[str, Status, int | None]) -> tuple[object, ...]:
    return tuple(an_entry(period, status, percent=percent) for period, status, percent in statuses)


def plan() -> Plan:
    """As of 2026-Q3; the second chapter has reported up to the quarter before, the third has no goals."""
    late = measure(
        "1.1.1.1",
        "Late",
        end="2026-08-31",
        original_end=date(2026, 3, 31),
        entries=[
            an_entry("2026-Q2", Status.ON_TRACK, percent=40),
            an_entry("2026-Q3", Status.DELAYED, percent=50, reason=text("Priežastis LT", "Reason EN")),
        ],
        budget=[a_budget_line(2026, "SB", planned="1240500.50", spent="1000000"), a_budget_line(2026, "ES", planned=5)],
    )
    stopped = measure(
        "1.1.1.2",
        "Stopped",
        entries=[
            an_entry("2026-Q2", Status.ON_TRACK, percent=10),
            an_entry("2026-Q3", Status.STOPPED, percent=10, reason=text("Nutraukta LT", "Given up EN")),
        ],
    )
    moved = measure(
        "1.1.1.3",
        "Moved",
        end="2027-06-30",
        original_end=date(2026, 12, 31),
        deadline_changes=[DeadlineChange(date(2026, 8, 1), date(2026, 12, 31), date(2027, 6, 30))],
        entries=entries(("2026-Q2", Status.ON_TRACK, 40), ("2026-Q3", Status.ON_TRACK, 60)),
    )
    completed = measure("1.1.1.4", "Completed", entries=entries(("2026-Q3", Status.COMPLETED, 100)))
    silent = measure("1.1.1.5", "Silent", entries=entries(("2026-Q1", Status.ON_TRACK, 40)))
    waiting = measure("1.1.1.6", "Waiting", start="2027-01-01")
    gone = replace(measure("1.1.1.7", "Gone", entries=entries(("2026-Q3", Status.ON_TRACK, 70))))
    gone = replace(gone, retired=date(2026, 11, 2))
    from_indicators = measure(
        "1.1.1.8",
        "Counted",
        entries=[an_entry("2026-Q3", Status.ON_TRACK)],
        indicators=[
            an_indicator(
                code="P1",
                name=text("Medžiai LT", "Trees EN"),
                unit=text("vnt.", "number"),
                aggregate=Aggregate.SUM,
                target=200,
                values=[a_value("2026-Q2", actual=40), a_value("2026-Q3", actual=60)],
            )
        ],
    )
    impact = an_indicator(
        code="E1",
        name=text("Oro kokybė LT", "Air quality EN"),
        unit=text("proc.", "%"),
        kind=IndicatorKind.IMPACT,
        direction=Direction.INCREASE,
        baseline="38.0",
        baseline_year=2025,
        target="60.0",
        target_year=2028,
        values=[a_value("2026-Q2", actual="44.50"), a_value("2026-Q3", actual="52.40")],
        source=text("Šaltinis LT", "Source EN"),
    )
    unavailable = an_indicator(
        code="R1",
        name=text("Triukšmas LT", "Noise EN"),
        kind=IndicatorKind.RESULT,
        values=[a_value("2026-Q3", unavailable=True, note=text("Prietaisas sugedo LT", "Device broken EN"))],
    )
    first = a_chapter(
        code="1",
        title=text("Pirmas LT", "First EN"),
        summary=text("Apie skyrių LT", "About EN"),
        group="G1",
        reported=REPORTED,
        address=text("https://miestas.lt/pirmas/", "https://miestas.lt/en/pirmas/"),
        goals=[
            a_goal(
                code="1.1",
                title=text("Tikslas pirmas LT", "Goal EN"),
                indicators=[impact],
                tasks=[
                    a_task(
                        code="1.1.1",
                        title=text("Uždavinys pirmas LT", "Task EN"),
                        indicators=[unavailable],
                        measures=[late, stopped, moved, completed, silent, waiting, gone, from_indicators],
                    )
                ],
            )
        ],
    )
    second = a_chapter(
        code="2",
        title=text("Antras LT", "Second EN"),
        reported=REPORTED[:2],
        goals=[
            a_goal(
                code="2.1",
                title=text("Tikslas antras LT", "Goal two EN"),
                tasks=[
                    a_task(
                        code="2.1.1",
                        title=text("Uždavinys antras LT", "Task two EN"),
                        measures=[
                            measure(
                                "2.1.1.1",
                                "Unreported",
                                weight=Decimal(2),
                                entries=entries(("2026-Q2", Status.ON_TRACK, 33), ("2026-Q3", Status.ON_TRACK, 77)),
                            ),
                            measure("2.1.1.2", "Unweighted", entries=entries(("2026-Q2", Status.ON_TRACK, 33))),
                        ],
                    )
                ],
            )
        ],
    )
    empty = a_chapter(code="3", title=text("Tuščias LT", "Empty EN"), goals=[])
    return a_plan(
        title=text("Planas LT", "Plan EN"),
        owner=text("Savivaldybė LT", "City EN"),
        stage=PlanStage.APPROVED,
        approval=Approval(text("Taryba LT", "Council EN"), date(2026, 1, 15), "T-1"),
        groups=[a_group(code="G1", name=text("Grupė LT", "Group EN"))],
        chapters=[first, second, empty],
        fund_names={"SB": text("Savo lėšos LT", "Own money EN"), "ES": text("Sąjungos lėšos LT", "Union money EN")},
        data_date="2026-10-15",
        demonstration=True,
        address=text("https://miestas.lt/", "https://miestas.lt/en/"),
    )
