"""Templates of Wagtail's that have English written into them: ours are the same but for those words."""

from pathlib import Path

import pytest
import wagtail.admin

from tests.tools import ROOT

OURS = ROOT / "cms" / "templates" / "wagtailadmin"
THEIRS = Path(wagtail.admin.__file__).parent / "templates" / "wagtailadmin"
SEARCH = ('value="Search"', "value=\"{% trans 'Search' %}\"")
TRANSLATED = {
    "home.html": [SEARCH],
    "shared/header.html": [SEARCH],
    "shared/headers/_actions.html": [
        ("{# Actions divider #}", "{% load i18n %}\n{# Actions divider #}"),
        ('aria-label="Actions"', "aria-label=\"{% trans 'Actions' %}\""),
    ],
    "tables/boolean_cell.html": [
        ("title=value|stringformat:'s' name=\"help\"", 'title=_("None") name="help"'),
        ("title=value|stringformat:'s' name=\"check\"", 'title=_("Yes") name="check"'),
        ("title=value|stringformat:'s' name=\"cross\"", 'title=_("No") name="cross"'),
    ],
}


@pytest.mark.parametrize("name", TRANSLATED)
def test_a_template_differs_from_wagtails_in_its_words_alone(name: str) -> None:
    """A newer Wagtail that changes it fails here: make ours anew from it, or drop it where the words are gone."""
    theirs = (THEIRS / name).read_text()
    for english, translated in TRANSLATED[name]:
        assert theirs.count(english) == 1
        theirs = theirs.replace(english, translated)
    assert (OURS / name).read_text() == theirs


def test_no_other_template_of_wagtails_is_copied() -> None:
    assert {str(path.relative_to(OURS)) for path in OURS.rglob("*.html")} == set(TRANSLATED)
