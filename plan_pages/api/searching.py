"""The search, as on the site: of everything that everyone may see, without diacritics and whatever the endings."""

from typing import Annotated, Any, Literal
from urllib.parse import urljoin

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field
from typing_extensions import TypedDict

from plan_pages.api.answering import answer, batch
from plan_pages.api.asking import Batched, language_of, left_out, refuse, words
from plan_pages.api.shapes import Batch, Day, Identity, Language, LocalText, Uri, day_or_none
from plan_pages.api.subject import site_address
from plan_pages.api.wording import TOO_LONG
from plan_pages.search.finding import Result, search
from plan_pages.search.kinds import EntryKind, Section
from plan_pages.search.words import LONGEST_QUERY, Fault

router = Router(tags=["search"])
LAST_OFFSET = 1_000

_Found = TypedDict("_Found", {"@id": Uri, "@type": Literal["Result"]})


class SearchResult(_Found):
    """`@id`: of the page on the site. `id`: of a goal, task, measure or indicator in its plan. `excerpt`: where the words
    were found."""

    id: Identity | None
    kind: EntryKind
    section: Section
    code: str
    title: str
    language: Language
    excerpt: LocalText | None
    date: Day | None


class SearchBatch(Batch):
    """`instead`: where nothing was found, a query like it that finds something."""

    query: str
    instead: str | None
    items: list[SearchResult]


class SearchAsked(Batched):
    q: Annotated[str, Field(min_length=1, max_length=LONGEST_QUERY, description="Words, or a code such as 2.1.3.")]
    section: Section | None = left_out("Of all sections, only this one.", **words(Section))
    offset: Annotated[int, Field(ge=0, le=LAST_OFFSET, description="How many are left out before it.")] = 0


@router.get("/", response=SearchBatch, url_name="search", operation_id="search", summary="Search")
def search_everything(request: HttpRequest, query: Query[SearchAsked]) -> HttpResponse:
    """What has every word, section by section, in each the best first."""
    language = language_of(request, query)
    kinds = query.section.kinds if query.section else None
    found = search(query.q, language, kinds, most=query.offset + query.limit)
    match found.fault:
        case Fault.TOO_SHORT:
            refuse("q", _("Write a whole word, or a code such as 2.1.3."))
        case Fault.TOO_LONG:
            refuse("q", str(TOO_LONG % {"max_length": LONGEST_QUERY}))
    results = [(group.section, each) for group in found.groups for each in group.results]
    shown = results[query.offset : query.offset + query.limit]
    items = [_result(section, each, language, site_address(request)) for section, each in shown]
    content: dict[str, Any] = {
        **batch(request, query, found.count, items),
        "query": found.query,
        "instead": found.instead or None,
    }
    return answer(content, language)


def _result(section: Section, found: Result, language: str, site: str) -> SearchResult:
    excerpt = "".join(piece.text for piece in found.excerpt)
    return {
        "@id": urljoin(f"{site}/", found.url),
        "@type": "Result",
        "id": found.reference or None,
        "kind": found.kind,
        "section": section,
        "code": found.code,
        "title": found.title,
        "language": found.title_language or language,
        "excerpt": {"text": excerpt, "language": found.excerpt_language or language} if excerpt else None,
        "date": day_or_none(found.day),
    }
