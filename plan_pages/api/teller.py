"""What answers about monitoring are told with: addresses of the API, references to rows of the register, who did what."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from plan_pages.api.return_shapes import Deed, Step
from plan_pages.api.shapes import Kind, PlanReference, moment
from plan_pages.api.summaries import FOLDERS
from plan_pages.domain.plan import Text
from plan_pages.languages import language_codes, ordered
from plan_pages.letters import name_of


@dataclass(frozen=True, slots=True)
class Teller:
    """`language`: of texts that are only shown."""

    request: HttpRequest
    language: str

    def address(self, name: str, *args: Any) -> str:
        return self.request.build_absolute_uri(reverse(f"wagtailapi_v3:{name}", args=args))

    def reference(self, kind: Kind, row: Any, plan: Any) -> PlanReference:
        """To a row of the register."""
        slug = plan.page.slug if plan.page else str(plan.public_id)
        title = Text.of(ordered(row.title, language_codes()))
        return {
            "@id": f"{self.address('plan_detail', slug)}{FOLDERS[kind]}/{row.public_id}/",
            "@type": kind,
            "id": str(row.public_id),
            "code": row.code,
            "title": title.best(self.language),
            "language": title.language(self.language),
        }


def teller_of(request: HttpRequest) -> Teller:
    """In the language that the request was answered in."""
    return Teller(request, get_language() or "")


def deed(at: datetime, by: Any) -> Deed:
    return {"at": moment(at), "by": name_of(by) if by else None}


def deed_or_none(at: datetime | None, by: Any) -> Deed | None:
    return deed(at, by) if at else None


def step(entry: Any) -> Step:
    """A line of the log."""
    return {"at": moment(entry.timestamp), "by": entry.user_display_name or None, "words": str(entry.message)}
