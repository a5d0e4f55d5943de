"""The box above a chapter's blocks: it finds one by its code or title and opens it, and lists what is wrong in which."""

from typing import Any

from django import forms
from django.urls import reverse
from wagtail.admin.panels import Panel
from wagtail.admin.staticfiles import versioned_static


class BlockFinder(Panel):
    """Shown above the panel of the StreamField `field_name`. Works in the browser alone."""

    def __init__(self, field_name: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.field_name = field_name

    def clone_kwargs(self) -> dict[str, Any]:
        return super().clone_kwargs() | {"field_name": self.field_name}

    @property
    def clean_name(self) -> str:
        return "find-block"

    class BoundPanel(Panel.BoundPanel):
        template_name = "plan_pages/admin/find_block.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            page = self.instance
            return super().get_context_data(parent_context) | {
                "field_name": self.panel.field_name,
                "move": reverse("plan_pages_move_measure", args=[page.pk]) if page.pk else "",
            }

        @property
        def media(self) -> forms.Media:
            return forms.Media(
                js=[versioned_static("plan_pages/admin/find_block.js")],
                css={"all": [versioned_static("plan_pages/admin/blocks.css")]},
            )
