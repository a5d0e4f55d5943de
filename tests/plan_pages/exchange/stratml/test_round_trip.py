"""Whatever plan is written, what is read of it is written the same, and is valid by the schemas of the standard."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plan_pages.domain.plan import Plan
from plan_pages.exchange import workbook
from plan_pages.exchange.stratml import write
from plan_pages.funds import funds
from tests.plan_pages.exchange.stratml.files import LANGUAGES, assert_valid, read_bytes, warned
from tests.plan_pages.exchange.test_workbook_round_trip import plans
from tests.reports.every import demonstration
from tests.tools import SHARED, need_shared


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(plans(), st.sampled_from(LANGUAGES), st.sampled_from((1, 2)))
def test_what_was_written_is_read_and_written_again_the_same(plan: Plan, language: str, part: int) -> None:
    if not any(chapter.goals for chapter in plan.chapters):
        return
    first = write(plan, language=language, part=part)
    outcome = read_bytes(first, language)
    assert outcome.plan is not None, outcome.errors
    assert write(outcome.plan, language=language, part=part) == first
    assert read_bytes(first, language).plan == outcome.plan
    assert warned(outcome) == []
    if SHARED.exists():
        assert_valid(first, part)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", [1, 2])
def test_the_demonstration_is_valid_and_comes_back(part: int, language: str) -> None:
    plan, _period = demonstration()
    data = write(plan, language=language, part=part)
    assert_valid(data, part)
    outcome = read_bytes(data, language)
    assert warned(outcome) == []
    assert outcome.plan is not None
    assert write(outcome.plan, language=language, part=part) == data


@pytest.mark.parametrize("part", [1, 2])
def test_a_real_plan_is_valid_and_comes_back(part: int) -> None:
    plan = workbook.read(need_shared("data/tenjo.xlsx"), languages=LANGUAGES, funds=funds()).plan
    assert plan is not None
    data = write(plan, language="lt", part=part)
    assert_valid(data, part)
    outcome = read_bytes(data)
    assert warned(outcome) == []
    assert outcome.plan is not None
    assert write(outcome.plan, language="lt", part=part) == data
    if part == 2:
        # Groups that no chapter has are not carried.
        assert outcome.plan.chapters == plan.chapters
