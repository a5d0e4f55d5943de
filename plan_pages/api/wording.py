"""What pydantic, django-ninja, Django and Wagtail refuse with in English only, said in the reader's language."""

import re
from collections.abc import Mapping
from typing import Any, get_args

from django.utils.translation import gettext_lazy, ngettext_lazy
from pydantic_core import core_schema

Words = Any
"""A lazy translation."""

A_WHOLE_NUMBER = gettext_lazy("Expected a whole number.")
A_NUMBER = gettext_lazy("Expected a number, written as a text: “12.5”.")
A_DAY = gettext_lazy("Expected a day: “2026-09-30”.")
A_MOMENT = gettext_lazy("Expected a moment: “2026-09-30T12:00:00+03:00”.")
TRUE_OR_FALSE = gettext_lazy("Expected true or false.")
A_TEXT = gettext_lazy("Expected a text.")
A_LIST = gettext_lazy("Expected a list.")
AN_OBJECT = gettext_lazy("Expected an object.")
A_UUID = gettext_lazy("Expected a UUID: “539147bb-f999-4e7a-8e6e-a9eee37b99c5”.")
ONE_OF = gettext_lazy("Expected one of: %(expected)s.")
UNUSABLE = gettext_lazy("This value cannot be used here.")
MISSING = gettext_lazy("This is required.")
AT_MOST = gettext_lazy("At most %(le)s.")
TOO_LONG = ngettext_lazy("At most %(max_length)d character.", "At most %(max_length)d characters.", "max_length")

BY_TYPE: Mapping[str, Words] = {
    "missing": MISSING,
    "missing_argument": MISSING,
    "extra_forbidden": gettext_lazy("There is no such field."),
    "enum": ONE_OF,
    "literal_error": ONE_OF,
    "union_tag_invalid": ONE_OF,
    "union_tag_not_found": MISSING,
    "greater_than_equal": gettext_lazy("At least %(ge)s."),
    "less_than_equal": AT_MOST,
    "greater_than": gettext_lazy("More than %(gt)s."),
    "less_than": gettext_lazy("Less than %(lt)s."),
    "string_too_short": ngettext_lazy(
        "At least %(min_length)d character.", "At least %(min_length)d characters.", "min_length"
    ),
    "string_too_long": TOO_LONG,
    "string_pattern_mismatch": gettext_lazy("Not of the expected form: %(pattern)s"),
    "too_short": ngettext_lazy("At least %(min_length)d item.", "At least %(min_length)d items.", "min_length"),
    "too_long": ngettext_lazy("At most %(max_length)d item.", "At most %(max_length)d items.", "max_length"),
    "list_type": A_LIST,
    "dict_type": AN_OBJECT,
    "model_type": AN_OBJECT,
    "model_attributes_type": AN_OBJECT,
}
BY_KIND: Mapping[str, Words] = {
    "int": A_WHOLE_NUMBER,
    "bool": TRUE_OR_FALSE,
    "float": A_NUMBER,
    "finite": A_NUMBER,
    "decimal": A_NUMBER,
    "string": A_TEXT,
    "uuid": A_UUID,
    "date": A_DAY,
    "datetime": A_MOMENT,
    "timezone": A_MOMENT,
}
"""The rest of pydantic's types of faults, by their first word."""
OF_PYDANTIC = frozenset(get_args(core_schema.ErrorType)) - {"value_error", "assertion_error"}

# What others say, as they write it; the named parts of a pattern go into our words.
OTHERS: tuple[tuple[re.Pattern[str], Words], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"Cannot parse request body.*", gettext_lazy("The body of the request is not JSON.")),
        (r"limit cannot be higher than (?P<le>\d+)", AT_MOST),
        (r"No \w+ matches the given (query|\w+ value)\.", gettext_lazy("There is no such thing, or it is not public.")),
        (r"Unknown content type: (?P<name>.*)", gettext_lazy("There is no content of the kind %(name)s.")),
        (r".*could not be saved as it is locked\.", gettext_lazy("This page is locked.")),
        (r"You do not have permission to .*", gettext_lazy("This is not allowed.")),
        (r"Permission denied|Forbidden", gettext_lazy("This is not allowed.")),
        (r"Unauthorized|Authentication required", gettext_lazy("A valid token is needed: Authorization: Bearer …")),
        (r"filtering by descendant_of with child_of is not supported\.",
         gettext_lazy("Give either child_of or descendant_of.")),
        (r"null characters are not allowed", UNUSABLE),
        (r"Field filter error, .*", UNUSABLE),
        (r"Cannot (filter|order) by '(?P<name>[^']*)' .*", gettext_lazy("“%(name)s” does not go with a search.")),
        (r"invalid fields for model \w+: \[(?P<expected>.*)\]\.", gettext_lazy("Not by this: %(expected)s.")),
        (r"random ordering .*", gettext_lazy("At random goes with no other order and no offset.")),
        (r"\w+ is not (translatable|indexed for search)\.|search is disabled\.", UNUSABLE),
        (r"Your query (returned|did not match) .*", gettext_lazy("Name one site, with its port.")),
        (r"Rich text input format must be one of (?P<expected>.*), got .*", ONE_OF),
        (r"Rich text input .*", gettext_lazy("Expected a text, or an object with format and content.")),
        (r"Invalid Markdown in rich text.*", gettext_lazy("This Markdown cannot be read.")),
        (r"[Nn]ot a period: .*", gettext_lazy("There is no such period.")),
    )
)  # fmt: skip
QUOTED = re.compile(r"'([^']*)'")


def in_words(text: str) -> str:
    """What a refusal says, in the active language. Ours do so already."""
    said = text.removeprefix("Value error, ").removeprefix("Assertion failed, ")
    for pattern, words in OTHERS:
        if found := pattern.fullmatch(said):
            return _filled(words, found.groupdict())
    return said


def told(fault: Mapping[str, Any]) -> dict[str, Any]:
    """A fault as pydantic or an operation has found it: its type, its place and words. What else pydantic adds is of its
    own making, and tells a reader nothing."""
    kind = fault.get("type", "")
    if kind not in OF_PYDANTIC:
        more = {name: value for name, value in fault.items() if name not in ("ctx", "input", "url")}
        return {**more, "msg": in_words(str(fault["msg"]))}
    words = BY_TYPE.get(kind) or BY_KIND.get(kind.partition("_")[0], UNUSABLE)
    return {"type": kind, "loc": fault["loc"], "msg": _filled(words, fault.get("ctx") or {})}


def _filled(words: Words, context: Mapping[str, Any]) -> str:
    expected = str(context.get("expected", context.get("expected_tags", "")))
    return str(words % {**context, "expected": ", ".join(QUOTED.findall(expected)) or expected})
