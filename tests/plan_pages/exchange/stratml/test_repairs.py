"""Files as they come are read, and every repair is told with its line."""

import codecs
from decimal import Decimal

import pytest

from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Indicator
from tests.plan_pages.exchange.stratml.files import (
    CHAPTER,
    PART_2,
    YEARS,
    a_file,
    goal,
    indicator,
    objective,
    plan_of,
    read_bytes,
    result,
    warned,
    with_measure,
)

Y2026 = ("2026-01-01", "2026-12-31")


def the_indicator(data: bytes) -> Indicator:
    (found,) = plan_of(data).indicators()
    return found


def with_results(*results: str, **fields: str) -> bytes:
    return with_measure(indicator("".join(results), **fields))


def test_a_good_file_needs_no_repair() -> None:
    data = with_results(result("TargetResult", "5", *Y2026), result("ActualResult", "4", *Y2026))
    assert warned(read_bytes(data)) == []
    (value,) = the_indicator(data).values
    assert (value.period, value.target, value.actual) == (Period.parse("2026"), Decimal(5), Decimal(4))


def test_prefixes_mean_the_same_as_none() -> None:
    data = with_results(result("TargetResult", "5", *Y2026))
    prefixed = data.replace(b"</", b"</p:").replace(b"<?xml", b"?").replace(b"<", b"<p:").replace(b"<p:/p:", b"</p:")
    prefixed = prefixed.replace(b"?", b"<?xml", 1).replace(b"xmlns=", b"xmlns:p=")
    assert warned(read_bytes(prefixed)) == []
    assert plan_of(prefixed) == plan_of(data)


def test_a_prefix_that_is_not_declared_is_told_once() -> None:
    data = a_file().replace(b"<Vision", b"<p:Vision").replace(b"<Goal>", b"<p:Goal>").replace(b"</Goal>", b"</p:Goal>")
    assert warned(read_bytes(data)) == ["Line 3: the prefix “p” is not declared; elements are read by their names"]


@pytest.mark.parametrize(
    ("namespace", "said"),
    [
        ("", "the elements have no namespace; they are read by their names"),
        (
            "http://www.stratml.net/PerformancePlanOrReport",
            "the namespace “http://www.stratml.net/PerformancePlanOrReport” is of an older edition;"
            " it is read as the present one",
        ),
        ("urn:x", "the namespace “urn:x” is unknown; elements are read by their names"),
    ],
)
def test_another_namespace_is_told(namespace: str, said: str) -> None:
    data = a_file().replace(PART_2.encode(), namespace.encode())
    assert warned(read_bytes(data)) == [f"Line 2: {said}"]
    assert plan_of(data) == plan_of(a_file())


def test_what_editors_put_before_the_beginning_is_left_out() -> None:
    assert warned(read_bytes(codecs.BOM_UTF8 + a_file())) == [
        "Line 1: the file begins with a byte order mark; it is left out"
    ]
    assert warned(read_bytes(b"\n\n" + a_file())) == ["Line 1: the file begins with blanks; they are left out"]


def test_lines_are_those_of_the_file_also_when_it_begins_with_empty_ones() -> None:
    data = a_file(goal(number=""))
    (plain,), (moved,) = warned(read_bytes(data)), warned(read_bytes(b"\n\n" + data))[1:]
    assert plain == "Line 3: there is no number; it has the code 1"
    assert moved == "Line 5: there is no number; it has the code 1"


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1257", "iso-8859-13"])
def test_other_encodings_are_read(encoding: str) -> None:
    text = a_file(goal(name="Ąžuolų gatvė")).decode().replace('"1.0"', f'"1.0" encoding="{encoding}"')
    plan = plan_of(text.encode(encoding))
    assert plan.chapters[0].goals[0].title.get("lt") == "Ąžuolų gatvė"


def test_children_in_the_wrong_order_are_read() -> None:
    texts = "<Description>Aprašymas</Description>\n<Name>Tikslas</Name>"
    data = a_file(f"<Goal>\n{texts}<SequenceIndicator>1</SequenceIndicator>{CHAPTER}</Goal>")
    assert warned(read_bytes(data)) == [
        "Line 5: “Name” stands after “Description”, which is the wrong order; it is read all the same"
    ]
    (found,) = plan_of(data).chapters[0].goals
    assert (found.title.get("lt"), found.description.get("lt")) == ("Tikslas", "Aprašymas")


def test_dates_the_wrong_way_round_are_exchanged() -> None:
    data = with_results(result("TargetResult", "5", *reversed(Y2026)))
    assert "Line 8: the end 2026-01-01 is before the start 2026-12-31; they are exchanged" in warned(read_bytes(data))
    assert the_indicator(data).values[0].period == Period.parse("2026")


