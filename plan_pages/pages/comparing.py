"""The goals of two revisions beside each other, in Wagtail's own view of revisions and so in the workflow."""

from functools import cached_property
from typing import Any

from django.template.loader import render_to_string
from wagtail.admin.compare import FieldComparison
from wagtail.admin.panels import FieldPanel

from plan_pages.blocks.difference import Change, changes
from plan_pages.blocks.items import items


class GoalsComparison(FieldComparison):
    @cached_property
    def changes(self) -> list[Change]:
        return changes(items(self.val_a), items(self.val_b))

    def has_changed(self) -> bool:
        return bool(self.changes)

    def htmldiff(self) -> str:
        found = self.changes
        context = {
            "changes": found,
            "added": sum(each.added for each in found),
            "removed": sum(each.removed for each in found),
            "moved": sum(each.moved or each.reordered for each in found),
            "changed": sum(each.changed for each in found),
        }
        return render_to_string("plan_pages/admin/comparison.html", context)


class GoalsPanel(FieldPanel):
    def get_comparison_class(self) -> Any:
        return GoalsComparison
