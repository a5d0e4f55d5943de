"""The mayor's brief: the answer first, then what changed, what is late and why, what is not known; always bounded."""

from datetime import date
from decimal import Decimal
from typing import TypeVar

import pytest

from plan_pages.choices import Direction, IndicatorKind, Status
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Plan
from reports.choices import ReportKind
from reports.compose import compose
from reports.document import (
    Bullets,
    Callout,
    Document,
    Layout,
    Masthead,
    ProgressBars,
    Row,
    Signal,
    StatusBars,
    Table,
    Tiles,
    plain,
    runs,
    walk,
)
from tests.plan_pages.builders import (
    a_budget_line,
    a_chapter,
    a_goal,
    a_measure,
    a_plan,
    a_plan_of,
    a_task,
    a_value,
    an_entry,
    an_indicator,
    text,
)
from tests.reports.compose import sample
from tests.reports.compose.reading import strings, under
from tests.reports.compose.reading import text as read

T = TypeVar("T")
Q3 = Period.parse("2026-Q3")


def brief(plan: Plan, period: Period = Q3, language: str = "en", previous: Plan | None = None) -> Document:
    return compose(ReportKind.MAYOR, plan, period, language, previous=previous)


def of_kind(document: Document, kind: type[T]) -> list[T]:
    return [block for block in walk(document.blocks) if isinstance(block, kind)]


def year_plan(percent: int | None) -> Plan:
    """One measure over the year 2026; at the end of its third quarter 74.8 percent of the time is gone."""
    status = Status.ON_TRACK
    given = {} if percent is None else {"percent": percent}
    return a_plan_of(a_measure(start="2026-01-01", end="2026-12-31", entries=[an_entry("2026-Q3", status, **given)]))


@pytest.mark.parametrize(
    ("percent", "signal", "word", "title"),
    [
        (70, Signal.GOOD, "On course", "70% done, with 75% of the time gone"),
        (60, Signal.WARNING, "Behind", "60% done, with 75% of the time gone"),
        (20, Signal.BAD, "Well behind", "20% done, with 75% of the time gone"),
        (None, Signal.UNKNOWN, "Too little data for a verdict", "No figure of progress, with 75% of the time gone"),
    ],
)
def test_it_opens_with_the_verdict(percent: int | None, signal: Signal, word: str, title: str) -> None:
    callout = of_kind(brief(year_plan(percent)), Callout)[0]
    assert callout.mark is not None
    assert (callout.mark.signal, callout.mark.word, callout.title) == (signal, word, title)


def test_without_a_verdict_it_says_why() -> None:
    assert "Only 0 of 1 measure" in read(of_kind(brief(year_plan(None)), Callout)[0])


def test_the_verdict_names_its_coverage() -> None:
    plan = a_plan_of(
        a_measure(code="1", entries=[an_entry("2026-Q3", percent=50)]),
        a_measure(code="2", start="2026-01-01"),
    )
    assert "rests on 1 of 2 measures that are not stopped (50%)" in read(of_kind(brief(plan), Callout)[0])


def test_a_late_measure_stands_with_its_reason_and_its_original_end() -> None:
    late = read(under(brief(sample.plan()), "What is late and why"))
    assert "Late EN" in late
    assert "30 days past its end (originally 31 Mar 2026). Reason EN" in late


def test_what_was_stopped_needs_a_decision_and_has_its_reason() -> None:
    assert "1.1.1.2 Stopped EN. Given up EN" in read(under(brief(sample.plan()), "What needs a decision"))


def test_a_chapter_that_has_not_reported_needs_a_decision() -> None:
    found = read(under(brief(sample.plan()), "What needs a decision"))
    assert "2 Second EN – has not reported for Q3 2026; its figures are those of Q2 2026." in found


def test_a_moved_end_needs_a_decision() -> None:
    found = read(under(brief(sample.plan()), "What needs a decision"))
    assert "1.1.1.3 Moved EN. End moved: 31 Dec 2026 → 30 Jun 2027." in found


