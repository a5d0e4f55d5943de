"""A small plan to search in, and a reader's eyes on the page of the search."""

import html
import json
import re
from typing import Any

from django.test import Client

from plan_pages.pages.chapter import ChapterPage
from plan_pages.pages.plan import PlanPage
from tests.factories import chapter_page, goal, indicator, measure, plan_page, task
from tests.plan_pages.readers import get

PATHS = {"lt": "Dviračių takų plėtra", "en": "More cycle paths"}


def a_plan(**fields: Any) -> PlanPage:
    return plan_page(**{"title": "Miesto planas", "heading_en": "City plan", "slug": "planas", **fields})


def a_chapter(plan: PlanPage, *measures: Any, **fields: Any) -> ChapterPage:
    """Chapter 1 of the plan with these measures, in one task."""
    goals = [goal("1.1", [task("1.1.1", list(measures))])]
    return chapter_page(plan, goals, **{"code": "1", "slug": "judumas", "title": "Judumas", **fields})


def paths(code: str = "1.1.1.1", **fields: Any) -> dict[str, Any]:
    """The measure that most tests look for, with its indicator."""
    of_it = indicator(f"R{code}", name={"lt": "Nutiesta dviračių takų", "en": "Cycle paths built"})
    return measure(code, **{"title": PATHS, "indicators": [of_it], **fields})


def look(query: str, language: str = "lt", **more: str) -> str:
    """The page of the search, as it comes."""
    address = "/search/" if language == "lt" else f"/{language}/search/"
    answer = Client().get(address, {"q": query, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def titles(page: str) -> list[str]:
    """The results, in their order."""
    return [_bare(each) for each in re.findall(r"<h3>(.*?)</h3>", page, re.S)]


def addresses(page: str) -> list[str]:
    return re.findall(r'<h3><a href="([^"]*)"', page)


def headings(page: str) -> list[str]:
    """The sections of the results with their counts."""
    return [_bare(each) for each in re.findall(r"<h2[^>]*>(.*?)</h2>", page, re.S)]


def suggested(query: str, language: str = "lt") -> list[dict[str, str]]:
    base = "" if language == "lt" else f"/{language}"
    answer = Client().get(f"{base}/search/suggest/", {"q": query})
    assert answer.status_code == 200
    return json.loads(answer.content)


def _bare(markup: str) -> str:
    return html.unescape(" ".join(re.sub(r"<[^>]+>", "", markup).split()))


__all__ = ["PATHS", "a_chapter", "a_plan", "addresses", "get", "headings", "look", "paths", "suggested", "titles"]
