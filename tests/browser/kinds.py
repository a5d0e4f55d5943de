"""The kinds of public pages that there are, each with one page of the demonstration that shows it at its fullest."""

import re
from urllib.request import urlopen

from tests.browser.site import Site

PLAN = "/strateginis-planas/"
FIXED = {
    "overview": "/",
    "plan": PLAN,
    "chapter": f"{PLAN}darnus-judumas/",
    "chapters": f"{PLAN}chapters/",
    "groups": f"{PLAN}groups/",
    "indicators": f"{PLAN}indicators/",
    "measures": f"{PLAN}measures/",
    "measures filtered": f"{PLAN}measures/?status=delayed&order=deadline",
    "group": f"{PLAN}judumo-darbo-grupe/",
    "coordinating group": f"{PLAN}koordinacine-darbo-grupe/",
    "rules of progress": f"{PLAN}progress-rules/",
    "rounds of remarks": f"{PLAN}remarks/",
    "remarks": f"{PLAN}remarks/1/",
    "open data": "/open-data/",
    "search": "/search/?q=dviraciu+takai",
    "nothing found": "/search/?q=xyzzyxyzzy",
    "reports": "/reports/",
    "news": "/naujienos/",
    "article": "/naujienos/aleksote-atidarytas-modulinis-darzelis/",
    "about": "/apie-sia-svetaine/",
    "contacts": "/kontaktai/",
    "how to use": "/kaip-naudotis/",
    "accessibility statement": "/prieinamumo-pareiskimas/",
    "easy to read": "/lengvai-suprantama-kalba/",
    "sign language": "/gestu-kalba/",
    "privacy": "/privatumas-ir-slapukai/",
    "site map": "/site-map/",
    "reader's settings": "/reader-settings/",
    "not found": "/nera-tokio-puslapio/",
}
# Below a consultation.
OF_CONSULTATION = {"form of a remark": "new/", "remark sent": "sent/", "link that ended": "confirm/none/"}
# Pages whose address is not known before the site is made: a page that links to it, and the address of the link.
LINKED = {
    "measure": (f"{PLAN}measures/", rf"{PLAN}measures/[\w.\-]+/"),
    "indicator": (f"{PLAN}indicators/", rf"{PLAN}indicators/[\w.\-]+/"),
    "consultation": ("/", rf"{PLAN}remarks/\d+/"),
    "report": ("/reports/", r"/report-files/[\w\-]+/[\w.\-]+\.html"),
}


def kinds(site: Site, language: str) -> dict[str, str]:
    """Name of the kind to the path of its example, in the language."""
    found = {name: site.path(path, language) for name, path in FIXED.items()}
    for name, (page, pattern) in LINKED.items():
        with urlopen(site.url + site.path(page, language)) as answer:
            link = re.search(rf'href="(?:{re.escape(site.url)})?((?:/{language})?{pattern})"', answer.read().decode())
        assert link, f"{page} has no link to a page of the kind “{name}”"
        found[name] = link[1]
    return found | {name: found["consultation"] + rest for name, rest in OF_CONSULTATION.items()}