def test_the_rule_of_decisions_is_stated() -> None:
    assert "measures stopped or delayed since Q2 2026" in read(under(brief(sample.plan()), "What needs a decision"))


def test_a_measure_delayed_for_long_is_not_called_new() -> None:
    delayed = a_measure(entries=[an_entry("2026-Q2", Status.DELAYED), an_entry("2026-Q3", Status.DELAYED)])
    found = under(brief(a_plan_of(delayed)), "What needs a decision")
    assert not any(isinstance(block, Bullets) and "1.1.1.1" in read(block) for block in found)


def test_missing_data_is_said_by_chapter() -> None:
    assert "1 First EN (Q3 2026): 1 of 7 measures have no percent" in read(under(brief(sample.plan()), "Missing data"))


def test_what_an_unreported_period_holds_is_nowhere() -> None:
    assert "77%" not in read(brief(sample.plan()))


def test_a_chapter_at_another_period_names_it() -> None:
    labels = [plain(bar.label) for bar in of_kind(brief(sample.plan()), StatusBars)[0].bars]
    assert labels[:2] == ["1 First EN", "2 Second EN (Q2\u00a02026)"]


def test_chapters_lead_to_their_pages_in_the_language() -> None:
    assert of_kind(brief(sample.plan()), StatusBars)[0].bars[0].href == "https://miestas.lt/en/pirmas/"


def test_codes_lead_to_the_pages_of_measures() -> None:
    table = next(block for block in under(brief(sample.plan()), "What is late and why") if isinstance(block, Table))
    row = table.rows[0]
    assert isinstance(row, Row)
    assert row.cells[0].href == "https://miestas.lt/en/measures/1.1.1.1/"  # type: ignore[union-attr]


def test_what_changed_tells_progress_and_status() -> None:
    found = read(under(brief(sample.plan()), "What changed since Q2 2026"))
    assert "1 newly completed" in found
    assert "On track\nDelayed\n40% → 50%" in found


def test_an_older_snapshot_is_compared_with_where_one_is_given() -> None:
    now = a_plan_of(a_measure(end="2027-06-30", entries=[an_entry("2026-Q2"), an_entry("2026-Q3")]))
    then = a_plan_of(a_measure(end="2026-12-31", entries=[an_entry("2026-Q2")]))
    found = read(under(brief(now, previous=then), "What changed since Q2 2026"))
    assert "End moved: 31 Dec 2026 → 30 Jun 2027" in found


def test_a_first_report_says_that_there_is_nothing_to_compare_with() -> None:
    found = read(under(brief(year_plan(50)), "What changed since Q2 2026"))
    assert "there is nothing to compare with" in found


def test_the_tile_of_progress_tells_its_change() -> None:
    entries = [an_entry("2026-Q2", percent=30), an_entry("2026-Q3", percent=34)]
    tile = of_kind(brief(a_plan_of(a_measure(entries=entries))), Tiles)[0].tiles[0]
    assert (tile.value, tile.note.replace("\u00a0", " ")) == ("34%", "+4 pp since Q2 2026")


def test_an_indicator_keeps_the_digits_it_was_given() -> None:
    table = next(block for block in under(brief(sample.plan()), "Headline indicators") if isinstance(block, Table))
    assert [plain(cell) for cell in table.rows[0].cells[:4]] == [  # type: ignore[union-attr, arg-type]
        "Air quality EN,\u00a0%",
        "38.0 (2025)",
        "52.40",
        "60.0 (2028)",
    ]


def test_the_rule_of_a_trend_stands_beside_its_word() -> None:
    found = read(under(brief(sample.plan()), "Headline indicators"))
    assert "Improving" in found
    assert "A trend is a change above 0.22." in found


