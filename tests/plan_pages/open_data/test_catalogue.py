"""The catalogue keeps the rules of DCAT-AP 3, in each of its formats, and what it names is there."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pyshacl import validate
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, DCTERMS, FOAF
from wagtail.models import PageViewRestriction

from plan_pages.pages.plan import PlanPage
from tests.factories import plan_page
from tests.plan_pages.open_data.town import a_plan, body

pytestmark = pytest.mark.django_db
SHAPES = Path(__file__).with_name("dcat_ap.ttl")
FORMATS = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}
# The validator and the reader of JSON-LD use what their own library is about to leave.
QUIET = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture
def plan() -> PlanPage:
    return a_plan()


def graph(ending: str = "ttl", prefix: str = "") -> Graph:
    return Graph().parse(data=body(f"{prefix}/open-data/catalogue.{ending}").decode(), format=FORMATS[ending])


def faults(found: Graph) -> str:
    conforms, _report, words = validate(found, shacl_graph=Graph().parse(SHAPES))
    return "" if conforms else str(words)


@QUIET
def test_the_catalogue_keeps_the_rules(plan: PlanPage) -> None:
    assert faults(graph()) == ""


@QUIET
def test_the_rules_find_what_is_wrong(plan: PlanPage) -> None:
    """Each rule of the shapes is a rule: what it asks for is taken away, and is missed."""
    for what in (DCTERMS.title, DCAT.accessURL, DCTERMS.license, FOAF.name, DCTERMS["format"], DCAT.endDate):
        found = graph()
        found.remove((None, what, None))
        assert f"->{found.qname(what)}" in faults(found)


@QUIET
def test_a_site_without_a_plan_of_an_owner_keeps_the_rules_too() -> None:
    plan_page(title="Be savininko", heading_en="", slug="be")
    assert faults(graph()) == ""


@QUIET
def test_every_format_says_the_same(plan: PlanPage) -> None:
    assert all(isomorphic(graph(), graph(ending)) for ending in ("jsonld", "rdf"))


def test_every_language_of_the_address_says_the_same(plan: PlanPage) -> None:
    assert isomorphic(graph(), graph(prefix="/en"))


def test_every_file_that_is_named_is_there_and_of_its_type(plan: PlanPage) -> None:
    found = graph()
    files = set(found.subject_objects(DCAT.downloadURL))
    assert len(files) == 2 + 2 * (8 + 2)
    for file, address in files:
        answer = Client().get(str(address).removeprefix("http://testserver"))
        answer.getvalue()
        type = str(found.value(file, DCAT.mediaType)).removeprefix("https://www.iana.org/assignments/media-types/")
        assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, type)


def test_the_plan_tells_its_own_part(plan: PlanPage) -> None:
    found = graph()
    dataset = next(found.objects(None, DCAT.dataset))
    assert Literal("City plan", lang="en") in set(found.objects(dataset, DCTERMS.title))
    assert str(found.value(dataset, DCTERMS.accrualPeriodicity)).endswith("/frequency/QUARTERLY")
    publisher = found.value(dataset, DCTERMS.publisher)
    assert Literal("Miesto savivaldybė", lang="lt") in set(found.objects(publisher, FOAF.name))


def test_the_settings_tell_what_no_plan_knows(plan: PlanPage, settings: Any) -> None:
    settings.PLAN_OPEN_DATA = {
        "licence": "https://example.org/licence",
        "publisher": {"lt": "Statistikos skyrius"},
        "place": "https://sws.geonames.org/598316/",
        "contact_email": "data@example.org",
    }
    found = graph()
    dataset = next(found.objects(None, DCAT.dataset))
    assert found.value(dataset, DCTERMS.license) == URIRef("https://example.org/licence")
    assert found.value(dataset, DCTERMS.spatial) == URIRef("https://sws.geonames.org/598316/")
    names = set(found.objects(found.value(dataset, DCTERMS.publisher), FOAF.name))
    assert names == {Literal("Statistikos skyrius", lang="lt")}
    assert (None, None, URIRef("mailto:data@example.org")) in found


def test_a_plan_that_is_not_for_everyone_is_not_named(plan: PlanPage, admin_client: Client) -> None:
    PageViewRestriction.objects.create(page=plan, restriction_type=PageViewRestriction.LOGIN)
    plan_page(title="Juodraštis", slug="juodrastis").unpublish()
    for client in (Client(), admin_client):
        for path in ("/open-data/catalogue.ttl", "/open-data/"):
            told = client.get(path).content.decode()
            assert "/planas" not in told
            assert "Juodraštis" not in told


@pytest.mark.parametrize(
    ("accept", "leads_to"),
    [
        ("text/turtle", "catalogue.ttl"),
        ("application/ld+json", "catalogue.jsonld"),
        ("application/rdf+xml;q=0.9, text/html;q=0.1", "catalogue.rdf"),
        ("text/html,*/*;q=0.8", ""),
        ("", ""),
    ],
)
def test_one_address_leads_to_the_format_that_is_preferred(plan: PlanPage, accept: str, leads_to: str) -> None:
    answer = Client().get("/open-data/catalogue", headers={"Accept": accept} if accept else {})
    assert (answer.status_code, answer["Location"]) == (303, f"/open-data/{leads_to}")
    assert "Accept" in answer["Vary"]


def test_a_format_that_is_not_there_is_not_found(plan: PlanPage) -> None:
    body("/open-data/catalogue.csv", 404)
