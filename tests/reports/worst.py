"""A plan in which everything is as bad as it can be, for tests of whole reports. One chapter for each kind of trouble."""

from datetime import date
from typing import Any

from plan_pages.choices import Direction, Status
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Approval, Chapter, DeadlineChange, Link, Milestone, Plan
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
QUARTERS = tuple(map(Period.parse, ("2026-Q1", "2026-Q2", "2026-Q3")))
TITLE = ("Miesto gatvių, šaligatvių ir dviračių takų tinklo atnaujinimas bei plėtra " * 8)[:500]
WORD = "nebeprisikiškiakopūsteliaujantiesiems" * 3 + "aaaaaaaaa"
MARKUP = "<b>ne</b> & <para> <script>alert('x')</script> </td> ]] {{ x }} %(count)s \\(a\\) <!-- --> &amp; a\\nb"
CONTROL = "a\x00b\x07c\x1bd\x7fe\x85f\u2028g\u202eh\ud800i\r\nj\tk\ufeffl"
FOREIGN = "Kinų 市, arabų مدينة, veidukas 🙂, slaptas \ue000, ąčęėįšųūž, a\u0328z\u030c"
TROUBLES = {"title": TITLE, "word": WORD, "markup": MARKUP, "control": CONTROL, "foreign": FOREIGN, "blank": " \u00a0 "}


def plan() -> Plan:
    return a_plan(
        title=text(TITLE, MARKUP),
        vision=CONTROL,
        owner=text(WORD, FOREIGN),
        slug="blogiausias",
        demonstration=True,
        approval=Approval(text(MARKUP), date(2022, 2, 28), "T-1 <b>"),
        groups=(a_group(code="G<1>", name=MARKUP, remit=CONTROL), a_group(code="G2", name=WORD)),
        level_names={"goal": text(WORD), "task": text(MARKUP), "measure": text("Veikla", "Activity")},
        chapters=(
            *(_chapter(str(place), words) for place, words in enumerate(TROUBLES.values(), start=1)),
            a_chapter(code="7", title="Skyrius be tikslų", goals=(), reported=QUARTERS),
            a_chapter(code="8", title="Be priemonių", goals=(a_goal(code="8.1", tasks=(a_task(measures=()),)),)),
            _without_progress(),
            _many_indicators(),
            _numbers(),
        ),
    )


def _chapter(code: str, words: str) -> Chapter:
    """The same words in every field that takes any."""
    said = text(words, f"{words} EN")
    texts: dict[str, Any] = {"title": said, "description": said}
    entries = [
        an_entry("2026-Q2", Status.ON_TRACK, percent=0, note=said, next=said),
        an_entry("2026-Q3", Status.DELAYED, percent=100, note=said, next=said, reason=said),
    ]
    value = a_value("2026-Q3", actual="1", target="2", note=said)
    gap = a_value("2026-Q3", unavailable=True, note=said)
    indicators = [
        an_indicator(code=f"R-{words[:30]}", name=said, unit=said, method=said, source=said, target=9, values=[value]),
        an_indicator(code=f"Q-{words[:30]}", name=said, unit=said, values=[gap]),
    ]
    measures = tuple(
        a_measure(
            code=f"{code}.1.1.{number} {words[:40]}",
            **texts,
            responsible=words,
            partners=(words, words),
            start="2026-01-01",
            end="2026-08-31",
            original_end="2026-03-31",
            deadline_changes=(DeadlineChange(date(2026, 4, 1), date(2026, 3, 31), date(2026, 8, 31)),),
            milestones=(Milestone(said, date(2026, 5, 1)),),
            links=(Link(words, "javascript:alert(1)"), Link(words, "https://www.kaunas.lt/<a>")),
            tags=(words,),
            indicators=indicators,
            entries=[an_entry("2026-Q3", Status.STOPPED, reason=said)] if number == 2 else entries,
            budget=[a_budget_line(2026, "SB", planned="99999999999.99", spent="0.01")],
        )
        for number in (1, 2)
    )
    tasks = (a_task(code=f"{code}.1.1", **texts, indicators=indicators, measures=measures),)
    goals = (a_goal(code=f"{code}.1", **texts, indicators=indicators, tasks=tasks),)
    return a_chapter(code=code, title=said, summary=said, group="G<1>", goals=goals, reported=QUARTERS)


def _without_progress() -> Chapter:
    measures = tuple(a_measure(code=f"9.1.1.{number}", title="Niekas nepradėta") for number in range(1, 4))
    goals = (a_goal(code="9.1", tasks=(a_task(code="9.1.1", measures=measures),)),)
    return a_chapter(code="9", title="Skyrius be pažangos", goals=goals)


def _many_indicators() -> Chapter:
    indicators = [
        an_indicator(code=f"R{number}", name=f"{number} rodiklis", baseline=0, baseline_year=2020, target=number)
        for number in range(1, 61)
    ]
    return a_chapter(code="10", title="Šešiasdešimt rodiklių", goals=(a_goal(code="10.1", indicators=indicators),))


def _numbers() -> Chapter:
    """0 and 100 %, amounts below zero and of eleven digits, a target of zero."""
    amounts = ("-99999999999.99", "99999999999.99", "0", "-0.001", "0.00068")
    indicators = [
        an_indicator(
            code=f"R11-{place}",
            name="Skaičius",
            unit="€",
            direction=direction,
            baseline=amount,
            baseline_year=2021,
            target=amounts[place - 1],
            target_year=2028,
            values=[a_value(period, actual=amount, target="0") for period in QUARTERS],
        )
        for direction in Direction
        for place, amount in enumerate(amounts)
    ]
    measures = tuple(
        a_measure(
            code=f"11.1.1.{percent}",
            title=f"Padaryta {percent} %",
            start="2026-01-01",
            end="2028-12-31",
            entries=[an_entry("2026-Q3", status, percent=percent)],
            budget=[a_budget_line(2026, "ES", planned="0", spent="-12345678901.23")],
        )
        for percent, status in ((0, Status.ON_TRACK), (100, Status.COMPLETED))
    )
    task = a_task(code="11.1.1", indicators=indicators, measures=measures)
    goals = (a_goal(code="11.1", indicators=indicators, tasks=(task,)),)
    return a_chapter(code="11", title="Skaičiai", goals=goals, reported=QUARTERS)