def test_each_chapter_shows_an_indicator_before_any_shows_two() -> None:
    def chapter(code: str) -> object:
        return a_chapter(
            code=code,
            reported=["2026-Q3"],
            goals=[
                a_goal(
                    code=f"{code}.1",
                    indicators=[
                        an_indicator(
                            code=f"{code}-{number}",
                            name=text(en=f"Indicator {code}-{number}"),
                            kind=IndicatorKind.IMPACT,
                            direction=Direction.INCREASE,
                            target=10,
                            values=[a_value("2026-Q3", actual=5)],
                        )
                        for number in (1, 2, 3)
                    ],
                )
            ],
        )

    plan = a_plan(chapters=[chapter(str(number)) for number in range(1, 7)])
    table = next(block for block in under(brief(plan), "Headline indicators") if isinstance(block, Table))
    shown = [plain(row.cells[0]) for row in table.rows if isinstance(row, Row)]  # type: ignore[arg-type]
    ones = [f"Indicator {number}-1" for number in range(1, 7)]
    assert set(shown) == {*ones, "Indicator 1-2", "Indicator 2-2"}


def test_money_is_told_by_fund_and_by_chapter() -> None:
    found = under(brief(sample.plan()), "Money")
    assert "Own money EN (SB)\n€1.2M\n€1M\n81%" in read(found)
    assert "Union money EN (ES)\n€5\nno data" in read(found)
    bars = next(block for block in found if isinstance(block, ProgressBars))
    assert (bars.bars[0].bar.text, bars.bars[0].note) == ("81%", "€1M of €1.2M")


def test_a_fund_without_a_name_stands_with_its_code() -> None:
    plan = a_plan_of(a_measure(budget=[a_budget_line(2026, "SB", planned=100, spent=50)]))
    assert "\nSB\n€100\n€50" in read(under(brief(plan), "Money"))


def test_spending_that_was_not_reported_is_not_zero() -> None:
    plan = a_plan_of(a_measure(budget=[a_budget_line(2026, planned=100)]))
    assert "€0" not in read(under(brief(plan), "Money"))


def test_demonstration_data_says_so() -> None:
    assert brief(sample.plan()).banner == "Demonstration data: not the city's real figures"


def test_real_data_has_no_banner() -> None:
    assert brief(year_plan(50)).banner == ""


def test_the_footer_names_plan_period_and_date_of_the_data() -> None:
    footer = brief(sample.plan()).footer
    found = (plain(footer.plan), footer.period, footer.data_date.replace("\u00a0", " "))
    assert found == ("Plan EN", "third quarter of 2026", "Data of 15 October 2026")


def test_the_document_carries_the_date_of_its_data() -> None:
    assert brief(sample.plan()).data_date == date(2026, 10, 15)


def test_a_plan_without_a_date_of_its_data_carries_the_end_of_the_period() -> None:
    assert brief(year_plan(50)).data_date == date(2026, 9, 30)


def test_markup_goes_in_as_text() -> None:
    plan = a_plan_of(a_measure(title="<b>A</b> &amp; B", end="2026-01-31", entries=[an_entry("2026-Q3")]))
    assert "<b>A</b> &amp; B" in list(strings(brief(plan, language="lt")))


def test_a_title_in_another_language_is_marked() -> None:
    plan = a_plan_of(a_measure(title="Tik lietuviškai", end="2026-01-31", entries=[an_entry("2026-Q3")]))
    table = next(block for block in under(brief(plan), "What is late and why") if isinstance(block, Table))
    assert table.rows[0].cells[1].language == "lt"  # type: ignore[union-attr]


def test_labels_of_bars_in_another_language_are_marked() -> None:
    measure = a_measure(budget=[a_budget_line(2026, planned=10, spent=5)])
    chapter = a_chapter(title="Tik lietuviškai", goals=[a_goal(tasks=[a_task(measures=[measure])])])
    document = brief(a_plan(chapters=[chapter]))
    labels = [of_kind(document, StatusBars)[0].bars[0].label, of_kind(document, ProgressBars)[0].bars[0].label]
    first = [runs(label)[0] for label in labels]
    assert [(run.text, run.language) for run in first] == [("1 Tik lietuviškai", "lt")] * 2


