"""The Lithuanian of Wagtail's own screens, `locale/wagtail`: whole, right in form, and in step with what is installed."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import django
import polib
import pytest
from django.apps import apps
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.utils import timezone, translation
from django.utils.translation.trans_real import CONTEXT_SEPARATOR, DjangoTranslation
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.templatetags.wagtailadmin_tags import timesince_simple

from tests.tools import ROOT

LOCALE = ROOT / "locale"
CATALOGUES = {domain: LOCALE / "wagtail" / "lt" / "LC_MESSAGES" / f"{domain}.po" for domain in ("django", "djangojs")}
FORMS = range(4)
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
TAG = re.compile(r"<[^>]+>")
# What kind of thing it is, in the nominative: the Lithuanian does without where a case is needed and the screen says it.
KIND = "%(model_name)s"
# The words of others that are not ours: the user is “naudotojas”, the file “failas”, what is published “skelbiama”.
NOT_OUR_WORDS = re.compile(
    r"vartotoj|tinklalap|paveiksliuk|publik|\bbyl[aąoų]|reviz|išsaug|atsipraš|moder|lokal", re.IGNORECASE
)


def packages(domain: str) -> Iterator[polib.POEntry]:
    """Every text of the installed packages, as their own English catalogues list them."""
    folders = [Path(django.__file__).parent / "conf", *(Path(app.path) for app in apps.get_app_configs())]
    for folder in folders:
        path = folder / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po"
        if path.exists():
            yield from (entry for entry in polib.pofile(str(path)) if not entry.obsolete)


def spoken(domain: str) -> Any:
    """All Lithuanian that the site has, as it finds it."""
    if domain == "django":
        return translation.trans_real.translation("lt")._catalog
    folders = JavaScriptCatalog().get_paths(["wagtail.admin"])
    return DjangoTranslation("lt", domain=domain, localedirs=folders)._catalog


def keys(entry: polib.POEntry) -> list[Any]:
    text = entry.msgid if entry.msgctxt is None else f"{entry.msgctxt}{CONTEXT_SEPARATOR}{entry.msgid}"
    return [(text, form) for form in FORMS] if entry.msgid_plural else [text]


def ours() -> list[polib.POEntry]:
    return [entry for path in CATALOGUES.values() for entry in polib.pofile(str(path))]


def texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.mark.parametrize("domain", CATALOGUES)
def test_every_text_of_the_installed_packages_has_its_lithuanian(domain: str) -> None:
    """Also of the screens that no crawl comes to. A newer Wagtail with new texts fails here."""
    catalogue, entries = spoken(domain), list(packages(domain))
    missing = [entry.msgid for entry in entries for key in keys(entry) if catalogue.get(key) is None]
    assert len(entries) > 80
    assert missing == []


@pytest.mark.parametrize("domain", CATALOGUES)
def test_every_text_of_the_catalogue_is_still_asked_for(domain: str) -> None:
    known = {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in packages(domain)}
    kept = polib.pofile(str(CATALOGUES[domain]))
    gone = [entry.msgid for entry in kept if (entry.msgctxt, entry.msgid, entry.msgid_plural) not in known]
    assert gone == []


def test_every_plural_has_all_its_forms() -> None:
    for path in CATALOGUES.values():
        assert "nplurals=4;" in polib.pofile(str(path)).metadata["Plural-Forms"]
    short = [entry.msgid for entry in ours() if not all(texts(entry)) or len(texts(entry)) not in (1, len(FORMS))]
    assert short == []


def test_translations_keep_the_placeholders() -> None:
    wrong = []
    for entry in ours():
        wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        allowed = wanted | set(PLACEHOLDER.findall(entry.msgid))
        for text in texts(entry):
            found = set(PLACEHOLDER.findall(text))
            if not found <= allowed or not (entry.msgid_plural or found | {KIND} >= wanted):
                wrong.append((entry.msgid, text))
    assert wrong == []


def test_translations_keep_the_tags() -> None:
    wrong = [
        (entry.msgid, text)
        for entry in ours()
        for text in texts(entry)
        if set(TAG.findall(text)) != set(TAG.findall(entry.msgid_plural or entry.msgid))
    ]
    assert wrong == []


def test_translations_keep_the_spaces_at_their_ends() -> None:
    """Templates put two of them side by side."""

    def ends(text: str) -> tuple[bool, bool]:
        return text.startswith(" "), text.endswith(" ")

    assert [text for entry in ours() for text in texts(entry) if ends(text) != ends(entry.msgid)] == []


def test_the_words_are_ours() -> None:
    """Whoever translated it: Wagtail, Django or we."""
    catalogue = spoken("django")
    found = {(entry.msgid, catalogue[key]) for entry in packages("django") for key in keys(entry)}
    assert sorted(pair for pair in found if NOT_OUR_WORDS.search(pair[1])) == []


def test_a_text_that_both_catalogues_have_says_the_same_in_both() -> None:
    """Ours would win everywhere. What means another thing there needs a context in our code: `pgettext`."""
    site = {
        (entry.msgctxt, entry.msgid): texts(entry) for entry in polib.pofile(str(LOCALE / "lt/LC_MESSAGES/django.po"))
    }
    theirs = {(entry.msgctxt, entry.msgid): texts(entry) for entry in polib.pofile(str(CATALOGUES["django"]))}
    differ = {key: (site[key], theirs[key]) for key in site.keys() & theirs.keys() if site[key] != theirs[key]}
    assert differ == {}


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (1, "prieš 1 dieną"),
        (3, "prieš 3 dienas"),
        (7, "prieš 1 savaitę"),
        (100, "prieš 3 mėnesius"),
        (365 * 11 + 5, "prieš 11 metų"),
        (365 * 21 + 10, "prieš 21 metus"),
    ],
)
def test_how_long_ago_stands_in_its_case(days: int, said: str) -> None:
    with translation.override("lt"):
        assert timesince_simple(timezone.now() - timedelta(days=days)).replace("\N{NO-BREAK SPACE}", " ") == said


@pytest.mark.parametrize(("hours", "said"), [(1, "po 1 valandos"), (3, "po 3 valandų"), (21, "po 21 valandos")])
def test_how_soon_stands_in_its_case(hours: int, said: str) -> None:
    with translation.override("lt"):
        soon = naturaltime(timezone.now() + timedelta(hours=hours, seconds=30))
    assert soon.replace("\N{NO-BREAK SPACE}", " ") == said


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "1 vidinis puslapis"), (2, "2 vidiniai puslapiai"), (10, "10 vidinių puslapių"), (21, "21 vidinis")],
)
def test_a_number_and_what_it_counts_agree(count: int, said: str) -> None:
    with translation.override("lt"):
        text = translation.ngettext("%(num_child_objects)d child page", "%(num_child_objects)d child pages", count)
    assert (text % {"num_child_objects": count}).startswith(said)


def test_a_list_tells_its_length_without_a_case() -> None:
    paginator = WagtailPaginator(list(range(14)), 10)
    with translation.override("en"):
        assert paginator.items_count_label == "Total: 14"