def test_years_of_the_plan_the_wrong_way_round_are_exchanged() -> None:
    after = YEARS.replace("2022-01-01", "x").replace("2030-12-31", "2022-01-01").replace("x", "2030-12-31")
    plan = plan_of(a_file(after=after))
    assert (plan.start_year, plan.end_year) == (2022, 2030)


def test_a_date_that_is_none_is_not_guessed() -> None:
    data = with_results(result("TargetResult", "5", "01/07/2026", "2026-12-31"))
    assert "Line 8: “01/07/2026” is not a date such as 2026-03-31; it is not read" in warned(read_bytes(data))


def test_a_period_in_place_of_a_date_is_read() -> None:
    data = with_results(result("TargetResult", "5", "2026-Q1", "2026-Q1"))
    assert warned(read_bytes(data)) == [
        "Line 8: “2026-Q1” is not a date; it is read as 2026-01-01",
        "Line 8: “2026-Q1” is not a date; it is read as 2026-03-31",
    ]
    assert the_indicator(data).values[0].period == Period.parse("2026-Q1")


def test_days_that_are_no_period_are_read_as_the_one_in_which_they_end() -> None:
    data = with_results(result("ActualResult", "5", "2025-07-01", "2026-06-30"))
    assert warned(read_bytes(data)) == [
        "Line 8: 2025-07-01 – 2026-06-30 is no period of the calendar; it is read as 2026"
    ]
    assert the_indicator(data).values[0].period == Period.parse("2026")


def test_prose_in_place_of_a_number_is_kept_in_words() -> None:
    data = with_results(result("ActualResult", "apie šimtą", *Y2026))
    assert warned(read_bytes(data)) == [
        "Line 8: “apie šimtą” is not a number; it is kept in words",
        "Line 8: the result is no number; it is kept in words with the method",
    ]
    found = the_indicator(data)
    assert (found.values, found.method.get("lt")) == ((), "2026-12-31: apie šimtą")


def test_a_number_as_people_write_it_is_read() -> None:
    data = with_results(result("ActualResult", "1 200,5 %", *Y2026))
    assert warned(read_bytes(data)) == ["Line 8: “1 200,5 %” is read as the number 1200.5"]
    assert the_indicator(data).values[0].actual == Decimal("1200.5")


def test_a_number_that_may_be_two_is_kept_in_words() -> None:
    found = the_indicator(with_results(result("ActualResult", "1,200", *Y2026)))
    assert (found.values, found.method.get("lt")) == ((), "2026-12-31: 1,200")


def test_a_number_beyond_all_bounds_is_kept_in_words() -> None:
    data = with_results(result("ActualResult", "9" * 30, *Y2026))
    assert "is not a possible amount" in warned(read_bytes(data))[0]
    assert the_indicator(data).values == ()


def test_a_result_without_a_date_is_kept_in_words() -> None:
    data = with_results(result("ActualResult", "8", note="Aštuoni posėdžiai"))
    assert warned(read_bytes(data)) == ["Line 8: the result has no date; it is kept in words with the method"]
    assert the_indicator(data).method.get("lt") == "8: Aštuoni posėdžiai"


def test_a_second_result_for_the_same_days_is_told() -> None:
    data = with_results(result("TargetResult", "5", *Y2026), result("TargetResult", "6", *Y2026))
    assert warned(read_bytes(data)) == [
        "Line 9: there is another result for the same days; this one is kept in words with the method"
    ]
    assert the_indicator(data).values[0].target == Decimal(5)


def test_an_empty_and_a_repeated_identifier_are_told() -> None:
    data = a_file(goal(identifier="_a") + goal(number="2", identifier="_a") + goal(number="3", identifier=" "))
    assert warned(read_bytes(data)) == [
        "Line 5: the identifier “_a” stands already in line 3; a code is made without it",
        "Line 7: the identifier is empty; a code is made without it",
    ]
    assert [each.code for each in plan_of(data).chapters[0].goals] == ["1", "2", "3"]


def test_our_identifier_twice_gives_the_second_another_code() -> None:
    data = a_file(goal(identifier="goal-7") + goal(number="2", identifier="goal-7"))
    assert [each.code for each in plan_of(data).chapters[0].goals] == ["7", "2"]


def test_double_carets_are_line_breaks() -> None:
    head = "<Name>Planas</Name>"
    data = a_file(head=head).replace(
        b"<StrategicPlanCore>",
        b"<StrategicPlanCore><Vision><Description>Viena ^^ Dvi ^ Trys</Description></Vision>",
    )
    assert warned(read_bytes(data)) == ["Line 2: “^^” is read as a line break"]
    assert plan_of(data).vision.get("lt") == "Viena\nDvi\nTrys"


