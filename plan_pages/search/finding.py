"""Finds entries: `search`, `suggest`. Plain frozen values come out, for a page, an API, a list below a field.

The database gives the entries that have every word; their order is made here, the same on every database: first the one
whose code was asked for, then those below that code, then by how many of the words stand in the title.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urljoin

from django.db.models import Q
from django.utils import translation

from plan_pages.domain.plan import natural_key
from plan_pages.languages import language_codes
from plan_pages.search.entries import SearchEntry, SearchEntryQuerySet
from plan_pages.search.kinds import EntryKind, Section
from plan_pages.search.marking import Piece, excerpt, marked
from plan_pages.search.spelling import nearest
from plan_pages.search.words import Asked, Fault, Word, fold

IN_A_SECTION = 5
SUGGESTIONS = 8


@dataclass(frozen=True, slots=True)
class Result:
    """`title_language`, `excerpt_language`: of the texts, where they are not in the language that was searched in.
    `title`, `code`: also in pieces, with the words that were found. `reference`: the public id of a goal, task, measure or
    indicator."""

    kind: EntryKind
    code: str
    code_pieces: tuple[Piece, ...]
    title: str
    title_pieces: tuple[Piece, ...]
    title_language: str
    excerpt: tuple[Piece, ...]
    excerpt_language: str
    url: str
    day: date | None
    reference: str


@dataclass(frozen=True, slots=True)
class Group:
    """The results of a section that were asked for, and how many it has. `first`: the number of the first of them."""

    section: Section
    count: int
    first: int
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """`language`: in which it was found: the reader's, or another one of the site where that one has nothing. `instead`:
    where nothing was found in any, a query like it that finds something."""

    query: str
    language: str
    count: int = 0
    groups: tuple[Group, ...] = ()
    fault: Fault | None = None
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    kind: EntryKind
    code: str
    title: str
    title_language: str
    url: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    pk: int
    kind: EntryKind
    code: str
    day: date | None
    title: str
    title_stems: str


def search(
    query: str,
    language: str,
    kinds: Collection[EntryKind] | None = None,
    *,
    most: int = IN_A_SECTION,
    skip: int = 0,
) -> Found:
    """What everyone may see and has every word of the query, by sections: of each `most` results after the first `skip`.
    In at most four queries, and one for each other language in which it is looked for."""
    asked = Asked.of(query, searched_in(language))
    if asked.fault:
        return Found(asked.text, language, fault=asked.fault)
    for found_in in _languages(language):
        asked = Asked.of(query, searched_in(found_in))
        candidates = _ordered(_candidates(_with_words(_entries(found_in, kinds), asked.words)), asked)
        if candidates:
            break
    else:
        asked = Asked.of(query, searched_in(language))
        return Found(asked.text, language, instead=_instead(_entries(language, kinds), asked, language))
    sections: dict[Section, list[_Candidate]] = {section: [] for section in Section}
    for each in candidates:
        sections[each.kind.section].append(each)
    filled = {section: found for section, found in sections.items() if found}
    # Whose code it is stands before all else.
    order = sorted(filled, key=lambda section: not _has_code(filled[section][0], asked))
    wanted = {section: filled[section][skip : skip + most] for section in order}
    results = _results([each.pk for some in wanted.values() for each in some], asked, language)
    groups = (
        Group(section, len(filled[section]), skip + 1, tuple(results[each.pk] for each in some))
        for section, some in wanted.items()
    )
    return Found(asked.text, found_in, len(candidates), tuple(groups))


def suggest(query: str, language: str, most: int = SUGGESTIONS) -> tuple[Suggestion, ...]:
    """What has every word in its title or code; the last word may be its beginning only. In at most three queries,
    and one for each other language in which it is looked for."""
    candidates: list[_Candidate] = []
    for found_in in _languages(language):
        asked = Asked.of(query, searched_in(found_in))
        if asked.fault:
            return ()
        *whole, last = asked.words
        entries = _entries(found_in)
        for word in whole:
            entries = entries.filter(_has(word, "title_stems") | _begins(word))
        candidates = _ordered(_candidates(entries.filter(_has(last, "title_stems") | _begins(last))), asked)
        if candidates:
            break
    rows = _rows([each.pk for each in candidates[:most]])
    with translation.override(language):
        return tuple(
            Suggestion(EntryKind(row.kind), row.code, row.title, row.title_language, _url(row))
            for row in (rows[each.pk] for each in candidates[:most])
        )


def chapters(language: str) -> tuple[Suggestion, ...]:
    """The chapters that everyone may read, in their order: for whoever found nothing."""
    rows = SearchEntry.objects.filter(language=language, kind=EntryKind.CHAPTER).public().select_related("page")
    with translation.override(language):
        return tuple(
            Suggestion(EntryKind.CHAPTER, row.code, row.title, row.title_language, _url(row))
            for row in rows.order_by("page__path").defer("title_stems", "stems", "text")
        )


def searched_in(language: str) -> list[str]:
    """The language of the reader, and the one in which texts are shown that are missing in it."""
    return list(dict.fromkeys([language, language_codes()[0]]))


def _languages(language: str) -> list[str]:
    """The reader's first."""
    return list(dict.fromkeys([language, *language_codes()]))


