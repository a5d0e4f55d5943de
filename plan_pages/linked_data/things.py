"""What pages speak of, as things of schema.org: the way to a page, bodies, data, articles, reports. Texts are in one
language, which is named. Knows no page, no request and no database.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from plan_pages.domain.plan import Indicator, Plan
from plan_pages.linked_data.script import Thing
from plan_pages.linked_data.terms import Terms


@dataclass(frozen=True, slots=True)
class Download:
    """`type`: the media type."""

    name: str
    type: str
    address: str


def way(steps: Sequence[tuple[str, str]]) -> Thing:
    """The names of the pages above, each with its address."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": address}
            for number, (name, address) in enumerate(steps, 1)
        ],
    }


def body(
    name: str,
    *,
    address: str = "",
    description: str = "",
    email: str = "",
    telephone: str = "",
    above: Thing | None = None,
) -> Thing:
    """The city, or a working group of its; `above`: of which it is a part."""
    return {
        "@type": "GovernmentOrganization",
        "name": name,
        "url": address,
        "description": description,
        "email": email,
        "telephone": telephone,
        "parentOrganization": above,
    }


def publisher(plan: Plan | None, terms: Terms, language: str) -> Thing | None:
    """Who is named in the settings, else the municipality of the plan."""
    named = terms.publisher.get(language) or next(iter(terms.publisher.values()), "")
    name = named or (plan.owner.best(language) if plan else "")
    return body(name, address=terms.publisher_address) if name else None


def data_of_plan(plan: Plan, description: str, files: Iterable[Download], terms: Terms, language: str) -> Thing:
    return {
        "@type": "Dataset",
        "name": plan.title.best(language),
        "description": plan.vision.best(language) or description,
        "url": plan.address.best(language),
        "temporalCoverage": f"{plan.start_year}/{plan.end_year}",
        **_shared(plan, plan.id, files, terms, language),
    }


def data_of_indicator(
    indicator: Indicator, plan: Plan, description: str, files: Iterable[Download], terms: Terms, language: str
) -> Thing:
    """The values of an indicator, a part of the plan's data."""
    base = plan.address.best(language)
    years = [value.period.year for value in indicator.values]
    return {
        "@type": "Dataset",
        "name": indicator.name.best(language),
        "description": description,
        "url": f"{base}id/{indicator.id}/",
        "temporalCoverage": f"{min(years)}/{max(years)}" if years else "",
        "variableMeasured": {
            "@type": "PropertyValue",
            "name": indicator.name.best(language),
            "unitText": indicator.unit.best(language),
            "measurementTechnique": indicator.method.best(language),
        },
        "isPartOf": {"@type": "Dataset", "name": plan.title.best(language), "url": base},
        **_shared(plan, indicator.id, files, terms, language),
    }


def article(
    headline: str,
    language: str,
    *,
    address: str,
    published: date,
    changed: Any,
    description: str,
    picture: str,
    by: Thing | None,
) -> Thing:
    return {
        "@type": "NewsArticle",
        "headline": headline,
        "inLanguage": language,
        "url": address,
        "datePublished": published.isoformat(),
        "dateModified": changed.isoformat() if changed else "",
        "description": description,
        "image": picture,
        "author": by,
        "publisher": by,
    }


def report(name: str, number: int, released: date, files: Iterable[tuple[str, str]]) -> Thing:
    """`files`: the address and the language of each; data has none."""
    return {
        "@type": "Report",
        "name": name,
        "version": number,
        "datePublished": released.isoformat(),
        "encoding": [
            {"@type": "MediaObject", "contentUrl": address, "inLanguage": language} for address, language in files
        ],
    }


def _shared(plan: Plan, identifier: str, files: Iterable[Download], terms: Terms, language: str) -> dict[str, Any]:
    by = publisher(plan, terms, language)
    return {
        "identifier": identifier,
        "inLanguage": language,
        "license": terms.licence_page,
        "isAccessibleForFree": True,
        "dateModified": plan.data_date.isoformat() if plan.data_date else "",
        "spatialCoverage": terms.place,
        "creator": by,
        "publisher": by,
        "distribution": [
            {"@type": "DataDownload", "name": file.name, "encodingFormat": file.type, "contentUrl": file.address}
            for file in files
        ],
    }
