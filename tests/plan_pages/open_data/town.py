"""A plan as open data speaks of it: two chapters that have reported, money, values, a milestone; and texts that try to
break out of a file.
"""

import csv
import io

from django.test import Client

from plan_pages.monitoring import BudgetLine, Entry, IndicatorValue
from plan_pages.pages.plan import PlanPage
from plan_pages.register import Measure
from tests.factories import block, indicator, measure, plan_page
from tests.plan_pages.readers import a_chapter, report

FILES = "/open-data/planas"
TITLE = 'Parkas „Ąžuolynas“; "naujas", <b>&'
FORMULA = "=SUM(A1:A9)"


def a_plan() -> PlanPage:
    plan = plan_page(title="Miesto planas", heading_en="City plan", slug="planas", owner_name_lt="Miesto savivaldybė")
    step = block("milestone", {"title": {"lt": "Projektas; parengtas", "en": "Design ready"}, "date": "2098-05-01"})
    some = [
        measure(
            "1.1.1.1",
            title={"lt": TITLE, "en": "A park"},
            end="2099-12-31",
            responsible="Aplinkos skyrius",
            milestones=[step],
            indicators=[indicator("R1", target="1240.50")],
        ),
        measure("1.1.1.2", title={"lt": FORMULA, "en": ""}, end="2098-12-31", responsible="Švietimo skyrius"),
    ]
    report(a_chapter(plan, "1", some), "2026-Q1", 40)
    report(a_chapter(plan, "2"), "2026-Q1", 60)
    Entry.objects.filter(measure__code="1.1.1.1").update(status="delayed", reason={"lt": "Lėšos\nbaigėsi"})
    IndicatorValue.objects.filter(indicator__code="R1").update(actual="-1234.5")
    park = Measure.objects.get(code="1.1.1.1")
    BudgetLine.objects.create(measure=park, year=2026, fund="SB", planned="1240500.50", spent="0.05")
    return plan


def body(path: str, status: int = 200) -> bytes:
    answer = Client().get(path)
    assert answer.status_code == status, path
    return answer.getvalue()


def rows(path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(path).decode(), newline="")))


def codes(path: str) -> list[str]:
    return [each["code"] for each in rows(path)]