def test_lines_that_were_folded_and_indented_are_one() -> None:
    data = a_file(goal(objective("1.1", name="Ilgas\n        pavadinimas")))
    assert plan_of(data).chapters[0].goals[0].tasks[0].title.get("lt") == "Ilgas pavadinimas"


def test_numbering_that_restarts_has_the_goals_code_before_it() -> None:
    tasks = objective("A") + objective("B")
    data = a_file(goal(tasks) + goal(tasks, number="2"))
    assert [task.code for each in plan_of(data).chapters[0].goals for task in each.tasks] == [
        "1.A",
        "1.B",
        "2.A",
        "2.B",
    ]
    assert "Line 10: the number “A” stands already in line 4; it has the code 2.A" in warned(read_bytes(data))


def test_numbers_that_are_no_codes_give_way_to_the_place() -> None:
    data = a_file(goal(objective("x y"), number="Part 1") + goal(number="Part 2"))
    assert warned(read_bytes(data)) == [
        "Line 3: the number “Part 1” is read as the code 1",
        "Line 4: the number “x y” is read as the code 1.1",
        "Line 7: the number “Part 2” is read as the code 2",
    ]


def test_an_objective_that_continues_the_number_of_another_is_a_measure_of_it() -> None:
    data = a_file(goal(objective("1.1") + objective("1.1.1") + objective("1.10") + objective("1.1.2")))
    tasks = plan_of(data).chapters[0].goals[0].tasks
    assert [(task.code, [each.code for each in task.measures]) for task in tasks] == [
        ("1.1", ["1.1.1", "1.1.2"]),
        ("1.10", []),
    ]


def test_lists_round_elements_and_other_names_are_read() -> None:
    data = (
        b"<StrategicPlan>\n<Name>P</Name>\n<Goals><Goal><Name>G</Name><Description/><Objectives><Objective><Name>O</Name>"
        b"<PerformanceIndicators><PerformanceIndicator><Name>I</Name><UnitOfMeasure>%</UnitOfMeasure>"
        b"<Target><MeasureValue>80</MeasureValue></Target><ActualResults><Result><Date>2026-Q1</Date>"
        b"<Actual><MeasureValue>40</MeasureValue></Actual><Target><MeasureValue>50</MeasureValue></Target></Result>"
        b"</ActualResults></PerformanceIndicator></PerformanceIndicators></Objective></Objectives></Goal></Goals>"
        b"</StrategicPlan>"
    )
    found = the_indicator(data)
    (value,) = found.values
    assert (found.name.get("lt"), found.unit.get("lt"), found.target) == ("I", "%", Decimal(80))
    assert (value.period, value.target, value.actual) == (Period.parse("2026-Q1"), Decimal(50), Decimal(40))
    assert "Line 3: “Name” is read as “MeasurementDimension”" in warned(read_bytes(data))


def test_what_does_not_belong_is_told_and_left_out() -> None:
    data = a_file(goal("<Colour>blue</Colour>"))
    assert warned(read_bytes(data)) == ["Line 4: “Colour” does not belong in “Goal”; it is not read"]


def test_a_goal_without_a_name_is_called_by_its_description() -> None:
    data = a_file(goal(name="").replace("<Description/>", "<Description>Pirma\nAntra</Description>"))
    (found,) = plan_of(data).chapters[0].goals
    assert (found.title.get("lt"), found.description.get("lt")) == ("Pirma", "Antra")


def test_a_title_that_is_too_long_is_cut_and_told() -> None:
    data = a_file(goal(name="ą" * 1501))
    assert len(plan_of(data).chapters[0].goals[0].title.get("lt")) == 1500
    assert "is longer than 1500 characters; it is cut" in warned(read_bytes(data))[0]


def test_a_file_without_chapters_keeps_what_it_says_of_itself_in_the_only_one() -> None:
    head = "<Name>Planas</Name><Description>Apie planą</Description>"
    data = a_file(goal().replace("Chapter 1: Skyrius", ""), head=head)
    (chapter,) = plan_of(data).chapters
    assert (chapter.code, chapter.title.get("lt"), chapter.summary.get("lt")) == ("1", "Planas", "Apie planą")
    assert warned(read_bytes(data)) == ["Line 3: the goals name no chapter; they are read into one"]


def test_years_that_the_file_does_not_say_come_from_its_dates() -> None:
    data = with_results(result("TargetResult", "5", "2024-01-01", "2024-12-31"), result("ActualResult", "5", *Y2026))
    bare = data.replace(data[data.index(b"<Admin") : data.index(b"</PerformancePlan")], b"")
    plan = plan_of(bare)
    assert (plan.start_year, plan.end_year) == (2024, 2026)
    assert "it is read as that of 2024–2026" in warned(read_bytes(bare))[0]
