"""The page of the search as a reader finds it: in both languages, on either database."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from plan_pages.pages.chapter import ChapterPage
from plan_pages.pages.plan import PlanPage
from plan_pages.search.entries import SearchEntry
from plan_pages.search.finding import search, suggest
from tests.factories import chapter_page, goal, group_page, indicator, measure, plan_page, publish, task
from tests.plan_pages.search.test_words import APART, MEET, table
from tests.plan_pages.search.town import a_chapter, a_plan, addresses, headings, look, paths, suggested, titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> PlanPage:
    return a_plan()


@pytest.fixture
def chapter(plan: PlanPage) -> ChapterPage:
    return a_chapter(plan, paths())


# Words


def test_every_form_of_a_word_finds_every_other(plan: PlanPage) -> None:
    """The whole table of forms: each form finds the measure that has the first one, and the other way about."""
    pairs = table(MEET)
    some = [
        measure(f"1.1.1.{number}", title={"lt": word, "en": ""})
        for number, word in enumerate(dict.fromkeys(word for pair in pairs for word in pair), start=1)
    ]
    a_chapter(plan, *some)
    missed = []
    for one, other in pairs:
        for asked, wanted in ((one, other), (other, one)):
            found = search(asked, "lt", most=len(some))
            if wanted not in [result.title for group in found.groups for result in group.results]:
                missed.append((asked, wanted))
    assert missed == []


def test_no_word_finds_another_one(plan: PlanPage) -> None:
    pairs = table(APART)
    words = dict.fromkeys(word for pair in pairs for word in pair)
    a_chapter(
        plan, *(measure(f"1.1.1.{number}", title={"lt": word, "en": ""}) for number, word in enumerate(words, start=1))
    )
    wrong = []
    for one, other in pairs:
        for asked, unwanted in ((one, other), (other, one)):
            found = search(asked, "lt", most=len(words))
            if unwanted in [result.title for group in found.groups for result in group.results]:
                wrong.append((asked, unwanted))
    assert wrong == []


@pytest.mark.parametrize("query", ["dviračių takai", "dviraciu takas", "DVIRAČIAI TAKUOSE", "takų dviratis"])
def test_a_measure_is_found_without_diacritics_in_any_case_and_order(chapter: ChapterPage, query: str) -> None:
    assert "1.1.1.1 Dviračių takų plėtra" in titles(look(query))


def test_a_measure_leads_to_its_own_address_in_the_language(chapter: ChapterPage) -> None:
    assert "/planas/measures/1.1.1.1/" in addresses(look("takai"))
    assert "/en/planas/measures/1.1.1.1/" in addresses(look("path", "en"))


def test_the_page_finds_in_the_language_of_its_address(chapter: ChapterPage) -> None:
    assert titles(look("paths cycling", "en"))[0] == "1.1.1.1 More cycle paths"
    assert "1.1.1.1 More cycle paths" not in titles(look("takai"))


def test_what_stands_in_the_other_language_alone_is_found_there_and_said_so(chapter: ChapterPage) -> None:
    page = look("dviraciu takus", "en")
    assert "Nothing was found in this language; in another one, 2 results" in page
    assert titles(page)[0] == "1.1.1.1 Dviračių takų plėtra"
    assert '<h3><a href="/en/planas/measures/1.1.1.1/" lang="lt">' in page
    assert suggested("dvirac", "en")[0]["language"] == "lt"


def test_the_language_of_the_reader_comes_before_the_other(plan: PlanPage) -> None:
    a_chapter(plan, paths(), measure("1.1.1.2", title={"lt": "Path", "en": "Šaligatvis"}))
    assert titles(look("path", "en"))[0] == "1.1.1.1 More cycle paths"
    assert titles(look("path")) == ["1.1.1.2 Path"]


def test_every_word_has_to_be_there(chapter: ChapterPage) -> None:
    assert titles(look("dviračių baseinas")) == []


def test_words_of_the_description_and_of_who_is_responsible_find_a_measure(plan: PlanPage) -> None:
    a_chapter(plan, paths(description={"lt": "Apšvietimas prie upės", "en": ""}, responsible="Transporto skyrius"))
    assert len(titles(look("apsvietimo"))) == 1
    assert len(titles(look("transporto skyriaus"))) == 1


def test_what_is_only_in_the_other_language_is_found_and_marked(plan: PlanPage) -> None:
    a_chapter(plan, measure("1.1.1.1", title={"lt": "Šaligatvių remontas", "en": ""}))
    page = look("šaligatvis", "en")
    assert '<a href="/en/planas/measures/1.1.1.1/" lang="lt">' in page
    assert 'lang="lt"' not in re.findall(r"<main.*", look("šaligatvis"), re.S)[0]


def test_found_words_are_marked(chapter: ChapterPage) -> None:
    assert "<mark>Dviračių</mark> <mark>takų</mark> plėtra" in look("dviraciu takai")


def test_a_long_text_is_shown_round_what_was_found(plan: PlanPage) -> None:
    text = f"{'Pradžia ' * 60}ir štai vandens malūnas. {'Pabaiga ' * 60}"
    a_chapter(plan, paths(description={"lt": text, "en": ""}))
    shown = re.findall(r"<p>(…[^\n]*)</p>", look("malunas"))[0]
    assert "vandens <mark>malūnas</mark>." in shown
    assert len(shown) < 300


# Codes


def test_the_measure_whose_code_is_asked_for_comes_first(plan: PlanPage) -> None:
    a_chapter(
        plan,
        measure("2.1.10"),
        measure("2.1.3", title={"lt": "Ši", "en": "This"}),
        measure("2.1.30"),
        measure("2.1.2", description={"lt": "Po 2.1.3 priemonės", "en": ""}),
    )
    assert titles(look("2.1.3"))[:2] == ["2.1.3 Ši", "2.1.2 Pavadinimas 2.1.2"]
    assert titles(look(" 2.1.3. "))[0] == "2.1.3 Ši"
    assert "2.1.30 Pavadinimas 2.1.30" not in titles(look("2.1.3"))


def test_a_code_finds_what_is_below_it_in_the_order_of_the_plan(plan: PlanPage) -> None:
    a_chapter(plan, measure("1.1.1.10"), measure("1.1.1.2"))
    page = look("1.1.1")
    assert titles(page) == [
        "1.1.1 Pavadinimas 1.1.1",
        "1.1.1.2 Pavadinimas 1.1.1.2",
        "1.1.1.10 Pavadinimas 1.1.1.10",
    ]
    assert [heading[-2:] for heading in headings(page)] == [" 1", " 2"]


# Order


def test_what_has_the_words_in_its_title_stands_before_what_has_them_in_its_text(plan: PlanPage) -> None:
    a_chapter(
        plan,
        measure("1.1.1.1", title={"lt": "Kita", "en": ""}, description={"lt": "Dviračių takai", "en": ""}),
        measure("1.1.1.2", title={"lt": "Dviračiai", "en": ""}, description={"lt": "ir takai", "en": ""}),
        measure("1.1.1.3", title={"lt": "Dviračių takai", "en": ""}),
    )
    assert [title[:7] for title in titles(look("dviračių takas"))] == ["1.1.1.3", "1.1.1.2", "1.1.1.1"]


def test_results_stand_in_sections_with_their_counts(plan: PlanPage) -> None:
    length = indicator("E1", name={"lt": "Takų ilgis", "en": "Length of paths"})
    care = task("1.1.1", [paths()], title={"lt": "Takų priežiūra", "en": "Care of paths"})
    chapter_page(plan, [goal("1.1", [care], indicators=[length])], code="1", title="Takai", heading_en="Paths")
    group_page(plan, title="Takų grupė", heading_en="Group of paths")
    page = look("path", "en")
    assert headings(page) == ["Measures 1", "Indicators 2", "Goals and tasks 1", "Chapters and groups 2"]
    assert titles(page)[-2:] == ["1 Paths", "Group of paths"]


def test_a_section_with_many_results_leads_to_all_of_them_page_by_page(plan: PlanPage) -> None:
    a_chapter(plan, *(measure(f"1.1.1.{n}", title={"lt": f"Takas {n}", "en": f"Path {n}"}) for n in range(1, 46)))
    page = look("path", "en")
    assert len(titles(page)) == 5
    assert "Show all 45 results" in page
    assert 'href="?q=path&amp;section=measures"' in page
    last = look("path", "en", section="measures", page="3")
    assert titles(last) == [f"1.1.1.{n} Path {n}" for n in range(41, 46)]
    assert "Page 3 of 3" in last


@pytest.mark.parametrize("number", ["99", "0", "-1", "x", "³", "9" * 50])
def test_a_page_that_is_not_there_is_one_that_is(chapter: ChapterPage, number: str) -> None:
    assert len(titles(look("path", "en", section="measures", page=number))) == 1


def test_a_section_that_is_unknown_is_not_asked_for(chapter: ChapterPage) -> None:
    assert titles(look("path", "en", section="nonsense")) == titles(look("path", "en"))


# What is said


def test_the_number_of_results_is_said(chapter: ChapterPage) -> None:
    assert "Found 2 results for “cycle paths”." in look("cycle paths", "en")
    assert "Found 1 result for “more”." in look("more", "en")


def test_without_a_query_there_is_only_the_form(chapter: ChapterPage) -> None:
    page = look("", "en")
    assert 'role="status"' not in page
    assert 'type="search"' in page


def test_nothing_found_leads_to_the_chapters(chapter: ChapterPage) -> None:
    page = look("kosmodromas", "en")
    assert "Nothing was found. Check the spelling, or browse the chapters." in page
    assert 'href="/en/planas/judumas/"' in page


def test_a_mistyped_word_is_answered_with_the_one_that_was_meant(chapter: ChapterPage) -> None:
    page = look("dvirciu takai")
    assert '<a href="?q=dvira%C4%8Di%C5%B3%20takai"><strong>dviračių takai</strong></a>' in page


def test_nothing_is_suggested_that_finds_nothing(chapter: ChapterPage) -> None:
    assert search("kosmodromas", "lt").instead == ""


def test_the_page_is_not_for_search_engines(chapter: ChapterPage) -> None:
    assert '<meta name="robots" content="noindex">' in look("takai")


# Spoiled queries


@pytest.mark.parametrize(
    "query", ["?!", "a", "\x00", "%", "_%_", "' OR 1=1 --", "\\", "\u202e", "🚲", "ＴＡＫＡＩ\x00"]
)
@pytest.mark.parametrize("path", ["/en/search/", "/en/search/suggest/"])
def test_no_query_breaks_the_search(chapter: ChapterPage, path: str, query: str) -> None:
    assert Client().get(path, {"q": query}).status_code == 200


def test_a_query_without_a_word_gets_a_clear_word(chapter: ChapterPage) -> None:
    assert "Write a whole word, or a code such as 2.1.3." in look("?!", "en")


def test_a_query_that_is_too_long_gets_a_clear_word(chapter: ChapterPage) -> None:
    assert "The query is longer than 200 characters: shorten it." in look("takas " * 40, "en")
    assert suggested("takas " * 40) == []


def test_signs_of_the_database_mean_nothing(chapter: ChapterPage) -> None:
    assert titles(look("%akai")) == []
    assert titles(look("t_kas")) == []


def test_markup_in_a_query_and_in_a_title_is_text(plan: PlanPage) -> None:
    nasty = "<script>alert(1)</script> takai"
    a_chapter(plan, measure("1.1.1.1", title={"lt": nasty, "en": ""}, description={"lt": f"<b>{nasty}", "en": ""}))
    page = look("<script>alert takai")
    assert "<script>alert" not in page
    assert "&lt;<mark>script</mark>&gt;<mark>alert</mark>(1)" in page
    assert titles(page) == [f"1.1.1.1 {nasty}"]


def test_only_asking_is_possible() -> None:
    assert Client().post("/search/", {"q": "takai"}).status_code == 405


# What is not public


def test_a_draft_is_not_found(plan: PlanPage) -> None:
    chapter_page(plan, [goal("1.1", [task("1.1.1", [paths()])])], code="1", live=False)
    assert titles(look("takai")) == []


def test_a_text_that_waits_for_approval_is_not_found(chapter: ChapterPage) -> None:
    chapter.summary_lt = "Slaptas juodraštis"
    chapter.save_revision()
    assert titles(look("juodraštis")) == []
    publish(chapter)
    assert titles(look("juodraštis")) == ["1 Judumas"]


def test_what_was_taken_off_the_site_is_not_found(chapter: ChapterPage) -> None:
    chapter.unpublish()
    assert titles(look("takai")) == []


def test_what_was_deleted_is_not_found(chapter: ChapterPage) -> None:
    chapter.delete()
    assert titles(look("takai")) == []


def test_a_plan_that_was_deleted_takes_all_that_is_below_it(plan: PlanPage, chapter: ChapterPage) -> None:
    PlanPage.objects.get(pk=plan.pk).delete()
    assert titles(look("takai")) == []


def test_a_chapter_of_a_plan_that_is_not_published_is_not_found(plan: PlanPage, chapter: ChapterPage) -> None:
    PlanPage.objects.filter(pk=plan.pk).update(live=False)
    assert titles(look("takai")) == []


def test_a_measure_that_left_the_plan_is_not_found(chapter: ChapterPage) -> None:
    chapter.goals.raw_data[0]["value"]["tasks"][0]["value"]["measures"] = []
    publish(chapter)
    assert titles(look("dviračių")) == []


@pytest.mark.parametrize("kind", ["login", "password"])
def test_what_is_restricted_is_found_by_nobody(plan: PlanPage, chapter: ChapterPage, kind: str) -> None:
    PageViewRestriction.objects.create(page=plan, restriction_type=kind, password="x")
    assert titles(look("takai")) == []
    assert suggested("tak") == []
    assert "judumas" not in look("kosmodromas")


def test_a_chapter_that_is_restricted_leaves_the_others(plan: PlanPage, chapter: ChapterPage) -> None:
    chapter_page(plan, [goal("2.1", [task("2.1.1", [paths("2.1.1.1")])])], code="2")
    PageViewRestriction.objects.create(page=chapter, restriction_type="login")
    assert [title.split()[0] for title in titles(look("takai"))] == ["2.1.1.1", "R2.1.1.1"]


def test_a_page_of_no_site_is_not_found(chapter: ChapterPage) -> None:
    other = plan_page(parent=chapter.get_root(), title="Kitas planas", slug="kitas")
    a_chapter(other, measure("7.7.7.7", title={"lt": "Baseinas", "en": ""}), code="7", slug="kitas")
    assert titles(look("baseinas")) == []


# Suggestions


def test_the_beginning_of_a_word_is_enough_for_a_suggestion(chapter: ChapterPage) -> None:
    for typed in ("dv", "dvirač", "dviraciu", "DVIRAČIŲ T", "dviratis tak", "takų plet"):
        assert suggested(typed)[0]["title"] == "1.1.1.1 Dviračių takų plėtra", typed


def test_a_suggestion_says_what_it_is_and_where(chapter: ChapterPage) -> None:
    assert suggested("more cy", "en") == [
        {
            "title": "1.1.1.1 More cycle paths",
            "kind": "Measure",
            "url": "/en/planas/measures/1.1.1.1/",
            "language": "en",
        }
    ]


def test_the_beginning_of_a_code_is_enough_for_a_suggestion(plan: PlanPage) -> None:
    a_chapter(plan, measure("1.1.1.1"), measure("1.1.1.10"))
    assert [each["title"].split()[0] for each in suggested("1.1.1.1")] == ["1.1.1.1", "1.1.1.10"]


def test_there_are_few_suggestions(plan: PlanPage) -> None:
    a_chapter(plan, *(measure(f"1.1.1.{n}") for n in range(1, 30)))
    assert len(suggested("pavad")) == 8


@pytest.mark.parametrize("query", ["", "d", "?", "kosmodromas"])
def test_nothing_is_suggested_for_nothing(chapter: ChapterPage, query: str) -> None:
    assert suggested(query) == []


# Cost


def queries(deed: Any) -> int:
    with CaptureQueriesContext(connection) as asked:
        deed()
    return len(asked)


@pytest.mark.parametrize("query", ["pavadinimas", "1.1.1.7", "pavadinimsa", "kosmodromas"])
def test_a_search_asks_as_few_questions_of_a_large_plan_as_of_a_small_one(plan: PlanPage, query: str) -> None:
    page = a_chapter(plan, *(measure(f"1.1.1.{n}") for n in range(1, 21)))
    plan.get_url()  # the roots of sites are asked for once, and kept
    few = queries(lambda: search(query, "lt"))
    few_suggestions = queries(lambda: suggest(query, "lt"))
    _copy_rows(page, 2_000)
    assert queries(lambda: search(query, "lt")) == few <= 4
    assert queries(lambda: suggest(query, "lt")) == few_suggestions <= 4


def _copy_rows(page: ChapterPage, count: int) -> None:
    """As many more entries, written straight: a page of 2,000 measures is more than an editor may save."""
    row = SearchEntry.objects.filter(page=page, kind="measure", language="lt").last()
    assert row is not None
    SearchEntry.objects.bulk_create(
        SearchEntry(
            owner=f"other-{number}",
            language="lt",
            kind="measure",
            page_id=page.pk,
            code=f"5.1.1.{number}",
            title=f"Pavadinimas 5.1.1.{number}",
            title_language="lt",
            text_language="lt",
            title_stems=f"{row.title_stems.split()[-1]} 5.1.1.{number}".join("  "),
            stems=f"{row.title_stems.split()[-1]} 5.1.1.{number}".join("  "),
        )
        for number in range(1, count + 1)
    )


@pytest.mark.parametrize("made_up", [True, False])
def test_what_is_found_in_a_plan_that_is_made_up_is_said_to_be(plan: PlanPage, made_up: bool) -> None:
    plan.is_demonstration = made_up
    publish(plan)
    page = Client().get("/en/search/?q=planas").content.decode()
    assert ("Demonstration data." in page) is made_up
