"""A panel of the chapter's editor: what the texts lack, by kind, with the way to each block. Drafts are looked at too; by
the same rules as the report of gaps, and by no others.
"""

from itertools import groupby
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from wagtail.admin.panels import Panel
from wagtail.admin.staticfiles import versioned_static

from plan_pages import formats
from plan_pages.choices import GapKind, Level
from plan_pages.domain import gaps
from plan_pages.domain.gaps import Gap
from plan_pages.languages import language_codes
from plan_pages.pages.drafts import chapter_of

SHOWN = 40
"""Of a kind; of more their number is told."""


class ContentChecksPanel(Panel):
    class BoundPanel(Panel.BoundPanel):
        template_name = "plan_pages/admin/content_checks.html"

        @property
        def media(self) -> forms.Media:
            return forms.Media(css={"all": [versioned_static("plan_pages/admin/content_checks.css")]})

        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            found = list(gaps.in_texts(chapter_of(self.instance), language_codes()))
            return {**context, "groups": _groups(found), "count": len(found)}


def _groups(found: list[Gap]) -> list[dict[str, Any]]:
    language = get_language() or settings.LANGUAGE_CODE
    kinds = list(GapKind)
    ranked = sorted(found, key=lambda gap: kinds.index(gap.kind))
    groups = []
    for kind, members in groupby(ranked, key=lambda gap: gap.kind):
        rows = list(members)
        shown = [_row(gap, language) for gap in rows[:SHOWN]]
        groups.append({"kind": kind, "count": len(rows), "rows": shown, "more": len(rows) - len(shown)})
    return groups


def _row(gap: Gap, language: str) -> dict[str, Any]:
    name = formats.locale(gap.language).get_language_name(language) if gap.language else ""
    return {
        "gap": gap,
        "level": gap.level.label,
        "title": gap.title.best(language),
        "title_language": gap.title.language(language),
        "language": name or gap.language,
        # Wagtail's own name of a block in the page.
        "anchor": "" if gap.level is Level.CHAPTER else f"block-{gap.id}-section",
    }
