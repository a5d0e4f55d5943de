"""What can be found of pages: written whenever one is saved, and all of it when the search is rebuilt."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Field
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from plan_pages.domain.plan import Text
from plan_pages.languages import field_texts
from plan_pages.search.writing import Draft, Owned, write


def draft_of(page: Any, *more: Text, **about: Any) -> Draft:
    """The page itself: by its heading, its fields `found_by`, and more texts."""
    return Draft(
        page.found_as,
        Text.of(page.heading_texts),
        (*(plain_texts(page, name) for name in page.found_by), *more),
        page_id=page.pk,
        **about,
    )


def plain_texts(instance: Any, name: str) -> Text:
    """A translated field, without markup."""
    texts = field_texts(instance, name)
    field: Field = instance._meta.get_field(name)
    if isinstance(field, RichTextField):
        texts = {code: get_text_for_indexing(text) for code, text in texts.items()}
    return Text.of(texts)


def write_page(page: Any) -> None:
    """In the transaction of its save. A page that is not published is not found."""
    write(owner_of(page), page.search_drafts() if page.live else ())


def every_page() -> Iterator[Owned]:
    """A source of the search."""
    models = [model for model in apps.get_models() if issubclass(model, Page) and hasattr(model, "search_drafts")]
    for model in models:
        for page in model._default_manager.filter(live=True).order_by("pk").iterator(chunk_size=20):
            yield owner_of(page), page.search_drafts()


def owner_of(page: Any) -> str:
    return f"page-{page.pk}"
