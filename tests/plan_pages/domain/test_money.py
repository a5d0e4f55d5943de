"""Rule 11: money spent of money planned."""

from datetime import date
from decimal import Decimal

import pytest

from plan_pages.domain.money import Amount, of_measures
from plan_pages.domain.plan import BudgetLine
from tests.plan_pages.builders import a_budget_line, a_measure

AS_OF = date(2027, 3, 31)


@pytest.mark.parametrize(
    ("lines", "planned", "spent", "missing", "share"),
    [
        ([], 0, None, 0, None),
        ([a_budget_line(planned=200, spent=50)], 200, 50, 0, 25),
        ([a_budget_line(planned=200, spent=0)], 200, 0, 0, 0),
        ([a_budget_line(planned=200)], 200, None, 1, None),
        ([a_budget_line(spent=50)], 0, 50, 0, None),
        ([a_budget_line(planned=0, spent=50)], 0, 50, 0, None),
        ([a_budget_line(planned=0)], 0, None, 0, None),
        ([a_budget_line(planned=200, spent=300)], 200, 300, 0, 150),
        ([a_budget_line(planned="0.10", spent="0.02")], Decimal("0.10"), Decimal("0.02"), 0, 20),
        ([a_budget_line(2027, planned=100, spent=10), a_budget_line(2028, planned=900, spent=90)], 100, 10, 0, 10),
    ],
)
def test_spent_of_planned(
    lines: list[BudgetLine], planned: Decimal, spent: Decimal | None, missing: int, share: Decimal | None
) -> None:
    money = of_measures([a_measure(budget=lines)], AS_OF)
    assert (money.planned, money.spent, money.total.missing, money.share) == (planned, spent, missing, share)


def test_it_is_told_by_fund_in_the_plans_order_and_by_year() -> None:
    measures = [
        a_measure(code="a", budget=[a_budget_line(2027, "VB", planned=10, spent=1)]),
        a_measure(
            code="b", budget=[a_budget_line(2026, "SB", planned=20, spent=2), a_budget_line(2026, "VB", planned=5)]
        ),
    ]
    money = of_measures(measures, AS_OF)
    assert list(money.by_fund.items()) == [
        ("VB", Amount(Decimal(15), Decimal(1), 1)),
        ("SB", Amount(Decimal(20), Decimal(2), 0)),
    ]
    assert list(money.by_year.items()) == [
        (2026, Amount(Decimal(25), Decimal(2), 1)),
        (2027, Amount(Decimal(10), Decimal(1), 0)),
    ]


def test_without_a_date_all_years_are_told() -> None:
    assert list(of_measures([a_measure(budget=[a_budget_line(2030, planned=1)])]).by_year) == [2030]
