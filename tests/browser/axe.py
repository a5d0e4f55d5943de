"""axe-core in a page of the browser: the faults of accessibility that it finds, less those of Wagtail's own markup."""

import re
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT

# Faults of Wagtail's own screens: the rule, the element, and why it is not ours.
OF_WAGTAIL = (
    ("aria-input-field-name", r"placeholder-|\.notranslate", "the rich text's editor (Draftail) has no name"),
    ("aria-allowed-attr", r"placeholder-|\.notranslate", "nor has it the right role while its menu is open"),
    ("aria-tooltip-name", r"\.Draftail-Tooltip", "nor has what hangs over it"),
    ("aria-dialog-name", r"^\.modal", "the choosers' windows (Bootstrap) have no name"),
    ("button-name", r"\.xdsoft_", "the buttons of the calendar (datetimepicker) have none"),
    ("button-name", r"\.w-editing-sessions__session", "who edits beside one is a picture alone"),
    ("label", r"\.ui-autocomplete-input", "the field of the tags (tag-it) is drawn by a script without a label"),
    ("label", r"#fileupload", "the field that takes several files at once has no label"),
)


@dataclass(frozen=True)
class Fault:
    """`rule` of axe-core, `element`: its selector, `help`: axe's own words."""

    rule: str
    element: str
    help: str

    @property
    def is_wagtails(self) -> bool:
        return any(self.rule == rule and re.search(element, self.element) for rule, element, _why in OF_WAGTAIL)


def faults(window: Any) -> list[Fault]:
    """Ours, in all of the page as it stands now."""
    # Once a page, whatever it then looks like. Wagtail brings an axe of its own, with its own rules and words.
    if window.evaluate("typeof axeOfTests") == "undefined":
        window.evaluate(AXE_SCRIPT)
        window.evaluate("window.axeOfTests = axe; undefined")
    found = window.evaluate("axeOfTests.run(document, {resultTypes: ['violations']})")
    every = [
        Fault(violation["id"], " ".join(map(str, node["target"])), violation["help"])
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
    return [fault for fault in every if not fault.is_wagtails]
