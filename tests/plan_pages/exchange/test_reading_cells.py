"""What stands in a cell is read for what it is, with a warning where it was not written so, or is an error."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from plan_pages.choices import Aggregate, Frequency, Status
from plan_pages.domain.plan import Measure, Plan
from tests.plan_pages.exchange.workbooks import (
    errors,
    read_tables,
    read_with,
    saved,
    sheets,
    warnings,
    with_member,
    with_shared_texts,
)
from tests.plan_pages.exchange.workbooks import read_bytes as read


def _plan(**cells: Any) -> Plan:
    outcome = read_with(**cells)
    assert errors(outcome) == []
    assert outcome.plan
    return outcome.plan


def _measure(**cells: Any) -> Measure:
    return next(_plan(**cells).measures())


def test_the_valid_workbook_is_read_whole() -> None:
    plan = _plan()
    measure = next(plan.measures())
    assert (plan.title.as_dict(), plan.start_year, plan.end_year) == ({"lt": "Bandomasis planas"}, 2026, 2028)
    assert (plan.frequency, plan.currency) == (Frequency.QUARTER, "EUR")
    assert plan.chapters[0].title.pairs == (("lt", "Švarus miestas"), ("en", "Clean"))
    assert (measure.start, measure.end) == (date(2026, 4, 1), date(2026, 12, 31))
    assert measure.partners == ("Seniūnijos", "Bendruomenės")
    assert measure.entries[0].status is Status.ON_TRACK
    assert measure.budget[0].spent == Decimal("3500.55")
    assert measure.indicators[0].aggregate is Aggregate.LAST
    assert [str(period) for period in plan.chapters[0].reported] == ["2026-Q1"]


def test_a_number_is_the_decimal_that_a_person_sees() -> None:
    assert _plan().chapters[0].weight == Decimal("0.1")


def test_the_noise_of_a_sum_in_a_spreadsheet_is_left_out() -> None:
    assert _measure(budget__spent=0.1 + 0.2).budget[0].spent == Decimal("0.3")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7,75", "7.75"),
        ("1 240,5", "1240.5"),
        ("1\u00a0240,5", "1240.5"),
        ("75 %", "75"),
        ("12,345.5", "12345.5"),
        ("−3", "-3"),
    ],
)
def test_text_that_is_a_number_is_read_as_one_with_a_warning(text: str, number: str) -> None:
    outcome = read_with(indicators__baseline=text)
    assert outcome.plan
    assert next(outcome.plan.indicators()).baseline == Decimal(number)
    assert warnings(outcome) == [
        f"indicators, row 2, column baseline: “{text}” is text; it is read as the number {number}"
    ]


def test_text_that_is_another_number_in_each_language_is_an_error() -> None:
    assert errors(read_with(indicators__baseline="12,345")) == [
        "indicators, row 2, column baseline: “12,345” may be read as 12.345 / 12345; write it as a number, not as text"
    ]


@pytest.mark.parametrize("text", ["SD", "n/a", "1.2.3", "12 34", "nan", "inf", "1e5", "٣"])
def test_other_text_in_the_place_of_a_number_is_an_error(text: str) -> None:
    assert errors(read_with(values__actual=text)) == [
        f"values, row 2, column actual: “{text}” is not a number; write a number or leave the cell empty"
    ]


def test_a_cell_shown_as_percent_is_read_as_it_is_shown() -> None:
    def as_percent(workbook: Any) -> None:
        cell = workbook["progress"]["D2"]
        cell.value, cell.number_format = 0.75, "0.0 %"

    outcome = read_tables(sheets(), as_percent)
    assert outcome.plan
    assert next(outcome.plan.measures()).entries[0].percent == 75
    assert warnings(outcome) == ["progress, row 2, column percent: 75 % is read as 75"]


def test_a_date_where_a_number_must_be_is_an_error() -> None:
    assert errors(read_with(indicators__baseline=datetime(2026, 7, 7))) == [  # noqa: DTZ001
        "indicators, row 2, column baseline: 2026-07-07 is a date, not a number"
    ]


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("progress__percent", 140, "140 is not within 0–100"),
        ("progress__percent", -1, "-1 is not within 0–100"),
        ("chapters__weight", -2, "-2 is negative; 0 or more may stand here"),
        ("budget__planned", -0.5, "-0.5 is negative; 0 or more may stand here"),
        ("budget__year", 2026.5, "2026.5 is not a year from 1900 to 2200"),
        ("budget__fund", "XX", "“XX” is not one of: ES, KT, SB, VB"),
        ("values__actual", 10**13, "10000000000000 is too large a number"),
        ("values__actual", True, "TRUE is not a number"),
        ("progress__status", "late", "“late” is not one of: not_started, on_track, delayed, completed, stopped"),
        ("progress__period", "2026-Q5", "“2026-Q5” is not a period; write 2026, 2026-H1, 2026-Q3 or 2026-09"),
        ("progress__period", "0001", "“0001” is not a period; write 2026, 2026-H1, 2026-Q3 or 2026-09"),
        ("measures__end", "31.12.2026", "“31.12.2026” is not a date; write one as 2026-03-31"),
        ("measures__end", "20261231", "“20261231” is not a date; write one as 2026-03-31"),
        ("measures__end", 46000, "“46000” is not a date; write one as 2026-03-31"),
        ("goals__code", 1.1, "1.1 is a number; a code must be text: give the cell the text format and type it again"),
        ("goals__chapter", 1, "1 is a number; a code must be text: give the cell the text format and type it again"),
        (
            "goals__code",
            "1/1",
            "“1/1” is not a code; letters and digits may stand here, with dots and hyphens between them",
        ),
        ("goals__title_lt", None, "a value is missing; this column must be given"),
        ("goals__title_lt", "x" * 1501, "the text has 1\u00a0501 characters; at most 1\u00a0500 may stand here"),
        (
            "goals__description_lt",
            "x" * 10_001,
            "the text has 10\u00a0001 characters; at most 10\u00a0000 may stand here",
        ),
        ("values__actual", "#N/A", "#N/A is the error of a formula, not a value"),
        ("goals__title_lt", "#REF!", "#REF! is the error of a formula, not a value"),
    ],
)
def test_what_may_not_stand_in_a_cell_is_an_error_at_its_place(cell: str, value: object, said: str) -> None:
    sheet, column = cell.split("__")
    assert f"{sheet}, row 2, column {column}: {said}" in errors(read_with(**{cell: value}))


def test_a_number_in_a_code_makes_no_orphans_of_its_children() -> None:
    assert len(errors(read_with(goals__code=1.1))) == 1


def test_a_date_cell_and_iso_text_are_the_same_day() -> None:
    assert _measure(measures__end=date(2027, 5, 1)).end == _measure(measures__end="2027-05-01").end == date(2027, 5, 1)


def test_dates_of_the_old_macintosh_epoch_are_the_days_that_are_seen() -> None:
    def in_1904(workbook: Any) -> None:
        workbook.epoch = datetime(1904, 1, 1)  # noqa: DTZ001
        workbook["measures"]["F2"].value = date(2027, 5, 1)

    outcome = read_tables(sheets(), in_1904)
    assert outcome.plan
    assert next(outcome.plan.measures()).end == date(2027, 5, 1)


def test_a_month_that_a_spreadsheet_took_for_a_date_is_read_as_the_month() -> None:
    outcome = read_with(progress__period=date(2026, 9, 1))
    assert warnings(outcome) == [
        "progress, row 2, column period: 2026-09-01 is a date; it is read as the period 2026-09"
    ]


def test_a_year_in_a_number_cell_is_a_period() -> None:
    assert str(_measure(progress__period=2026).entries[0].period) == "2026"


def test_codes_are_compared_after_unicode_nfc() -> None:
    plan = _plan(goals__code="Š1", tasks__goal="S\u030c1")
    assert plan.chapters[0].goals[0].code == "Š1"
    assert len(plan.chapters[0].goals[0].tasks) == 1


def test_blanks_around_a_text_are_left_out_with_a_warning() -> None:
    outcome = read_with(goals__title_lt=" Gerinti\u00a0")
    assert outcome.plan
    assert outcome.plan.chapters[0].goals[0].title.get("lt") == "Gerinti"
    assert warnings(outcome) == ["goals, row 2, column title_lt: “Gerinti” had blanks around it; they are left out"]


def test_control_characters_are_left_out_with_a_warning() -> None:
    def add(xml: bytes) -> bytes:
        return xml.replace(b"Gerinti", b"Ger_x0007_inti")

    outcome = read(with_member(saved(sheets()), "xl/worksheets/sheet4.xml", add))
    assert outcome.plan
    assert outcome.plan.chapters[0].goals[0].title.get("lt") == "Gerinti oro kokybę"
    assert warnings(outcome) == [
        "goals, row 2, column title_lt: “GerU+0007inti oro kokybę” held control characters; they are left out"
    ]


def test_texts_that_stand_in_a_member_of_their_own_are_read_the_same() -> None:
    inline = saved(sheets())
    assert read(with_shared_texts(inline)).plan == read(inline).plan


def test_a_text_in_several_fonts_is_one_text_without_its_reading_aid() -> None:
    def rich(xml: bytes) -> bytes:
        runs = b"<r><rPr><b/></rPr><t>Gerinti</t></r><r><t> oro kokyb\xc4\x99</t></r>"
        return xml.replace("<t>Gerinti oro kokybę</t>".encode(), runs + b'<rPh sb="0" eb="1"><t>aid</t></rPh>')

    inline, shared = saved(sheets()), with_shared_texts(saved(sheets()))
    for plain, member in ((inline, "xl/worksheets/sheet4.xml"), (shared, "xl/sharedStrings.xml")):
        changed = with_member(plain, member, rich)
        assert len(changed) > len(plain)
        assert read(changed).plan == read(plain).plan


def test_a_description_keeps_its_lines() -> None:
    plan = _plan(goals__description_lt="Viena\r\n\r\nDu")
    assert plan.chapters[0].goals[0].description.get("lt") == "Viena\n\nDu"


def test_a_formula_is_read_by_its_stored_result() -> None:
    def stored(xml: bytes) -> bytes:
        assert b"<f>1+1</f><v" in xml
        return xml.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>7</v>").replace(
            b"<f>1+1</f><v />", b"<f>1+1</f><v>7</v>"
        )

    tables = sheets()
    tables["values"][1][3] = "=1+1"
    outcome = read(with_member(saved(tables), "xl/worksheets/sheet8.xml", stored))
    assert outcome.plan
    assert next(outcome.plan.indicators()).values[0].actual == 7


def test_a_formula_without_a_stored_result_is_an_error() -> None:
    def unstored(xml: bytes) -> bytes:
        return xml.replace(b"<v></v>", b"").replace(b"<v />", b"").replace(b"<v/>", b"")

    tables = sheets()
    tables["values"][1][3] = "=1+1"
    outcome = read(with_member(saved(tables), "xl/worksheets/sheet8.xml", unstored))
    assert "the formula has no stored result" in errors(outcome)[0]


def test_a_value_that_is_not_available_needs_its_note() -> None:
    cells = {"values__actual": None, "values__unavailable": "yes"}
    assert "needs a note" in errors(read_with(**cells))[0]
    value = next(_plan(**cells, values__note_lt="Tyrimas nebaigtas").indicators()).values[0]
    assert value.unavailable
    assert value.note.get("lt") == "Tyrimas nebaigtas"


def test_a_value_that_is_not_available_has_no_actual() -> None:
    assert errors(read_with(values__unavailable="yes", values__note_lt="x")) == [
        "values, row 2, column unavailable: there is an actual value, 42; leave one of the two empty"
    ]