def _entries(language: str, kinds: Collection[EntryKind] | None = None) -> SearchEntryQuerySet:
    entries = SearchEntry.objects.filter(language=language).public()
    return entries if kinds is None else entries.filter(kind__in=sorted(kinds))


def _has(word: Word, column: str = "stems") -> Q:
    """In Python's order of letters nothing is sorted, and in the database's nothing is compared: the stems have no case
    and no diacritics."""
    found = Q()
    for stem in sorted(word.stems):
        found |= Q(**{f"{column}__contains": f" {stem} "})
        if word.is_number:
            found |= Q(**{f"{column}__contains": f" {stem}."})
    return found


def _begins(word: Word) -> Q:
    return Q(title_stems__contains=f" {word.typed}")


def _with_words(entries: SearchEntryQuerySet, words: Iterable[Word]) -> SearchEntryQuerySet:
    for word in words:
        entries = entries.filter(_has(word))
    return entries


def _candidates(entries: SearchEntryQuerySet) -> list[_Candidate]:
    rows = entries.order_by("pk").values_list("pk", "kind", "code", "day", "title", "title_stems")
    return [_Candidate(pk, EntryKind(kind), *more) for pk, kind, *more in rows]


def _ordered(candidates: list[_Candidate], asked: Asked) -> list[_Candidate]:
    kinds = list(EntryKind)
    return sorted(
        candidates,
        key=lambda each: (
            _rank(each, asked),
            -(each.day.toordinal() if each.day else 0),
            kinds.index(each.kind),
            natural_key(each.code),
            each.title,
            each.pk,
        ),
    )


def _rank(each: _Candidate, asked: Asked) -> tuple[int, int, bool]:
    """Smaller is better."""
    if _has_code(each, asked):
        return 0, 0, False
    if each.code.casefold().startswith(f"{asked.code}."):
        return 1, 0, False
    missing = sum(not any(f" {stem} " in each.title_stems for stem in word.stems) for word in asked.words)
    return 2, missing, not fold(each.title).startswith(fold(asked.text))


def _has_code(each: _Candidate, asked: Asked) -> bool:
    return bool(each.code) and each.code.casefold() == asked.code


def _rows(keys: list[int]) -> dict[int, Any]:
    found = SearchEntry.objects.filter(pk__in=keys).select_related("page").defer("title_stems", "stems")
    return {row.pk: row for row in found}


def _results(keys: list[int], asked: Asked, language: str) -> dict[int, Result]:
    with translation.override(language):
        return {
            row.pk: Result(
                kind=EntryKind(row.kind),
                code=row.code,
                code_pieces=marked(row.code, row.title_language, asked.stems),
                title=row.title,
                title_pieces=marked(row.title, row.title_language, asked.stems),
                title_language=row.title_language,
                excerpt=excerpt(row.text, row.text_language, asked.stems),
                excerpt_language=row.text_language,
                url=_url(row),
                day=row.day,
                reference=row.reference,
            )
            for row in _rows(keys).values()
        }


def _url(row: Any) -> str:
    """In the active language."""
    return urljoin(row.page.get_url() or "", row.address) if row.page else row.address


def _instead(entries: SearchEntryQuerySet, asked: Asked, language: str) -> str:
    """The query with each word that no title has replaced by the one most like it; "" where that finds nothing."""
    titles = entries.order_by("pk").values_list("title", "title_language").distinct()
    given = nearest(asked, titles)
    if not given:
        return ""
    again = Asked.of(given, searched_in(language))
    return given if again.words and _with_words(entries, again.words).exists() else ""
