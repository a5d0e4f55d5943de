"""Pages for tests, made and published as an editor would: `plan_page()`, `chapter_page(plan, goals=[goal(…)])`."""

import itertools
import json
from typing import Any

from django.conf import settings
from wagtail.models import Collection, Locale, Page, Site

from cms.models import HomePage
from plan_pages.pages.chapter import ChapterPage
from plan_pages.pages.group import GroupPage
from plan_pages.pages.plan import PlanPage

_numbers = itertools.count(1)


def home_page() -> HomePage:
    """The site's home page, made on first use in the place of Wagtail's own welcome page."""
    found = HomePage.objects.first()
    if found:
        return found
    home = _root().add_child(
        instance=HomePage(title="Strateginis planas", heading_en="Strategic plan", slug=f"home-{next(_numbers)}")
    )
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home, "site_name": "Planas"}
    )
    return home


def _root() -> Page:
    """The root of the pages, made by a migration; anew, with that of the collections, where tests emptied the tables."""
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    found = Page.objects.filter(depth=1).first()
    if found:
        return found
    locale, _made = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    return Page.add_root(instance=Page(title="Root", slug="root", locale=locale))


def plan_page(parent: Page | None = None, **fields: Any) -> PlanPage:
    number = next(_numbers)
    page = PlanPage(
        **{
            "title": f"Planas {number}",
            "heading_en": f"Plan {number}",
            "slug": f"planas-{number}",
            "start_year": 2022,
            "end_year": 2030,
            "stage": "approved",
            **fields,
        }
    )
    (parent or home_page()).add_child(instance=page)
    publish(page)
    return page


def group_page(plan: PlanPage, **fields: Any) -> GroupPage:
    number = next(_numbers)
    page = GroupPage(
        **{
            "title": f"Grupė {number}",
            "heading_en": f"Group {number}",
            "slug": f"grupe-{number}",
            "code": f"G{number}",
            **fields,
        }
    )
    plan.add_child(instance=page)
    publish(page)
    return page


def chapter_page(
    plan: PlanPage, goals: list[dict[str, Any]] | None = None, *, live: bool = True, **fields: Any
) -> ChapterPage:
    number = next(_numbers)
    page = ChapterPage(
        **{
            "title": f"Skyrius {number}",
            "heading_en": f"Chapter {number}",
            "slug": f"skyrius-{number}",
            "code": f"C{number}",
            "goals": json.dumps(goals if goals is not None else [goal()]),
            **fields,
        },
        live=False,
    )
    plan.add_child(instance=page)
    if live:
        publish(page)
    return page


def publish(page: Any) -> Any:
    """Save a revision and publish it, as the editor's button does. The page as it is stored then."""
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def block(kind: str, value: dict[str, Any], block_id: str | None = None) -> dict[str, Any]:
    return {"type": kind, "value": value} | ({"id": block_id} if block_id else {})


def goal(code: str | None = None, tasks: list[Any] | None = None, **fields: Any) -> dict[str, Any]:
    code = code or f"T{next(_numbers)}"
    return block("goal", {**_common(code), "tasks": tasks if tasks is not None else [task()], **fields})


def task(code: str | None = None, measures: list[Any] | None = None, **fields: Any) -> dict[str, Any]:
    code = code or f"U{next(_numbers)}"
    return block("task", {**_common(code), "measures": measures if measures is not None else [measure()], **fields})


def measure(code: str | None = None, **fields: Any) -> dict[str, Any]:
    code = code or f"P{next(_numbers)}"
    value = {
        **_common(code),
        "responsible": "",
        "partners": "",
        "start": "2025-01-01",
        "end": "2026-12-31",
        "milestones": [],
        "decisions": [],
        "tags": "",
    }
    return block("measure", {**value, **fields})


def indicator(code: str | None = None, **fields: Any) -> dict[str, Any]:
    code = code or f"R{next(_numbers)}"
    value = {
        "code": code,
        "name": {"lt": f"Rodiklis {code}", "en": f"Indicator {code}"},
        "unit": {"lt": "vnt.", "en": "units"},
        "kind": "output",
        "direction": "increase",
        "aggregate": "last",
        "baseline": "0",
        "target": "10",
    }
    return block("indicator", {**value, **fields})


def _common(code: str) -> dict[str, Any]:
    return {
        "code": code,
        "title": {"lt": f"Pavadinimas {code}", "en": f"Title {code}"},
        "description": {"lt": "", "en": ""},
        "weight": None,
        "indicators": [],
    }