def test_a_plan_without_a_title_in_the_language_is_marked_in_head_and_foot() -> None:
    document = brief(a_plan(title="Tik planas", owner="Tik savivaldybė"))
    head = of_kind(document, Masthead)[0]
    found = [runs(each)[0] for each in (head.title, head.kicker, document.footer.plan)]
    assert [(run.text, run.language) for run in found] == [
        ("Tik planas", "lt"),
        ("Tik savivaldybė", "lt"),
        ("Tik planas", "lt"),
    ]


def test_a_code_too_long_for_its_column_is_cut() -> None:
    measure = a_measure(code="A-very-long-code-of-a-measure", end="2026-01-31", entries=[an_entry("2026-Q3")])
    assert "A-very-long-cod…" in list(strings(brief(a_plan_of(measure))))


def test_a_blank_title_is_a_dash() -> None:
    plan = a_plan_of(a_measure(title=" ", end="2026-01-31", entries=[an_entry("2026-Q3")]))
    assert "1.1.1.1\n–\n" in read(under(brief(plan), "What is late and why"))


def test_a_sentence_that_ends_with_an_abbreviation_has_one_full_stop() -> None:
    plan = a_plan(chapters=[a_chapter(code="5", title="Tylus")])
    assert "neatsiskaitė už 2026 m. III ketv.\n" in read(under(brief(plan, language="lt"), "Kur reikia sprendimo"))


def test_an_empty_plan_makes_a_brief() -> None:
    document = brief(a_plan(chapters=[]))
    assert document.layout is Layout.BRIEF
    assert "The plan has no chapters yet." in read(document)


def test_equal_arguments_give_equal_documents() -> None:
    assert brief(sample.plan()) == brief(sample.plan())


def big_plan(chapters: int) -> Plan:
    """Of 2,000 measures and more, every third late, with long titles and reasons."""

    def a(code: str, number: int) -> object:
        status = (Status.DELAYED, Status.STOPPED, Status.ON_TRACK)[number % 3]
        return a_measure(
            code=code,
            title="Ilgas pavadinimas " * 20,
            responsible="Skyrius " * 20,
            entries=[an_entry("2026-Q2", percent=5), an_entry("2026-Q3", status, percent=10, reason="Kodėl " * 99)],
            budget=[a_budget_line(2026, fund, planned=10, spent=5) for fund in "ABCDEFGH"],
        )

    return a_plan(
        title="Planas " * 70,
        chapters=[
            a_chapter(
                code=str(chapter),
                title="Skyrius " * 60,
                reported=["2026-Q2", "2026-Q3"],
                goals=[a_goal(tasks=[a_task(measures=[a(f"{chapter}.1.1.{number}", number) for number in range(50)])])],
            )
            for chapter in range(chapters)
        ],
    )


def test_the_brief_of_a_plan_of_any_size_is_bounded() -> None:
    large, larger = brief(big_plan(40)), brief(big_plan(44))
    assert len("".join(strings(large))) < 9_000
    assert abs(len(list(strings(larger))) - len(list(strings(large)))) == 0


def test_what_does_not_fit_is_counted() -> None:
    assert "… and 32 more: see the council's report." in read(brief(big_plan(40)))


def test_the_masthead_names_plan_period_and_data() -> None:
    head = of_kind(brief(sample.plan()), Masthead)[0]
    subtitle = plain(head.subtitle).replace("\u00a0", " ")
    assert (plain(head.kicker), plain(head.title)) == ("City EN", "Plan EN")
    assert subtitle == "Mayor's brief · third quarter of 2026 · Data of 15 October 2026"


def test_spending_above_the_plan_fills_the_bar_and_keeps_its_number() -> None:
    plan = a_plan_of(a_measure(budget=[a_budget_line(2026, planned=100, spent=250)]))
    bar = of_kind(brief(plan), ProgressBars)[0].bars[0].bar
    assert (bar.percent, bar.text) == (Decimal(100), "250%")
