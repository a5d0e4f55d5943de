"""Consultations, remarks and the search in the API: what everyone may read, and nothing of anybody's person."""

import pytest

from plan_pages.pages.plan import PlanPage
from tests.factories import group_page, plan_page
from tests.plan_pages.api.asked import ask, codes
from tests.plan_pages.preparation.town import CITIZEN, Town
from tests.plan_pages.readers import a_chapter

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    """Round 1 of the groups, published with a remark that was answered and one that was not; consultation 2 of the
    public, open, with a remark that is shown and one that waits to be looked through."""
    made = Town()
    made.a_remark(answer="partly", reason="Pratęsta metais", wording="Iki 2027 m.")
    made.a_remark(text="Trūksta lėšų")
    made.publish()
    public = made.a_round(audience="public", asked={"lt": "Ko trūksta?", "en": "What is missing?"})
    for text, moderation in (("Daugiau medžių", "shown"), ("Slapta pastaba", "waiting")):
        made.a_remark(text=text, round=public, forget_on="2030-01-01", moderation=moderation, **CITIZEN)
    return made


def address(town: Town, path: str = "") -> str:
    return f"plans/{town.plan.slug}/consultations/{path}"


def test_consultations_and_published_rounds_are_listed(town: Town) -> None:
    town.a_round()
    found = ask(address(town))["items"]
    assert {(each["code"], each["audience"], each["state"]) for each in found} == {
        ("2", "public", "open"),
        ("1", "groups", "published"),
    }
    assert codes(ask(address(town, "?state=open"))) == ["2"]
    assert codes(ask(address(town, "?audience=groups"))) == ["1"]


def test_a_consultation_says_what_is_asked_and_how_many_have_answered(town: Town) -> None:
    found = ask(address(town, "2/"))
    assert found["asked"] == {"text": "What is missing?", "language": "en"}
    assert found["links"]["form"].endswith("/remarks/2/new/")
    assert found["counts"]["shown"] == 1
    closed = ask(address(town, "1/"))
    assert closed["links"]["form"] is None
    assert (closed["counts"]["partly"], closed["counts"]["unanswered"]) == (1, 1)
    ask(address(town, "9/"), 404)


def test_remarks_are_read_with_their_answers(town: Town) -> None:
    found = ask(address(town, "1/remarks/?answer=partly"))["items"][0]
    assert found["code"] == "K-0001"
    assert (found["text"], found["wording"], found["reason"]) == (
        "Terminas per trumpas",
        "Iki 2027 m.",
        "Pratęsta metais",
    )
    assert found["about"]["code"] == "1.1.0"
    assert found["author"] == {"text": town.a.heading_en, "language": "en"}
    assert ask(address(town, "1/remarks/?kind=conclusion"))["items"] == []
    assert ask(address(town, "1/remarks/?chapter=1"))["count"] == 2


def test_of_citizens_only_what_was_looked_through_is_read(town: Town) -> None:
    found = ask(address(town, "2/remarks/"))
    assert [(each["text"], each["author"]) for each in found["items"]] == [("Daugiau medžių", None)]
    everything = str([found, ask(address(town)), ask(address(town, "2/"))])
    for secret in ("Slapta", CITIZEN["person_name"], CITIZEN["person_email"]):
        assert secret not in everything


def test_a_round_of_the_groups_is_not_found_before_it_is_published(town: Town) -> None:
    town.a_round()
    ask(address(town, "3/"), 404)
    ask(address(town, "3/remarks/"), 404)


# Search


@pytest.fixture
def plan() -> PlanPage:
    plan = plan_page(title="Miesto planas", heading_en="City plan", slug="planas")
    group_page(plan, title="Švietimo grupė", remit_lt="Mokyklos ir darželiai")
    for number in range(1, 4):
        a_chapter(plan, str(number), title=f"Švietimas {number}")
    return plan


def test_the_search_finds_without_diacritics_and_whatever_the_endings(plan: PlanPage) -> None:
    found = ask("search/?q=svietimo&lang=lt")
    assert {each["title"] for each in found["items"]} >= {"Švietimas 1", "Švietimo grupė"}
    assert found["items"][0]["@id"].startswith("http://testserver/planas/")


def test_the_search_goes_batch_by_batch(plan: PlanPage) -> None:
    whole = [each["@id"] for each in ask("search/?q=svietimo&lang=lt")["items"]]
    first, second = ask("search/?q=svietimo&lang=lt&limit=2"), ask("search/?q=svietimo&lang=lt&limit=2&offset=2")
    assert [each["@id"] for each in first["items"] + second["items"]] == whole[:4]
    assert first["count"] == len(whole)


def test_the_search_keeps_to_a_section(plan: PlanPage) -> None:
    found = ask("search/?q=1.1.1.1&section=measures")
    assert [(each["kind"], each["code"]) for each in found["items"]] == [("measure", "1.1.1.1")]
    assert found["items"][0]["id"] is not None


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20", "?q=-", "?q=a&section=nothing", "?q=planas&colour=red"])
def test_what_cannot_be_searched_for_is_refused(query: str) -> None:
    ask(f"search/{query}", 422)


def test_a_query_that_finds_nothing_is_told_a_like_one(plan: PlanPage) -> None:
    found = ask("search/?q=svietinas&lang=lt")
    assert found["items"] == []
    assert found["instead"] == "švietimas"
