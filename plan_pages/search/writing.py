"""Writes entries: what an owner can be found by, in every language, replacing what it could be found by before."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from plan_pages.domain.plan import Text
from plan_pages.languages import language_codes
from plan_pages.search.entries import SearchEntry
from plan_pages.search.kinds import EntryKind
from plan_pages.search.words import line, stems

LONGEST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Draft:
    """What can be found, before it is an entry in each language. `address`: one for all languages, or one each."""

    kind: EntryKind
    title: Text
    texts: tuple[Text, ...] = ()
    code: str = ""
    page_id: int | None = None
    document_id: int | None = None
    reference: str = ""
    address: str | Text = ""
    day: date | None = None


Owned = tuple[str, Iterable[Draft]]
Source = Callable[[], Iterator[Owned]]
_sources: dict[str, Source] = {}


def register_source(name: str, source: Source) -> None:
    """An app says of what it writes entries: `rebuild` asks it for all of them. Called when the app is ready."""
    _sources[name] = source


def write(owner: str, drafts: Iterable[Draft]) -> None:
    """The owner can be found by these from now on, and by nothing else. In the caller's transaction; rows that stay the
    same are left alone."""
    wanted = {_values(owner, draft, language): None for draft in drafts for language in language_codes()}
    stored = SearchEntry.objects.filter(owner=owner).values_list("pk", *_FIELDS)
    gone = [pk for pk, *values in stored if wanted.pop(tuple(values), "another") == "another"]
    with transaction.atomic():
        if gone:
            SearchEntry.objects.filter(owner=owner, pk__in=gone).delete()
        SearchEntry.objects.bulk_create(
            (SearchEntry(**dict(zip(_FIELDS, values, strict=True))) for values in wanted), batch_size=50
        )


@transaction.atomic
def rebuild(progress: Callable[[str], None] = lambda owner: None) -> int:
    """Every entry anew, from what there is. The number of entries."""
    owners = set()
    for source in _sources.values():
        for owner, drafts in source():
            write(owner, drafts)
            owners.add(owner)
            progress(owner)
    stale = set(SearchEntry.objects.order_by("owner").values_list("owner", flat=True).distinct()) - owners
    for owner in stale:
        SearchEntry.objects.filter(owner=owner).delete()
    return SearchEntry.objects.count()


_FIELDS = tuple(field.attname for field in SearchEntry._meta.concrete_fields if not field.primary_key)


def _values(owner: str, draft: Draft, language: str) -> tuple[Any, ...]:
    """A row, in the order of its fields."""
    title = draft.title.best(language)
    title_language = draft.title.language(language)
    found = [(text.language(language), text.best(language)) for text in draft.texts if text]
    # What is shown is in one language; what is in another one can be found all the same.
    text_language = found[0][0] if found else title_language
    shown = "\n".join(text for code, text in found if code == text_language)
    title_stems = [*stems(draft.code, title_language), *stems(title, title_language)]
    text_stems = (each for code, text in found for each in stems(text[:LONGEST_TEXT], code))
    values = {
        "owner": owner,
        "language": language,
        "kind": draft.kind.value,
        "page_id": draft.page_id,
        "document_id": draft.document_id,
        "reference": draft.reference,
        "address": draft.address.best(language) if isinstance(draft.address, Text) else draft.address,
        "code": draft.code,
        "day": draft.day,
        "title": title,
        "title_language": title_language,
        "text": shown[:LONGEST_TEXT],
        "text_language": text_language,
        "title_stems": line(title_stems),
        "stems": line([*title_stems, *text_stems]),
    }
    return tuple(values[name] for name in _FIELDS)
