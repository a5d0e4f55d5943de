"""The feed of changes keeps the rules of RFC 4287, and tells what changed, when, in which language."""

import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.test import Client

from plan_pages.choices import ReturnState
from plan_pages.monitoring import ChapterReturn, Entry
from plan_pages.pages.plan import PlanAmendment, PlanPage
from tests.factories import plan_page, publish
from tests.plan_pages.open_data.town import FILES, a_plan, body
from tests.plan_pages.readers import a_chapter, report

pytestmark = pytest.mark.django_db
FEED = f"/en{FILES}.atom"
ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")


@pytest.fixture
def plan() -> PlanPage:
    """Chapter 1 has reported two quarters: in the second one its first measure fell behind."""
    plan = a_plan()
    chapter = plan.get_children().get(slug="skyrius-1").specific
    report(chapter, "2026-Q2", 50)
    Entry.objects.filter(measure__code="1.1.1.2", chapter_return__period__period="2026-Q2").update(status="delayed")
    ChapterReturn.objects.filter(period__period="2026-Q1").update(approved_at=datetime(2026, 4, 10, 9, tzinfo=UTC))
    ChapterReturn.objects.filter(period__period="2026-Q2").update(approved_at=datetime(2026, 7, 10, 9, tzinfo=UTC))
    return plan


def feed(path: str = FEED) -> ElementTree.Element:
    return ElementTree.fromstring(body(path))


def faults(written: ElementTree.Element, address: str) -> list[str]:
    """What RFC 4287 asks for and is not there."""
    found = []
    for each in (written, *written.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            if len(each.findall(f"{ATOM}{name}")) != 1:
                found.append(f"not one {name} in {each.tag}")
        if not MOMENT.fullmatch(each.findtext(f"{ATOM}updated") or ""):
            found.append("a moment is not of RFC 3339")
        if not re.match(r"urn:uuid:[0-9a-f-]{36}$", each.findtext(f"{ATOM}id") or ""):
            found.append("an id is no address")
        if not each.findall(f"{ATOM}link[@rel='alternate']"):
            found.append(f"no link in {each.tag}")
    if [each.get("href") for each in written.findall(f"{ATOM}link[@rel='self']")] != [address]:
        found.append("it does not name itself")
    if not written.findtext(f"{ATOM}author/{ATOM}name"):
        found.append("no author")
    ids = [each.findtext(f"{ATOM}id") for each in written.iter(f"{ATOM}entry")]
    if len(ids) != len(set(ids)):
        found.append("two entries have one id")
    return found


@pytest.mark.parametrize("path", [FEED, f"{FILES}.atom", f"{FILES}.atom?language=en"])
def test_the_feed_keeps_its_rules(plan: PlanPage, path: str) -> None:
    assert faults(feed(path), f"http://testserver{path}") == []
    assert Client().get(path)["Content-Type"] == "application/atom+xml; charset=utf-8"


def test_the_rules_find_what_is_wrong() -> None:
    assert len(faults(ElementTree.fromstring("<feed xmlns='http://www.w3.org/2005/Atom'/>"), "x")) == 8


def test_a_plan_that_nobody_reported_on_has_an_empty_feed_that_keeps_its_rules() -> None:
    plan_page(title="Naujas", heading_en="New", slug="naujas")
    path = "/open-data/naujas.atom"
    assert faults(feed(path), f"http://testserver{path}") == []
    assert body(path) == body(path)


def test_the_latest_stands_first_and_dates_the_feed(plan: PlanPage) -> None:
    found = [each.findtext(f"{ATOM}updated") or "" for each in feed().iter(f"{ATOM}entry")]
    assert found == sorted(found, reverse=True)
    assert found[0].startswith("2026-07-10T09:00:00")
    assert feed().findtext(f"{ATOM}updated") == found[0]


def test_an_entry_tells_what_changed(plan: PlanPage) -> None:
    first = next(feed().iter(f"{ATOM}entry"))
    assert "Q2 2026" in (first.findtext(f"{ATOM}title") or "").replace("\u00a0", " ")
    told = first.findtext(f"{ATOM}summary") or ""
    assert first.find(f"{ATOM}summary").get("type") == "html"  # type: ignore[union-attr]
    assert "1.1.1.2" in told
    assert "On track → Delayed" in told
    assert "/en/planas/measures/1.1.1.2/" in told


def test_the_feed_speaks_lithuanian_and_its_entries_are_others(plan: PlanPage) -> None:
    written = feed(f"{FILES}.atom")
    assert written.get("{http://www.w3.org/XML/1998/namespace}lang") == "lt"
    assert "Vykdoma pagal planą → Vėluoja" in body(f"{FILES}.atom").decode()
    ids = [{each.findtext(f"{ATOM}id") for each in one.iter(f"{ATOM}entry")} for one in (written, feed())]
    assert not ids[0] & ids[1]


def test_texts_of_the_plan_are_no_markup(plan: PlanPage) -> None:
    chapter = plan.get_children().get(slug="skyrius-1").specific
    Entry.objects.filter(chapter_return__chapter=chapter.chapter, chapter_return__period__period="2026-Q2").update(
        status="stopped"
    )
    written = feed(f"{FILES}.atom")
    told = "".join(each.text or "" for each in written.iter(f"{ATOM}summary"))
    assert "&lt;b&gt;&amp;" in told
    assert "<b>" not in told


def test_ids_stay_when_a_return_is_approved_again(plan: PlanPage) -> None:
    before = {each.findtext(f"{ATOM}id") for each in feed().iter(f"{ATOM}entry")}
    ChapterReturn.objects.filter(period__period="2026-Q2").update(approved_at=datetime(2026, 8, 1, tzinfo=UTC))
    after = [each.findtext(f"{ATOM}id") for each in feed().iter(f"{ATOM}entry")]
    assert set(after) == before
    assert (feed().findtext(f"{ATOM}updated") or "").startswith("2026-08-01")


def test_amendments_of_the_plan_are_told(plan: PlanPage) -> None:
    amendment = PlanAmendment(
        title="Papildyta", title_lt="Papildyta", number="T-1", date=datetime(2026, 9, 1, tzinfo=UTC)
    )
    plan.amendments.add(amendment)
    publish(plan)
    first = next(feed(f"{FILES}.atom").iter(f"{ATOM}entry"))
    assert "T-1" in (first.findtext(f"{ATOM}title") or "")
    assert "Papildyta" in (first.findtext(f"{ATOM}summary") or "")


def test_what_is_not_approved_is_not_told(plan: PlanPage) -> None:
    before = body(FEED)
    report(a_chapter(plan, "3"), "2026-Q2", 10, state=ReturnState.SUBMITTED)
    assert body(FEED) == before
