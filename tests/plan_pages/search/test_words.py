"""Which words meet in a search: with and without diacritics, in every case and number; and which must not."""

import pytest

from plan_pages.search.words import LONGEST_QUERY, Asked, Fault, fold, split, stem

MEET = """
švietimas svietimas švietimo svietimo švietimui
dviratis dviratis dviračių dviraciu dviračiai dviraciai dviračiams
takas takai takų taku takus
šiluma siluma šilumos silumos
tinklas tinklai tinklų tinklu
gatvė gatve gatvių gatviu gatvėse gatvese gatvę
saulėtekis sauletekis saulėtekio sauletekio
mokykla mokyklos mokyklų mokyklu mokyklose
mokinys mokiniai mokinių mokiniu
ligoninė ligonine ligoninės ligonines ligoninių ligoninėse ligoninese
vaikas vaikai vaikų vaiku vaikams
darželis darzelis darželių darzeliu darželyje darzelyje
kelias keliai kelių keliu keliuose
seniūnija seniunija seniūnijų seniuniju seniūnijose
parkas parkai parkų parku
atliekos atliekų atlieku
rūšiavimas rusiavimas rūšiavimo rusiavimo
apšvietimas apsvietimas apšvietimo
pėstieji pestieji pėsčiųjų pesciuju pėstiesiems pestiesiems
tiltas tiltai tiltų
biblioteka bibliotekos bibliotekų biblioteku bibliotekose
kultūra kultura kultūros kulturos
medis medžiai medziai medžių medziu
upė upe upės upių upiu
tarša tarsa taršos tarsos taršą
triukšmas triuksmas triukšmo
renginys renginiai renginių renginiu
priemonė priemone priemonės priemonių priemoniu priemonėmis priemonemis
žmogus zmogus žmonės zmones žmonių zmoniu
autobusas autobusai autobusų autobusu
stotelė stotele stotelių stoteliu
vanduo vandens vandeniui
nuotekos nuotekų nuoteku
daugiabutis daugiabučiai daugiabuciai daugiabučių daugiabuciu
savivaldybė savivaldybe savivaldybės savivaldybių savivaldybiu
paslauga paslaugos paslaugų paslaugu
neįgalieji neigalieji neįgaliųjų neigaliuju neįgaliesiems neigaliesiems
senjorai senjorų senjoru senjorams
žalias zalias žalioji zalioji žaliųjų zaliuju
viešas viesas viešoji viesoji viešųjų viesuju viešosios
šaligatvis saligatvis šaligatvių saligatviu
aikštė aikste aikštės aikščių aiksciu aikštėje aiksteje
krantinė krantine krantinės krantinių
būstas bustas būsto busto būstų
įkrovimas ikrovimas įkrovimo ikrovimo
elektromobilis elektromobiliai elektromobilių elektromobiliu
baseinas baseinai baseinų
verslas verslo verslui
investicija investicijos investicijų investiciju
skyrius skyriaus skyriai skyriuje
Šančiai sanciai Šančių sanciu Šančiuose sanciuose
Žaliakalnis zaliakalnis Žaliakalnio Žaliakalnyje zaliakalnyje
"""
APART = """
takas taksi
gatvė gatavas
mokykla mokestis
mokinys mokestis
parkas parketas
kelias kelionė
tiltas tiltelis
vaikas vaistas
šiluma šilas
tinklas tinklelis
vanduo vandalas
upė upinis
medis medicina
miestas miegas
sportas spauda
teatras terasa
policija politika
būstas busas
verslas versmė
energija energetika
dviratis dvaras
ligoninė lygis
atliekos atlyginimas
aikštė aistra
sveikata svečias
švietimas apšvietimas
""".strip()


def table(written: str) -> list[tuple[str, str]]:
    """Of each line its first word with each of the others."""
    lines = [line.split() for line in written.strip().splitlines()]
    return [(first, other) for first, *others in lines for other in others if first != other]


@pytest.mark.parametrize(("one", "other"), table(MEET))
def test_forms_of_a_word_meet(one: str, other: str) -> None:
    assert stem(one, "lt") == stem(other, "lt")


@pytest.mark.parametrize(("one", "other"), table(APART))
def test_other_words_do_not_meet(one: str, other: str) -> None:
    assert stem(one, "lt") != stem(other, "lt")
    assert stem(fold(one), "lt") != stem(fold(other), "lt")


def test_the_tables_are_long_enough() -> None:
    assert len(MEET.strip().splitlines()) >= 40
    assert len(APART.splitlines()) >= 20


@pytest.mark.parametrize(("one", "other"), [("cities", "city"), ("schools", "School"), ("cafés", "cafe")])
def test_english_words_meet_in_english(one: str, other: str) -> None:
    assert stem(one, "en") == stem(other, "en")


def test_a_language_without_a_stemmer_is_folded_only() -> None:
    assert stem("Ścieżki", "pl") == "sciezki"


def test_a_code_is_one_word_and_its_own_stem() -> None:
    assert split("2.1.3. Takai (2,5 km)") == ["2.1.3", "Takai", "2,5", "km"]
    assert stem("2.1.3", "lt") == "2.1.3"


def test_diacritics_of_two_characters_are_those_of_one() -> None:
    assert split("s\u030cvietimas") == ["švietimas"]


def test_small_words_are_not_asked_for_beside_others() -> None:
    assert [each.typed for each in Asked.of("takai ir gatvės", ["lt"]).words] == ["takai", "gatves"]


def test_small_words_alone_are_asked_for() -> None:
    assert [each.typed for each in Asked.of("apie ir", ["lt"]).words] == ["apie"]
    assert [each.typed for each in Asked.of("ir", ["lt"]).words] == ["ir"]


@pytest.mark.parametrize("query", ["", " ", "?!", "„“…", "a", "š", "%", "_", "\x00", "<>"])
def test_what_has_no_word_is_said_to_be_too_short(query: str) -> None:
    assert Asked.of(query, ["lt"]).fault is Fault.TOO_SHORT


def test_a_digit_is_enough() -> None:
    assert Asked.of("7", ["lt"]).fault is None


def test_a_query_may_be_so_long_and_no_longer() -> None:
    assert Asked.of("a" * LONGEST_QUERY, ["lt"]).fault is None
    assert Asked.of("a" * (LONGEST_QUERY + 1), ["lt"]).fault is Fault.TOO_LONG
