"""Where things stand in a chart: parts fill the bar, values keep their order, and nothing leaves the picture."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from plan_pages import charts
from plan_pages.choices import Aggregate, State
from plan_pages.domain import indicators
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Indicator, Value
from tests.plan_pages.builders import a_plan, a_value, an_indicator

PERIODS = tuple(Period.parse(f"2026-Q{number}") for number in (1, 2, 3))


def chart(indicator: Indicator) -> charts.LineChart | None:
    reading = indicators.of_indicator(indicator, a_plan(), date(2026, 12, 31), PERIODS)
    return charts.line_chart(indicator, reading, a_plan(), PERIODS, "en")


def values(*actuals: int) -> tuple[Value, ...]:
    return tuple(a_value(period, actual=actual) for period, actual in zip(PERIODS, actuals, strict=False))


@given(st.dictionaries(st.sampled_from(list(State)), st.integers(0, 500)))
def test_the_parts_of_a_bar_fill_it(states: dict[State, int]) -> None:
    parts = charts.status_bar(states)
    widths = sum((Decimal(part.width.rstrip("%")) for part in parts), Decimal(0))
    assert abs(widths - 100) < Decimal("0.1") if any(states.values()) else parts == ()


def test_the_parts_of_a_bar_stand_in_the_order_of_states() -> None:
    parts = charts.status_bar({State.NO_DATA: 1, State.COMPLETED: 3})
    assert [(part.state, part.x) for part in parts] == [(State.COMPLETED, "0.00%"), (State.NO_DATA, "75.00%")]


def test_one_value_is_no_chart() -> None:
    assert chart(an_indicator(target=10, values=values(4))) is None


def test_a_sum_is_drawn_as_it_grows() -> None:
    found = chart(an_indicator(aggregate=Aggregate.SUM, target=10, values=values(1, 2, 3)))
    assert found is not None
    assert [point.label for point in found.points] == ["1", "3", "6"]


@given(st.lists(st.integers(-(10**9), 10**9), min_size=2, max_size=3), st.integers(-(10**9), 10**9))
def test_everything_stays_inside_the_picture(actuals: list[int], target: int) -> None:
    found = chart(an_indicator(baseline=0, target=target, values=values(*actuals)))
    assert found is not None
    places = [place for point in found.points + found.levels for place in (point.x, point.y)]
    assert all(0 <= Decimal(place.rstrip("%")) <= 100 for place in places)
    assert len(found.levels) <= charts.MOST_LINES + 2


def test_values_near_the_target_get_a_side_of_their_own() -> None:
    near = chart(an_indicator(target=10, target_year=2026, values=values(0, 5, 10)))
    far = chart(an_indicator(target=10, target_year=2030, values=values(0, 1, 2)))
    assert near is not None
    assert far is not None
    assert (near.crowded, far.crowded) == (True, False)


def test_a_way_that_comes_from_above_falls_to_its_target() -> None:
    falling = chart(an_indicator(baseline=20, target=10, values=values(18, 16)))
    rising = chart(an_indicator(baseline=0, target=10, values=values(1, 2)))
    assert falling is not None
    assert falling.falls
    assert rising is not None
    assert not rising.falls
