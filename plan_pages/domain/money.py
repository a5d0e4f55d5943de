"""Rule 11 of "How we calculate progress": money spent of money planned. In the plan's currency, with its cents.

Knows years and funds as the budget names them; which measures are summed is for the caller to say.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from plan_pages.domain.mean import ratio
from plan_pages.domain.plan import BudgetLine, Measure


@dataclass(frozen=True, slots=True)
class Amount:
    """`spent` is None where nothing was reported: that is not zero. `missing`: planned lines without a spent amount."""

    planned: Decimal = Decimal(0)
    spent: Decimal | None = None
    missing: int = 0

    @property
    def share(self) -> Decimal | None:
        """Spent of planned in percent, which may be above 100. None where nothing was planned or reported."""
        return ratio(self.spent, self.planned) if self.planned and self.spent is not None else None


@dataclass(frozen=True, slots=True)
class Money:
    """Of the years up to a date: together, by fund and by year. Funds in the order in which the plan names them."""

    total: Amount = Amount()
    by_fund: Mapping[str, Amount] = field(default_factory=dict)
    by_year: Mapping[int, Amount] = field(default_factory=dict)

    @property
    def planned(self) -> Decimal:
        return self.total.planned

    @property
    def spent(self) -> Decimal | None:
        return self.total.spent

    @property
    def share(self) -> Decimal | None:
        return self.total.share


def of_measures(measures: Iterable[Measure], as_of: date | None = None) -> Money:
    """Of the budget years up to and with that of the date; without a date, of all years."""
    total = Amount()
    by_fund: dict[str, Amount] = {}
    by_year: dict[int, Amount] = {}
    for measure in measures:
        for line in measure.budget:
            if as_of is None or line.year <= as_of.year:
                total = _with(total, line)
                by_fund[line.fund] = _with(by_fund.get(line.fund, Amount()), line)
                by_year[line.year] = _with(by_year.get(line.year, Amount()), line)
    return Money(total, by_fund, dict(sorted(by_year.items())))


def _with(amount: Amount, line: BudgetLine) -> Amount:
    spent = amount.spent
    if line.spent is not None:
        spent = line.spent if spent is None else spent + line.spent
    return Amount(
        planned=amount.planned + (line.planned or Decimal(0)),
        spent=spent,
        missing=amount.missing + int(bool(line.planned) and line.spent is None),
    )
