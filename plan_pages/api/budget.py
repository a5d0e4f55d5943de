"""Money: planned and spent, by year and by fund, of the whole plan and of each chapter."""

from collections.abc import Iterable
from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from typing_extensions import TypedDict

from plan_pages.api.answering import answer, own_address
from plan_pages.api.asking import Dated, PlanSlug
from plan_pages.api.shapes import (
    Count,
    Day,
    Language,
    Money,
    Number,
    PlanReference,
    Uri,
    money,
    money_or_none,
    number_or_none,
)
from plan_pages.api.subject import Subject, subject_of
from plan_pages.api.summaries import plan_reference, reference
from plan_pages.domain import money as sums
from plan_pages.domain.money import Amount
from plan_pages.domain.plan import BudgetLine, Text

router = Router(tags=["plan"])


class Amounts(TypedDict):
    """`spent`: null where nothing was reported, which is not zero. `share`: spent of planned, in percent. `missing`: how
    many planned lines have no spent amount."""

    planned: Money
    spent: Money | None
    share: Number | None
    missing: Count


class BudgetLineShape(TypedDict):
    """Money of a measure for a year from a fund."""

    year: int
    fund: str
    planned: Money | None
    spent: Money | None


class FundAmounts(TypedDict):
    """`fund`: its code; `title`: its name."""

    fund: str
    title: str
    language: Language
    amounts: Amounts


class YearAmounts(TypedDict):
    """Of one year."""

    year: int
    amounts: Amounts


class BudgetPart(TypedDict):
    """Together, by fund and by year."""

    total: Amounts
    by_fund: list[FundAmounts]
    by_year: list[YearAmounts]


class ChapterBudget(TypedDict):
    """Of one chapter, all years and those so far."""

    chapter: PlanReference
    whole: Amounts
    so_far: Amounts


_Budget = TypedDict("_Budget", {"@id": Uri, "@type": Literal["Budget"]})


class Budget(_Budget):
    """`whole`: of all years; `so_far`: of the years up to and with that of the day."""

    plan: PlanReference
    as_of: Day
    currency: str
    whole: BudgetPart
    so_far: BudgetPart
    chapters: list[ChapterBudget]


@router.get(
    "/{slug}/budget/",
    response=Budget,
    url_name="plan_budget",
    operation_id="plan_budget",
    summary="The money of a plan",
)
def plan_budget(request: HttpRequest, slug: PlanSlug, query: Query[Dated]) -> HttpResponse:
    """Planned and spent, of the measures that belong to the plan's figures."""
    subject = subject_of(request, slug, query)
    progress = subject.progress()
    measures = [each.measure for each in progress.measures()]
    budget: Budget = {
        "@id": own_address(request),
        "@type": "Budget",
        "plan": plan_reference(subject),
        "as_of": subject.as_of.isoformat(),
        "currency": subject.plan.currency,
        "whole": _part(subject, sums.of_measures(measures)),
        "so_far": _part(subject, sums.of_measures(measures, subject.as_of)),
        "chapters": [
            {
                "chapter": reference(subject, each.chapter),
                "whole": amounts(sums.of_measures(of.measure for of in each.measures()).total),
                "so_far": amounts(sums.of_measures((of.measure for of in each.measures()), subject.as_of).total),
            }
            for each in progress.chapters
        ],
    }
    return answer(budget, subject.language)


def amounts(amount: Amount) -> Amounts:
    return {
        "planned": money(amount.planned),
        "spent": money_or_none(amount.spent),
        "share": number_or_none(amount.share),
        "missing": amount.missing,
    }


def budget_lines(lines: Iterable[BudgetLine]) -> list[BudgetLineShape]:
    return [
        {
            "year": line.year,
            "fund": line.fund,
            "planned": money_or_none(line.planned),
            "spent": money_or_none(line.spent),
        }
        for line in lines
    ]


def _part(subject: Subject, found: sums.Money) -> BudgetPart:
    names, language = subject.plan.fund_names, subject.language

    def fund(code: str, amount: Amount) -> FundAmounts:
        name = names.get(code, Text())
        title = name.best(language) or code
        return {"fund": code, "title": title, "language": name.language(language), "amounts": amounts(amount)}

    return {
        "total": amounts(found.total),
        "by_fund": [fund(code, amount) for code, amount in found.by_fund.items()],
        "by_year": [{"year": year, "amounts": amounts(amount)} for year, amount in found.by_year.items()],
    }
