"""Every template of a public page is among the kinds that the other tests look at: a new page cannot be forgotten."""

import re
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tests.browser.kinds import kinds
from tests.browser.serve import HEADER
from tests.browser.site import Site
from tests.tools import ROOT

WHOLE = re.compile(r'{% extends "[\w/]*base\.html" %}')
BEHIND_THE_SCENES = ("admin", "wagtailadmin", "mail")
# What no address shows: failures of the server, and what comes after a form or a mail (`test_consultation` goes there).
NEVER_ASKED_FOR = {"500.html", "403_csrf.html"} | {
    f"plan_pages/consultation_{step}.html" for step in ("confirm", "thanks", "over")
}


def public_templates() -> set[str]:
    """Names of the templates that are whole pages of the site; bases of others are none."""
    found = set()
    for app in ("cms", "plan_pages", "reports"):
        folder = ROOT / app / "templates"
        for path in folder.rglob("*.html"):
            name = path.relative_to(folder)
            is_ours = not set(BEHIND_THE_SCENES) & set(name.parts) and path.name != "base.html"
            if is_ours and WHOLE.search(path.read_text()):
                found.add(str(name))
    return found - NEVER_ASKED_FOR


def test_every_public_template_is_looked_at(site: Site) -> None:
    shown: set[str] = set()
    for path in kinds(site, "lt").values():
        try:
            # With a session, so that no copy from a cache is shown, which was not made of templates now.
            with urlopen(Request(site.url + path, headers={"Cookie": "sessionid=none"})) as answer:
                shown |= set(answer.headers[HEADER].split())
        except HTTPError as error:
            with error:
                shown |= set(error.headers[HEADER].split())
    expected = public_templates()
    assert len(expected) > 10
    assert expected - shown == set()
