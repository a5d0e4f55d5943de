"""The catalogue of the site's data by DCAT-AP 3: what data there is, on which terms, in which files. Knows no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, SKOS, XSD

from plan_pages.choices import Frequency
from plan_pages.domain.plan import Plan
from plan_pages.linked_data.terms import Terms
from plan_pages.open_data.files import Given

AUTHORITY = "http://publications.europa.eu/resource/authority"
DCATAP = Namespace("http://data.europa.eu/r5r/")
TYPES = "https://www.iana.org/assignments/media-types"
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
PREFIXES = {"dcat": DCAT, "dcatap": DCATAP, "dct": DCTERMS, "foaf": FOAF, "vcard": VCARD, "xsd": XSD}

FREQUENCIES = {
    Frequency.MONTH: "MONTHLY",
    Frequency.QUARTER: "QUARTERLY",
    Frequency.HALF: "ANNUAL_2",
    Frequency.YEAR: "ANNUAL",
}
LANGUAGES = {
    "bg": "BUL", "cs": "CES", "da": "DAN", "de": "DEU", "el": "ELL", "en": "ENG", "es": "SPA", "et": "EST", "fi": "FIN",
    "fr": "FRA", "ga": "GLE", "hr": "HRV", "hu": "HUN", "it": "ITA", "lt": "LIT", "lv": "LAV", "mt": "MLT", "nl": "NLD",
    "pl": "POL", "pt": "POR", "ro": "RON", "sk": "SLK", "sl": "SLV", "sv": "SWE", "uk": "UKR",
}  # fmt: skip
"""Of the languages that the vocabulary of the European Union names; of another one nothing is said."""

FORMATS = {
    "ttl": ("text/turtle", "turtle"),
    "jsonld": ("application/ld+json", "json-ld"),
    "rdf": ("application/rdf+xml", "pretty-xml"),
}
"""By the ending of the file: its media type and what rdflib calls it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A plan and the files in which it is given."""

    plan: Plan
    files: Sequence[Given]


def written(graph: Graph, ending: str) -> str:
    _type, name = FORMATS[ending]
    more: dict[str, Any] = (
        {"context": {prefix: str(each) for prefix, each in PREFIXES.items()}} if ending == "jsonld" else {}
    )
    return graph.serialize(format=name, **more)


def catalogue(entries: Sequence[Entry], terms: Terms, address: str, languages: Sequence[str]) -> Graph:
    """`address`: of the catalogue itself; what it describes has addresses within it."""
    return _Catalogue(terms, address, languages).of(entries)


class _Catalogue:
    def __init__(self, terms: Terms, address: str, languages: Sequence[str]) -> None:
        self.terms = terms
        self.address = address
        self.languages = languages
        self.graph = Graph()
        for prefix, namespace in PREFIXES.items():
            self.graph.bind(prefix, namespace)

    def of(self, entries: Sequence[Entry]) -> Graph:
        subject = URIRef(self.address)
        self._is(subject, DCAT.Catalog)
        self._say(subject, DCTERMS.title, self._told(lambda: _("Open data of the strategic plan")))
        self._say(
            subject,
            DCTERMS.description,
            self._told(lambda: _("Goals, tasks, measures, indicators, money and progress, as the site shows them.")),
        )
        self.graph.add((subject, DCTERMS.publisher, self._publisher([each.plan for each in entries])))
        self.graph.add((subject, DCTERMS.license, self._licence()))
        self.graph.add((subject, FOAF.homepage, self._typed(self.address, FOAF.Document)))
        self._languages(subject, self.languages)
        self._place(subject)
        days = [each.plan.data_date for each in entries if each.plan.data_date]
        if days:
            self.graph.add((subject, DCTERMS.modified, Literal(max(days))))
        for entry in entries:
            self.graph.add((subject, DCAT.dataset, self._dataset(entry)))
        return self.graph

    def _dataset(self, entry: Entry) -> URIRef:
        plan, terms = entry.plan, self.terms
        subject = self._within(plan.slug)
        self._is(subject, DCAT.Dataset)
        self._say(subject, DCTERMS.title, plan.title.as_dict())
        self._say(subject, DCTERMS.description, self._told(lambda: _description(plan)))
        self.graph.add((subject, DCTERMS.identifier, Literal(plan.id)))
        self.graph.add((subject, DCTERMS.publisher, self._publisher([plan])))
        self.graph.add((subject, DCTERMS.license, self._licence()))
        rights = self._typed(f"{AUTHORITY}/access-right/PUBLIC", DCTERMS.RightsStatement)
        self.graph.add((subject, DCTERMS.accessRights, rights))
        frequency = self._typed(f"{AUTHORITY}/frequency/{FREQUENCIES[plan.frequency]}", DCTERMS.Frequency)
        self.graph.add((subject, DCTERMS.accrualPeriodicity, frequency))
        for theme, name in terms.themes.items():
            self.graph.add((subject, DCAT.theme, self._concept(theme, name)))
        for words in (lambda: _("strategic planning"), lambda: _("municipality")):
            self._say(subject, DCAT.keyword, self._told(words))
        self._languages(subject, plan.languages)
        self._place(subject)
        if plan.data_date:
            self.graph.add((subject, DCTERMS.modified, Literal(plan.data_date)))
        self.graph.add((subject, DCTERMS.temporal, self._period(plan)))
        self.graph.add((subject, DCAT.contactPoint, self._contact(plan)))
        for _code, page in plan.address.pairs:
            self.graph.add((subject, DCAT.landingPage, self._typed(page, FOAF.Document)))
        for file in entry.files:
            self.graph.add((subject, DCAT.distribution, self._distribution(plan, file)))
        return subject

    def _distribution(self, plan: Plan, file: Given) -> URIRef:
        subject = self._within(f"{plan.slug}-{file.key}")
        self._is(subject, DCAT.Distribution)
        self._say(subject, DCTERMS.title, self._told(lambda: f"{file.title} ({file.kind.known_as})"))
        self._say(subject, DCTERMS.description, self._told(lambda: _of(plan, str(file.title))))
        self.graph.add((subject, DCAT.accessURL, URIRef(file.address)))
        self.graph.add((subject, DCAT.downloadURL, URIRef(file.address)))
        self.graph.add((subject, DCAT.mediaType, self._typed(f"{TYPES}/{file.kind.type}", DCTERMS.MediaType)))
        known = self._typed(f"{AUTHORITY}/file-type/{file.kind.known_as}", DCTERMS.MediaTypeOrExtent)
        self.graph.add((subject, DCTERMS["format"], known))
        self.graph.add((subject, DCTERMS.license, self._licence()))
        stable = self._concept(f"{AUTHORITY}/planned-availability/STABLE", "stable")
        self.graph.add((subject, DCATAP.availability, stable))
        self._languages(subject, file.languages)
        return subject

    def _publisher(self, plans: Sequence[Plan]) -> URIRef:
        """Who is named in the settings, else the municipality of the plan, else the plan itself."""
        owners = [plan.owner or plan.title for plan in plans]
        names = dict(self.terms.publisher) or (owners[0].as_dict() if owners else {"en": self.address})
        subject = (
            self._within("publisher")
            if self.terms.publisher or not plans
            else self._within(f"{plans[0].slug}-publisher")
        )
        self._is(subject, FOAF.Agent)
        self._say(subject, FOAF.name, names)
        if self.terms.publisher_address:
            self.graph.add((subject, FOAF.homepage, self._typed(self.terms.publisher_address, FOAF.Document)))
        return subject

    def _contact(self, plan: Plan) -> URIRef:
        subject = self._within(f"{plan.slug}-contact")
        self._is(subject, VCARD.Organization)
        self._is(subject, VCARD.Kind)
        self._say(subject, VCARD.fn, dict(self.terms.publisher) or (plan.owner or plan.title).as_dict())
        if self.terms.contact_email:
            self.graph.add((subject, VCARD.hasEmail, URIRef(f"mailto:{self.terms.contact_email}")))
        page = self.terms.contact_address or plan.address.best(self.languages[0])
        if page:
            self.graph.add((subject, VCARD.hasURL, URIRef(page)))
        return subject

    def _period(self, plan: Plan) -> URIRef:
        subject = self._within(f"{plan.slug}-period")
        self._is(subject, DCTERMS.PeriodOfTime)
        self.graph.add((subject, DCAT.startDate, Literal(plan.start)))
        self.graph.add((subject, DCAT.endDate, Literal(plan.last_day)))
        return subject

    def _licence(self) -> URIRef:
        return self._typed(self.terms.licence, DCTERMS.LicenseDocument)

    def _place(self, subject: URIRef) -> None:
        if self.terms.place:
            self.graph.add((subject, DCTERMS.spatial, self._typed(self.terms.place, DCTERMS.Location)))

    def _languages(self, subject: URIRef, languages: Sequence[str]) -> None:
        for code in languages:
            if known := LANGUAGES.get(code):
                uri = self._typed(f"{AUTHORITY}/language/{known}", DCTERMS.LinguisticSystem)
                self.graph.add((subject, DCTERMS.language, uri))

    def _within(self, name: str) -> URIRef:
        return URIRef(f"{self.address}#{name}")

    def _typed(self, address: str, kind: URIRef) -> URIRef:
        subject = URIRef(address)
        self._is(subject, kind)
        return subject

    def _concept(self, address: str, name: str) -> URIRef:
        subject = self._typed(address, SKOS.Concept)
        self._say(subject, SKOS.prefLabel, {"en": name})
        return subject

    def _is(self, subject: URIRef, kind: URIRef) -> None:
        self.graph.add((subject, RDF.type, kind))

    def _say(self, subject: URIRef, what: URIRef, texts: Mapping[str, str]) -> None:
        for language, text in texts.items():
            self.graph.add((subject, what, Literal(text, lang=language)))

    def _told(self, words: Any) -> dict[str, str]:
        """The words in every language of the site."""
        found = {}
        for language in self.languages:
            with translation.override(language):
                found[language] = words()
        return found


def _description(plan: Plan) -> str:
    title = plan.title.best(translation.get_language() or "")
    return _("Goals, tasks, measures, indicators, money and progress of the plan “%(title)s”, %(start)d–%(end)d.") % {
        "title": title,
        "start": plan.start_year,
        "end": plan.end_year,
    }


def _of(plan: Plan, what: str) -> str:
    return f"{what}: {plan.title.best(translation.get_language() or '')}"
