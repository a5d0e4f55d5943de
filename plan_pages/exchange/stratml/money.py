"""PerformanceIndicators that are the money of a measure: inputs counted in the currency, a fund each, by years."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from babel.numbers import is_currency
from django.utils.translation import gettext_lazy as _

from plan_pages.domain.plan import BudgetLine, Text
from plan_pages.exchange.stratml import identifiers, texts
from plan_pages.exchange.stratml.reading import Reading
from plan_pages.exchange.stratml.tree import Element
from plan_pages.exchange.stratml.vocabulary import MONEY_STAGE


def is_money(element: Element, reading: Reading) -> bool:
    """An input counted in a currency; the first one is the plan's."""
    unit = texts.line(element.text("UnitOfMeasurement")).upper()
    if element.attributes.get("ValueChainStage", "").strip() != MONEY_STAGE or not is_currency(unit):
        return False
    reading.currency = reading.currency or unit
    return unit == reading.currency and bool(reading.funds)


def read_budget(elements: Sequence[Element], reading: Reading) -> tuple[BudgetLine, ...]:
    """The money of one measure, by year and fund."""
    lines: dict[tuple[int, str], BudgetLine] = {}
    for element in elements:
        fund = _fund(element, reading)
        planned: dict[int, Decimal] = {}
        spent: dict[int, Decimal] = {}
        for instance in element.children("MeasurementInstance"):
            for name, into in (("TargetResult", planned), ("ActualResult", spent)):
                for result in instance.children(name):
                    _money(result, into, reading)
        for year in sorted({*planned, *spent}):
            if (year, fund) in lines:
                message = _("there is money of {year} from {fund} already; this is not read")
                reading.notes.add(element.line, message, year=year, fund=fund)
                continue
            lines[year, fund] = BudgetLine(year, fund, planned.get(year), spent.get(year))
    return tuple(lines[key] for key in sorted(lines))


def _money(result: Element, into: dict[int, Decimal], reading: Reading) -> None:
    start, end = reading.days_of(result)
    number, _prose = reading.number(result, money=True)
    if number is None:
        return
    last = end or start
    if last is None:
        message = _("the money has no year; it is not read")
        reading.notes.add(result.line, message)
        return
    if (start, end) != (date(last.year, 1, 1), date(last.year, 12, 31)):
        message = _("money is kept by years; it is read as that of {year}")
        reading.notes.add(result.line, message, year=last.year)
    if into.setdefault(last.year, number) != number:
        reading.notes.add(result.line, _("there is money of {year} already; it is added"), year=last.year)
        into[last.year] += number


def _fund(element: Element, reading: Reading) -> str:
    """By our identifier, its number or its name; else the last of the site's funds, which is that for others."""
    name = reading.line(element, "MeasurementDimension")
    own = identifiers.parts_of(texts.line(element.text("Identifier")))
    wanted = own[1][-1] if own and own[0] == identifiers.MONEY else texts.line(element.text("SequenceIndicator"))
    by_name = {str(label).lower(): code for code, label in reading.funds.items()}
    fund = next((each for each in (wanted, name) if each in reading.funds), by_name.get(name.lower(), ""))
    if not fund:
        fund = list(reading.funds)[-1]
        reading.notes.add(element.line, _("“{found}” is no fund of this site; it is read as {fund}"),
                          found=name or wanted, fund=fund)  # fmt: skip
    elif name and name != fund:
        reading.fund_names.setdefault(fund, Text.of({reading.language: name}))
    return fund
