"""What the elements of a file mean in a plan."""

from datetime import date
from decimal import Decimal

import pytest

from plan_pages.choices import IndicatorKind
from plan_pages.domain.plan import Indicator
from plan_pages.exchange.stratml import write
from tests.plan_pages.exchange.stratml.files import (
    a_file,
    goal,
    indicator,
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


@pytest.mark.parametrize(
    ("stage", "kind"),
    [
        ("Outcome", IndicatorKind.RESULT),
        ("Output", IndicatorKind.OUTPUT),
        ("Output_Processing", IndicatorKind.PROCESS),
        ("Input", IndicatorKind.PROCESS),
        ("Outgo", IndicatorKind.RESULT),
    ],
)
def test_the_stage_of_the_value_chain_is_the_kind_of_the_indicator(stage: str, kind: IndicatorKind) -> None:
    assert the_indicator(with_results(stage=stage)).kind is kind


def test_an_impact_indicator_is_an_outcome_and_stays_one() -> None:
    found = the_indicator(with_results(stage="Outcome", rest="<OtherInformation>Kind: impact</OtherInformation>"))
    assert found.kind is IndicatorKind.IMPACT


def test_a_baseline_and_a_target_have_their_years() -> None:
    data = with_results(
        result("ActualResult", "3", "2021-01-01", "2021-12-31", status="Baseline"),
        result("TargetResult", "9", "2030-01-01", "2030-12-31", status="Target"),
    )
    found = the_indicator(data)
    assert (found.baseline, found.baseline_year, found.target, found.target_year) == (3, 2021, 9, 2030)
    assert found.values == ()


def test_money_is_an_input_counted_in_the_currency() -> None:
    money = indicator(
        result("TargetResult", "1000.50", *Y2026) + result("ActualResult", "900", *Y2026),
        stage="Input", unit="EUR", number="VB",
    )  # fmt: skip
    plan = plan_of(with_measure(money))
    (measure,) = plan.measures()
    (line,) = measure.budget
    assert (line.year, line.fund, line.planned, line.spent) == (2026, "VB", Decimal("1000.50"), Decimal(900))
    assert (plan.currency, measure.indicators) == ("EUR", ())


def test_money_of_an_unknown_fund_is_told() -> None:
    money = indicator(result("TargetResult", "10", *Y2026), stage="Input", unit="USD")
    data = with_measure(money)
    assert warned(read_bytes(data)) == ["Line 7: “Rodiklis” is no fund of this site; it is read as KT"]
    assert plan_of(data).currency == "USD"


def test_an_input_that_is_no_currency_stays_an_indicator() -> None:
    assert the_indicator(with_results(stage="Input", unit="FTE")).unit.get("lt") == "FTE"


def test_who_performs_is_responsible_and_others_are_partners() -> None:
    def stakeholder(name: str, role: str, kind: str) -> str:
        return (
            f"<Stakeholder><Name>{name}</Name><Role><Name>{role}</Name><RoleType>{kind}</RoleType></Role></Stakeholder>"
        )

    people = (
        stakeholder("Gyventojai", "", "Beneficiary")
        + stakeholder("Skyrius", "", "Performer")
        + stakeholder("Įmonė", "Partner", "Performer")
    )
    data = with_measure("", people)
    (measure,) = plan_of(data).measures()
    assert (measure.responsible, measure.partners) == ("Skyrius", ("Įmonė",))
    assert "“Gyventojai” is not read" in warned(read_bytes(data))[0]


def test_dates_of_a_measure_stand_with_its_other_information() -> None:
    data = with_measure("<OtherInformation>Start: 2026-01-01\nEnd: 2027-06-30\nDaugiau</OtherInformation>")
    (measure,) = plan_of(data).measures()
    assert (measure.start, measure.end) == (date(2026, 1, 1), date(2027, 6, 30))
    assert measure.description.get("lt") == "Daugiau"


def test_chapters_are_read_back_from_the_goals() -> None:
    goals = goal() + goal(number="2").replace("Chapter 1: Skyrius", "Chapter 2: Kitas\nWorking group G: Grupė")
    plan = plan_of(a_file(goals))
    assert [(each.code, each.title.get("lt"), each.group) for each in plan.chapters] == [
        ("1", "Skyrius", ""),
        ("2", "Kitas", "G"),
    ]
    assert [group.name.get("lt") for group in plan.groups] == ["Grupė"]


def test_what_the_file_says_nothing_of_is_absent() -> None:
    absent = read_bytes(with_measure("<OtherInformation>End: 2027-06-30</OtherInformation>")).absent
    assert ("measures", "milestones") in absent
    assert ("measures", "title_en") in absent
    assert ("measures", "start") in absent
    assert not {("measures", "end"), ("measures", "title_lt"), ("measures", "indicators")} & absent


def test_part_1_says_nothing_of_indicators() -> None:
    data = write(plan_of(with_results(result("TargetResult", "5", *Y2026))), language="lt", part=1)
    assert ("measures", "indicators") in read_bytes(data).absent
